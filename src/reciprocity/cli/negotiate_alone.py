"""`reciprocity negotiate best-reply`, `nash`, `weights`: what each side does alone, and what that tells of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from reciprocity.cli.output import Replace, print_table
from reciprocity.cli.table_answer import finish, print_certificate, print_sides
from reciprocity.cli.table_options import Everyone, Json, Out, Picture, TableName

app = typer.Typer(rich_markup_mode="markdown")


@app.command("best-reply")
def best_reply(
    table: TableName,
    side: Annotated[str, typer.Option(help="Which side.")],
    everyone: Everyone = False,
    out: Out = None,
    picture: Picture = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """The duties that serve a side best while everyone else keeps the law of the day.

    Example: `reciprocity negotiate best-reply metals_for_energy --side USA`
    """
    from reciprocity.negotiation.unilateral import answer_best_reply

    answer = answer_best_reply(table, side, everyone=everyone)
    _show_duties(answer, out, picture, as_json=as_json, replace=replace)


@app.command()
def nash(
    table: TableName,
    everyone: Everyone = False,
    out: Out = None,
    picture: Picture = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """The tariff war: every duty of either side its best reply to the other's.

    Example: `reciprocity negotiate nash metals_for_energy`
    """
    from reciprocity.negotiation.unilateral import answer_nash

    _show_duties(answer_nash(table, everyone=everyone), out, picture, as_json=as_json, replace=replace)


@app.command()
def weights(
    table: TableName,
    side: Annotated[str, typer.Option(help="Which side.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the table with these weights to this file (.toml).")
    ] = None,
    picture: Picture = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Political weights inferred from the duties in force: under them those duties are the side's own best choice.

    They are inferred and not stated, and every answer at a table that has them says so.

    Example: `reciprocity negotiate weights metals_for_energy --side USA --out weighted.toml`
    """
    from reciprocity.errors import Fault, InputError
    from reciprocity.negotiation.weights import answer_weights

    answer = answer_weights(table, side)
    if out is not None and answer["table_toml"] is None:
        seen = "has wants of its own at this table"
        raise InputError(Fault(answer["side"], seen, remedy="Take them out of the file first, or leave --out out"))
    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="weights"):
        return
    rows = [(one["sector"], f"{one['duty']:.1%}", f"{one['weight']:.2f}") for one in answer["weights"]]
    title = f"{answer['side']}: weights inferred from the duties of {answer['on']}, not stated by anyone"
    print_table(
        ["sector", "duty collected", "a dollar earned there counts this much more"], rows, title=title, right=[1, 2]
    )
    typer.echo(f"Part of the duties no weights explain: {answer['unexplained']:.0%}.")
    typer.echo(f"Again: {answer['reproduce']['command']}")


def _show_duties(
    answer: dict[str, Any], out: Path | None, picture: Path | None, *, as_json: bool, replace: bool
) -> None:
    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="alone"):
        return
    print_sides(answer, f"{answer['title']}: {answer['deal']['title']}, over the law of {answer['on']}")
    largest = sorted(answer["tariffs"], key=lambda row: -row["imports_musd"])[:20]
    rows = [
        (
            r["importer"],
            r["exporter"],
            r["sector"],
            f"{r['imports_musd']:,.0f}",
            f"{r['law_rate']:.1%}",
            f"{r['rate']:.1%}",
        )
        for r in largest
    ]
    print_table(
        ["set by", "on", "goods", "imports, mn USD", "law", "duty"],
        rows,
        title="Its twenty largest trades",
        right=[3, 4, 5],
    )
    print_certificate(answer)
