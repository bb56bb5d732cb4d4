"""Sums a deal changes in place: once the law has settled what is owed, a ceiling, a quota, content or a remission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import erf, sqrt

import numpy as np

from reciprocity.regime.book import Measure
from reciprocity.regime.law import Law
from reciprocity.regime.override import BASE, Override
from reciprocity.regime.resolve import Array, Fact, Goods, Outcome, Settled

CONTENT = ("non_us", "non_cusma")
"""Bases on which an act takes a rate on the value that is not of some origin."""


def edit_sum(law: Law, goods: Goods, outcome: Outcome, one: Override) -> Outcome:
    """An outcome where a deal's row changes what it picks as one sum.

    What is taken away is taken from the programmes in proportion; what is put on them, or taken off the base, stands
    in the deal's own name.
    """
    last = law.slots.index(f"deal.{one.id}")
    inside = law.lines[last][0][goods.line]
    taken = [_picked(rows, held, one) for rows, held in zip(law.measures, outcome.settled, strict=True)]
    taking = list(zip(law.measures, outcome.settled, taken, strict=True))
    picked = np.sum(taken, axis=0)
    target = _target(one, goods.base, picked, taking)
    here = inside & (np.abs(target - picked) > 0)
    kept = np.where(here & (picked > 0), np.clip(target, 0.0, picked) / np.where(picked > 0, picked, 1.0), 1.0)
    settled = [
        replace(held, amount=held.amount - mine * (1.0 - kept)) if mine.any() else held
        for held, mine in zip(outcome.settled, taken, strict=True)
    ]
    own = settled[last]
    settled[last] = replace(
        own,
        amount=np.where(here, target - picked * kept, 0.0),
        chosen=np.where(here, 0, -1).astype(np.int16),
        part=np.where(here, 1.0, 0.0),
    )
    total = np.where(here, np.maximum(outcome.total + target - picked, 0.0), outcome.total)
    return replace(outcome, settled=tuple(settled), total=total)


def stated(one: Override, facts: Mapping[str, Fact]) -> Override:
    """A row as it stands for one shipment that says its content, or whether it comes inside the quantity."""
    if one.kind == "content":
        name, other = ("us_content", False) if "USA" in one.origin else ("non_ca_mx_content", True)
        said = facts.get(name)
        if isinstance(said, int | float):
            return replace(one, content=1.0 - said if other else float(said), spread=0.0)
    names = {"quota": ("in_quota",), "remission": ("in_remission_quota", "in_quota")}.get(one.kind, ())
    said = next((facts[name] for name in names if isinstance(facts.get(name), bool)), None)
    return one if said is None else replace(one, quota_share=float(bool(said)), quota_musd=None)


def meeting(one: Override) -> float:
    """The share of trade whose content is at the threshold or above: content normal around its mean, cut to 0 to 1."""
    content, threshold = one.content or 0.0, one.threshold or 0.0
    if one.spread <= 0.0:
        return float(content >= threshold)
    low, at, high = (0.5 * (1.0 + erf((x - content) / (one.spread * sqrt(2.0)))) for x in (0.0, threshold, 1.0))
    return min(max((high - at) / (high - low), 0.0), 1.0)


def _picked(rows: Sequence[Measure], settled: Settled, one: Override) -> Array:
    """What the rows a deal picks take; of 'all', what other sums of the deal have put on or taken off too."""
    everything = "all" in one.measures
    chosen = [
        number
        for number, row in enumerate(rows)
        if row.counts and (one.picks(row) or (everything and row.kind == "deal"))
    ]
    return np.where(np.isin(settled.chosen, chosen), settled.amount, 0.0)


Taking = tuple[Sequence[Measure], Settled, Array]


def _target(one: Override, base: Array, picked: Array, taking: Sequence[Taking]) -> Array:
    """What a deal lets what it picks take beyond the base."""
    rate = one.rate or 0.0
    if one.kind in ("set", "total"):
        return rate - base if one.kind == "set" else np.maximum(rate - base, 0.0)
    if one.kind == "cap":
        return np.minimum(picked, rate - base if "all" in one.measures else rate)
    if one.kind == "quota":
        most = rate - base if "all" in one.measures else np.maximum(rate - base, 0.0)
        return _inside(one, np.minimum(picked, most), picked)
    reached = base if {"all", BASE} & set(one.measures) else np.zeros(len(base))
    law = picked + reached
    return (_by_content(one, law, taking) if one.kind == "content" else _inside(one, 0.0 * law, law)) - reached


def _inside(one: Override, within: Array, beyond: Array) -> Array:
    """The average duty of what is inside a quantity and what is beyond, or the last unit's."""
    quota = min(one.quota_share or 0.0, 1.0)
    if one.marginal:
        return within if quota >= 1.0 else beyond
    return quota * within + (1.0 - quota) * beyond


def _by_content(one: Override, law: Array, taking: Sequence[Taking]) -> Array:
    """What is owed where a part of value is exempt, or where the rate hangs on how much of it there is."""
    if one.threshold is not None:
        share = meeting(one)
        above, below = (law if rate is None else _at(one, rate, law, taking) for rate in (one.rate, one.rate_below))
        return share * above + (1.0 - share) * below
    return (1.0 - (one.content or 0.0)) * _at(one, one.rate, law, taking)


def _at(one: Override, rate: float | None, law: Array, taking: Sequence[Taking]) -> Array:
    """What is owed at a rate, or at the law's own, the law's rules of content left out."""
    if rate is not None and "all" in one.measures:
        return np.full(len(law), rate)
    owed = law - np.sum([mine for _, _, mine in taking], axis=0)
    return owed + np.sum([_retaken(rows, held, mine, one, rate) for rows, held, mine in taking], axis=0)


def _retaken(rows: Sequence[Measure], held: Settled, mine: Array, one: Override, rate: float | None) -> Array:
    """What a programme takes at a rate on the value it reaches, content not looked at; at its own rate where None."""
    out = mine
    for number, row in enumerate(rows):
        if row.kind in ("free", "prohibit", "deal") or not row.counts or not one.picks(row):
            continue
        here = held.chosen == number
        if row.basis in CONTENT or (rate is not None and row.kind in ("total", "replace")):
            out = np.where(here, ((row.rate or 0.0) if rate is None else rate) * held.remaining, out)
        elif rate is not None:
            out = np.where(here, rate * held.part * held.remaining, out)
    return out
