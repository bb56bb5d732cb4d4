"""Climbing over bounded instruments in scaled variables: L-BFGS-B up one objective, Anderson to where slopes vanish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from reciprocity.economy.economy import Array
from reciprocity.errors import SolveError

Climb = Callable[[Array], tuple[float, Array]]
"""z to the objective and its gradient by z."""
TOLERANCE = 1e-7  # projected gradient in scaled variables, shares of income: the gain left is half its square
SHORT = 1e-5  # a projected gradient above this is told: the gain left may pass 5e-11 of income
MOST_STEPS = 200
SHARE = 0.5  # of a gradient step taken at once: the scaled bend of an objective is between one half and two
MOST_JOINT_STEPS = 80
WINDOW = 8


@dataclass(frozen=True, slots=True, eq=False)
class Summit:
    """Where a climb stopped.

    Attributes:
        z: scaled variables.
        value: of the objective.
        slope: largest projected gradient in scaled variables; its square over two is about the gain left.
        evaluations: of objective and gradient.
        stopped_short: why, or empty where the projected gradient is below tolerance.
    """

    z: Array
    value: float
    slope: float
    evaluations: int
    stopped_short: str


def climb(objective: Climb, start: Array, low: Array, high: Array, *, tolerance: float = TOLERANCE) -> Summit:
    """Maximise over low <= z <= high."""
    count = [0]
    best: list[tuple[float, Array]] = [(-np.inf, start)]

    def downhill(z: Array) -> tuple[float, Array]:
        count[0] += 1
        try:
            value, gradient = objective(z)
        except SolveError:  # no equilibrium here: send the line search back to where there was one
            value, back = best[0]
            gradient = back - z
            value -= 1.0 + float(gradient @ gradient)
        if value > best[0][0]:
            best[0] = (value, z.copy())
        return -value, -gradient

    start = np.clip(start, low, high)
    found = minimize(
        downhill, start, jac=True, method="L-BFGS-B", bounds=np.column_stack([low, high]),
        options={"maxiter": MOST_STEPS, "maxcor": 12, "gtol": tolerance, "ftol": 1e-15, "maxls": 30},
    )  # fmt: skip
    z, value, gradient = found.x, -float(found.fun), -found.jac
    slope = projected(z, gradient, low, high)
    most = max(SHORT, tolerance)
    short = "" if slope <= most else f"projected gradient {slope:.1e}, not below {most:.0e}: {0.5 * slope**2:.0e} left"
    return Summit(z, value, slope, count[0], short)


def projected(z: Array, gradient: Array, low: Array, high: Array) -> float:
    """Largest move a unit gradient step would make inside the bounds."""
    return float(np.abs(np.clip(z + gradient, low, high) - z).max(initial=0.0))


def accelerated(
    slopes: Callable[[Array], Array], z: Array, low: Array, high: Array, *, tolerance: float
) -> tuple[Array, float]:
    """Drive projected own gradients to zero by Anderson acceleration of z <- clip(z + g); returns the best point."""
    steps: list[Array] = []
    turns: list[Array] = []
    last: tuple[Array, Array] | None = None
    best, best_slope = z, np.inf
    for _ in range(MOST_JOINT_STEPS):
        try:
            g = slopes(z)
        except SolveError:
            z = 0.5 * (z + best)
            steps, turns, last = [], [], None
            continue
        slope = projected(z, g, low, high)
        if slope < best_slope:
            best, best_slope = z, slope
        if slope <= tolerance:
            break
        residual = np.clip(z + g, low, high) - z
        step = residual
        if last is not None:
            steps, turns = [*steps[1 - WINDOW :], z - last[0]], [*turns[1 - WINDOW :], residual - last[1]]
            dZ, dR = np.array(steps).T, np.array(turns).T
            weights = np.linalg.lstsq(dR, residual, rcond=1e-8)[0]
            step = residual - (dZ + dR) @ weights
        last = (z, residual)
        z = np.clip(z + step, low, high)
    return best, float(best_slope)
