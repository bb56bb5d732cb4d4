"""The law applied to trade: each partner's imports in branches, with and without the preference claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime import override as deal
from reciprocity.regime.behaviour import CLAIMANTS, average_facts, claim_share
from reciprocity.regime.book import Book, Measure
from reciprocity.regime.law import Law, law_of
from reciprocity.regime.override import Override
from reciprocity.regime.resolve import Array, Goods, Outcome, Settled, resolve
from reciprocity.regime.schedule import schedule
from reciprocity.regime.trade import Trade, trade


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A part of a partner's trade with its duty.

    `value` is million USD, `baseline` the 2024 rate, `deposit` what is collected beside the duty; `averaged` marks
    goods whose duty was taken on an average part of value.
    """

    law: Law
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
    book: Book, importer: str, exporter: str, *, on: date, known: date | None, overrides: Sequence[Override]
) -> Iterator[Branch]:
    """A partner's trade, claimed and not claimed, under the law with a deal's rows over it."""
    held = trade(importer, exporter)
    if not len(held.line):
        return
    mine = [one for one in overrides if one.reaches(importer, exporter, on)]
    law = deal.edit_law(book, law_of(book, importer, exporter, on, known), mine)
    facts = average_facts(book, importer, exporter, on, held.line)
    for claimed, part in _claims(book, held, on, mine):
        if not part.any():
            continue
        goods = Goods(held.line, _base(held, claimed=claimed), {**facts, "usmca_claimed": claimed})
        value = held.value * part
        outcome = settle(book, law, goods, mine, value)
        yield Branch(
            law, held.sector, value, held.measured, outcome, outside(law, outcome), _averaged(law, outcome),
            held.estimated,
        )  # fmt: skip


def settle(book: Book, law: Law, goods: Goods, overrides: Sequence[Override], value: Array | None = None) -> Outcome:
    """The duty on goods with a deal's rows over the law; a quota by value is measured on `value`, million USD."""
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
            mask = deal.lines_under(book, law.importer, one.products, law.on)[goods.line]
            outcome = deal.edit_totals(law, goods, outcome, one, quota=_quota(one, mask, value))
    return outcome


def _quota(one: Override, inside: NDArray[np.bool_], value: Array | None) -> float:
    if one.kind != "quota":
        return 1.0
    if one.quota_share is not None:
        return min(one.quota_share, 1.0)
    trade_musd = 0.0 if value is None else float(value[inside].sum())
    return 1.0 if trade_musd <= 0 else min((one.quota_musd or 0.0) / trade_musd, 1.0)


def _claims(book: Book, held: Trade, on: date, overrides: Sequence[Override]) -> Iterator[tuple[bool, Array]]:
    if held.exporter not in (*CLAIMANTS, "USA"):
        yield False, np.ones(len(held.line))
        return
    share = claim_share(held.importer, held.exporter, on)[held.line]
    lost = preference_lost(book, held.importer, on, overrides)
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
    general = lines.general[held.line]
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
