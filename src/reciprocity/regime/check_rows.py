"""What a row of an act must satisfy by itself: days in order, numbers that can be, conditions that can be met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reciprocity.errors import Fault
from reciprocity.regime.act import ActFile, Measure
from reciprocity.regime.resolve import SIGNS

RATED = ("add", "total", "cap", "replace", "credit")
BY_UNIT = ("specific", "min_price")


def own_faults(path: Path, one: ActFile) -> Iterator[Fault]:
    """Faults a file shows by itself."""
    if one.act.importer not in ("USA", "CAN"):
        seen = f"no tariff law of '{one.act.importer}' is held"
        yield Fault(f"{path}: act.importer", seen, "Allowed: USA, CAN")
    for key, row in (*keyed("measure", one.measure), *keyed("rule", one.rule), *keyed("quota", one.quota)):
        yield from _days(f"{path}: {key}", row, one)
    for key, row in keyed("measure", one.measure):
        yield from _numbers(f"{path}: {key}", row)
        yield from _conditions(f"{path}: {key}", row)
    for key, row in keyed("rule", one.rule):
        if both := set(row.winner) & set(row.loser):
            yield Fault(f"{path}: {key}.loser", f"'{min(both)}' is the winner too", "A programme gives way to another")
    for key, row in (*keyed("list", one.list_), *keyed("share", one.share)):
        if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
            yield Fault(f"{path}: {key}.valid_to", f"{row.valid_to} is not after {row.valid_from}")


def keyed(name: str, rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Rows of a section with their keys: measure[1]."""
    for number, row in enumerate(rows, 1):
        yield f"{name}[{number}]", row


def _days(where: str, row: Any, one: ActFile) -> Iterator[Fault]:
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        yield Fault(f"{where}.valid_to", f"{row.valid_to} is not after {row.valid_from}", "An end is after its start")
    known = row.known_from or one.act.published_on
    if row.known_to is not None and row.known_to <= known:
        yield Fault(f"{where}.known_to", f"{row.known_to} is not after {known}", "It was known before it was replaced")
    if row.end_known_from is not None and row.valid_to is None:
        yield Fault(f"{where}.end_known_from", "is of a row without an end", remedy="Give valid_to too")


def _numbers(where: str, row: Measure) -> Iterator[Fault]:
    if row.kind in RATED and row.rate is None and not row.rates:
        yield Fault(f"{where}.rate", "is missing", f"A measure of kind {row.kind} has one")
    if row.kind in BY_UNIT and (row.amount is None or row.unit is None):
        yield Fault(f"{where}.amount", "is missing, or its unit", f"A measure of kind {row.kind} has both")
    if row.share_min > row.share_max:
        yield Fault(f"{where}.share_min", f"{row.share_min:g} is above share_max {row.share_max:g}")


def _conditions(where: str, row: Measure) -> Iterator[Fault]:
    """Conditions that begin with a sign and have no number after it."""
    for name, wanted in row.when.items():
        sign, _, number = str(wanted).partition(" ")
        if sign[:1] in "<>=" and not (sign in SIGNS and _is_number(number)):
            allowed = f"true, false, a word, or one of {' '.join(SIGNS)} with a number, as '>= 0.85'"
            yield Fault(f"{where}.when.{name}", f"'{wanted}' is no condition", allowed)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
