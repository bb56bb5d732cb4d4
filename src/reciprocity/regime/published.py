"""Effective rates that others publish beside ours: what differs, by programme, which measure makes it, who is right.

Theirs hold from one day of change to the next. Ours are of all trade with the partner, in a sector or in none: on the
claims of the day, and on theirs, so that what is left is law and content.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reciprocity.files import read_toml
from reciprocity.regime.apply import asked_of, lawful
from reciprocity.regime.book import Book, shipped_book
from reciprocity.regime.trade import partners_of

NOTABLE, SLIGHT = 0.0025, 0.001
"""A difference without a reason is told from a quarter of a point, with one from a tenth: weights are rounded."""
PROGRAMMES = {
    "us.232.steel": "metals", "us.232.aluminum": "metals", "us.232.copper": "metals", "us.232.metals": "metals",
    "us.232.autos": "vehicles", "us.232.auto_parts": "vehicles", "us.232.trucks": "vehicles",
    "us.232.truck_parts": "vehicles", "us.232.wood": "wood", "us.232.pharma": "medicines",
    "us.232.semis": "semiconductors", "us.ieepa": "border order", "us.ieepa.reciprocal": "reciprocal tariff",
    "us.122": "surcharge", "us.301": "section 301", "us.338": "section 338", "us.201": "safeguards",
}  # fmt: skip
"""Programmes of the published table, by slot or its beginning."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A programme in which a published rate and ours differ, fractions of value.

    Both are on the published claims of the preference, but for the programme `claims`: what ours is on those, and on
    the day's own. `measure` makes the difference; `why` and `right` are empty where nobody has found out.
    """

    programme: str
    theirs: float
    ours: float
    measure: str
    why: str
    right: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published rate, in force `since` a day, and ours on a day; fractions of the value of all trade."""

    importer: str
    exporter: str
    on: date
    since: date
    theirs: float
    ours: float
    ours_on_their_claims: float
    gaps: tuple[Gap, ...]

    @property
    def unexplained(self) -> float:
        """What is left of the difference, theirs less ours, once the gaps that have a reason are taken out."""
        told = sum(one.theirs - one.ours for one in self.gaps if one.why and one.programme != "claims")
        return self.theirs - self.ours_on_their_claims - told

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            **asdict(self), "on": str(self.on), "since": str(self.since), "unexplained": self.unexplained,
            "source": source(),
        }  # fmt: skip


def compare_published(importer: str, exporter: str, on: date) -> Comparison | None:
    """Our rate on a day beside the published one; None for partners and days that nobody we hold publishes."""
    row = max((one for one in _table(importer, exporter) if one["since"] <= on.isoformat()), default=None, key=_since)
    if row is None:
        return None
    book = shipped_book()
    own, _ = _rates(book, importer, exporter, on, on)
    total, parts = _rates(book, importer, exporter, on, _notes()["source"]["claims_on"])
    gaps = [_gap("claims", total, own, on), *(
        _gap(name, row["programmes"].get(name, 0.0), parts.get(name, 0.0), on)
        for name in dict.fromkeys((*row["programmes"], *parts))
    )]  # fmt: skip
    kept = tuple(one for one in gaps if abs(one.theirs - one.ours) >= (SLIGHT if one.why else NOTABLE))
    return Comparison(importer, exporter, on, date.fromisoformat(row["since"]), row["rate"], own, total, kept)


def every_comparison(importer: str, exporter: str) -> Iterator[Comparison]:
    """One comparison a published day of change."""
    for row in _table(importer, exporter):
        found = compare_published(importer, exporter, date.fromisoformat(row["since"]))
        if found is not None:
            yield found


def source() -> dict[str, str]:
    """Who publishes the rates, under what licence, on what weights and claims."""
    return {key: str(value) for key, value in _notes()["source"].items()}


def _rates(book: Book, importer: str, exporter: str, on: date, claims_on: date) -> tuple[float, dict[str, float]]:
    """The rate of all trade with a partner, and by programme."""
    value = taken = base = 0.0
    parts: dict[str, float] = {}
    for country in partners_of(importer, exporter):
        one = lawful(asked_of(book, importer, country, on=on, known=None, claims_on=claims_on))
        free = one.value * ~one.outcome.banned
        value += float(one.value.sum())
        taken += float(free @ one.outcome.total)
        base += float(free @ one.outcome.base)
        for rows, held in zip(one.law.measures, one.outcome.settled, strict=True):
            if all(row.counts for row in rows):
                name = _programme(held.slot)
                parts[name] = parts.get(name, 0.0) + float(free @ held.amount)
    parts["base"] = base
    return taken / value, {name: amount / value for name, amount in parts.items()}


def _programme(slot: str) -> str:
    for name in (slot, ".".join(slot.split(".")[:2])):
        if name in PROGRAMMES:
            return PROGRAMMES[name]
    return "other"


def _gap(programme: str, theirs: float, ours: float, on: date) -> Gap:
    for one in _notes()["difference"]:
        if one["programme"] == programme and one["from"] <= on < one.get("until", date.max):
            return Gap(programme, theirs, ours, one["measure"], one["why"], one["right"])
    return Gap(programme, theirs, ours, "", "", "")


def _since(row: Mapping[str, Any]) -> str:
    return row["since"]


@cache
def _notes() -> dict[str, Any]:
    return read_toml(Path(str(files("reciprocity.regime"))) / "published.toml")


@cache
def _table(importer: str, exporter: str) -> tuple[dict[str, Any], ...]:
    text = files("reciprocity.regime").joinpath("data/published_rates.json").read_text(encoding="utf-8")
    return tuple(json.loads(text).get(f"{importer} {exporter}", ()))
