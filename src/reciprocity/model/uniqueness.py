"""Is there another equilibrium? Nothing proves that there is none; many starts that arrive at one place suggest it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import SolveError
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.problem import Problem
from reciprocity.model.search import find
from reciprocity.model.threads import one_thread


@dataclass(frozen=True, slots=True, eq=False)
class Uniqueness:
    """Where searches from random starts arrived.

    Attributes:
        starts: how many.
        arrived: how many found an equilibrium.
        furthest: largest distance of one from the equilibrium given, in ln price and ln wage.
        others: ln wage_hat of those further away than 1e-6, world value added as numeraire (found, country).
    """

    starts: int
    arrived: int
    furthest: float
    others: Array

    @property
    def unique_as_far_as_seen(self) -> bool:
        """Every start that arrived came to the same place."""
        return self.arrived > 0 and len(self.others) == 0


@one_thread
def probe_uniqueness(equilibrium: Equilibrium, *, starts: int = 8, spread: float = 0.5, seed: int = 0) -> Uniqueness:
    """Look for other equilibria of the same scenario, factors free to move, from random wages, prices and spending.

    Args:
        equilibrium: the one known.
        starts: how many random starts.
        spread: standard deviation of ln wage, ln price and ln spending around the known one.
        seed: of the draws.
    """
    prepared, point = equilibrium.prepared, equilibrium.point
    problem = Problem(prepared, equilibrium.kernel, prepared.deficits(equilibrium.shock.deficit))
    draw = np.random.default_rng(seed)
    arrived, furthest, others = 0, 0.0, []
    for _ in range(starts):
        u = point.u + draw.normal(0.0, spread, point.u.shape)
        p = point.p + draw.normal(0.0, spread, point.p.shape)
        X = point.X * np.exp(draw.normal(0.0, spread, point.X.shape))
        try:
            found = find(problem, problem.pack(u, p, X), tolerance=1e-10)
        except SolveError:
            continue
        there = problem.point(found.z)
        distance = max(float(np.abs(there.u - point.u).max()), float(np.abs(there.p - point.p).max()))
        arrived, furthest = arrived + 1, max(furthest, distance)
        if distance > 1e-6:
            others.append(there.u)
    return Uniqueness(starts, arrived, furthest, np.array(others).reshape(-1, len(point.u)))
