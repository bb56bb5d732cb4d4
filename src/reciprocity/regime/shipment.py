"""One shipment: the duty on a product on a day, and every measure that makes it up, kept or removed, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reciprocity import labels
from reciprocity.errors import Fault, InputError
from reciprocity.regime import override as deal
from reciprocity.regime.book import Book, shipped_book
from reciprocity.regime.explain import ONE, Entry, base_entry, begins_soon, by_agreement, entries, flags, printed
from reciprocity.regime.facts import stated
from reciprocity.regime.in_place import stated as said_of
from reciprocity.regime.law import Law, law_of
from reciprocity.regime.nearby import assumed
from reciprocity.regime.override import Override
from reciprocity.regime.partners import partner, region_of
from reciprocity.regime.quantities import sized
from reciprocity.regime.resolve import Array, Facts, Goods, holds
from reciprocity.regime.schedule import COLUMN_2, Schedule, clean_code, schedule
from reciprocity.regime.settle import preference_lost, settle
from reciprocity.regime.trade import partners_of, trade
from reciprocity.regime.units import price_of


@dataclass(frozen=True, slots=True)
class Duty:
    """The duty on a shipment. `rate` is a fraction of full value, infinite where the good may not come in.

    `stack` is what counts and what gave way; `near` the measures on the good whose conditions are not met or that begin
    within a month; `flags` what to be careful of; `deposits` what is collected beside the duty.
    """

    importer: str
    exporter: str
    hs: str
    on: date
    known: date | None
    rate: float
    stack: tuple[Entry, ...]
    near: tuple[Entry, ...]
    deposits: tuple[Entry, ...]
    flags: tuple[str, ...]
    prohibited: bool

    def amount(self, value: float) -> float:
        """The duty on a customs value, in its currency, to the cent."""
        return round(self.rate * value, 2)

    @property
    def confidence(self) -> str:
        """The worst letter among the measures that count."""
        return max((one.confidence for one in self.stack if one.applies), key="PRSM".index, default="P")


def duty(  # noqa: PLR0917 - the six words of one question, in the order it is asked
    importer: str,
    exporter: str,
    hs: str | int,
    date: date | str,
    known: date | str | None = None,
    facts: Mapping[str, Any] | None = None,
    *,
    book: Book | None = None,
    overrides: Sequence[Override] = (),
) -> Duty:
    """The duty on a product from a partner on a day, as known on another (as last known when not said).

    A code of fewer digits than the schedule stands for the line under it that most trade enters on; where lines under
    it differ, a flag says so. Raises InputError for a code the schedule lacks, UnknownName for a country or a fact.
    """
    held = shipped_book() if book is None else book
    to, of = labels.region(importer, where="importer").code, partner(exporter)
    on, as_of = _day(date), None if known is None else _day(known)
    lines = schedule(to)
    code = clean_code(hs)
    said, named, unused = stated(facts or {}, held, lines.units, on=on)
    first, last = lines.span(code)
    if first == last:
        raise InputError(_unknown(lines, code, str(hs)))
    mine = [said_of(sized(held, one, on), said) for one in overrides if one.reaches(to, of, on)]
    law = deal.edit_law(held, law_of(held, to, of, on, as_of), mine)
    line, differs = _principal(held, law, np.arange(first, last), said, mine, told=named)
    goods = _goods(held, law, np.array([line]), said, mine)
    outcome = settle(held, law, goods, mine)
    found = [*entries(held, law, goods, outcome), *begins_soon(held, law, goods, as_of)]
    counted = ((one.slot, one.basis) for one, role in found if one.applies or one.basis == "non_us")
    told = [
        *flags(held, lines, law, goods, found),
        *assumed(counted, named, goods.facts),
        *(f"no duty turns on the fact {one}" for one in unused),
    ]
    if differs:
        told.append(f"lines under {hs} differ: this is {printed(lines, line)}; give more digits")
    return Duty(
        to, of, code, on, as_of,
        float("inf") if outcome.banned[0] else round(float(outcome.total[0]), 12),
        (*base_entry(lines, law, goods, outcome), *(one for one, role in found if role == "stack")),
        tuple(one for one, role in found if role == "near"),
        tuple(one for one, role in found if role == "beside"),
        tuple(told), bool(outcome.banned[0]),
    )  # fmt: skip


def _day(day: date | str) -> date:
    try:
        if isinstance(day, datetime):
            return day.date()
        return day if isinstance(day, date) else datetime.fromisoformat(day).date()
    except ValueError as error:
        raise InputError(Fault("date", f"'{day}' is not a date", "Write it as 2025-10-08")) from error


def _unknown(lines: Schedule, code: str, text: str) -> Fault:
    for digits in (8, 6, 4):
        low, high = lines.span(code[:digits])
        if digits < len(code) and low < high:
            near = ", ".join(sorted({str(one).zfill(10)[: len(code)] for one in lines.code[low:high][:6]}))
            return Fault("hs", f"'{text}' is not in the schedule of {lines.importer}", f"Under {code[:digits]}: {near}")
    remedy = "A heading of chapter 99 is a measure: ask for the good's own line" if code >= "99" else "Check the digits"
    return Fault("hs", f"'{text}' is not in the schedule of {lines.importer}", remedy=remedy)


def _goods(book: Book, law: Law, line: NDArray[np.intp], facts: Facts, overrides: Sequence[Override]) -> Goods:
    lines = schedule(law.importer)
    claims = bool(facts.get("usmca_claimed")) or bool(facts.get("preference_claimed"))
    claimed = claims and {law.importer, law.exporter} <= {"USA", "CAN", "MEX"}
    lost = preference_lost(book, law.importer, law.on, overrides)
    if claimed and lost is not None and lost[line].any():
        claimed = False
    base = lines.base(law.exporter, line, claimed=claimed or by_agreement(law, facts))
    relieved = base < lines.general[line]
    if law.exporter not in COLUMN_2:
        base = np.where(relieved, base, _by_unit(lines, line, base, facts))
    return Goods(line, base, {**facts, "usmca_claimed": claimed})


def _by_unit(lines: Schedule, line: NDArray[np.intp], base: Array, facts: Facts) -> Array:
    """The base duty with what duties by weight or count come to on a shipment that says what its unit is worth."""
    out = base.copy()
    for unit in np.unique(lines.unit[line]):
        price = price_of(lines.units[unit], facts) if unit else None
        if price is not None:
            mine = lines.unit[line] == unit
            out[mine] = (lines.per_unit[line] / price + lines.beside[line])[mine]
    return out


def _where_any(under: NDArray[np.intp], kept: NDArray[np.bool_]) -> NDArray[np.intp]:
    return under[kept] if kept.any() else under


def _principal(
    book: Book, law: Law, under: NDArray[np.intp], facts: Facts, overrides: Sequence[Override], *, told: Collection[str]
) -> tuple[int, bool]:
    """The line that stands for a shorter code: the rate most trade under it meets, and whether others differ.

    Lines on which a measure asks for a fact the shipment states come before the others: a good said to be a patented
    medicine is on the lines that hold them.
    """
    lines = schedule(law.importer)
    under = _where_any(under, lines.printed[under])
    under = _where_any(under, lines.in_season(under, law.on))
    under = _where_any(under, _asks_for(law, facts, told)[under])
    if len(under) == 1:
        return int(under[0]), False
    outcome = settle(book, law, _goods(book, law, under, facts, overrides), overrides)
    rates = np.round(np.where(outcome.banned, np.inf, outcome.total), 9)
    weight = np.full(len(under), 1e-6)
    for code in partners_of(law.importer, region_of(law.exporter)):
        held = trade(law.importer, code)
        found = np.searchsorted(held.line, under)
        found[found == len(held.line)] = 0
        if len(held.line):
            weight += np.where(held.line[found] == under, held.value[found], 0.0)
    kinds, group = np.unique(rates, return_inverse=True)
    best = int(np.argmax(np.bincount(group, weight)))
    inside = np.flatnonzero(group == best)
    return int(under[inside[np.argmax(weight[inside])]]), len(kinds) > 1


def _asks_for(law: Law, facts: Facts, told: Collection[str]) -> NDArray[np.bool_]:
    """The lines with a measure whose conditions hold, one of them on a fact that was told."""
    mask = np.zeros(len(schedule(law.importer)), bool)
    for rows, masks in zip(law.measures, law.lines, strict=True):
        for one, inside in zip(rows, masks, strict=True):
            asked = {name for name, wanted in one.when if wanted is not False} - {"usmca_claimed"}
            if asked & set(told) and np.all(np.asarray(holds(one, facts, ONE)) > 0):
                mask |= inside
    return mask
