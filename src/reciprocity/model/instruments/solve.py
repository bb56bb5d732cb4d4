"""The equilibrium under instruments: premia found by Newton on their complementarity, each step one equilibrium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import NotConverged, SolveError
from reciprocity.model.closure import WORLD
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.factors import Mobility
from reciprocity.model.instruments.policy import Instrument, Policy, policy_of
from reciprocity.model.instruments.premium import flow_slopes, log_flow, wedges
from reciprocity.model.instruments.state import BoundState, state_of
from reciprocity.model.jacobian import Linear, linearise
from reciprocity.model.prepare import Prepared
from reciprocity.model.shock import Shock, check_shock
from reciprocity.model.solver import anchor, solve_prepared

MOST_STEPS = 40
LONGEST_STEP = 2.0  # in ln premium
MOST_HALVINGS = 7  # of a step that makes things worse
SAME = 1e8  # condition beyond which bounds cannot be told apart
FEW = 8  # bounds whose slope is worked out afresh at every step
GOOD = 0.2  # a step that leaves no more than this of what was off shows a slope worth keeping
LOOSE = 1e-4  # of the adjoint solves a step is made of
TIGHTEST = 1e-11  # of the equilibria inside, so that ln M is good to 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class PolicyEquilibrium:
    """An equilibrium under instruments.

    Attributes:
        equilibrium: prices, incomes, flows. Its shock has every premium in its rates.
        policy: what the instruments come to.
        y: the unknown of each bound (see premium.py).
        bounds: each bound's state, premium, rent.
        steps: of Newton.
        complementarity: largest |rho - clip(rho + (ln M - ln Q)/2, 0, ceiling)| over bounds, with what lies outside the
            licence left out.
    """

    equilibrium: Equilibrium
    policy: Policy
    y: Array
    bounds: tuple[BoundState, ...]
    steps: int
    complementarity: float


def solve_policy(
    economy: Economy,
    instruments: Sequence[Instrument],
    *,
    tariff: Array | None = None,
    iceberg_hat: Array | None = None,
    export_tax: Array | None = None,
    deficit: Array | None = None,
    closure: str = "world_share",
    numeraire: str = WORLD,
    mobility: Mobility = np.inf,
    tolerance: float = 1e-9,
) -> PolicyEquilibrium:
    """The equilibrium under instruments, in the order given, on top of rates given as arrays.

    Args:
        economy: the base; at a horizon, `economy_at`.
        instruments: what is done.
        tariff: rates below the instruments; the base's when not given (importer, exporter, sector).
        iceberg_hat: likewise.
        export_tax: likewise.
        deficit: likewise (country).
        closure: what deficits do, as in `solve`.
        numeraire: as in `solve`.
        mobility: of factors between sectors, as in `solve`.
        tolerance: on the complementarity of every bound.

    Raises:
        InputError: every fault of every instrument and array.
        NotConverged: no premia were found that hold every bound.
        SolveError: as in `solve`.
    """
    shock = check_shock(economy, Shock(tariff, iceberg_hat, export_tax, deficit))
    prepared = anchor(economy, closure=closure, numeraire=numeraire)
    policy = policy_of(prepared.economy, instruments, shock)
    search = _Search(prepared, policy, mobility, min(TIGHTEST, 0.01 * tolerance))
    y, equilibrium, steps = search.premia(tolerance)
    states = tuple(state_of(bound, equilibrium, float(at)) for bound, at in zip(policy.bounds, y, strict=True))
    worst = max((state.complementarity for state in states), default=0.0)
    return PolicyEquilibrium(equilibrium, policy, y, states, steps, worst)


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Newton on F(y) = y - clip(y, 0, top) - (ln M - ln Q), which is zero where every bound holds."""

    prepared: Prepared
    policy: Policy
    mobility: Mobility
    inner: float

    def premia(self, tolerance: float) -> tuple[Array, Equilibrium, int]:
        """The unknowns, the equilibrium there and the number of steps."""
        at = self.trial(np.zeros(len(self.policy.bounds)), None)
        slope: _Slope | None = None
        for step in range(MOST_STEPS):
            if at.worst <= 0.1 * tolerance:
                return at.y, at.equilibrium, step
            if slope is None or not np.array_equal(slope.moving, at.moving):
                slope = self.slope(at)
            new = self.forward(at, slope)
            keep = len(slope.moving) > FEW and new.worst <= GOOD * at.worst
            slope = slope.seen(at, new) if keep else None
            at = new
        raise NotConverged(f"premia of {len(at.y)} bounds: off by {at.worst:.1e} after {MOST_STEPS} steps")

    def trial(self, y: Array, start: Equilibrium | None) -> _Trial:
        """The equilibrium at some premia. Bounds whose y moves no price take the y that the flow gives them."""
        bounds = self.policy.bounds
        premia = wedges(bounds, y, self.policy.tariff.shape) if bounds else ()
        e = solve_prepared(
            self.prepared, self.policy.shock(*premia), mobility=self.mobility, tolerance=self.inner, start=start
        )
        excess = np.array([log_flow(e, bound) - np.log(bound.quantity) for bound in bounds])
        tops = np.array([bound.ceiling for bound in bounds])
        rent_at_home = np.array([bound.exporter_share == 0.0 for bound in bounds], dtype=bool)
        settled = np.where(y <= 0.0, np.minimum(excess, 0.0), y)
        beyond = (y >= tops) & rent_at_home
        settled[beyond] = tops[beyond] + np.maximum(excess[beyond], 0.0)
        return _Trial(settled, e, settled - np.clip(settled, 0.0, tops) - excess)

    def forward(self, at: _Trial, slope: _Slope) -> _Trial:
        """A Newton step, halved while it makes things much worse."""
        step = np.zeros_like(at.y)
        step[slope.moving] = slope.step(at)
        new, failed = None, NotConverged("no premia tried")
        for _ in range(MOST_HALVINGS):
            try:
                new = self.trial(at.y + step, at.equilibrium)
            except SolveError as error:  # a premium so large that the world has no equilibrium: ask for less
                failed = error
            if new is not None and new.worst <= 1.5 * at.worst:
                break
            step = 0.5 * step
        if new is None:
            raise failed
        return new

    def slope(self, at: _Trial) -> _Slope:
        """dF/dy among the bounds that are off; the others are where their flow puts them."""
        bounds, moving = self.policy.bounds, at.moving
        linear = linear_at(at.equilibrium)
        rows = [flow_slopes(at.equilibrium, linear, bounds[k], tolerance=LOOSE) for k in moving]
        response = np.array([[row.along(bounds[m], float(at.y[m])) for m in moving] for row in rows])
        over = np.array([float(at.y[k] > bounds[k].ceiling) for k in moving])
        return _Slope(moving, np.diag(over) - response)


@dataclass(frozen=True, slots=True, eq=False)
class _Slope:
    """dF/dy among the bounds that move: worked out where it must be, brought up to date by what a step showed."""

    moving: NDArray[np.intp]
    matrix: Array

    def step(self, at: _Trial) -> Array:
        """-F / (dF/dy), no longer than LONGEST_STEP."""
        matrix = self.matrix
        if np.linalg.cond(matrix) > SAME:  # two bounds on the same routes: the tighter one takes the premium
            matrix = matrix + 1e-3 * np.abs(matrix).max() * np.eye(len(matrix))
        found = np.linalg.solve(matrix, -at.off[self.moving])
        return np.asarray(np.clip(found, -LONGEST_STEP, LONGEST_STEP), dtype=np.float64)

    def seen(self, before: _Trial, after: _Trial) -> _Slope:
        """Broyden: the least change that explains the last step."""
        moved = after.y[self.moving] - before.y[self.moving]
        missed = after.off[self.moving] - before.off[self.moving] - self.matrix @ moved
        return _Slope(self.moving, self.matrix + np.outer(missed, moved) / max(moved @ moved, 1e-300))


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """The equilibrium at some premia, and how far each bound is from holding: off = F(y)."""

    y: Array
    equilibrium: Equilibrium
    off: Array

    @property
    def moving(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.off != 0.0)

    @property
    def worst(self) -> float:
        return float(np.abs(self.off).max(initial=0.0))


def linear_at(e: Equilibrium) -> Linear:
    """The model linearised at an equilibrium."""
    prepared = e.prepared
    return linearise(prepared.technology, e.kernel, prepared.deficits(e.shock.deficit), e.point)
