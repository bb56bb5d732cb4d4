"""Why a duty is what it is: every measure on a good, kept, given way, or only near it, and what to be careful of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from reciprocity.regime.book import Book, Measure, Rule
from reciprocity.regime.law import Law
from reciprocity.regime.nearby import coming
from reciprocity.regime.products import lines_of
from reciprocity.regime.resolve import Facts, Goods, Outcome, Settled, holds, part_of_value
from reciprocity.regime.schedule import COLUMN_2, PROGRAMME_OF, Schedule
from reciprocity.regime.units import price_of

ONE = np.zeros(1, np.intp)


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure on a good. `rate` is a fraction taken on `share` of value by `basis`; `contribution` what it adds.

    `applies` is false for a measure that reaches the good and gives way; `reason` says to what, or why it is nothing,
    and `rule_clause` the words of law it gives way by. `citation` is the act's; clauses are pairs of where and words.
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
    citation: str = ""
    rule_clause: tuple[str, str] | None = None


def base_entry(lines: Schedule, law: Law, goods: Goods, outcome: Outcome) -> Iterator[Entry]:
    """The base duty: general, preference, or column 2; of a duty by unit, what it comes to on this shipment.

    None for an importer whose schedule is not held: a flag says that it is taken as zero.
    """
    if not lines.base_known:
        return
    line = goods.line[0]
    base, name = float(outcome.base[0]), _base_name(lines, law, goods)
    claimed, column_2 = name.endswith("preference"), law.exporter in COLUMN_2
    reason = f"line {printed(lines, line)}"
    if not (claimed or column_2) and lines.per_unit[line] and (price := unit_price(lines, line, goods.facts)):
        reason += f": {unit_duty(lines, line)}, at {price:,.4g} USD a {lines.units[lines.unit[line]]}"
    yield Entry(
        "base.preference" if claimed else "base.mfn", name, "base", base, "full", 1.0, base, True, reason, "schedule",
        None, None, (), "P",
    )  # fmt: skip


def _base_name(lines: Schedule, law: Law, goods: Goods) -> str:
    line = goods.line[0]
    if goods.facts["usmca_claimed"] and lines.preference[line] < lines.general[line]:
        return "USMCA preference"
    if by_agreement(law, goods.facts) and lines.general[line] > 0 and lines.free_under(law.exporter, goods.line)[0]:
        return "FTA preference"
    return "Column 2 base" if law.exporter in COLUMN_2 else "MFN base"


def by_agreement(law: Law, facts: Facts) -> bool:
    """Whether a trade agreement other than CUSMA is claimed where the United States has one."""
    return bool(facts.get("preference_claimed")) and law.importer == "USA" and law.exporter in PROGRAMME_OF


def entries(book: Book, law: Law, goods: Goods, outcome: Outcome) -> Iterator[tuple[Entry, str]]:
    """Every measure on the line, as in the stack, only near it, or beside it."""
    line = goods.line[0]
    for rows, masks, held in zip(law.measures, law.lines, outcome.settled, strict=True):
        for number, one in enumerate(rows):
            if not masks[number][line]:
                continue
            met = holds(one, goods.facts, ONE)
            if not np.all(np.asarray(met) > 0):
                yield _entry(book, one, goods, held, 0.0, applies=False, reason=_unmet(one, goods.facts)), "near"
            elif number != held.chosen[0]:
                if held.chosen[0] >= 0:
                    reason = f"{rows[held.chosen[0]].id} stands in its place"
                    yield _entry(book, one, goods, held, 0.0, applies=False, reason=reason), "near"
            else:
                yield _kept(book, law, one, goods, held)


def begins_soon(book: Book, law: Law, goods: Goods, known: date | None) -> Iterator[tuple[Entry, str]]:
    """What begins on the good within a month."""
    line = int(goods.line[0])
    for one in coming(book, law.importer, law.exporter, line, on=law.on, known=known, facts=goods.facts):
        yield _entry(book, one, goods, None, 0.0, applies=False, reason=f"begins on {one.valid_from}"), "near"


def flags(book: Book, lines: Schedule, law: Law, goods: Goods, found: Sequence[tuple[Entry, str]]) -> Iterator[str]:
    """What to be careful of: what is not held, not verified, or taken on an average."""
    line = goods.line[0]
    yield from outside(book, law.importer, law.on)
    if not lines.base_known:
        yield f"the base schedule of {lines.importer} is not held: the base duty is taken as zero"
    yield from _unit_flags(lines, line, goods, law.exporter)
    if not lines.in_season(line, law.on):
        yield f"line {printed(lines, line)} is for goods entered at another time of the year than {law.on}"
    if by_agreement(law, goods.facts) and lines.general[line] > 0 and not lines.free_under(law.exporter, goods.line)[0]:
        yield f"not printed free under the agreement with {law.exporter}: the general rate is used"
    if lines.quota_line[line] and law.exporter in ("CAN", "MEX"):
        yield "CUSMA treatment depends on a quota (chapter 98): free inside it"
    if not lines.printed[line]:
        yield "the line is in the 2024 trade but not in the printed schedule"
    for one, role in found:
        if role == "stack" and one.confidence in "SM":
            yield f"{one.id} is not verified against the act (confidence {one.confidence})"
    yield from _unpriced(law, goods, {one.id for one, role in found if role == "stack"})
    unverified = {one.id: one.unverified for one in book.lists if one.unverified}
    used = {one.id for one, role in found if role == "stack"}
    lists = dict.fromkeys(name for rows in law.measures for one in rows if one.id in used for name in one.products)
    for name in lists:
        if name in unverified and lines_of(book, law.importer, (name,), law.on)[line]:
            yield f"list {name}: {unverified[name]}"


def outside(book: Book, importer: str, on: date) -> Iterator[str]:
    """What to know of a day before the first act that is held of an importer, or after the last of any."""
    first = min(one.valid_from for one in book.measures if one.importer == importer)
    last = max(one.published_on for one in book.sources)
    if on < first:
        yield f"no act of {importer} before {first} is held: this is the schedule of 2025 and 2026 alone"
    if on > last:
        yield f"no act after {last} is held: this is the law as it stood then"


def printed(lines: Schedule, line: int) -> str:
    """A line as the schedule prints it: 7208.10.15.00."""
    code = f"{lines.code[line]:010d}"
    return f"{code[:4]}.{code[4:6]}.{code[6:8]}.{code[8:]}"


def unit_duty(lines: Schedule, line: int) -> str:
    """A duty by unit in words: USD 0.039 a kg + 4.7%."""
    beside = f" + {100 * lines.beside[line]:.4g}%" if lines.beside[line] else ""
    return f"USD {lines.per_unit[line]:.6g} a {lines.units[lines.unit[line]]}{beside}"


def unit_price(lines: Schedule, line: int, facts: Facts) -> float | None:
    """What one unit of a line's duty is worth on a shipment, USD; None where it does not say."""
    return price_of(lines.units[lines.unit[line]], facts)


def _unit_flags(lines: Schedule, line: int, goods: Goods, exporter: str) -> Iterator[str]:
    if not lines.equivalent[line] or (goods.base[0] == 0.0 and goods.facts["usmca_claimed"]):
        return
    taken = f"the fraction it came to in 2024 is used, {100 * goods.base[0]:.4g}%"
    if exporter in COLUMN_2:
        yield f"the base duty of column 2 is by weight or count where the general one is: {taken}"
    elif not lines.per_unit[line]:
        yield f"the base duty is by weight or count in a form that is not held: {taken}"
    elif unit_price(lines, line, goods.facts) is None:
        better = f"give value and quantity in {lines.units[lines.unit[line]]}"
        yield f"the base duty is by weight or count, {unit_duty(lines, line)}: {taken}; {better}"


def _unpriced(law: Law, goods: Goods, stack: set[str]) -> Iterator[str]:
    """Duties by unit and lowest prices that a shipment without a unit value cannot be held to."""
    for one in (row for rows in law.measures for row in rows if row.id in stack):
        if one.kind in ("specific", "min_price") and price_of(one.unit or "", goods.facts) is None:
            what = "a lowest price" if one.kind == "min_price" else "a duty"
            yield f"{one.id} is {what} of {one.amount:,.6g} {one.unit}, left out: give value and quantity"


def _kept(book: Book, law: Law, one: Measure, goods: Goods, held: Settled) -> tuple[Entry, str]:
    role = ("near" if one.outside else "stack") if one.counts else "beside"
    if one.kind == "add" and not (held.amount[0] or part_of_value(one, goods.facts, ONE)[0]):
        reason = f"none of the value is {one.basis.removeprefix('metal:')}"
        return _entry(book, one, goods, held, 0.0, applies=False, reason=reason), "near"
    if held.remaining[0] <= 0.0 and one.kind != "free":  # an exemption has nothing to give way with
        rule = law.precedence[held.removed_by[0]].rule
        reason = f"gives way to {', '.join(rule.winner)} by rule {rule.id}"
        entry = _entry(book, one, goods, held, 0.0, applies=False, reason=reason)
        return replace(entry, rule_clause=_clause_of(book, rule)), role
    reason = {"free": "exempt", "prohibit": "may not come in"}.get(one.kind, "")
    if held.remaining[0] < 1.0:
        reason = f"on the {held.remaining[0]:.4g} of value that {law.precedence[held.removed_by[0]].rule.id} leaves"
    return _entry(book, one, goods, held, float(held.amount[0]), applies=not one.outside, reason=reason), role


def _clause_of(book: Book, rule: Rule) -> tuple[str, str] | None:
    return (book.source(rule.source).citation, rule.quote) if rule.quote else None


def _entry(
    book: Book, one: Measure, goods: Goods, held: Settled | None, amount: float, *, applies: bool, reason: str
) -> Entry:
    share = float(part_of_value(one, goods.facts, ONE)[0])
    rate, basis = one.rate or 0.0, one.basis
    if basis == "non_us_from_20":
        basis = "non_us" if share < 1.0 else "full"
    if applies and held is not None and one.kind == "add" and rate * share > 0:
        share *= float(held.remaining[0])
        if abs(amount - rate * share) > 1e-9:  # a floor, a ceiling or a deal decides
            rate, basis, share = amount, "floor total" if one.floor_total is not None else "total", 1.0
    elif applies and one.kind in ("total", "replace"):
        rate, basis, share = amount, "floor total", 1.0
    elif applies and one.kind in ("specific", "min_price"):
        rate, basis = amount, "unit"
    citation = next((each.citation for each in book.sources if each.id == one.source), "")
    return Entry(
        one.id, one.name, one.slot, rate, basis, share, amount, applies, reason, one.source, one.file, one.quote,
        one.also, one.confidence, citation,
    )  # fmt: skip


def _unmet(one: Measure, facts: Facts) -> str:
    words = []
    for name, wanted in one.when:
        if not np.all(np.asarray(holds(replace(one, when=((name, wanted),)), facts, ONE)) > 0):
            words.append(f"{name} is {_said(facts.get(name))}, needs {_said(wanted)}")
    return "; ".join(words)


def _said(value: object) -> str:
    return "not said" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
