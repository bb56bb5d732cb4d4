"""The frontier of a table where some clauses are signed or not: no efficient deal signs one in part."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array
from reciprocity.negotiation.bargain import NOTHING
from reciprocity.negotiation.branches import PART, parts_signed, within
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.frontier import Frontier, exchange_along, frontier

MOST_TRIED = 4
"""Clauses tried both ways at once; with more in part, those most in part come first."""
MOST_FRONTIERS = 40
"""Frontiers after which clauses still signed in part go to the nearer end, and the answer says so."""


def signed_frontier(explorer: Explorer, threat: Array, *, points: int = 21, held: bool = True) -> Frontier:
    """Efficient deals between the two ends, with every whole clause signed or not.

    Whole clauses are first let go between 0 and 1. Those that some deal signs in part are then tried both ways, each
    way with a frontier of its own; what is left undominated of all is the frontier.
    """
    on = explorer.agenda.instruments
    branches, done, rounded, searched = [(on.low, on.high)], [], 0, 0
    while branches:
        low, high = branches.pop()
        found = within(explorer, low, high, lambda walk: frontier(walk, threat, points=points, held=held))
        searched += 1
        parts = _in_part(explorer, found)
        if not parts.size:
            done.append(found)
        elif searched + len(branches) + 2**parts.size <= MOST_FRONTIERS:
            branches += [_put(low, high, parts, signed) for signed in product((0, 1), repeat=len(parts))]
        else:
            done.append(_rounded(explorer, found, threat))
            rounded += 1
    if searched == 1 and not rounded:
        return done[0]
    return _envelope(explorer, threat, done, points=points, held=held, rounded=rounded)


def _put(low: Array, high: Array, parts: NDArray[np.intp], signed: tuple[int, ...]) -> tuple[Array, Array]:
    """Bounds with some whole clauses signed and some not."""
    at = np.where(signed, high[parts], low[parts])
    low, high = low.copy(), high.copy()
    low[parts] = high[parts] = at
    return low, high


def _in_part(explorer: Explorer, found: Frontier) -> NDArray[np.intp]:
    """Whole clauses that some deal of a frontier signs in part, those most in part first."""
    away = parts_signed(explorer.agenda.instruments, np.array([spot.x for spot in found.spots])).max(axis=0)
    order = np.argsort(-away)
    return order[away[order] > PART][:MOST_TRIED]


def _rounded(explorer: Explorer, found: Frontier, threat: Array) -> Frontier:
    """The same deals with every whole clause at the nearer end."""
    on = explorer.agenda.instruments
    middle = 0.5 * (on.low + on.high)
    points = [np.where(on.whole, np.where(spot.x > middle, on.high, on.low), spot.x) for spot in found.spots]
    spots = tuple(explorer.spot(x) for x in points)
    return replace(found, spots=spots, surplus=np.array([spot.values for spot in spots]) - threat)


def _envelope(
    explorer: Explorer, threat: Array, branches: list[Frontier], *, points: int, held: bool, rounded: int
) -> Frontier:
    """The deals of several frontiers that none of the others beats for both, so many of them as are asked for."""
    spots = [spot for one in branches for spot in one.spots]
    values = np.array([spot.values for spot in spots])
    inside = np.array([not held or bool((one - threat > -1e-7).all()) for one in values])
    if not inside.any():
        inside = np.ones(len(spots), dtype=bool)
    beaten = [bool(((values[inside] >= one) & (values[inside] > one + NOTHING)).all(axis=1).any()) for one in values]
    kept = np.flatnonzero(inside & ~np.array(beaten))
    kept = kept[np.argsort(-values[kept, 0])]
    picked = [spots[k] for k in _spread(values[kept, 1], kept, points)]
    chosen = np.array([spot.values for spot in picked])
    short = next((one.certificate.stopped_short for one in branches if one.certificate.stopped_short), "")
    if rounded and not short:
        short = f"{len(branches)} ways to sign were searched; in {rounded} of them clauses went to the nearer end"
    certificate = replace(
        branches[0].certificate,
        slope=max(one.certificate.slope for one in branches),
        agreement=max(one.certificate.agreement for one in branches),
        stopped_short=short,
        solves=explorer.solves,
        adjoints=explorer.adjoints,
    )
    return Frontier(tuple[Spot, ...](picked), threat, chosen - threat, exchange_along(chosen), certificate)


def _spread(level: Array, kept: NDArray[np.intp], points: int) -> list[int]:
    """Positions of so many deals, evenly spread by what the second side gets, both ends among them."""
    wanted = np.linspace(level.min(), level.max(), points)
    nearest = [int(np.argmin(np.abs(level - one))) for one in wanted]
    return [int(kept[k]) for k in sorted(set(nearest))]
