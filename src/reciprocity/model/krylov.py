"""GMRES with right preconditioning, for a flat vector and an operator given as a function."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reciprocity.economy.economy import Array


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
    hessenberg = np.zeros((most + 1, most))
    basis[0] = target / length
    first = np.zeros(most + 1)
    first[0] = length
    weights, left, used = np.zeros(0), 1.0, 0
    for k in range(most):
        moves[k] = inverse(basis[k])
        image = operator(moves[k])
        for _ in range(2):  # twice is enough to stay orthogonal
            against = basis[: k + 1] @ image
            hessenberg[: k + 1, k] += against
            image = image - against @ basis[: k + 1]
        hessenberg[k + 1, k] = np.linalg.norm(image)
        used = k + 1
        weights, _, _, _ = np.linalg.lstsq(hessenberg[: used + 1, :used], first[: used + 1], rcond=None)
        left = float(np.linalg.norm(first[: used + 1] - hessenberg[: used + 1, :used] @ weights)) / length
        if left <= tolerance or hessenberg[k + 1, k] <= 1e-15 * length:
            break
        basis[k + 1] = image / hessenberg[k + 1, k]
    return weights @ moves[:used], left
