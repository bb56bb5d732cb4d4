"""The frontier of a table where some clauses are signed or not: no efficient deal signs one in part."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array
from reciprocity.negotiation.bargain import NOTHING
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.frontier import Frontier, frontier
from reciprocity.negotiation.instruments import bounded

PART = 1e-4
"""Nearer than this to signed or unsigned, a clause is."""
MOST_TRIED = 4
"""Clauses tried both ways at once; with more in part, those most in part come first."""


def signed_frontier(explorer: Explorer, threat: Array, *, points: int = 21, held: bool = True) -> Frontier:
    """Efficient deals between the two ends, with every whole clause signed or not.

    Whole clauses are first let go between 0 and 1. Those that some deal signs in part are then tried both ways, each
    way with a frontier of its own; what is left undominated of all is the frontier.
    """
    found = frontier(explorer, threat, points=points, held=held)
    parts = _in_part(explorer, found)
    if not parts.size:
        return found
    on = explorer.agenda.instruments
    branches = []
    for signed in product((0, 1), repeat=len(parts)):
        low, high = on.low.copy(), on.high.copy()
        low[parts] = high[parts] = np.where(signed, on.high[parts], on.low[parts])
        agenda = replace(explorer.agenda, instruments=bounded(on, low, high))
        branch = Explorer(agenda, explorer.sides)
        branches.append(signed_frontier(branch, threat, points=points, held=held))
        explorer.solves, explorer.adjoints = explorer.solves + branch.solves, explorer.adjoints + branch.adjoints
    return _envelope(explorer, threat, branches, points=points, held=held)


def _in_part(explorer: Explorer, found: Frontier) -> NDArray[np.intp]:
    """Whole clauses that some deal of a frontier signs in part, those most in part first."""
    on = explorer.agenda.instruments
    x = np.array([spot.x for spot in found.spots])
    room = np.where(on.high > on.low, on.high - on.low, 1.0)
    away = np.where(on.whole, np.minimum(x - on.low, on.high - x) / room, 0.0).max(axis=0)
    order = np.argsort(-away)
    return order[away[order] > PART][:MOST_TRIED]


def _envelope(explorer: Explorer, threat: Array, branches: list[Frontier], *, points: int, held: bool) -> Frontier:
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
    certificate = replace(
        branches[0].certificate,
        slope=max(one.certificate.slope for one in branches),
        agreement=max(one.certificate.agreement for one in branches),
        stopped_short=next((one.certificate.stopped_short for one in branches if one.certificate.stopped_short), ""),
        solves=explorer.solves,
        adjoints=explorer.adjoints,
    )
    flat = len(chosen) < 2 or np.ptp(chosen[:, 1]) == 0
    exchange = np.zeros(len(chosen)) if flat else -np.gradient(chosen[:, 0], chosen[:, 1])
    return Frontier(tuple[Spot, ...](picked), threat, chosen - threat, exchange, certificate)


def _spread(level: Array, kept: NDArray[np.intp], points: int) -> list[int]:
    """Positions of so many deals, evenly spread by what the second side gets, both ends among them."""
    wanted = np.linspace(level.min(), level.max(), points)
    nearest = [int(np.argmin(np.abs(level - one))) for one in wanted]
    return [int(kept[k]) for k in sorted(set(nearest))]
