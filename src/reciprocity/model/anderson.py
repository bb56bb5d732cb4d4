"""Preconditioned Anderson acceleration (type II) with a guarded step. Knows flat vectors and no economics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Where an iteration stopped: the state, its largest residual, the preconditioned step there, evaluations."""

    z: Array
    residual: float
    step: Array
    evaluations: int
    converged: bool


def anderson(
    residual: Callable[[Array], Array],
    precondition: Callable[[Array], Array],
    guard: Callable[[Array, Array], Array],
    start: Array,
    *,
    tolerance: float,
    most_evaluations: int,
    window: int = 5,
) -> Path:
    """Iterate z <- z + r - (dZ + dR) g until residual < tolerance and the preconditioned step < 10 tolerance.

    Args:
        residual: R(z), already in relative units.
        precondition: P^-1 R.
        guard: (z, step) to the next z, which keeps the state where the equations mean something.
        start: first state.
        tolerance: on the largest relative residual.
        most_evaluations: of the residual.
        window: how many earlier steps are remembered.
    """
    z, size = start, start.size
    steps, turns = np.empty((window, size)), np.empty((window, size))
    gram = np.zeros((window, window))
    kept, last_z, last_r = 0, start, start
    best = Path(start, np.inf, start, 0, converged=False)
    for count in range(1, most_evaluations + 1):
        R = residual(z)
        norm = float(np.abs(R).max())
        if not np.isfinite(norm):
            return Path(best.z, best.residual, best.step, count, converged=False)
        r = -precondition(R)
        if norm < best.residual:
            best = Path(z, norm, r, count, converged=False)
        if norm < tolerance and float(np.abs(r).max()) < 10.0 * tolerance:
            return Path(z, norm, r, count, converged=True)
        step = r
        if count > 1:
            slot = kept % window
            steps[slot], turns[slot] = z - last_z, r - last_r
            kept += 1
            filled = min(kept, window)
            gram[slot, :filled] = gram[:filled, slot] = turns[:filled] @ turns[slot]
            step = r - _mix(gram[:filled, :filled], turns[:filled] @ r) @ (steps[:filled] + turns[:filled])
        last_z, last_r = z, r
        z = guard(z, step)
    return Path(best.z, best.residual, best.step, most_evaluations, converged=False)


def _mix(gram: Array, target: Array) -> Array:
    """Least squares by normal equations scaled to unit diagonal."""
    size = np.sqrt(np.diag(gram))
    size = np.where(size > 0, size, 1.0)
    scaled = gram / np.outer(size, size) + 1e-12 * np.eye(len(size))
    return np.linalg.solve(scaled, target / size) / size
