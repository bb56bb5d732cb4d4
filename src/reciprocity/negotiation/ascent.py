"""Climbing one objective over bounded instruments: L-BFGS-B in scaled variables, then projected Newton steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from reciprocity.economy.economy import Array
from reciprocity.errors import SolveError

Climb = Callable[[Array], tuple[float, Array]]
"""z to the objective and its gradient by z."""
TOLERANCE = 1e-7  # projected gradient in scaled variables, shares of income: the gain left is half its square
SHORT = 1e-5  # a projected gradient above this is told: the gain left may pass 5e-11 of income
MOST_STEPS = 200
NEWTON_STEPS = 5


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
    for _ in range(NEWTON_STEPS):
        if projected(z, gradient, low, high) <= 10.0 * tolerance:
            break
        step = _newton_step(objective, z, gradient, low, high, count)
        new = np.clip(z + step, low, high)
        try:
            new_value, new_gradient = objective(new)
        except SolveError:
            break
        count[0] += 1
        if projected(new, new_gradient, low, high) >= 0.5 * projected(z, gradient, low, high):
            break
        z, value, gradient = new, new_value, new_gradient
    slope = projected(z, gradient, low, high)
    most = max(SHORT, tolerance)
    short = "" if slope <= most else f"projected gradient {slope:.1e}, not below {most:.0e}: {0.5 * slope**2:.0e} left"
    return Summit(z, value, slope, count[0], short)


def projected(z: Array, gradient: Array, low: Array, high: Array) -> float:
    """Largest move a unit gradient step would make inside the bounds."""
    return float(np.abs(np.clip(z + gradient, low, high) - z).max(initial=0.0))


def _newton_step(
    objective: Climb, z: Array, gradient: Array, low: Array, high: Array, count: list[int]
) -> Array:
    """Conjugate gradients on the free variables; curvature from differences of gradients."""
    free = ~(((z <= low) & (gradient < 0)) | ((z >= high) & (gradient > 0)))

    def bend(direction: Array) -> Array:
        length = 1e-3 * max(1.0, float(np.abs(z).max())) / float(np.linalg.norm(direction))
        count[0] += 1
        return (gradient - objective(z + length * direction)[1]) / length * free

    step, residual = np.zeros_like(z), gradient * free
    direction, size = residual.copy(), float(residual @ residual)
    aim = 1e-2 * np.sqrt(size)
    for _ in range(min(20, int(free.sum()))):
        image = bend(direction)
        curvature = float(direction @ image)
        if curvature <= 0:
            return step if step.any() else direction
        length = size / curvature
        step = step + length * direction
        residual = residual - length * image
        new_size = float(residual @ residual)
        if np.sqrt(new_size) <= aim:
            break
        direction, size = residual + new_size / size * direction, new_size
    return step


def free_of(z: Array, low: Array, high: Array, *, margin: float = 1e-9) -> NDArray[np.bool_]:
    """Which variables are strictly inside their bounds."""
    return (z > low + margin) & (z < high - margin)
