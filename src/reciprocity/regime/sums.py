"""Duty on trade added up by sector, part by part: what sector rates are ratios of.

revenue   sum_k w_k t_k
flow      sum_k w_k (1 + t_k)^(-theta)       a banned line is nothing
kept      sum_k w_k (1 + t_k)^(-theta - 1)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from reciprocity import labels
from reciprocity.regime.apply import Branch
from reciprocity.regime.resolve import Array
from reciprocity.regime.trade import Trade

THETA = 4.0
"""The elasticity used where the caller gives none."""
COLUMNS = ("value", "baseline", "revenue", "flow", "kept", "covered", "banned", "deposit", "average")
ROUNDING = 1e-14
"""Part of a sum of thousands of numbers that hangs on the order they are added in."""
LEAST_DUTY = 1e-12
"""Above the base: less is no duty beyond it."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Trade and what is taken of it, million USD by sector; position 0 is trade of no sector.

    Attributes:
        columns: one a name of `COLUMNS` (column, sector).
        taken: by measure (sector).
        letters: the confidence of each of those.
        reasons: why figures are estimates, whatever the sector.
    """

    columns: Array
    taken: dict[str, Array]
    letters: dict[str, str]
    reasons: tuple[str, ...]

    def of(self, name: str) -> Array:
        """One column (sector)."""
        return self.columns[COLUMNS.index(name)]

    def rounded_to(self, other: Sums) -> Sums:
        """The same, with other sums in place of those that differ from them by no more than the order of adding up."""
        near = np.abs(self.columns - other.columns) <= ROUNDING * np.abs(other.columns)
        return replace(self, columns=np.where(near, other.columns, self.columns))


def size() -> int:
    """Sectors, and one place for trade of none."""
    return len(labels.sectors()) + 1


def trade_sums(held: Trade) -> Sums:
    """What no law changes: how much trade there is, and what was collected on it in 2024."""
    columns = np.zeros((len(COLUMNS), size()))
    columns[0] = np.bincount(held.sector + 1, held.value, minlength=size())
    columns[1] = np.bincount(held.sector + 1, held.value * held.measured, minlength=size())
    return Sums(columns, {}, {}, held.estimated)


def sums_of(part: Branch, theta: Array) -> Sums:
    """A branch of trade added up; `theta` by sector."""
    where, of = part.sector + 1, part.outcome
    free = part.value * ~of.banned
    cost, exponent = np.log1p(of.total), np.concatenate([[THETA], theta])[where]
    flow = free * np.exp(-exponent * cost)
    each = (
        free * of.total, flow, flow / (1.0 + of.total), part.value * (of.total > of.base + LEAST_DUTY),
        part.value * of.banned, part.value * part.deposit, part.value * part.averaged,
    )  # fmt: skip
    columns = np.zeros((len(COLUMNS), size()))
    for number, weights in enumerate(each, 2):
        columns[number] = np.bincount(where, weights, minlength=size())
    taken: dict[str, Array] = {}
    letters: dict[str, str] = {}
    for name, letter, amounts in part.takes(size()):
        taken[name], letters[name] = taken.get(name, 0.0) + amounts, letter
    return Sums(columns, taken, letters, part.reasons)


def added(parts: Sequence[Sums]) -> Sums:
    """The sums of several parts together."""
    taken: dict[str, Array] = {}
    letters: dict[str, str] = {}
    for part in parts:
        for name, amounts in part.taken.items():
            taken[name] = taken.get(name, 0.0) + amounts
        letters |= part.letters
    reasons = tuple(sorted({why for part in parts for why in part.reasons}))
    return Sums(np.sum([part.columns for part in parts], axis=0), taken, letters, reasons)
