"""Branch and bound over clauses that are signed or not: let go between the two first, then tried both ways in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.negotiation.explorer import Explorer
from reciprocity.negotiation.instruments import Instruments

PART = 1e-4
"""Nearer than this to signed or unsigned, a clause is."""
MOST_BRANCHES = 300
"""Searches of the rest of the table after which the best deal found is taken, and how far short it may be is told."""

WORTH = 1e-9
"""A clause is turned over for this much more, in the rank's own unit."""

Found = TypeVar("Found")
Search = Callable[[Explorer, Sequence[Array]], Found]
"""The best of a part of a table, from some points."""
Rank = tuple[bool, float]
"""Whether it will do at all, and how good it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Branched(Generic[Found]):
    """The best that signs every whole clause or leaves it.

    Attributes:
        best: what was found there.
        short: what the branches left unsearched could still bring over it, in the rank's own unit; 0 where none is.
        searched: how many branches were.
    """

    best: Found
    short: float
    searched: int


def best_signed(
    explorer: Explorer, search: Search[Found], rank: Callable[[Found], Rank], at: Callable[[Found], Array]
) -> Branched[Found]:
    """The best of every way to sign whole clauses or leave them.

    Where the best with clauses let go signs one in part, both ways are searched, the nearer first. A branch is left
    where the best it can hold, with its clauses let go, is no better than what is found. What a search finds with
    clauses let go is the best of what is near, so at last each clause is tried the other way.

    Args:
        explorer: the table.
        search: the best of a part of it, from some points or, where none are given, from its own.
        rank: how good that is, higher is better.
        at: its point of the table.
    """
    found: Found | None = None
    branches: list[tuple[Array, Array, Rank]] = [(*_bounds(explorer.agenda.instruments), (True, np.inf))]
    searched = 0
    while branches and searched < MOST_BRANCHES:
        low, high, hoped = branches.pop()
        if found is not None and hoped <= rank(found):
            continue
        best = within(explorer, low, high, lambda walk: search(walk, ()))
        searched += 1
        if found is not None and rank(best) <= rank(found):
            continue
        part = in_part(explorer.agenda.instruments, at(best))
        if part is None:
            found = best
            continue
        ends = (low[part], high[part])
        for end in sorted(ends, key=lambda value: -abs(value - at(best)[part])):  # the nearer is popped first
            one_low, one_high = low.copy(), high.copy()
            one_low[part] = one_high[part] = end
            branches.append((one_low, one_high, rank(best)))
    assert found is not None  # noqa: S101 - there are far fewer clauses than branches, and the first way down signs all
    found = _each_turned(explorer, search, rank, at, found)
    left = [hoped[1] for _, _, hoped in branches if hoped > rank(found)]
    return Branched(found, max(left) - rank(found)[1] if left else 0.0, searched)


def _each_turned(
    explorer: Explorer, search: Search[Found], rank: Callable[[Found], Rank], at: Callable[[Found], Array], found: Found
) -> Found:
    """The best from which no whole clause, signed or left the other way with the rest moved to suit, does better."""
    on = explorer.agenda.instruments
    left = list(np.flatnonzero(on.whole & (on.high > on.low)))
    while left:
        clause, x = left.pop(), at(found)
        low, high = np.where(on.whole, x, on.low), np.where(on.whole, x, on.high)
        low[clause] = high[clause] = on.low[clause] + on.high[clause] - x[clause]
        other = within(explorer, low, high, lambda walk, x=x: search(walk, (x,)))
        done, score = rank(found)
        if rank(other) > (done, score + WORTH):
            found = within(explorer, low, high, lambda walk: search(walk, ()))
            left = [k for k in np.flatnonzero(on.whole & (on.high > on.low)) if k != clause]
    return found


def in_part(instruments: Instruments, x: Array) -> int | None:
    """The whole clause furthest from being signed or not; None where there is none."""
    away = parts_signed(instruments, x)
    worst = int(np.argmax(away)) if away.size else 0
    return worst if away.size and away[worst] > PART else None


def parts_signed(instruments: Instruments, x: Array) -> Array:
    """How far whole clauses are from being signed or not at one point or several, 0 to 1/2; 0 for all other clauses."""
    on = instruments
    room = np.where(on.high > on.low, on.high - on.low, 1.0)
    return np.where(on.whole, np.minimum(x - on.low, on.high - x) / room, 0.0)


def _bounds(instruments: Instruments) -> tuple[Array, Array]:
    return instruments.low, instruments.high


def within(explorer: Explorer, low: Array, high: Array, search: Callable[[Explorer], Found]) -> Found:
    """A search between closer bounds, its evaluations counted with the others'."""
    walk = explorer.between(low, high)
    found = search(walk)
    explorer.learn_of(walk)
    return found
