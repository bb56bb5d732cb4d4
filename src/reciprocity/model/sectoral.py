"""A scenario where every sector has its own wage: the plain state with the premia beside it, z = (p, X / scale, u, g).

The preconditioner is the plain one, followed by one exact step on the premia: with prices, spending and mean wages
moved, each sector's premia are N numbers tied by an N x N matrix that is inverted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.closure import Deficits
from reciprocity.model.deadline import check_time
from reciprocity.model.equations import Kernel, Point, evaluate
from reciprocity.model.factors import Factors
from reciprocity.model.jacobian import Linear, across, back, linearise
from reciprocity.model.precondition import build
from reciprocity.model.prepare import Prepared, relative_residual
from reciprocity.model.problem import LONGEST_STEP, Problem


class Applied(Protocol):
    """A rough inverse acting on a flat residual, and its transpose."""

    def apply(self, r: Array) -> Array:
        """P^-1 r."""
        ...

    def apply_transposed(self, b: Array) -> Array:
        """P^-T b."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Premia:
    """The premium rows of the linearised model: dR_g = dg - rho (dY / Y - du).

    Attributes:
        at: the linearised model.
        stickiness: rho where a sector makes something, else 0 (country, sector).
        inverse: K_gg^-1, a matrix of exporters by sector (sector, country, country).
    """

    at: Linear
    stickiness: Array
    inverse: Array

    def of_state(self, p: Array, X: Array, u: Array) -> Array:
        """K_gz (dp, dX, du) (country, sector)."""
        tech = self.at.technology
        dlc = np.matmul(tech.input_share_t, p[:, :, None]) + tech.value_added_share[:, :, None] * u[:, None, None]
        return -self.stickiness * (self._growth(dlc, X[:, :, None])[:, :, 0] - u[:, None])

    def of_premium(self, g: Array) -> Array:
        """K_gg dg (country, sector)."""
        dlc = (self.at.technology.value_added_share * g)[:, :, None]
        return g - self.stickiness * self._growth(dlc, None)[:, :, 0]

    def solve(self, r: Array) -> Array:
        """K_gg^-1 r (country, sector)."""
        return np.matmul(self.inverse, np.ascontiguousarray(r.T)[:, :, None])[:, :, 0].T

    def solve_transposed(self, r: Array) -> Array:
        """K_gg^-T r (country, sector)."""
        return np.matmul(np.ascontiguousarray(r.T)[:, None, :], self.inverse)[:, 0, :].T

    def _growth(self, dlc: Array, dX: Array | None) -> Array:
        """dY / Y at given costs and spending."""
        at, theta = self.at, self.at.technology.theta[:, None]
        spending = theta * at.X[:, :, None] * across(at.pi, dlc)
        if dX is not None:
            spending = spending + dX
        return -theta * dlc + back(at.sales, spending) * _inverse_of(at.output)[:, :, None]


def premia_at(at: Linear, factors: Factors) -> Premia:
    """The premium rows at a linearised model. K_gg = 1 + rho theta (1 - S pi) beta, S the sales shares by market."""
    made = (at.output > 0) & (factors.base_output > 0)
    stickiness = np.where(made, factors.stickiness[:, None], 0.0)
    sold = at.sales * at.X.T[:, :, None] * _inverse_of(at.output).T[:, None, :]
    eye = np.eye(len(at.X))
    between = eye - np.matmul(sold.transpose(0, 2, 1), at.pi)
    weight = at.technology.theta[:, None] * stickiness.T
    own = eye + weight[:, :, None] * between * at.technology.value_added_share.T[:, None, :]
    return Premia(at, stickiness, np.linalg.inv(own))


def _inverse_of(output: Array) -> Array:
    made = output > 0
    return np.where(made, 1.0 / np.where(made, output, 1.0), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class SectoralPreconditioner:
    """P^-1: the plain rough inverse, then the premia with what moved taken out of their residual."""

    plain: Applied
    premia: Premia
    scale: Array

    def apply(self, r: Array) -> Array:
        """P^-1 r."""
        n, j = self.scale.shape
        half = n * j
        z = self.plain.apply(r[: 2 * half + n])
        moved = self.premia.of_state(
            z[:half].reshape(n, j), z[half : 2 * half].reshape(n, j) * self.scale, z[2 * half :]
        )
        g = self.premia.solve(r[2 * half + n :].reshape(n, j) - moved)
        return np.concatenate([z, g.ravel()])

    def apply_transposed(self, b: Array) -> Array:
        """P^-T b: the premia first, what they are worth to the plain state taken out of its right-hand side."""
        n, j = self.scale.shape
        half = n * j
        a_g = self.premia.solve_transposed(b[2 * half + n :].reshape(n, j))
        at, tech = self.premia.at, self.premia.at.technology
        weight = -self.premia.stickiness * a_g
        sold = across(at.sales, (weight * _inverse_of(at.output))[:, :, None])
        b_cost = -tech.theta[:, None] * (weight[:, :, None] - back(at.pi, at.X[:, :, None] * sold))
        b_p = np.matmul(tech.input_share, b_cost)[:, :, 0]
        b_u = (tech.value_added_share * b_cost[:, :, 0]).sum(axis=1) - weight.sum(axis=1)
        moved = np.concatenate([b_p.ravel(), (sold[:, :, 0] * self.scale).ravel(), b_u])
        return np.concatenate([self.plain.apply_transposed(b[: 2 * half + n] - moved), a_g.ravel()])


@dataclass(frozen=True, slots=True, eq=False)
class SectoralProblem:
    """One scenario with a wage for every sector: a flat state and its residual."""

    prepared: Prepared
    kernel: Kernel
    deficits: Deficits
    factors: Factors

    @property
    def plain(self) -> Problem:
        """The same scenario with factors that move freely."""
        return Problem(self.prepared, self.kernel, self.deficits)

    @property
    def preconditioner(self) -> SectoralPreconditioner:
        """At the base."""
        return base_preconditioner(self.prepared, self.factors)

    def preconditioner_at(self, z: Array) -> SectoralPreconditioner:
        """Built again at a state."""
        at = linearise(self.prepared.technology, self.kernel, self.deficits, self.point(z))
        plain = build(at, self.prepared.scale, tolerance=0.1)
        return SectoralPreconditioner(plain, premia_at(at, self.factors), self.prepared.scale)

    def start(self, point: Point) -> Array:
        """The flat state of a point."""
        premium = np.zeros_like(point.X) if point.premium is None else point.premium
        return np.concatenate([self.plain.pack(point.u, point.p, point.X), premium.ravel()])

    def point(self, z: Array) -> Point:
        """Everything the equations say at a flat state."""
        n, j = self.prepared.scale.shape
        plain, premium = z[: 2 * n * j + n], z[2 * n * j + n :].reshape(n, j)
        return evaluate(self.prepared.technology, self.kernel, self.deficits, self.plain.unpack(plain), premium)

    def residual(self, z: Array) -> Array:
        """The flat relative residual. Raises OutOfTime where a limit on time is set and has passed."""
        check_time()
        point = self.point(z)
        plain = relative_residual(point, self.prepared.scale, self.prepared.technology.value_added)
        premium = z[len(plain) :].reshape(point.X.shape)
        return np.concatenate([plain, self.factors.residual(point, premium).ravel()])

    def guard(self, z: Array, step: Array) -> Array:
        """Take a step, no longer than LONGEST_STEP in logarithms and with spending inside its bounds."""
        n, j = self.prepared.scale.shape
        end = 2 * n * j + n
        longest = np.abs(step[end:]).max()
        taken = step if longest <= LONGEST_STEP else step * (LONGEST_STEP / longest)
        return np.concatenate([self.plain.guard(z[:end], taken[:end]), z[end:] + taken[end:]])


def base_preconditioner(prepared: Prepared, factors: Factors) -> SectoralPreconditioner:
    """The rough inverse at the base, kept for each economy and stickiness."""
    return _kept(prepared, tuple(factors.stickiness))


@lru_cache(maxsize=8)
def _kept(prepared: Prepared, stickiness: tuple[float, ...]) -> SectoralPreconditioner:
    at = linearise(prepared.technology, prepared.kernel, prepared.deficits(), prepared.point)
    factors = Factors(np.array(stickiness), prepared.point.output, np.zeros(len(stickiness)))
    return SectoralPreconditioner(prepared.preconditioner, premia_at(at, factors), prepared.scale)
