"""The frontier: deals from which one side can gain no more unless the other gives something up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError
from reciprocity.model.threads import one_thread
from reciprocity.negotiation.bargain import NOTHING, one_side, starting_points
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.programme import ROUGH, Place, Programme, Solved, look, solve_programme


@dataclass(frozen=True, slots=True, eq=False)
class Frontier:
    """Efficient deals of two sides, from the first side's best end to the second's.

    Attributes:
        spots: the deals.
        threat: what each side gets without a deal, objective (side).
        surplus: gain over it, shares of base income (point, side).
        exchange: income share the first side gives up for one share more of the second's, where both can move (point).
        certificate: what shows that they are efficient; slope is the largest gradient left over all points, agreement
            how far the ends from several starts, and the middle from either end, are apart.
    """

    spots: tuple[Spot, ...]
    threat: Array
    surplus: Array
    exchange: Array
    certificate: Certificate


@one_thread
def frontier(explorer: Explorer, threat: Array, *, points: int = 21, held: bool = True) -> Frontier:
    """Efficient deals between the two ends, each at a floor under the second side's gain.

    Args:
        explorer: the table, of two sides.
        threat: what each side gets without a deal (side).
        points: how many.
        held: whether no side may fall below its threat point; the ends go as far as they can otherwise.
    """
    if len(explorer.sides) != 2:
        raise InputError(Fault("frontier", f"has {len(explorer.sides)} sides", "Allowed: two"))
    if points < 2:
        raise InputError(Fault("points", f"is {points}", "Allowed: 2 or more"))
    none = np.full(2, -np.inf)
    starts = [look(explorer, x) for x in starting_points(explorer)]
    firsts = _ends(explorer, 0, np.where([False, held], threat, none), starts)
    seconds = _ends(explorer, 1, np.where([held, False], threat, none), starts)
    first, second = firsts[0], seconds[0]
    levels = np.linspace(first.spot.values[1], second.spot.values[1], points)
    found = [first]
    for level in levels[1:-1]:
        found.append(_at_level(explorer, level, found[-1].place))
    middle, found = points // 2, [*found, second]
    pairs = [firsts, seconds]
    if 0 < middle < points - 1:  # the walk came from the first end: come to its middle from the second too
        pairs.append([found[middle], _at_level(explorer, levels[middle], second.place)])
    values = np.array([one.spot.values for one in found])
    certificate = Certificate(
        slope=max(one.slope for one in found), deviation_gain=0.0, starts=len(starts),
        agreement=max(float(np.abs(one.spot.values - pair[0].spot.values).max()) for pair in pairs for one in pair),
        solves=explorer.solves, adjoints=explorer.adjoints,
        stopped_short=next((one.stopped_short for one in found if one.stopped_short), ""),
    )  # fmt: skip
    return Frontier(
        spots=tuple(one.spot for one in found), threat=threat, surplus=values - threat,
        exchange=exchange_along(values), certificate=certificate,
    )  # fmt: skip


def exchange_along(values: Array) -> Array:
    """Share of income the first side gives up for one share more of the second's, along a frontier (point).

    Points at which the second side gets the same are one point of it, and where all are, nothing is exchanged.
    """
    kept: list[int] = []
    for k, level in enumerate(values[:, 1] if len(values) else ()):
        if not kept or level > values[kept[-1], 1] + NOTHING:
            kept.append(k)
    if len(kept) < 2:
        return np.zeros(len(values))
    rates = -np.gradient(values[kept, 0], values[kept, 1])
    return np.asarray(rates[np.searchsorted(kept, np.arange(len(values)), side="right") - 1], dtype=np.float64)


def _at_level(explorer: Explorer, level: float, start: Place) -> Solved:
    """The first side's best where the second gets a level."""
    return solve_programme(explorer, start, Programme(one_side(0, 2), np.array([-np.inf, level])), accuracy=ROUGH)


def _ends(explorer: Explorer, k: int, floors: Array, starts: Sequence[Place]) -> list[Solved]:
    """A side's best from every start, the highest first; those that miss a floor only where all do."""
    found = [solve_programme(explorer, start, Programme(one_side(k, 2), floors), accuracy=ROUGH) for start in starts]
    kept = [one for one in found if one.gap < 1e-7] or found
    return sorted(kept, key=lambda one: -one.goal)
