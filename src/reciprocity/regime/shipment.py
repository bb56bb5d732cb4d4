"""One shipment: the duty on a product on a day, and every measure that makes it up, kept or removed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reciprocity import labels
from reciprocity.errors import Fault, InputError
from reciprocity.regime import override as deal
from reciprocity.regime.apply import preference_lost, settle, sized
from reciprocity.regime.book import Book, Measure, shipped_book
from reciprocity.regime.facts import stated
from reciprocity.regime.in_place import stated as said_of
from reciprocity.regime.law import Law, law_of
from reciprocity.regime.override import Override
from reciprocity.regime.partners import partner, region_of
from reciprocity.regime.resolve import Facts, Goods, Outcome, Settled, holds, part_of_value
from reciprocity.regime.schedule import COLUMN_2, Schedule, clean_code, schedule
from reciprocity.regime.trade import partners_of, trade

ONE = np.zeros(1, np.intp)


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure on a good. `rate` is a fraction taken on `share` of value by `basis`; `contribution` what it adds.

    `applies` is false for a measure that reaches the good and gives way; `reason` says to what, or why it is nothing.
    """

    id: str
    measure: str
    slot: str
    rate: float
    basis: str
    share: float
    contribution: float
    applies: bool
    reason: str
    source: str
    source_file: str | None
    quote: str | None
    also: tuple[tuple[str, str], ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Duty:
    """The duty on a shipment. `rate` is a fraction of full value, infinite where the good may not come in.

    `stack` is what counts and what gave way; `near` the measures on the good whose conditions are not met; `flags` what
    to be careful of; `deposits` what is collected beside the duty.
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


def duty(
    *,
    importer: str,
    exporter: str,
    hs: str,
    date: date | str,
    known: date | str | None = None,
    facts: Mapping[str, Any] | None = None,
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
    said, unused = stated(facts or {}, held)
    first, last = lines.span(code)
    if first == last:
        raise InputError(_unknown(lines, code, hs))
    mine = [said_of(sized(held, one, on), said) for one in overrides if one.reaches(to, of, on)]
    law = deal.edit_law(held, law_of(held, to, of, on, as_of), mine)
    line, differs = _principal(held, law, np.arange(first, last), said, mine)
    goods = _goods(held, law, np.array([line]), said, mine)
    outcome = settle(held, law, goods, mine)
    entries = list(_entries(law, goods, outcome))
    flags = [*_flags(held, lines, law, line, entries), *(f"fact not used by any measure: {one}" for one in unused)]
    if differs:
        flags.append(f"lines under {hs} differ: this is {lines.code[line]:010d}; give more digits")
    base = _base_entry(lines, line, goods, outcome, column_2=of in COLUMN_2)
    return Duty(
        to, of, code, on, as_of,
        float("inf") if outcome.banned[0] else round(float(outcome.total[0]), 12),
        (base, *(one for one, role in entries if role == "stack")),
        tuple(one for one, role in entries if role == "near"),
        tuple(one for one, role in entries if role == "beside"),
        tuple(flags), bool(outcome.banned[0]),
    )  # fmt: skip


def _day(day: date | str) -> date:
    try:
        return day if isinstance(day, date) else date.fromisoformat(day)
    except ValueError as error:
        raise InputError(Fault("date", f"'{day}' is not a date", "Write it as 2025-10-08")) from error


def _unknown(lines: Schedule, code: str, text: str) -> Fault:
    for digits in (8, 6, 4):
        low, high = lines.span(code[:digits])
        if digits < len(code) and low < high:
            near = ", ".join(sorted({str(one).zfill(10)[: len(code)] for one in lines.code[low:high][:6]}))
            return Fault("hs", f"'{text}' is not in the schedule of {lines.importer}", f"Under {code[:digits]}: {near}")
    return Fault("hs", f"'{text}' is not in the schedule of {lines.importer}", remedy="Check the digits")


def _goods(book: Book, law: Law, line: NDArray[np.intp], facts: Facts, overrides: Sequence[Override]) -> Goods:
    lines = schedule(law.importer)
    claimed = bool(facts.get("usmca_claimed")) and {law.importer, law.exporter} <= {"USA", "CAN", "MEX"}
    lost = preference_lost(book, law.importer, law.on, overrides)
    if claimed and lost is not None and lost[line].any():
        claimed = False
    base = lines.base(law.exporter, line, claimed=claimed)
    return Goods(line, base, {**facts, "usmca_claimed": claimed})


def _principal(
    book: Book, law: Law, under: NDArray[np.intp], facts: Facts, overrides: Sequence[Override]
) -> tuple[int, bool]:
    """The line that stands for a shorter code: the rate most trade under it meets, and whether others differ.

    Lines on which a measure asks for a fact the shipment states come before the others: a good said to be a patented
    medicine is on the lines that hold them.
    """
    lines = schedule(law.importer)
    under = under[lines.printed[under]] if lines.printed[under].any() else under
    meant = under[_asks_for(law, facts)[under]]
    under = meant if len(meant) else under
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


def _asks_for(law: Law, facts: Facts) -> NDArray[np.bool_]:
    """The lines with a measure whose conditions hold, one of them on a fact that is stated."""
    mask = np.zeros(len(schedule(law.importer)), bool)
    for rows, masks in zip(law.measures, law.lines, strict=True):
        for one, inside in zip(rows, masks, strict=True):
            asked = {name for name, wanted in one.when if wanted is not False} - {"usmca_claimed"}
            if asked & set(facts) and np.all(np.asarray(holds(one, facts, ONE)) > 0):
                mask |= inside
    return mask


def _base_entry(lines: Schedule, line: int, goods: Goods, outcome: Outcome, *, column_2: bool) -> Entry:
    claimed = bool(goods.facts["usmca_claimed"]) and lines.preference[line] < lines.general[line]
    base, printed = float(outcome.base[0]), f"{lines.code[line]:010d}"
    name = "USMCA preference" if claimed else "Column 2 base" if column_2 else "MFN base"
    return Entry(
        "base.preference" if claimed else "base.mfn", name, "base", base, "full", 1.0, base, True,
        f"line {printed[:4]}.{printed[4:6]}.{printed[6:8]}.{printed[8:]}", "schedule", None, None, (),
        "P" if lines.base_known else "M",
    )  # fmt: skip


def _entries(law: Law, goods: Goods, outcome: Outcome) -> Iterator[tuple[Entry, str]]:
    """Every measure on the line, as in the stack, only near it, or beside it."""
    line = goods.line[0]
    for rows, masks, held in zip(law.measures, law.lines, outcome.settled, strict=True):
        for number, one in enumerate(rows):
            if not masks[number][line]:
                continue
            met = holds(one, goods.facts, ONE)
            if not np.all(np.asarray(met) > 0):
                yield _entry(one, goods, held, 0.0, applies=False, reason=_unmet(one, goods.facts)), "near"
            elif number != held.chosen[0]:
                if held.chosen[0] >= 0:
                    winner = rows[held.chosen[0]].id
                    yield _entry(one, goods, held, 0.0, applies=False, reason=f"{winner} stands in its place"), "near"
            else:
                yield _kept(law, one, goods, held)


def _kept(law: Law, one: Measure, goods: Goods, held: Settled) -> tuple[Entry, str]:
    role = "stack" if one.counts else "beside"
    if held.remaining[0] <= 0.0:
        rule = law.precedence[held.removed_by[0]].rule
        reason = f"gives way to {', '.join(rule.winner)} by rule {rule.id}"
        return _entry(one, goods, held, 0.0, applies=False, reason=reason), role
    reason = {"free": "exempt", "prohibit": "may not come in"}.get(one.kind, "")
    if held.remaining[0] < 1.0:
        reason = f"on the {held.remaining[0]:.4g} of value that {law.precedence[held.removed_by[0]].rule.id} leaves"
    return _entry(one, goods, held, float(held.amount[0]), applies=True, reason=reason), role


def _entry(one: Measure, goods: Goods, held: Settled, amount: float, *, applies: bool, reason: str) -> Entry:
    share = float(part_of_value(one, goods.facts, ONE)[0])
    rate, basis = one.rate or 0.0, one.basis
    if basis == "non_us_from_20":
        basis = "non_us" if share < 1.0 else "full"
    if applies and one.kind == "add" and rate * share > 0:
        share *= float(held.remaining[0])
        if abs(amount - rate * share) > 1e-9:  # a floor, a ceiling or a deal decides
            rate, basis, share = amount, "floor total" if one.floor_total is not None else "total", 1.0
    elif applies and one.kind in ("total", "replace"):
        rate, basis, share = amount, "floor total", 1.0
    return Entry(
        one.id, one.name, one.slot, rate, basis, share, amount, applies, reason, one.source, one.file, one.quote,
        one.also, one.confidence,
    )  # fmt: skip


def _unmet(one: Measure, facts: Facts) -> str:
    words = []
    for name, wanted in one.when:
        if not np.all(np.asarray(holds(_only(one, name, wanted), facts, ONE)) > 0):
            words.append(f"{name} is {facts.get(name, 'not said')}, needs {wanted}")
    return "; ".join(words)


def _only(one: Measure, name: str, wanted: bool | str) -> Measure:
    from dataclasses import replace  # noqa: PLC0415 - only explanations that fail need it

    return replace(one, when=((name, wanted),))


def _flags(book: Book, lines: Schedule, law: Law, line: int, entries: Sequence[tuple[Entry, str]]) -> Iterator[str]:
    if not lines.base_known:
        yield f"the base schedule of {lines.importer} is not held: the base duty is taken as zero"
    if lines.equivalent[line]:
        yield "the base duty is by weight or count: the fraction it came to in 2024 is used"
    if lines.quota_line[line]:
        yield "CUSMA treatment depends on a quota (chapter 98): free inside it"
    if not lines.printed[line]:
        yield "the line is in the 2024 trade but not in the printed schedule"
    for one, role in entries:
        if role == "stack" and one.confidence in "SM":
            yield f"{one.id} is not verified against the act (confidence {one.confidence})"
    unverified = {one.id: one.unverified for one in book.lists if one.unverified}
    used = {one.id for one, role in entries if role == "stack"}
    for rows in law.measures:
        for one in rows:
            for name in one.products if one.id in used else ():
                if name in unverified:
                    yield f"list {name}: {unverified[name]}"
