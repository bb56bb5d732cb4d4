"""Sums a deal changes in place: once the law has settled what is owed, a ceiling, a quota, content or a remission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime.book import Measure
from reciprocity.regime.law import Law
from reciprocity.regime.override import BASE, Override, picked_of
from reciprocity.regime.resolve import Array, Fact, Goods, Outcome, Settled

CONTENT = ("non_us", "non_cusma")
"""Bases on which an act takes a rate on the value that is not of some origin."""


@dataclass(frozen=True, slots=True, eq=False)
class Taking:
    """A programme a deal's row picks from: its rows, how it is settled, and on some goods what the picked rows take."""

    rows: Sequence[Measure]
    held: Settled
    where: NDArray[np.intp]
    mine: Array


def edit_sum(law: Law, goods: Goods, outcome: Outcome, one: Override) -> Outcome:
    """An outcome where a deal's row changes what it picks as one sum.

    What is taken away is taken from the programmes in proportion; what is put on them, or taken off the base, stands
    in the deal's own name.
    """
    last = law.slots.index(f"deal.{one.id}")
    where = np.flatnonzero(law.lines[last][0][goods.line])
    taking = _taking(law, outcome, one, where)
    picked = sum((one.mine for one in taking.values()), np.zeros(len(where)))
    target = _target(one, goods.base[where], picked, list(taking.values()))
    moved = np.abs(target - picked) > 0
    where, picked, target = where[moved], picked[moved], target[moved]
    if not len(where):
        return _with_own(outcome, last, where, target)
    kept = np.where(picked > 0, np.clip(target, 0.0, picked) / np.where(picked > 0, picked, 1.0), 1.0)
    settled = list(outcome.settled)
    for number, each in taking.items():
        amount = each.held.amount.copy()
        amount[where] -= each.mine[moved] * (1.0 - kept)
        settled[number] = replace(each.held, amount=amount)
    total = outcome.total.copy()
    total[where] = np.maximum(total[where] + target - picked, 0.0)
    return _with_own(replace(outcome, settled=tuple(settled), total=total), last, where, target - picked * kept)


def _with_own(outcome: Outcome, last: int, where: NDArray[np.intp], amount: Array) -> Outcome:
    """An outcome with what stands in a deal's own name on some goods."""
    count = len(outcome.total)
    own, chosen, part = np.zeros(count), np.full(count, -1, np.int16), np.zeros(count)
    own[where], chosen[where], part[where] = amount, 0, 1.0
    settled = list(outcome.settled)
    settled[last] = replace(settled[last], amount=own, chosen=chosen, part=part)
    return replace(outcome, settled=tuple(settled))


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


def _taking(law: Law, outcome: Outcome, one: Override, where: NDArray[np.intp]) -> dict[int, Taking]:
    """The programmes a deal picks from on some goods, by position; of 'all', what other sums of it put on too."""
    everything, found = "all" in one.measures, {}
    for number, (rows, held) in enumerate(zip(law.measures, outcome.settled, strict=True)):
        named = picked_of(one.measures, rows)
        picked = [n for n, row in enumerate(rows) if row.counts and (n in named or (everything and row.kind == "deal"))]
        if not picked:
            continue
        chosen = held.chose(picked, len(rows))[where]
        if chosen.any():
            found[number] = Taking(rows, held, where, np.where(chosen, held.amount[where], 0.0))
    return found


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
    owed = law - sum(each.mine for each in taking)
    return owed + sum(_retaken(each, one, rate) for each in taking)


def _retaken(each: Taking, one: Override, rate: float | None) -> Array:
    """What a programme takes at a rate on the value it reaches, content not looked at; at its own rate where None."""
    out, chosen = each.mine, each.held.chosen[each.where]
    remaining, part = each.held.remaining[each.where], each.held.part[each.where]
    named = picked_of(one.measures, each.rows)
    for number, row in enumerate(each.rows):
        if row.kind in ("free", "prohibit", "deal") or not row.counts or number not in named:
            continue
        here = chosen == number
        if row.basis in CONTENT or (rate is not None and row.kind in ("total", "replace")):
            out = np.where(here, ((row.rate or 0.0) if rate is None else rate) * remaining, out)
        elif rate is not None:
            out = np.where(here, rate * part * remaining, out)
    return out
