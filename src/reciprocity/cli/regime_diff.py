"""`reciprocity regime diff`: what differs between two regimes, in words and as a table."""

from __future__ import annotations

from typing import Annotated

import typer

from reciprocity.cli.output import print_json, print_table
from reciprocity.cli.regime_options import Exporter, Importer, Json, Known, asked, law_with, percent
from reciprocity.errors import Fault, InputError

app = typer.Typer(rich_markup_mode="markdown")
LEAST = 5e-6
"""A smaller change than this is no change in the table."""
Deal = Annotated[
    str | None, typer.Option("--deal", help="A deal file, or the name of one that ships: the second law has it.")
]


@app.command()
def diff(
    first: Annotated[str, typer.Argument(help="A day, as 2025-10-08.")],
    second: Annotated[str | None, typer.Argument(help="Another day; the same one if left out.")] = None,
    deal: Deal = None,
    first_deal: Annotated[str | None, typer.Option("--first-deal", help="The same, of the first law.")] = None,
    importer: Importer = "USA",
    exporter: Exporter = None,
    known: Known = None,
    first_known: Annotated[
        str | None,
        typer.Option("--first-known", help="--known for the first law; the same as for the second if left out."),
    ] = None,
    as_json: Json = False,
) -> None:
    """What differs between two days of law, law and a deal, two deals, or one day as known on two others.

    Example: `reciprocity regime diff 2025-10-08 2026-09-29 --importer USA --exporter CAN`

    Example: `reciprocity regime diff 2025-10-08 --deal metals_for_energy`

    Example: `reciprocity regime diff 2025-10-08 --first-deal metals_for_energy --deal cusma_lapses`

    Example: `reciprocity regime diff 2026-08-20 --first-known 2026-08-10 --known 2026-08-20`
    """
    from reciprocity.regime.diff import compare

    to, of, one, told = asked(importer, exporter, first, first_known or known)
    if not any((second, deal, first_deal, first_known)):
        raise InputError(Fault("diff", "is of one day with itself", "Two days, or one with --deal or --first-known"))
    _, _, other, later = asked(importer, exporter, second or first, known)
    found = compare(law_with(first_deal, one, told), law_with(deal, other, later), importer=to, exporter=of)
    if as_json:
        print_json(found.to_dict())
        return
    for line in found.words():
        typer.echo(line)
    cells = [
        (row.sector, percent(row.before), percent(row.after), f"{100 * (row.after - row.before):+.2f}",
         percent(row.flow_before), percent(row.flow_after))
        for row in (found.total, *found.sectors)
        if max(abs(row.after - row.before), abs(row.flow_after - row.flow_before)) > LEAST
    ]  # fmt: skip
    columns = ["sector", "revenue before", "after", "points", "flow-eq. before", "after"]
    print_table(columns, cells, title="Rates, % of value", right=[1, 2, 3, 4, 5])
