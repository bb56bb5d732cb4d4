"""Finding the equilibrium: Anderson from the base, and slower, surer ways where that does not arrive.

In turn: Anderson with the base's preconditioner; Anderson with one built where the iterate stands; Newton with GMRES
and a line search; continuation from the shock's own world without deficits, and to that from the base. Where deficits
cannot be raised to their level, the country that runs out of income is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import InfeasibleDeficits, NotConverged
from reciprocity.model.anderson import Path, anderson
from reciprocity.model.equations import Point, share_of
from reciprocity.model.krylov import gmres
from reciprocity.model.prepare import relative_residual
from reciprocity.model.problem import Problem
from reciprocity.model.sectoral import Applied, SectoralProblem
from reciprocity.model.shock import kernel_between

ROUND = 24  # evaluations before the preconditioner is built again
ROUNDS = 3
NEWTON_STEPS = 12
NEARLY_NOTHING = 0.1  # of value added left as income, by which a country is named as out of income
SHORTEST = 1.0 / 64.0  # step of a continuation before it is given up


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
        InfeasibleDeficits: where the deficits leave a country nothing to spend.
        NotConverged: where nothing brings the residuals below tolerance.
    """
    tried = _rounds(problem, start, tolerance=tolerance, rounds=ROUNDS)
    if isinstance(tried, Found):
        return _solvent(problem, tried)
    try:
        return _continued(problem, tolerance=tolerance, spent=tried.evaluations)
    except NotConverged:
        newton = _newton(problem, tried.z, tolerance=tolerance)
        if newton is not None:
            return _solvent(problem, newton)
        raise


def finish(problem: Problem | SectoralProblem, found: Found, *, tolerance: float) -> Point:
    """The point of a solution: one step on, which costs nothing, where the residuals agree that it is no further."""
    point = problem.point(problem.guard(found.z, found.last_step))
    scale, value_added = problem.prepared.scale, problem.prepared.technology.value_added
    residual = relative_residual(point, scale, value_added)
    if isinstance(problem, SectoralProblem) and point.premium is not None:
        residual = np.concatenate([residual, problem.factors.residual(point, point.premium).ravel()])
    if float(np.abs(residual).max()) <= tolerance:
        return point
    return problem.point(found.z)


def _rounds(
    problem: Problem | SectoralProblem, start: Array, *, tolerance: float, rounds: int, first: Applied | None = None
) -> Found | Path:
    """Anderson, with a new preconditioner after every round that does not arrive; the last path where none does."""
    preconditioner = problem.preconditioner if first is None else first
    z, spent = start, 0
    path = Path(start, np.inf, start, 0, converged=False)
    for rebuilds in range(rounds):
        path = anderson(
            problem.residual, preconditioner.apply, problem.guard, z,
            tolerance=tolerance, most_evaluations=ROUND, window=5 if rebuilds == 0 else 10,
        )  # fmt: skip
        spent += path.evaluations
        if path.converged:
            return Found(path.z, path.step, spent, rebuilds)
        z = path.z
        if rebuilds + 1 < rounds:
            preconditioner = problem.preconditioner_at(z)
    return replace(path, evaluations=spent)


def _newton(problem: Problem | SectoralProblem, start: Array, *, tolerance: float) -> Found | None:
    """Newton steps solved by GMRES on difference quotients, each halved until the residual falls."""
    z, R, spent = start, problem.residual(start), 1
    for rebuilds in range(1, NEWTON_STEPS + 1):
        rough = problem.preconditioner_at(z)
        size = float(np.linalg.norm(z))

        def product(v: Array, z: Array = z, R: Array = R, size: float = size) -> Array:
            h = 1e-7 * max(size, 1.0) / max(float(np.linalg.norm(v)), 1e-300)
            return (problem.residual(z + h * v) - R) / h

        step, _ = gmres(product, rough.apply, -R, tolerance=1e-3, most=40)
        spent += 40
        share = 1.0
        while share > 1e-4:
            new = problem.guard(z, share * step)
            R_new = problem.residual(new)
            spent += 1
            if np.all(np.isfinite(R_new)) and np.abs(R_new).max() < (1.0 - 1e-4 * share) * np.abs(R).max():
                break
            share /= 2.0
        else:
            return None
        z, R = new, R_new
        if float(np.abs(R).max()) < tolerance:
            last = -rough.apply(R)
            if float(np.abs(last).max()) < 10.0 * tolerance:
                return Found(z, last, spent, rebuilds)
    return None


def _continued(problem: Problem | SectoralProblem, *, tolerance: float, spent: int) -> Found:
    """From the base to the shock without deficits, then deficits up to their level."""
    level = problem.deficits.level
    without = replace(problem, deficits=replace(problem.deficits, level=0.0 * level))
    start = problem.start(problem.prepared.point)
    found = _rounds(without, start, tolerance=tolerance, rounds=2)
    if isinstance(found, Path):
        spent += found.evaluations
        base = problem.prepared.kernel

        def to_shock(s: float) -> Problem | SectoralProblem:
            return replace(without, kernel=kernel_between(base, problem.kernel, s))

        followed = _along(to_shock, start, tolerance=tolerance)
        if followed.reached < 1.0:
            share = f"{followed.reached:.0%}"
            raise NotConverged(f"no equilibrium found beyond {share} of the shock, even without deficits")
        found = followed.found
    if not level.any() or problem.deficits.closure == "zero":
        return replace(found, evaluations=found.evaluations + spent)

    def to_deficits(s: float) -> Problem | SectoralProblem:
        return replace(problem, deficits=replace(problem.deficits, level=s * level))

    followed = _along(to_deficits, found.z, tolerance=tolerance)
    if followed.reached < 1.0:
        raise _infeasible(problem, to_deficits(followed.reached).point(followed.found.z), followed.reached)
    spent += followed.found.evaluations + found.evaluations
    return _solvent(problem, replace(followed.found, evaluations=spent))


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """How far a continuation went, and the last solution there."""

    found: Found
    reached: float


def _along(scenario: Callable[[float], Problem | SectoralProblem], start: Array, *, tolerance: float) -> Followed:
    """Follow a family of scenarios from 0 (solved by start, or close to it) as far towards 1 as it goes."""
    last, before = Found(start, 0.0 * start, 0, 0), None
    at, step, spent, rebuilds = 0.0, 0.25, 0, 0
    rough: Applied | None = None
    while at < 1.0 and step >= max(SHORTEST * at, 1e-6):
        to = min(1.0, at + step)
        problem = scenario(to)
        guess = last.z
        if before is not None:  # along the secant
            guess = problem.guard(guess, (guess - before[1]) * ((to - at) / (at - before[0])))
        if rough is None:
            rough, rebuilds = problem.preconditioner_at(last.z), rebuilds + 1
        found = _rounds(problem, guess, tolerance=tolerance, rounds=2, first=rough)
        spent += found.evaluations
        if found.evaluations > ROUND // 2:
            rough = None
        if isinstance(found, Path):
            step /= 2.0 if at > 0.0 else 8.0
            continue
        if problem.point(found.z).income.min() <= 0.0:  # beyond here it only gets worse
            return Followed(replace(found, evaluations=spent, rebuilds=rebuilds), to)
        before = (at, last.z)
        last, at, step = found, to, 2.0 * step
    return Followed(replace(last, evaluations=spent, rebuilds=rebuilds), at)


def _solvent(problem: Problem | SectoralProblem, found: Found) -> Found:
    """A solution in which every country has something to spend; negative income solves the equations and means nothing.

    Raises:
        InfeasibleDeficits: where one has not.
    """
    point = problem.point(found.z)
    if point.income.min() > 0.0 and point.X.min() >= 0.0:
        return found
    raise _infeasible(problem, point, 1.0)


def _infeasible(problem: Problem | SectoralProblem, point: Point, reached: float) -> InfeasibleDeficits:
    """Name the country that runs out of income or, where none has yet, whose trade is least for what is asked of it."""
    economy, level = problem.prepared.economy, problem.deficits.level
    left = point.income / point.value_added
    if left.min() <= NEARLY_NOTHING:
        n = int(left.argmin())
        why = f"its income would be {left[n]:.1%} of its value added"
    else:
        flow = share_of(problem.kernel.customs, point) * point.X.T[:, :, None]
        flow = flow.sum(axis=0) * (1.0 - np.eye(len(level)))
        trade = flow.sum(axis=0) + flow.sum(axis=1)
        n = int((np.abs(level) / (trade + 1e-12 * point.value_added)).argmax())
        why = f"its trade both ways is {trade[n]:,.3g} at the furthest point found"
    kind = "deficit" if level[n] > 0 else "surplus"
    return InfeasibleDeficits(
        f"{economy.regions[n]} cannot run the {kind} of {abs(level[n]):,.0f} {economy.unit} that closure "
        f"'{problem.deficits.closure}' asks of it: {why} (at {reached:.0%} of all deficits). "
        "Use closure='own_share' or 'zero', or give a smaller deficit"
    )
