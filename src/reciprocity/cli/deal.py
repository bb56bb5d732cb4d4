"""`reciprocity deal`: the deals that ship, what one says, a file checked, a file begun."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.dates import parse_day
from reciprocity.cli.output import Replace, print_json, print_table

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="What is proposed: the deals that ship, a file of your own begun and checked, the kinds of clause.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
Name = Annotated[str, typer.Argument(help="A deal file (.toml), or the name of one that ships.")]


@app.command("list")
def list_deals(as_json: Json = False) -> None:
    """List the deals that ship. Example: `reciprocity deal list --json`"""
    from reciprocity.deal.cases import shipped_deals

    rows = [
        {"name": name, "title": deal.title, "sides": list(deal.sides), "clauses": len(deal.clauses), "case": case}
        for name, (deal, case) in shipped_deals().items()
    ]
    if as_json:
        print_json(rows)
        return
    cells = [(row["name"], row["title"], " ".join(row["sides"]), row["clauses"], row["case"]) for row in rows]
    print_table(["name", "title", "sides", "clauses", "case"], cells, right=[3])
    typer.echo("\nNext: reciprocity deal show NAME, or reciprocity value NAME --on 2025-10-08")


@app.command()
def show(deal: Name, as_json: Json = False) -> None:
    """Show a deal in words, each clause with what it rests on. Example: `reciprocity deal show metals_for_energy`"""
    from reciprocity.deal import assumptions, in_words
    from reciprocity.deal.cases import find_deal

    found, _ = find_deal(deal)
    if as_json:
        words = {clause.id: in_words(clause) for clause in found.clauses}
        content = found.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for clause in content.get("clause", ()):
            clause["words"] = words[clause["id"]]
        print_json({**content, "sha256": found.sha256})
        return
    typer.secho(f"{found.title} · {' and '.join(found.sides)}", bold=True)
    if found.summary:
        typer.echo(found.summary)
    for clause in found.clauses:
        typer.echo(f"\n  {clause.id}: {in_words(clause)}.")
        typer.echo(f"    rests on: {clause.statement}\n    source: {clause.source}")
        for line in assumptions(clause):
            typer.echo(f"    {line}")
    typer.echo(f"\nsha256 {found.sha256[:16]}")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Deal files.")],
    on: Annotated[str | None, typer.Option("--on", help="Hold it against the law of a day too, YYYY-MM-DD.")] = None,
    as_json: Json = False,
) -> None:
    """Check deal files: every fault of every file at once; nothing is changed.

    Example: `reciprocity deal check my_deal.toml --on 2025-10-08`
    """
    from reciprocity.deal import apply, read_deal
    from reciprocity.errors import Fault, InputError
    from reciprocity.regime import regime_on

    law = regime_on(parse_day(on, where="--on")) if on else None
    faults: list[Fault] = []
    rows = []
    for file in files:
        try:
            deal = read_deal(file)
            if law:
                apply(deal, law)
        except InputError as error:
            faults += error.faults
        else:
            rows.append({"file": str(file), "title": deal.title, "clauses": len(deal.clauses), "sha256": deal.sha256})
    if as_json:
        print_json({"right": rows, "faults": [str(fault) for fault in faults]})
    else:
        for row in rows:
            typer.echo(f"{row['file']}: right, {row['clauses']} clauses")
    if faults:
        raise InputError(faults)


@app.command()
def kinds(
    name: Annotated[str | None, typer.Argument(help="One kind, with its keys; every kind when left out.")] = None,
    as_json: Json = False,
) -> None:
    """List the kinds of clause, or the keys of one. Example: `reciprocity deal kinds quota`"""
    from dataclasses import asdict

    from reciprocity.deal.kinds import kind
    from reciprocity.deal.kinds import kinds as every_kind

    if name:
        one = kind(name)
        if as_json:
            print_json(asdict(one))
            return
        typer.echo(f'kind = "{one.name}"\n{one.meaning}\n')
        cells = [(key.name, "must" if key.required else "may", key.form, key.meaning) for key in one.keys]
        print_table(["key", "", "takes", "meaning"], cells)
        return
    found = every_kind()
    if as_json:
        print_json([asdict(one) for one in found])
        return
    print_table(["kind", "what it does"], [(one.name, one.meaning.split("\n", 1)[0]) for one in found])
    typer.echo("\nNext: reciprocity deal kinds quota")


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="The file to write; one that is there is left alone.")],
    like: Annotated[str, typer.Option("--like", help="A deal to begin from: see `reciprocity deal list`.")] = (
        "metals_for_energy"
    ),
    replace: Replace = False,
) -> None:
    """Begin a deal of your own as a copy of one that ships, to edit.

    Example: `reciprocity deal new my_deal.toml --like cusma_as_written`
    """
    from reciprocity.deal.cases import find_deal
    from reciprocity.files import write_results

    _, source = find_deal(like)
    write_results({file: source.read_bytes()}, replace=replace)
    typer.echo(f"Written: {file}, begun from '{like}'\nNext: edit it, then reciprocity deal check {file}")
