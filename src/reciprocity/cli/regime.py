"""`reciprocity regime`: the law of both countries, on any day, as known on any day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reciprocity.cli import regime_diff, regime_rates
from reciprocity.cli.output import print_json, print_table
from reciprocity.cli.regime_options import Exporter, Importer, Json, Known, On, asked, percent
from reciprocity.cli.regime_words import duty_lines, law_lines

if TYPE_CHECKING:
    from reciprocity.regime.book import Book
    from reciprocity.regime.shipment import Entry

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The law of the United States and Canada: duties, exemptions, quotas and bans, on any day.",
)


@app.command()
def show(
    importer: Importer = "USA", exporter: Exporter = None, on: On = "", known: Known = None, as_json: Json = False
) -> None:
    """List the measures in force on a day, by programme, and what gives way to what.

    Example: `reciprocity regime show --importer USA --exporter CAN --on 2025-10-08 --known 2025-10-08`
    """
    from reciprocity.regime.book import shipped_book
    from reciprocity.regime.law import law_of
    from reciprocity.regime.presented import day_or_none, measure_row, rule_row

    to, of, day, told = asked(importer, exporter, on, known)
    law = law_of(shipped_book(), to, of, day, told)
    measures = [measure_row(one) for group in law.measures for one in group]
    rules = [rule_row(one) for one in law.precedence if one.winner and one.loser]
    if as_json:
        head = {"importer": to, "exporter": of, "on": str(day), "known": day_or_none(told)}
        print_json({**head, "measures": measures, "rules": rules})
        return
    typer.echo(f"{to} on goods of {of}, {day}{f', as known on {told}' if told else ''}")
    for line in law_lines(shipped_book(), measures, rules):
        typer.echo(line)


@app.command()
def rate(
    hs: Annotated[str, typer.Argument(help="An HS code of 2 to 10 digits, as 7208.10.")],
    importer: Importer = "USA",
    exporter: Exporter = None,
    on: On = "",
    known: Known = None,
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", help="A fact of the shipment, as usmca_claimed=true or metal_share.steel=0.6. Repeat."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Every measure with its clause, and why others do not count.")
    ] = False,
    act: Annotated[
        list[Path] | None,
        typer.Option("--act", help="An act file of yours to ask with, in or beside the book. Repeat."),
    ] = None,
    as_json: Json = False,
) -> None:
    """The duty on a product on a day, and the measures that make it up.

    Example: `reciprocity regime rate 7208.10 --importer USA --exporter CAN --on 2025-10-08 --explain`

    Example: `reciprocity regime rate 8708.10 --on 2025-10-08 --fact usmca_claimed=true --json`
    """
    from reciprocity.regime import duty
    from reciprocity.regime.presented import duty_row
    from reciprocity.regime.question import facts_of

    to, of, day, told = asked(importer, exporter, on, known)
    book = _book(act or [])
    found = duty(importer=to, exporter=of, hs=hs, date=day, known=told, facts=facts_of(fact or []), book=book)
    if as_json:
        print_json(duty_row(found))
        return
    total = "may not come in" if found.prohibited else percent(found.rate)
    print_table(
        ["measure", "rate", "of", "part", "adds", ""],
        [_entry_row(one) for one in found.stack] or [("no measure that is held", "", "", "", "-", "")],
        title=f"{hs} into {to} from {of} on {day}: {total}",
        right=[1, 3, 4],
    )
    for line in duty_lines(book, found) if explain else ():
        typer.echo(line)
    for flag in found.flags:
        typer.echo(f"Note: {flag}")


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Act files; the shipped book if left out.")] = None,
    as_json: Json = False,
) -> None:
    """Check acts against the rules of the book: every fault of every file at once; nothing is changed.

    Example: `reciprocity regime check my-act.toml`
    """
    from reciprocity.regime.check import check_files

    report = check_files(files or [])
    if as_json:
        print_json(report)
    else:
        counts = ", ".join(_counted(report[key], key) for key in ("files", "measures", "rules", "lists"))
        typer.echo(f"{counts}: no fault.")


def _book(acts: list[Path]) -> Book:
    """The shipped book, with a person's own acts where there are some."""
    if not acts:
        from reciprocity.regime.book import shipped_book

        return shipped_book()
    from reciprocity.regime.check import book_with

    return book_with(acts)


def _counted(number: int, things: str) -> str:
    return f"{number} {things if number != 1 else things.removesuffix('s')}"


def _entry_row(one: Entry) -> tuple[str, ...]:
    mark = ("" if one.applies else "gives way") + (" ?" if one.confidence in "SM" else "")
    adds = percent(one.contribution) if one.applies else "-"
    return one.measure, percent(one.rate), one.basis, f"{one.share:.4g}", adds, mark.strip()


for verbs in (regime_rates, regime_diff):
    app.add_typer(verbs.app)
