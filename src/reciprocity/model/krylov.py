"""GMRES with right preconditioning, for a flat vector and an operator given as a function."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot

import numpy as np
from scipy.linalg import solve_triangular

from reciprocity.economy.economy import Array

NOTHING = 1e-14
"""Of the largest number a matrix holds: less is rounding."""
Turn = tuple[float, float]
"""Cosine and sine of a rotation of two neighbouring rows."""


def gmres(
    operator: Callable[[Array], Array],
    inverse: Callable[[Array], Array],
    target: Array,
    *,
    tolerance: float,
    most: int = 60,
) -> tuple[Array, float]:
    """Solve operator(v) = target; returns v and the relative residual reached.

    Args:
        operator: the matrix, as a product.
        inverse: a rough inverse of it, as a product.
        target: right-hand side.
        tolerance: on |target - operator(v)| / |target|.
        most: products allowed.
    """
    length = float(np.linalg.norm(target))
    if length == 0.0:
        return np.zeros_like(target), 0.0
    basis = np.empty((most + 1, target.size))
    moves = np.empty((most, target.size))
    triangle = np.zeros((most, most))
    turns: list[Turn] = []
    basis[0] = target / length
    reached = [1.0]  # the target in the turned basis, a share of its length: what is left of it stands last
    left, largest = 1.0, 0.0
    for k in range(most):
        moves[k] = inverse(basis[k])
        image = operator(moves[k])
        column = np.zeros(k + 1)
        for _ in range(2):  # twice is enough to stay orthogonal
            against = basis[: k + 1] @ image
            column += against
            image = image - against @ basis[: k + 1]
        beyond = float(np.sqrt(image @ image))
        turned, turn = _turned(column.tolist(), beyond, turns)
        if turned[-1] <= NOTHING * max(largest, beyond):  # the operator has no more to give
            break
        largest = max(largest, turned[-1])
        triangle[: k + 1, k] = turned
        turns.append(turn)
        reached[k:] = [turn[0] * reached[k], -turn[1] * reached[k]]
        left = abs(reached[-1])
        if left <= tolerance or beyond <= NOTHING * turned[-1]:
            break
        basis[k + 1] = image / beyond
    used = len(turns)
    weights = solve_triangular(triangle[:used, :used], np.array(reached[:used]))
    return length * (weights @ moves[:used]), left


def _turned(column: list[float], beyond: float, turns: list[Turn]) -> tuple[list[float], Turn]:
    """A column of the Hessenberg matrix through the rotations so far, and the one that takes away what is beyond."""
    for m, (cosine, sine) in enumerate(turns):
        above, below = column[m], column[m + 1]
        column[m], column[m + 1] = cosine * above + sine * below, cosine * below - sine * above
    size = hypot(column[-1], beyond)
    turn = (column[-1] / size, beyond / size) if size else (1.0, 0.0)
    column[-1] = size
    return column, turn
