"""Factors that change sector with difficulty: a wage for every sector, and how effective labour answers to it.

A country's factors are spread over sectors along a frontier of constant elasticity, as when every worker draws a
Fréchet talent for each sector. With mobility m, the elasticity of a sector's effective labour by its relative wage,

    e_hat[i,j] = (w_hat[i,j] / W_hat[i]) ^ m      W_hat[i] ^ (1+m) = sum_j lambda[i,j] w_hat[i,j] ^ (1+m)

where lambda is the sector's share of value added at the base and W_hat, the mean reward, is exp(u). Sector incomes are
beta Y = lambda wL w_hat e_hat, so the premium g = ln(w_hat / W_hat) obeys

    R_g = g - rho (ln(Y'/Y) - u)      rho = 1 / (1 + m)

With more factors, L_hat, W_hat L_hat is exp(u) and R_g = g + ln L_hat - rho (ln(Y'/Y) - u).

m = 0: factors belong to their sector. m = infinity: rho = 0, g = 0, the plain model to the last bit. The form is that
of Galle, Rodriguez-Clare and Yi (2023, Review of Economic Studies 90(1)), whose kappa is 1 + m.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError
from reciprocity.model.equations import Point

Mobility = float | Array
"""Elasticity of effective labour by relative wage, 0 to infinity: one number, or one a country."""


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """How readily each country's factors change sector.

    Attributes:
        stickiness: rho = 1 / (1 + mobility), from 0 (free) to 1 (fixed) (country).
        base_output: Y (country, sector).
        log_endowment: ln L_hat, how much more of the factors there is (country).
    """

    stickiness: Array
    base_output: Array
    log_endowment: Array

    @property
    def mobility(self) -> Array:
        """m, inf where factors move freely (country)."""
        with np.errstate(divide="ignore"):
            return 1.0 / self.stickiness - 1.0

    def wanted(self, output: Array, u: Array) -> Array:
        """rho (ln(Y'/Y) - u) - ln L_hat, the premium a sector's sales can pay (country, sector)."""
        made = (self.base_output > 0) & (output > 0)
        growth = np.log(np.where(made, output, 1.0)) - np.log(np.where(made, self.base_output, 1.0))
        return np.where(made, self.stickiness[:, None] * (growth - u[:, None]), 0.0) - self.log_endowment[:, None]

    def residual(self, point: Point, premium: Array) -> Array:
        """R_g = g + ln L_hat - rho (ln(Y'/Y) - u) (country, sector)."""
        return premium - self.wanted(point.output, point.u)


def factors_of(
    economy: Economy, base_output: Array, mobility: Mobility, endowment_hat: Array | None = None
) -> Factors | None:
    """The factors of an economy, or None where there are as many as before and one wage a country."""
    stickiness = stickiness_of(economy, mobility)
    if stickiness is None and endowment_hat is None:
        return None
    n = len(economy.regions)
    more = np.zeros(n) if endowment_hat is None else np.log(endowment_hat)
    return Factors(np.zeros(n) if stickiness is None else stickiness, base_output, more)


def stickiness_of(economy: Economy, mobility: Mobility) -> Array | None:
    """rho by country, or None where every country's factors move freely.

    Raises:
        InputError: a mobility below zero or not a number, or neither one number nor one a country.
    """
    given = np.asarray(mobility, dtype=np.float64)
    n = len(economy.regions)
    if given.shape not in {(), (n,)}:
        raise InputError(Fault("mobility", f"has shape {given.shape}", f"Allowed: one number, or {n}, one a country"))
    if not np.all(given >= 0):
        worst = given[~(given >= 0)].flat[0]
        raise InputError(Fault("mobility", f"{worst:g} is not an elasticity", "Allowed: 0 (fixed) to inf (free)"))
    if np.all(np.isinf(given)):
        return None
    return np.broadcast_to(1.0 / (1.0 + given), (n,)).copy()
