"""What the regime verbs share: options, and numbers as they print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from reciprocity.regime import Regime

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Importer = Annotated[str, typer.Option("--importer", help="Whose law: USA or CAN, by code or name.")]
Exporter = Annotated[
    str | None,
    typer.Option("--exporter", help="Whose goods: a country or region; the other of the two if left out."),
]
On = Annotated[str, typer.Option("--on", help="The day, as 2025-10-08.")]
Known = Annotated[
    str | None, typer.Option("--known", help="The day whose knowledge counts; all that is known if left out.")
]
OTHER = {"USA": "CAN", "CAN": "USA"}


def asked(importer: str, exporter: str | None, on: str, known: str | None) -> tuple[str, str, date, date | None]:
    """Codes and days of a question; the exporter left out is the other of the two. Raises InputError."""
    from reciprocity.errors import UnknownName
    from reciprocity.labels import region
    from reciprocity.regime.question import question

    if exporter is None:
        try:
            exporter = OTHER.get(region(importer).code, "USA")
        except UnknownName:
            exporter = "CAN"
    return question(importer, exporter, on, known)


def law_with(deal: str | None, on: date, known: date | None) -> Regime:
    """The law of a day, with a deal over it where one is named by its file or its case."""
    from reciprocity.regime import regime_on

    if deal is None:
        return regime_on(on, known)
    from reciprocity.deal import apply
    from reciprocity.deal.cases import find_deal

    return apply(find_deal(deal)[0], regime_on(on, known))


def percent(value: float | None) -> str:
    """A fraction as per cent; nothing for none."""
    return "" if value is None else f"{100 * value:.2f}%"
