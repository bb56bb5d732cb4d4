"""The adjoint solve: what each equation is worth to an outcome, K^T a = -dW/dz, with or without sector wages.

With sector wages the state has the premia g beside it and R_g = g - rho (ln(Y'/Y) - u). Its adjoint a_g reaches the
rest of the model as a seed on output, -rho a_g / Y, and on u, rho a_g; g itself is felt as a cost, beta dg.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import NotConverged
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.jacobian import Adjoints, Linear, Seeds, backward
from reciprocity.model.krylov import gmres
from reciprocity.model.sectoral import Applied, base_preconditioner


@dataclass(frozen=True, slots=True, eq=False)
class Transposed:
    """K^T at an equilibrium as a product with a flat vector (a_p, a_X scale, a_u wL, a_g).

    Attributes:
        linear: the model linearised there.
        scale: what spending is measured in (country, sector).
        stickiness: rho where a sector makes something, 0 elsewhere; None where factors move freely (country, sector).
    """

    linear: Linear
    scale: Array
    stickiness: Array | None

    def product(self, a: Array) -> Array:
        """K^T a."""
        return self.flat(self.adjoints(a, None), a)

    def adjoints(self, a: Array, seeds: Seeds | None) -> Adjoints:
        """K^T a and what it is made of, with the derivative of an outcome added where seeds are given."""
        n, j = self.scale.shape
        half = n * j
        a_p, a_X = a[:half].reshape(n, j, 1), a[half : 2 * half].reshape(n, j, 1) / self.scale[:, :, None]
        a_u = (a[2 * half : 2 * half + n] / self.linear.technology.value_added)[:, None]
        if self.stickiness is not None:
            seeds = self._with_premia(self.stickiness * a[2 * half + n :].reshape(n, j), seeds)
        return backward(self.linear, a_p, a_X, a_u, seeds)

    def flat(self, b: Adjoints, a: Array) -> Array:
        """The flat form of adjoints that came from a."""
        parts = [b.p.ravel(), (b.X[:, :, 0] * self.scale).ravel(), b.u.ravel()]
        if self.stickiness is not None:
            felt = (self.linear.technology.value_added_share * b.log_cost[:, :, 0]).ravel()
            parts.append(a[-felt.size :] + felt)
        return np.concatenate(parts)

    def _with_premia(self, weight: Array, seeds: Seeds | None) -> Seeds:
        """Seeds with the premium rows' worth, rho a_g, on output and on u."""
        made = self.linear.output > 0
        output = np.where(made, -weight / np.where(made, self.linear.output, 1.0), 0.0)[:, :, None]
        u = weight.sum(axis=1)[:, None]
        if seeds is not None:
            return replace(seeds, output=seeds.output + output, u=seeds.u + u)
        none, nothing = np.zeros_like(output), np.zeros_like(u)
        return Seeds(none, none, u, output, nothing, nothing, nothing)


def adjoint(equilibrium: Equilibrium, linear: Linear, seeds: Seeds, *, tolerance: float) -> tuple[Adjoints, float]:
    """What each quantity of the model is worth to an outcome, and the relative residual reached.

    Raises:
        NotConverged: when the solve stalls.
    """
    prepared, factors = equilibrium.prepared, equilibrium.factors
    inverse: Applied = prepared.preconditioner
    stickiness, size = None, 2 * prepared.scale.size + len(prepared.scale)
    if factors is not None:
        inverse = base_preconditioner(prepared, factors)
        stickiness = np.where((linear.output > 0) & (factors.base_output > 0), factors.stickiness[:, None], 0.0)
        size += prepared.scale.size
    transposed, nothing = Transposed(linear, prepared.scale, stickiness), np.zeros(size)
    target = -transposed.flat(transposed.adjoints(nothing, seeds), nothing)
    a, left = gmres(transposed.product, inverse.apply_transposed, target, tolerance=tolerance)
    if left > 1e3 * tolerance:
        raise NotConverged(f"the adjoint solve stalled at a relative residual of {left:.1e}, not below {tolerance:g}")
    return transposed.adjoints(a, seeds), left
