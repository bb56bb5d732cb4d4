"""The preconditioner of the solver: rough block inverses tied together by the wage Schur complement.

Built once an economy (or at an iterate that has gone far from it), applied at every step of the solver and, transposed,
of the adjoint. It steers the path and never the answer, so it is kept in single precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array
from reciprocity.model.blocks import blocks_at, minimal_residual
from reciprocity.model.jacobian import Linear, backward, forward

Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Preconditioner:
    """An approximate inverse of the linearised model acting on (p, X / scale, u) and (R_p, R_X / scale, R_u / wL).

    Attributes:
        home: L and its scaled transpose, for prices and for spending (2, country, sector, sector).
        coarse: the corrections by country, for prices and for spending (2, country, country).
        weight: spending by sector in each country's total (country, sector).
        schur: S^-1 (country, country).
        to_wage: Z = (Z_p, Z_X), residuals of prices and spending to wages (country, 2 x country x sector).
        from_wage: W = (W_p, W_X), wages to prices and spending (2 x country x sector, country).
    """

    home: Single
    coarse: Single
    weight: Single
    schur: Single
    to_wage: Single
    from_wage: Single

    def apply(self, r: Array) -> Array:
        """P^-1 r for a flat residual."""
        n, j = self.weight.shape
        both = 2 * n * j
        single = r.astype(np.float32)
        y = np.matmul(self.home, single[:both].reshape(2, n, j, 1))[..., 0]
        y += np.matmul(self.coarse, (self.weight * y).sum(axis=2)[:, :, None])
        du = self.schur @ (single[both:] - self.to_wage @ single[:both])
        step = np.empty_like(r)
        step[:both] = y.ravel() + self.from_wage @ du
        step[both:] = du
        return step

    def apply_transposed(self, b: Array) -> Array:
        """P^-T b for a flat right-hand side of the adjoint."""
        n, j = self.weight.shape
        both = 2 * n * j
        single = b.astype(np.float32)
        t = self.schur.T @ (single[both:] + single[:both] @ self.from_wage)
        y = single[:both].reshape(2, n, j)
        y = y + self.weight * np.matmul(y.sum(axis=2)[:, None, :], self.coarse).transpose(0, 2, 1)
        a = np.empty_like(b)
        a[:both] = np.matmul(y[:, :, None, :], self.home).ravel() - t @ self.to_wage
        a[both:] = t
        return a


def build(at: Linear, scale: Array, tolerance: float = 1e-2) -> Preconditioner:
    """Prepare the preconditioner at a linearised model; scale is what spending is measured in (country, sector)."""
    n, j = scale.shape
    total = scale.sum(axis=1)
    weight, level, va = scale / total[:, None], scale[:, :, None], at.technology.value_added
    blocks = blocks_at(at, weight)
    none, eye = np.zeros((n, j, n)), np.eye(n)

    K_pu, K_Xu, K_uu = forward(at, None, None, eye)
    W_p = minimal_residual(blocks.prices, blocks.price_inverse, -K_pu, tolerance)
    _, K_Xp_W, K_up_W = forward(at, W_p, None, None)
    W_X = minimal_residual(blocks.spending, blocks.spending_inverse, -(K_Xu + K_Xp_W), tolerance)
    S = K_uu + K_up_W + forward(at, None, W_X, None)[2]

    rows = backward(at, none, none, eye)  # the wage rows of K, a column each
    Z_X = minimal_residual(blocks.spending_t, blocks.spending_inverse_t, rows.X, tolerance)
    below = backward(at, none, Z_X, np.zeros((n, n))).p
    Z_p = minimal_residual(blocks.prices_t, blocks.price_inverse_t, rows.p - below, tolerance)

    home_spending = blocks.home.transpose(0, 2, 1) * scale[:, None, :] / level
    spending_coarse = blocks.spending_coarse * total / total[:, None]
    return Preconditioner(
        home=_single(np.stack([blocks.home, home_spending])),
        coarse=_single(np.stack([blocks.price_coarse, spending_coarse])),
        weight=_single(weight),
        schur=_single(np.linalg.inv(S / va[:, None])),
        to_wage=_single(np.concatenate([Z_p, Z_X * level]).reshape(2 * n * j, n).T / va[:, None]),
        from_wage=_single(np.concatenate([W_p, W_X / level]).reshape(2 * n * j, n)),
    )


def _single(array: NDArray[Any]) -> Single:
    return np.ascontiguousarray(array, dtype=np.float32)
