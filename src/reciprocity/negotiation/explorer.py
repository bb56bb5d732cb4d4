"""Walking over a table: what each side gets at x and its gradient there, each solve started from the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array
from reciprocity.model.derivative import gradients
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.shock import Shock
from reciprocity.model.solver import solve_prepared
from reciprocity.negotiation.agenda import Agenda
from reciprocity.negotiation.instruments import bounded
from reciprocity.negotiation.side import Side

SOLVE_TOLERANCE = 1e-10
GRADIENT_TOLERANCE = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One point of the table.

    Attributes:
        x: the instruments.
        values: each side's objective, shares of its base income (side).
        equilibrium: the world there.
    """

    x: Array
    values: Array
    equilibrium: Equilibrium


@dataclass(slots=True, eq=False)
class Explorer:
    """Solves points of one agenda and counts what that took. Lives as long as one search; its answers are values.

    Attributes:
        agenda: what is on the table.
        sides: whose objectives are looked at.
        solves, adjoints: how many so far.
    """

    agenda: Agenda
    sides: tuple[Side, ...]
    solves: int = 0
    adjoints: int = 0
    _last: Equilibrium | None = field(default=None, repr=False)
    _bends: Array | None = field(default=None, repr=False)

    def spot(self, x: Array) -> Spot:
        """What each side gets at x. Raises SolveError where the model has no answer."""
        equilibrium = self.solve(self.agenda.shock(x))
        return Spot(x, self.values(equilibrium), equilibrium)

    def law(self) -> Spot:
        """What each side gets under the law as it stands, which instruments may be unable to write."""
        equilibrium = self.solve(self.agenda.law)
        return Spot(self.agenda.at_law(), self.values(equilibrium), equilibrium)

    def solve(self, shock: Shock) -> Equilibrium:
        """The equilibrium of a shock, started from the last one."""
        self.solves += 1
        found = solve_prepared(
            self.agenda.prepared, shock, mobility=self.agenda.mobility, tolerance=SOLVE_TOLERANCE, start=self._last
        )
        self._last = found
        return found

    def values(self, equilibrium: Equilibrium) -> Array:
        """Each side's objective."""
        return np.array([side.value(equilibrium) for side in self.sides])

    def slopes(self, spot: Spot, who: Sequence[int] | None = None, which: NDArray[np.bool_] | None = None) -> Array:
        """Gradients of some sides' objectives by x (side, instrument)."""
        asked = range(len(self.sides)) if who is None else who
        outcomes = [self.sides[k].outcome(spot.equilibrium) for k in asked]
        self.adjoints += len(outcomes)
        found = gradients(spot.equilibrium, outcomes, tolerance=GRADIENT_TOLERANCE)
        return np.array([self.agenda.by_instrument(one, spot.x, which) for one in found]).reshape(-1, len(spot.x))

    def own_slopes(self, spot: Spot, own: Sequence[NDArray[np.bool_]]) -> Array:
        """Every side's gradient by its own instruments, side by side (instrument)."""
        self.adjoints += len(self.sides)
        outcomes = [side.outcome(spot.equilibrium) for side in self.sides]
        found = gradients(spot.equilibrium, outcomes, tolerance=GRADIENT_TOLERANCE)
        parts = [self.agenda.by_instrument(one, spot.x, mine) for one, mine in zip(found, own, strict=True)]
        return np.asarray(np.sum(parts, axis=0))

    def slack(self, spot: Spot) -> Array:
        """How far every ceiling of every side is from binding; negative where broken (ceiling)."""
        return np.concatenate([side.slack(spot.equilibrium) for side in self.sides])

    def slack_slopes(self, spot: Spot) -> Array:
        """Gradients of every ceiling's slack by x (ceiling, instrument)."""
        outcomes = [outcome for side in self.sides for outcome in side.slack_outcomes(spot.equilibrium)]
        self.adjoints += len(outcomes)
        found = gradients(spot.equilibrium, outcomes, tolerance=GRADIENT_TOLERANCE) if outcomes else []
        return np.array([self.agenda.by_instrument(one, spot.x) for one in found]).reshape(-1, len(spot.x))

    def between(self, low: Array, high: Array) -> Explorer:
        """A walk between closer bounds, from where this one is and with what it has learned."""
        agenda = replace(self.agenda, instruments=bounded(self.agenda.instruments, low, high))
        return replace(self, agenda=agenda, solves=0, adjoints=0)

    def learn_of(self, walk: Explorer) -> None:
        """Count what another walk over the same instruments took, and keep what it learned."""
        self.solves, self.adjoints = self.solves + walk.solves, self.adjoints + walk.adjoints
        self._bends = walk._bends

    def bends(self, rows: int) -> Array:
        """Second derivatives of every side's objective (and ceiling) by measured variables, as far as learned.

        At first a side's objective bends down by one along its own instruments, which is what the scale is for.
        """
        if self._bends is None:
            self._bends = np.zeros((rows, len(self.agenda.instruments), len(self.agenda.instruments)))
            for k, side in enumerate(self.sides):
                np.fill_diagonal(self._bends[k], -self.agenda.instruments.given_by(side.name).astype(float))
        return self._bends

    def learn(self, step: Array, turn: Array) -> None:
        """Correct the bends by what a step (measured) did to the gradients (row, instrument): symmetric rank one."""
        bends = self.bends(len(turn))
        for k, turned in enumerate(turn):
            missed = turned - bends[k] @ step
            along = float(missed @ step)
            if abs(along) > 1e-8 * float(np.linalg.norm(missed) * np.linalg.norm(step)):
                bends[k] += np.outer(missed, missed) / along
