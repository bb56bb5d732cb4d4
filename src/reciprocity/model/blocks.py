"""The two large blocks of the linearised model K, prices on prices and spending on spending, and their rough inverses.

Everything acts on many columns at once, (country, sector, column), and has its transpose beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.jacobian import Linear, across, back

MOST_SWEEPS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """K_pp and K_XX at a point, with rough inverses: home input-output, then a correction by country.

    Attributes:
        at: the linearised model.
        home: L[n] = (I - diag(pi_nn) Gamma_n^T)^-1 (country, sector, sector).
        weight: spending by sector in each country's total (country, sector).
        price_coarse, spending_coarse: E_p^-1 - I and E_X^-1 - I (country, country).
    """

    at: Linear
    home: Array
    weight: Array
    price_coarse: Array
    spending_coarse: Array

    def prices(self, V: Array) -> Array:
        """V - pi Gamma^T V."""
        return V - across(self.at.pi, np.matmul(self.at.technology.input_share_t, V))

    def prices_t(self, V: Array) -> Array:
        """The transpose of prices."""
        return V - np.matmul(self.at.technology.input_share, back(self.at.pi, V))

    def spending(self, V: Array) -> Array:
        """V - Gamma m^T V - alpha dI(V)."""
        at, tech = self.at, self.at.technology
        income = ((1.0 - at.net_share)[:, :, None] * V).sum(axis=1)
        if at.export_tax is not None:
            income = income + back(at.export_tax, V).sum(axis=1)
        inputs = np.matmul(tech.input_share, back(at.sales, V))
        return V - inputs - tech.consumption_share[:, :, None] * income[:, None, :]

    def spending_t(self, V: Array) -> Array:
        """The transpose of spending."""
        at, tech = self.at, self.at.technology
        to_income = (tech.consumption_share[:, :, None] * V).sum(axis=1)
        sold = across(at.sales, np.matmul(tech.input_share_t, V))
        if at.export_tax is not None:
            sold = sold + across(at.export_tax, np.broadcast_to(to_income[:, None, :], V.shape))
        return V - sold - (1.0 - at.net_share)[:, :, None] * to_income[:, None, :]

    def price_inverse(self, V: Array) -> Array:
        """Rough prices^-1."""
        y = np.matmul(self.home, V)
        return y + (self.price_coarse @ (self.weight[:, :, None] * y).sum(axis=1))[:, None, :]

    def price_inverse_t(self, V: Array) -> Array:
        """The transpose of price_inverse."""
        lifted = V + self.weight[:, :, None] * (self.price_coarse.T @ V.sum(axis=1))[:, None, :]
        return np.matmul(self.home.transpose(0, 2, 1), lifted)

    def spending_inverse(self, V: Array) -> Array:
        """Rough spending^-1."""
        x = np.matmul(self.home.transpose(0, 2, 1), V)
        return x + self.weight[:, :, None] * (self.spending_coarse @ x.sum(axis=1))[:, None, :]

    def spending_inverse_t(self, V: Array) -> Array:
        """The transpose of spending_inverse."""
        lifted = V + (self.spending_coarse.T @ (self.weight[:, :, None] * V).sum(axis=1))[:, None, :]
        return np.matmul(self.home, lifted)


def blocks_at(at: Linear, weight: Array) -> Blocks:
    """The blocks of a linearised model with their rough inverses worked out."""
    n, j = weight.shape
    home, none = home_inverse(at), np.zeros((n, n))
    bare = Blocks(at, home, weight, none, none)
    every = np.broadcast_to(np.eye(n)[:, None, :], (n, j, n))  # all sectors of one country at once, a column each
    E_p = (weight[:, :, None] * np.matmul(home, bare.prices(every))).sum(axis=1)
    E_X = np.matmul(home.transpose(0, 2, 1), bare.spending(weight[:, :, None] * every)).sum(axis=1)
    return Blocks(at, home, weight, np.linalg.inv(E_p) - np.eye(n), np.linalg.inv(E_X) - np.eye(n))


def home_inverse(at: Linear) -> Array:
    """L[n] = (I - diag(pi_nn) Gamma_n^T)^-1 (country, sector, sector)."""
    at_home = np.diagonal(at.pi, axis1=1, axis2=2).T
    leak = np.eye(at.technology.theta.size) - at_home[:, :, None] * at.technology.input_share_t
    return np.asarray(np.linalg.inv(leak), dtype=np.float64)


def minimal_residual(
    operator: Callable[[Array], Array], inverse: Callable[[Array], Array], target: Array, tolerance: float
) -> Array:
    """Solve operator(v) = target for all columns at once; each sweep takes the best step along the rough inverse."""
    solution, residual = np.zeros_like(target), target.copy()
    aim = tolerance * np.sqrt((target**2).sum(axis=(0, 1)))
    for _ in range(MOST_SWEEPS):
        direction = inverse(residual)
        image = operator(direction)
        length = (image * image).sum(axis=(0, 1))
        step = (image * residual).sum(axis=(0, 1)) / np.where(length > 0, length, 1.0)
        solution += step * direction
        residual -= step * image
        if np.all(np.sqrt((residual**2).sum(axis=(0, 1))) <= aim):
            break
    return solution
