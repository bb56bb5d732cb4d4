"""From law and goods to duty: within a programme the rank decides, between programmes the rules, then all is added up.

For a good g with base b and programmes s settled in order:

    amount_s = whole_s * remaining_s,   whole_s = kind(rate, part_s(g), b),   remaining_s = 1 - what the winners cover
    duty = b + sum_s amount_s, then caps, then bans.

Everything is `where`, `max` and affine, over arrays of goods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime.book import Measure
from reciprocity.regime.law import Law
from reciprocity.regime.schedule import METALS
from reciprocity.regime.units import price_of

Array = NDArray[np.float64]
Fact = bool | float | str | Array
Facts = Mapping[str, Fact]
Edit = Callable[[Sequence[Measure], "Settled"], "Settled"]
Whole = tuple[NDArray[np.int16], Array, Array]
"""A programme before any rule: which row counts on each good (-1: none), what it takes, on what part of value."""


@dataclass(frozen=True, slots=True, eq=False)
class Goods:
    """Goods of one partner: their lines, base duty, and facts, one value for all or an array with one for each."""

    line: NDArray[np.intp]
    base: Array
    facts: Facts

    def __len__(self) -> int:
        return len(self.line)


FEW = 4
"""Up to so many rows are looked for one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """One programme on every good: which row counts (-1: none), what it takes, on what part, and what took it away.

    `remaining` is the part of the good the programme may still reach; `removed_by` the rule that took some, -1 none.
    """

    slot: str
    chosen: NDArray[np.int16]
    amount: Array
    part: Array
    remaining: Array
    removed_by: NDArray[np.int16]

    def at(self, goods: NDArray[np.intp]) -> Settled:
        """The programme on some of the goods."""
        return Settled(self.slot, self.chosen[goods], self.amount[goods], self.part[goods], self.remaining[goods],
                       self.removed_by[goods])  # fmt: skip

    def chose(self, rows: Sequence[int], of: int) -> NDArray[np.bool_]:
        """The goods on which one of some rows counts, of so many that the programme has."""
        if len(rows) == of:
            return self.chosen >= 0
        if 0 < len(rows) <= FEW:
            return np.logical_or.reduce([self.chosen == number for number in rows])
        asked = np.zeros(of + 1, bool)  # the last is for goods on which none does
        asked[list(rows)] = True
        return asked[self.chosen]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The duty on every good, fraction of value; `banned` goods may not come in at all."""

    base: Array
    total: Array
    banned: NDArray[np.bool_]
    settled: tuple[Settled, ...]


def resolve(law: Law, goods: Goods, edit: Edit | None = None, wholes: Mapping[int, Whole] | None = None) -> Outcome:
    """The duty on goods of one partner under the law on it.

    Args:
        law: on the partner.
        goods: to be settled.
        edit: changes each programme once it is settled.
        wholes: what programmes take before any rule, by position, where that is known already.
    """
    settled: dict[str, Settled] = {}
    banned = np.zeros(len(goods), bool)
    ceiling: Array | None = None
    for position, slot in enumerate(law.slots):
        rows = law.measures[position]
        known = wholes.get(position) if wholes else None
        chosen, amount, part = whole_of(rows, law.lines[position], goods) if known is None else known
        remaining, removed_by = _remaining(law, goods, slot, settled)
        settled[slot] = Settled(slot, chosen, amount * remaining, part, remaining, removed_by)
        if edit is not None:
            settled[slot] = edit(rows, settled[slot])
        for number, one in enumerate(rows):
            if one.kind == "prohibit":
                banned |= settled[slot].chosen == number
            elif one.kind == "cap":
                ceiling = np.full(len(goods), np.inf) if ceiling is None else ceiling
                ceiling = np.where(settled[slot].chosen == number, np.minimum(ceiling, one.rate or 0.0), ceiling)
    total = goods.base + _counted(law, settled)
    if ceiling is not None:
        total = np.minimum(total, ceiling)
    return Outcome(goods.base, np.maximum(total, 0.0), banned, tuple(settled[slot] for slot in law.slots))


def _counted(law: Law, settled: Mapping[str, Settled]) -> Array | float:
    """What the programmes take together, leaving out rows that are only shown beside the duty."""
    total: Array | float = 0.0
    for position, slot in enumerate(law.slots):
        outside = [number for number, one in enumerate(law.measures[position]) if not one.counts]
        amount = settled[slot].amount
        total = total + (
            np.where(settled[slot].chose(outside, len(law.measures[position])), 0.0, amount) if outside else amount
        )
    return total


def whole_of(rows: Sequence[Measure], lines: Sequence[NDArray[np.bool_]], goods: Goods) -> Whole:
    """What a programme takes before any rule: the row of highest rank on each good, of two as high the lower duty."""
    count = len(goods)
    chosen, amount, part = np.full(count, -1, np.int16), np.zeros(count), np.zeros(count)
    rank = np.full(count, np.iinfo(np.int32).min)
    for number, (one, mask) in enumerate(zip(rows, lines, strict=True)):
        where = np.flatnonzero(mask[goods.line])
        if not len(where):
            continue
        chance = holds(one, goods.facts, where)
        if isinstance(chance, np.ndarray):
            where, chance = where[chance > 0], chance[chance > 0]
        elif chance == 0.0:
            continue
        share = part_of_value(one, goods.facts, where)
        take = amount_of(one, share, goods.base[where], goods.facts, where)
        wins = (one.rank > rank[where]) | (take < amount[where])
        amount[where] = np.where(wins, chance * take + (1.0 - chance) * amount[where], amount[where])
        part[where] = np.where(wins, chance * share + (1.0 - chance) * part[where], part[where])
        certain = wins & (np.asarray(chance) >= 0.5)
        chosen[where] = np.where(certain, number, chosen[where])
        rank[where] = np.where(wins, one.rank, rank[where])
    return chosen, amount, part


def _remaining(law: Law, goods: Goods, slot: str, settled: Mapping[str, Settled]) -> tuple[Array, NDArray[np.int16]]:
    """The part of each good that is left to a programme, and the rule that took most of it."""
    left = np.ones(len(goods))
    removed_by = np.full(len(goods), -1, np.int16)
    for number, one in enumerate(law.precedence):
        if slot not in one.loser:
            continue
        for name in one.winner:
            if name == slot:
                continue
            winner = settled[name]
            where = np.flatnonzero(
                winner.amount > 0 if one.rule.test == "owed" else (winner.chosen >= 0) & (winner.remaining > 0)
            )
            if one.lines is not None:
                where = where[one.lines[goods.line[where]]]
            if one.rule.part != "whole":
                taken = winner.part[where] * winner.remaining[where]
                where, taken = where[taken > 0], taken[taken > 0]
            else:
                taken = np.ones(len(where))
            left[where] -= taken
            removed_by[where] = number
    return np.clip(left, 0.0, 1.0, out=left), removed_by


def holds(one: Measure, facts: Facts, where: NDArray[np.intp]) -> float | Array:
    """How likely the conditions of a row hold: 1 or 0 on a shipment, a part of trade where behaviour is averaged."""
    chance: float | Array = 1.0
    for name, wanted in one.when:
        chance = chance * _condition(facts.get(name), wanted, where)
    return chance


def _condition(fact: Fact | None, wanted: bool | str, where: NDArray[np.intp]) -> float | Array:
    value = fact[where] if isinstance(fact, np.ndarray) else fact
    if isinstance(wanted, bool):
        given: float | Array = value if isinstance(value, np.ndarray) else float(bool(value))
        return given if wanted else 1.0 - given
    if value is None:
        return 0.0
    sign, _, number = wanted.partition(" ")
    if sign in SIGNS:
        met = SIGNS[sign](np.asarray(value, dtype=float), float(number))
        return met.astype(float) if met.ndim else float(met)
    return float(str(value).casefold() == wanted.casefold())


SIGNS = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less}
"""Conditions on a number, by their sign."""


def part_of_value(one: Measure, facts: Facts, where: NDArray[np.intp]) -> Array:
    """The part of value a rate is taken on: full, a metal's, what is not American, what is not from CUSMA."""
    share = np.broadcast_to(np.asarray(_part(one.basis, facts, where), dtype=float), where.shape)
    if one.share_min > 0.0 or one.share_max < 1.0:
        share = np.clip(share, one.share_min, one.share_max)
    return share


def _part(basis: str, facts: Facts, where: NDArray[np.intp]) -> float | Array:
    if basis == "full":
        return 1.0
    if basis.startswith("metal:"):
        return _metal(basis.removeprefix("metal:"), facts, where)
    if basis == "non_us":
        return 1.0 - _number(facts, "us_content", where, 0.0)
    if basis == "non_us_from_20":
        american = np.asarray(_number(facts, "us_content", where, 0.0))
        return 1.0 - np.where(american >= 0.2, american, 0.0)
    if basis == "non_cusma":
        return _number(facts, "non_ca_mx_content", where, 1.0)
    return _number(facts, basis, where, 1.0)


def _metal(metal: str, facts: Facts, where: NDArray[np.intp]) -> float | Array:
    said = any(f"metal:{one}" in facts for one in METALS)
    if metal == "any":
        total = sum(_number(facts, f"metal:{one}", where, 0.0) for one in METALS)
        return np.minimum(total, 1.0) if said else 1.0
    return _number(facts, f"metal:{metal}", where, 0.0 if said else 1.0)


def _number(facts: Facts, name: str, where: NDArray[np.intp], otherwise: float) -> float | Array:
    value = facts.get(name)
    if isinstance(value, np.ndarray):
        return value[where]
    return otherwise if value is None else float(value)


def amount_of(one: Measure, share: Array, base: Array, facts: Facts, where: NDArray[np.intp]) -> Array:
    """What a row takes beyond the base, fraction of value, before any rule."""
    rate = one.rate or 0.0
    if one.kind == "total":
        return np.maximum(rate - base, 0.0) * share
    if one.kind == "replace":
        return rate - base
    if one.kind == "credit":
        return -rate * share
    if one.kind in ("specific", "min_price"):
        return _by_unit(one, facts, where)
    if one.kind != "add":
        return np.zeros(len(base))
    take = rate * share
    if one.floor_total is not None:
        take = np.maximum(take, one.floor_total - base)
    if one.cap_total is not None:
        take = np.minimum(take, np.maximum(one.cap_total - base, 0.0))
    return take


def _by_unit(one: Measure, facts: Facts, where: NDArray[np.intp]) -> Array:
    """A duty by unit, or a top-up to a lowest price; nothing where no unit value is said."""
    said = price_of(one.unit or "", facts)
    price = np.full(where.shape, np.nan if said is None else float(said))
    owed = (one.amount or 0.0) if one.kind == "specific" else np.maximum((one.amount or 0.0) - price, 0.0)
    plain = (one.rate or 0.0) if one.kind == "min_price" else 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num(owed / price, nan=0.0, posinf=0.0) + plain
