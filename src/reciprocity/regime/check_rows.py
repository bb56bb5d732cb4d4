"""What a row of an act must satisfy by itself: days in order, numbers that can be, conditions that can be met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from reciprocity.errors import Fault
from reciprocity.regime.act import Measure
from reciprocity.regime.draft import Draft
from reciprocity.regime.resolve import SIGNS

RATED = ("add", "total", "cap", "replace", "credit")
BY_UNIT = ("specific", "min_price")


def own_faults(one: Draft) -> Iterator[Fault]:
    """Faults a file shows by itself."""
    if one.head.importer not in ("USA", "CAN"):
        seen = f"no tariff law of '{one.head.importer}' is held"
        yield Fault(f"{one.path}: act.importer", seen, "Allowed: USA, CAN")
    for where, row in one.rows("measure", "rule", "quota"):
        yield from _days(where, row, one.head.published_on)
    for where, row in one.rows("measure"):
        yield from _numbers(where, row)
        yield from _conditions(where, row)
    for where, row in one.rows("rule"):
        if both := set(row.winner) & set(row.loser):
            yield Fault(f"{where}.loser", f"'{min(both)}' is the winner too", "A programme gives way to another")
    for where, row in one.rows("list", "share"):
        if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
            yield Fault(f"{where}.valid_to", f"{row.valid_to} is not after {row.valid_from}")


def _days(where: str, row: Any, published: date) -> Iterator[Fault]:
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        yield Fault(f"{where}.valid_to", f"{row.valid_to} is not after {row.valid_from}", "An end is after its start")
    known = row.known_from or published
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
