"""The gradient of an outcome under quotas and capacities: premia answer too, by the implicit function theorem.

With F(x, y) = 0 for the bounds whose premium moves prices, dW/dx = W_x + lambda F_x and lambda = -W_y F_y^-1: one
adjoint solve for the outcome and one for each such bound. A slack bound, or one beyond its quota with the rent at
home, adds none. At a kink (y = 0 or y = ceiling) there is a left and a right derivative; this gives the one of the
state named.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.derivative import Gradient, gradient
from reciprocity.model.instruments.policy import Bound
from reciprocity.model.instruments.premium import FlowSlopes, flow_slopes, wedge_at
from reciprocity.model.instruments.solve import PolicyEquilibrium, linear_at
from reciprocity.model.outcome import Outcome


@dataclass(frozen=True, slots=True, eq=False)
class PolicyGradient:
    """d outcome by rates, costs and deficits below the premia, and by each bound's own parameters.

    Units: those of the outcome by the parameter's unit. Rates are those of the policy before premia (t0 on a quota's
    routes). It has none by elasticities or by the capital of an investment.

    Attributes:
        found: where.
        direct: with premia held.
        slopes: of each bound that moves prices, by position in the policy's bounds.
        worth: lambda, what one log point of room in each of those bounds is worth, in their order.
    """

    found: PolicyEquilibrium
    direct: Gradient
    slopes: dict[int, FlowSlopes]
    worth: Array

    @property
    def by_log_duty(self) -> Array:
        """By ln(1 + t), the quotas' ceilings held (importer, exporter, sector)."""
        own = self.direct.tariff * (1.0 + self.direct.equilibrium.tariff)
        return own - self._through([slope.duty for slope in self.slopes.values()])

    @property
    def by_log_export_tax(self) -> Array:
        """By ln(1 + e) (importer, exporter, sector)."""
        tax = self.direct.equilibrium.shock.export_tax
        own = self.direct.export_tax if tax is None else self.direct.export_tax * (1.0 + tax)
        return own - self._through([slope.export_tax for slope in self.slopes.values()])

    @property
    def tariff(self) -> Array:
        """By each duty, a fraction; on a quota's routes t0, its ceiling held (importer, exporter, sector)."""
        return self.by_log_duty / (1.0 + self.found.policy.tariff)

    @property
    def export_tax(self) -> Array:
        """By each export tax, a fraction (importer, exporter, sector)."""
        return self.by_log_export_tax / (1.0 + self.found.policy.export_tax)

    @property
    def iceberg(self) -> Array:
        """By the logarithm of each iceberg cost (importer, exporter, sector)."""
        return self.direct.iceberg - self._through([slope.iceberg for slope in self.slopes.values()])

    @property
    def deficit(self) -> Array:
        """By each country's deficit, in money; only directions that sum to zero mean anything (country)."""
        return self.direct.deficit - self._through([slope.through.deficit for slope in self.slopes.values()])

    @property
    def quantity(self) -> Array:
        """By each bound's quantity Q, per million of the unit (bound)."""
        found = np.zeros(len(self.found.policy.bounds))
        for k, worth in zip(self.slopes, self.worth, strict=True):
            found[k] = worth / self.found.policy.bounds[k].quantity
        return found

    @property
    def in_quota(self) -> Array:
        """By each quota's in-quota duty t0, the over-quota duty held (bound)."""
        duty, tops = self.by_log_duty, self._by_ceiling()
        rates = [self.found.policy.tariff[_spots(bound)] for bound in self.found.policy.bounds]
        sums = [duty[_spots(bound)].sum() for bound in self.found.policy.bounds]
        return np.array([(s - top) / (1.0 + rate[0]) for s, top, rate in zip(sums, tops, rates, strict=True)])

    @property
    def over_quota(self) -> Array:
        """By each quota's over-quota duty t1; 0 where nothing passes or the quota is not full (bound)."""
        bounds, tariff = self.found.policy.bounds, self.found.policy.tariff
        over = np.array([(1.0 + tariff[_spots(b)][0]) * np.exp(b.ceiling) for b in bounds])
        return self._by_ceiling() / over

    @property
    def exporter_share(self) -> Array:
        """By the share of each bound's rent that goes to exporters (bound)."""
        duty, export = self.by_log_duty, self.by_log_export_tax
        found = np.zeros(len(self.found.policy.bounds))
        for k, (bound, y) in enumerate(zip(self.found.policy.bounds, self.found.y, strict=True)):
            if y > 0.0:
                rent = np.exp(-max(y - bound.ceiling, 0.0)) * np.expm1(min(y, bound.ceiling))
                moved = rent / (1.0 + bound.exporter_share * rent)
                found[k] = moved * (export[_spots(bound)].sum() - duty[_spots(bound)].sum())
        return found

    def _by_ceiling(self) -> Array:
        duty, export = self.by_log_duty, self.by_log_export_tax
        found = np.zeros(len(self.found.policy.bounds))
        for k, (bound, y) in enumerate(zip(self.found.policy.bounds, self.found.y, strict=True)):
            if y > bound.ceiling:
                s, inside = bound.exporter_share, np.exp(bound.ceiling - y)
                rent = s * inside * np.expm1(bound.ceiling)
                exported = (rent + s * inside * np.exp(bound.ceiling)) / (1.0 + rent)
                found[k] = exported * export[_spots(bound)].sum() + (1.0 - exported) * duty[_spots(bound)].sum()
                found[k] -= self.worth[list(self.slopes).index(k)] if k in self.slopes else 0.0
        return found

    def _through(self, arrays: list[Array]) -> Array | float:
        return sum((worth * array for worth, array in zip(self.worth, arrays, strict=True)), 0.0)


def policy_gradient(found: PolicyEquilibrium, outcome: Outcome, *, tolerance: float = 1e-9) -> PolicyGradient:
    """The gradient of an outcome at an equilibrium under instruments.

    Args:
        found: where.
        outcome: weights on what matters.
        tolerance: relative, of the adjoint solves.

    Raises:
        NotConverged: when an adjoint solve stalls.
    """
    e, bounds = found.equilibrium, found.policy.bounds
    direct = gradient(e, outcome, tolerance=tolerance)
    wedges = [wedge_at(bound, float(y)) for bound, y in zip(bounds, found.y, strict=True)]
    moving = [k for k, wedge in enumerate(wedges) if wedge.duty_slope or wedge.export_slope]
    linear = linear_at(e)
    slopes = {k: flow_slopes(e, linear, bounds[k], tolerance=tolerance) for k in moving}
    if not moving:
        return PolicyGradient(found, direct, slopes, np.zeros(0))
    along = np.array([[slopes[k].along(bounds[m], float(found.y[m])) for m in moving] for k in moving])
    over = np.array([float(found.y[k] > bounds[k].ceiling) for k in moving])
    by_premium = np.array([_along(direct, bounds[k], float(found.y[k])) for k in moving])
    worth, *_ = np.linalg.lstsq((np.diag(over) - along).T, by_premium, rcond=1e-12)  # equal bounds share their worth
    return PolicyGradient(found, direct, slopes, -worth)


def _along(direct: Gradient, bound: Bound, y: float) -> float:
    """d outcome by a bound's y."""
    wedge, e = wedge_at(bound, y), direct.equilibrium
    tax = 1.0 if e.shock.export_tax is None else 1.0 + e.shock.export_tax[_spots(bound)]
    duty = direct.tariff_at(*_spots(bound)) * (1.0 + e.tariff[_spots(bound)])
    export = direct.export_tax_at(*_spots(bound)) * tax
    return float(wedge.duty_slope * duty.sum() + wedge.export_slope * export.sum())


def _spots(bound: Bound) -> tuple:
    return bound.importer, bound.exporter, bound.sector
