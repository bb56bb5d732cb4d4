"""Finding the equilibrium: Anderson from the base, with a new preconditioner where the iterate has gone far."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.economy.economy import Array
from reciprocity.errors import NotConverged
from reciprocity.model.anderson import anderson
from reciprocity.model.problem import Problem
from reciprocity.model.sectoral import Applied, SectoralProblem

FIRST_ROUND = 24  # evaluations before the preconditioner is built again
ROUNDS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A state that solves the equations, and what it took."""

    z: Array
    last_step: Array
    evaluations: int
    rebuilds: int


def find(problem: Problem | SectoralProblem, start: Array, *, tolerance: float) -> Found:
    """The equilibrium of a problem.

    Raises:
        NotConverged: when no round brings the residuals below tolerance.
    """
    preconditioner: Applied = problem.preconditioner
    z, spent, residual = start, 0, float("inf")
    for rebuilds in range(ROUNDS):
        path = anderson(
            problem.residual, preconditioner.apply, problem.guard, z,
            tolerance=tolerance, most_evaluations=FIRST_ROUND, window=5 if rebuilds == 0 else 10,
        )  # fmt: skip
        spent += path.evaluations
        if path.converged:
            return Found(path.z, path.step, spent, rebuilds)
        z, residual = path.z, path.residual
        preconditioner = problem.preconditioner_at(z)
    raise NotConverged(f"largest relative residual {residual:.1e} after {spent} evaluations, not below {tolerance:g}")
