"""The law applied to trade: each partner's imports in branches, with and without the preference claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime import override as deal
from reciprocity.regime.alike import alike
from reciprocity.regime.behaviour import CLAIMANTS, average_facts, claim_share
from reciprocity.regime.book import Book, Measure
from reciprocity.regime.in_place import edit_sum
from reciprocity.regime.law import Law, law_of
from reciprocity.regime.override import Override
from reciprocity.regime.quantities import sized
from reciprocity.regime.resolve import Array, Goods, Outcome, Settled, resolve
from reciprocity.regime.schedule import schedule
from reciprocity.regime.trade import Trade, weights


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A part of a partner's trade with its duty, good by good.

    `value` is million USD, `baseline` the 2024 rate, `deposit` what is collected beside the duty; `averaged` marks
    goods whose duty was taken on an average part of value.
    """

    law: Law
    line: NDArray[np.intp]
    sector: NDArray[np.intp]
    value: Array
    baseline: Array
    outcome: Outcome
    deposit: Array
    averaged: NDArray[np.bool_]
    reasons: tuple[str, ...]

    def takes(self, size: int) -> Iterator[tuple[str, str, Array]]:
        """Each measure's id, confidence and take by sector, million USD (position 0: no sector)."""
        for rows, held in zip(self.law.measures, self.outcome.settled, strict=True):
            some = np.flatnonzero((held.amount > 0) | ((held.chosen >= 0) & self.outcome.banned))
            if not len(some):
                continue
            key = (self.sector[some] + 1) * len(rows) + held.chosen[some]
            weight = self.value[some] * np.maximum(held.amount[some], 1e-9)
            table = np.bincount(key[held.chosen[some] >= 0], weight[held.chosen[some] >= 0], minlength=size * len(rows))
            for number, one in enumerate(rows):
                amounts = table[number :: len(rows)][:size]
                if (one.counts and one.kind != "free" and amounts.any()) or (
                    one.slot.startswith("deal.") and amounts.any()
                ):
                    yield one.id, one.confidence, amounts.astype(float)


def branches(
    book: Book, importer: str, exporter: str, *, on: date, known: date | None, overrides: Sequence[Override],
    claims_on: date | None = None, own: Trade | None = None,
) -> Iterator[Branch]:  # fmt: skip
    """A partner's trade, claimed and not claimed, under the law with a deal's rows over it.

    Goods no row of the deal reaches keep the outcome the law gave them. Claims of the preference are those of the day,
    or of `claims_on`; the trade is what the package holds, or somebody's `own`.
    """
    mine = [sized(book, one, on) for one in overrides if one.reaches(importer, exporter, on)]
    held = weights(book, importer, exporter) if own is None else own
    law = law_of(book, importer, exporter, on, known)
    if not mine:
        yield from _all(book, held, law, claims_on or on)
        return
    if all(deal.stands_in_place(one) for one in mine):
        for one in _lawful(book, held, on=on, known=known, claims_on=claims_on or on):
            yield _in_place(book, one, mine)
        return
    touched = _touched(book, law, mine)
    rows = np.flatnonzero(touched[held.line])
    for one in _lawful(book, held, on=on, known=known, claims_on=claims_on or on):
        if len(rows) < len(held.line):
            yield _part(one, np.flatnonzero(~touched[one.line]))
    if len(rows):
        kinds = alike(_told_apart(book, law, mine, held.line[rows]), [_kinds(book, held, on, known)[rows]])
        yield from _all(book, _some(held, rows), law, claims_on or on, overrides=mine, kinds=kinds)


@lru_cache(maxsize=8)
def _lawful(book: Book, held: Trade, *, on: date, known: date | None, claims_on: date) -> tuple[Branch, ...]:
    law = law_of(book, held.importer, held.exporter, on, known)
    return tuple(_bare(one) for one in _all(book, held, law, claims_on))


def _bare(one: Branch) -> Branch:
    """A branch with only the programmes that take something: what its totals need."""
    banned = one.outcome.banned
    kept = [n for n, each in enumerate(one.outcome.settled) if each.amount.any() or (banned & (each.chosen >= 0)).any()]
    law = replace(
        one.law,
        slots=tuple(one.law.slots[n] for n in kept),
        measures=tuple(one.law.measures[n] for n in kept),
        lines=tuple(one.law.lines[n] for n in kept),
    )
    return replace(one, law=law, outcome=replace(one.outcome, settled=tuple(one.outcome.settled[n] for n in kept)))


def _all(
    book: Book,
    held: Trade,
    law: Law,
    claims_on: date,
    *,
    overrides: Sequence[Override] = (),
    kinds: Kinds | None = None,
) -> Iterator[Branch]:
    """Some trade, once as it claims the preference and once as it does not, where there is any of either.

    Of trade of so many `kinds`, a good of each stands with the value of all.
    """
    if not len(held.line):
        return
    edited = deal.edit_law(book, law, overrides)
    goods = held if kinds is None else _some(held, kinds[1])
    set_by_deal = any(one.kind == "claim" for one in overrides)
    parts = [(claims, part) for claims, part in _claims(book, held, claims_on, overrides) if part.any() or set_by_deal]
    both = np.tile(np.arange(len(goods.line)), len(parts))
    claimed = np.repeat([claims for claims, _ in parts], len(goods.line))
    facts = average_facts(book, held.importer, held.exporter, law.on, goods.line)
    facts = {name: fact[both] if isinstance(fact, np.ndarray) else fact for name, fact in facts.items()}
    base = np.concatenate([_base(goods, claimed=claims) for claims, _ in parts])
    outcome = settle(book, edited, Goods(goods.line[both], base, {**facts, "usmca_claimed": claimed}), overrides)
    value = np.concatenate([_by_kind(kinds, held.value * part) for _, part in parts])
    yield Branch(
        edited, goods.line[both], goods.sector[both], value, _baseline(kinds, held)[both], outcome,
        outside(edited, outcome), _averaged(edited, outcome), held.estimated,
    )  # fmt: skip


Kinds = tuple[NDArray[np.intp], NDArray[np.intp]]
"""The kind of each good, and one good of each kind."""


@lru_cache(maxsize=8)
def _kinds(book: Book, held: Trade, on: date, known: date | None) -> NDArray[np.intp]:
    """The kind of each line of some trade: lines of one kind are equal in rows of law, base, content and sector."""
    law = law_of(book, held.importer, held.exporter, on, known)
    facts = average_facts(book, held.importer, held.exporter, on, held.line)
    masks = [mask[held.line] for masks in law.lines for mask in masks]
    masks += [one.lines[held.line] for one in law.precedence if one.lines is not None]
    columns = [_base(held, claimed=True), _base(held, claimed=False), held.sector]
    return alike(masks, [*columns, *(one for one in facts.values() if isinstance(one, np.ndarray))])[0]


def _told_apart(
    book: Book, law: Law, overrides: Sequence[Override], line: NDArray[np.intp]
) -> Iterator[NDArray[np.bool_]]:
    """What the rows of a deal tell apart among some lines."""
    for one in overrides:
        yield deal.lines_under(book, law.importer, one.products, law.on)[line]


def _by_kind(kinds: Kinds | None, value: Array) -> Array:
    """The value of each kind of good."""
    return value if kinds is None else np.bincount(kinds[0], value, minlength=len(kinds[1])).astype(float)


def _baseline(kinds: Kinds | None, held: Trade) -> Array:
    """The mean 2024 rate of each kind of good."""
    whole, taken = _by_kind(kinds, held.value), _by_kind(kinds, held.value * held.measured)
    return np.divide(taken, whole, out=np.zeros(len(whole)), where=whole > 0)


def _touched(book: Book, law: Law, overrides: Sequence[Override]) -> NDArray[np.bool_]:
    """The lines on which some row of a deal may change something."""
    touched = np.zeros(len(schedule(law.importer)), bool)
    for one in overrides:
        inside = deal.lines_under(book, law.importer, one.products, law.on)
        if one.kind in ("set", "scale", "free", "suspend") and not {"all", "base", *deal.PREFERENCE} & set(
            one.measures
        ):
            reached = np.zeros(len(inside), bool)
            for rows, masks in zip(law.measures, law.lines, strict=True):
                for row, mask in zip(rows, masks, strict=True):
                    if one.picks(row):
                        reached |= mask
            inside &= reached
        touched |= inside
    return touched


def _some(held: Trade, rows: NDArray[np.intp]) -> Trade:
    return replace(
        held, line=held.line[rows], sector=held.sector[rows], value=held.value[rows], measured=held.measured[rows]
    )


def _part(one: Branch, rows: NDArray[np.intp]) -> Branch:
    """Some goods of a branch, with what its totals need of each programme: which row counts and what it takes."""
    nothing = np.zeros(len(rows))
    settled = []
    for each in one.outcome.settled:
        chosen = each.chosen[rows]
        settled.append(Settled(each.slot, chosen, each.amount[rows], nothing, nothing, chosen))
    was = one.outcome
    outcome = replace(was, base=was.base[rows], total=was.total[rows], banned=was.banned[rows], settled=tuple(settled))
    return replace(
        one, line=one.line[rows], sector=one.sector[rows], value=one.value[rows], baseline=one.baseline[rows],
        outcome=outcome, deposit=one.deposit[rows], averaged=one.averaged[rows],
    )  # fmt: skip


def _in_place(book: Book, one: Branch, overrides: Sequence[Override]) -> Branch:
    """A branch where a deal's rows stand in the place of sums the law has settled already."""
    law, outcome = deal.edit_law(book, one.law, overrides), one.outcome
    nothing, none = np.zeros(len(one.line)), np.full(len(one.line), -1, np.int16)
    own = tuple(Settled(slot, none, nothing, nothing, nothing, none) for slot in law.slots[len(one.law.slots) :])
    outcome = replace(outcome, settled=(*outcome.settled, *own))
    goods = Goods(one.line, outcome.base, {})
    for row in overrides:
        outcome = edit_sum(law, goods, outcome, row)
    return replace(one, law=law, outcome=outcome)


def settle(book: Book, law: Law, goods: Goods, overrides: Sequence[Override]) -> Outcome:
    """The duty on goods with a deal's rows over the law."""
    if not overrides:
        return resolve(law, goods)
    goods = deal.edit_base(book, law, goods, overrides)
    each = [one for one in overrides if one.kind in ("set", "scale", "free") and not deal.stands_in_place(one)]
    inside = [deal.lines_under(book, law.importer, one.products, law.on)[goods.line] for one in each]

    def edit(rows: Sequence[Measure], held: Settled) -> Settled:
        for one, here in zip(each, inside, strict=True):
            held = deal.edit_slot(rows, here, held, one)
        return held

    outcome = resolve(law, goods, edit)
    for one in overrides:
        if deal.stands_in_place(one):
            outcome = edit_sum(law, goods, outcome, one)
    return outcome


def _claims(book: Book, held: Trade, claims_on: date, overrides: Sequence[Override]) -> Iterator[tuple[bool, Array]]:
    if held.exporter not in (*CLAIMANTS, "USA"):
        yield False, np.ones(len(held.line))
        return
    share = claim_share(held.importer, held.exporter, claims_on)[held.line]
    for one in overrides:
        if one.kind == "claim":
            inside = deal.lines_under(book, held.importer, one.products, claims_on)[held.line]
            share = np.where(inside, one.share or 0.0, share)
    lost = preference_lost(book, held.importer, claims_on, overrides)
    if lost is not None:
        share = np.where(lost[held.line], 0.0, share)
    yield True, share
    yield False, 1.0 - share


def preference_lost(book: Book, importer: str, on: date, overrides: Sequence[Override]) -> NDArray[np.bool_] | None:
    """The lines on which a deal suspends the preference, or None."""
    mask = None
    for one in overrides:
        if one.kind == "suspend" and any(word in deal.PREFERENCE for word in one.measures):
            lines = deal.lines_under(book, importer, one.products, on)
            mask = lines if mask is None else mask | lines
    return mask


def _base(held: Trade, *, claimed: bool) -> Array:
    """The base duty: the schedule's for those who may claim CUSMA; for others what 2024 collected, never above it."""
    lines = schedule(held.importer)
    if claimed:
        return lines.preference[held.line]
    general = lines.base(held.exporter, held.line, claimed=False)
    return general if held.exporter in CLAIMANTS else np.minimum(held.measured, general)


def outside(law: Law, outcome: Outcome) -> Array:
    """What is collected beside the duty: deposits by firm."""
    total = np.zeros(len(outcome.total))
    for rows, held in zip(law.measures, outcome.settled, strict=True):
        beside = [number for number, one in enumerate(rows) if not one.counts]
        if beside:
            total += np.where(np.isin(held.chosen, beside), held.amount, 0.0)
    return total


def _averaged(law: Law, outcome: Outcome) -> NDArray[np.bool_]:
    """Goods on which some amount was taken on less than the whole value."""
    out = np.zeros(len(outcome.total), bool)
    for rows, held in zip(law.measures, outcome.settled, strict=True):
        content = [number for number, one in enumerate(rows) if one.basis != "full"]
        if content:
            out |= np.isin(held.chosen, content) & (held.amount > 0) & (held.part < 1.0)
    return out
