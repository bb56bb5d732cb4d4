"""The options every verb over a ledger has, and how the ledger they mean is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from reciprocity.record.ledger.ledger import Ledger

LedgerFolder = Annotated[
    Path, typer.Option("--ledger", envvar="RECIPROCITY_LEDGER", help="The ledger's folder.", show_default=True)
]
Index = Annotated[
    str,
    typer.Option(
        "--index", envvar="RECIPROCITY_INDEX", help="A PostgreSQL index, as postgresql://host/name; ledger.db if empty."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
HERE = Path("ledger")
"""Where a ledger is when nothing is said."""


def ledger_if_any(folder: Path) -> Ledger | None:
    """The ledger of a folder; None where the default folder holds none. Raises InputError for another without one."""
    from reciprocity.record.ledger.ledger import open_ledger

    return None if folder == HERE and not folder.exists() else open_ledger(folder)


def day(text: str, *, where: str) -> date:
    """A day a person gave; today when left out. Raises InputError."""
    from datetime import UTC, date, datetime

    from reciprocity.record.read import parse_date

    return date.fromisoformat(parse_date(text, where=where)) if text else datetime.now(UTC).date()
