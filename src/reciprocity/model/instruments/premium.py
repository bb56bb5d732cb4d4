"""What a premium does to prices and rents, what it has to hold back, and how the one answers to the other.

A bound's unknown is one number y that runs through its three states (the normal map of the complementarity):

    y < 0            slack: no premium, and y = ln M - ln Q
    0 <= y <= top    binding: ln premium rho = y, all of the flow inside the bound
    y > top          over: rho = top, and only phi = exp(top - y) = Q / M of the flow has the licence

The rent on a producer's dollar is phi (exp(rho) - 1). The exporter's share s of it acts as an export tax, the rest as
part of the duty: (1 + e) = 1 + s phi (exp(rho) - 1), (1 + t')(1 + e) = (1 + t0) exp(rho).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.adjoint import adjoint
from reciprocity.model.derivative import Gradient
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.instruments.policy import Bound
from reciprocity.model.jacobian import Linear, Seeds
from reciprocity.model.quantities import trade_volume

LEAST = 1e-300  # a flow that is gone, so that its logarithm is a number


@dataclass(frozen=True, slots=True)
class Wedge:
    """A bound's premium in parts, each in logarithms: on the duty, on the export tax, and their slopes by y."""

    on_duty: float
    on_export: float
    duty_slope: float
    export_slope: float


def wedge_at(bound: Bound, y: float) -> Wedge:
    """The premium at y."""
    if y < 0.0:
        return Wedge(0.0, 0.0, 0.0, 0.0)
    if bound.exporter_share == 1.0 and y <= bound.ceiling:
        return Wedge(0.0, y, 0.0, 1.0)
    s, rho, inside = bound.exporter_share, min(y, bound.ceiling), np.exp(-max(y - bound.ceiling, 0.0))
    exported = s * inside * np.expm1(rho)
    on_export = float(np.log1p(exported))
    over = y > bound.ceiling
    slope = float((-exported if over else s * np.exp(rho)) / (1.0 + exported))
    return Wedge(rho - on_export, on_export, (0.0 if over else 1.0) - slope, slope)


def wedges(bounds: Sequence[Bound], y: Array, shape: tuple[int, int, int]) -> tuple[Array, Array]:
    """Logarithms of what premia add to 1 + t and to 1 + e (importer, exporter, sector)."""
    on_duty, on_export = np.zeros(shape), np.zeros(shape)
    for bound, at in zip(bounds, y, strict=True):
        wedge = wedge_at(bound, float(at))
        spots = bound.importer, bound.exporter, bound.sector
        on_duty[spots] += wedge.on_duty
        on_export[spots] += wedge.on_export
    return on_duty, on_export


def flow_of(equilibrium: Equilibrium, bound: Bound) -> Array:
    """What counts against a bound, route by route, million of the unit."""
    spots = bound.importer, bound.exporter, bound.sector
    if bound.measure == "value":
        return equilibrium.trade_flow[spots] / equilibrium.money
    volume = trade_volume(equilibrium)[spots]
    if bound.measure == "output" and equilibrium.shock.iceberg_hat is not None:
        return volume * _finite(equilibrium.shock.iceberg_hat[spots])
    return volume


def log_flow(equilibrium: Equilibrium, bound: Bound) -> float:
    """ln M, M being what counts against a bound."""
    return float(np.log(max(flow_of(equilibrium, bound).sum(), LEAST)))


def _finite(iceberg: Array) -> Array:
    return np.where(np.isinf(iceberg), 0.0, iceberg)


@dataclass(frozen=True, slots=True, eq=False)
class FlowSlopes:
    """d ln M of one bound by every rate, everything answering but the premia.

    Attributes:
        bound: whose flow it is.
        weight: share of each of its routes in the flow.
        through: what works through the economy.
    """

    bound: Bound
    weight: Array
    through: Gradient

    @property
    def duty(self) -> Array:
        """By ln(1 + t) (importer, exporter, sector)."""
        return self._with_own(self.through.tariff * (1.0 + self.through.equilibrium.tariff), 1.0)

    @property
    def export_tax(self) -> Array:
        """By ln(1 + e) (importer, exporter, sector)."""
        tax = self.through.equilibrium.shock.export_tax
        slope = self.through.export_tax
        return self._with_own(slope if tax is None else slope * (1.0 + tax), self.priced)

    @property
    def iceberg(self) -> Array:
        """By ln d (importer, exporter, sector)."""
        return self._with_own(self.through.iceberg, 1.0 if self.bound.measure == "volume" else 0.0)

    @property
    def priced(self) -> float:
        """1 where the producer's price is taken out of the flow, 0 where the flow is a value."""
        return 0.0 if self.bound.measure == "value" else 1.0

    def along(self, bound: Bound, y: float) -> float:
        """By the y of a bound."""
        wedge, spots = wedge_at(bound, y), (bound.importer, bound.exporter, bound.sector)
        total = 0.0
        for slope, at, rate, priced in (
            (wedge.duty_slope, self.through.tariff_at, self.through.equilibrium.tariff, 1.0),
            (wedge.export_slope, self.through.export_tax_at, self.through.equilibrium.shock.export_tax, self.priced),
        ):
            if slope != 0.0:
                factor = 1.0 if rate is None else 1.0 + rate[spots]
                total += slope * float((at(*spots) * factor).sum() - self._own(bound, priced))
        return total

    def _own(self, bound: Bound, priced: float) -> float:
        """What the bound's own routes feel at given prices, on the routes that another bound shares with it."""
        mine, theirs = self.bound, bound
        shared = (
            (mine.importer[:, None] == theirs.importer)
            & (mine.exporter[:, None] == theirs.exporter)
            & (mine.sector[:, None] == theirs.sector)
        ).any(axis=1)
        return float(((priced + self._theta) * self.weight)[shared].sum())

    def _with_own(self, slope: Array, priced: float) -> Array:
        np.add.at(
            slope,
            (self.bound.importer, self.bound.exporter, self.bound.sector),
            -(priced + self._theta) * self.weight,
        )
        return slope

    @property
    def _theta(self) -> Array:
        return self.through.equilibrium.economy.trade_elasticity[self.bound.sector]


def flow_slopes(equilibrium: Equilibrium, linear: Linear, bound: Bound, *, tolerance: float) -> FlowSlopes:
    """How the flow of a bound answers to every rate: one adjoint solve, and what the route itself feels.

    At given wages, prices and spending ln M = -(1 + theta)(ln(1+t) + ln(1+e) + ln d + ln c) + theta ln(mean cost) +
    ln X; customs value keeps the export tax and the producer's price in it, and output what melts.
    """
    e = equilibrium
    flow = flow_of(e, bound)
    weight = flow / max(flow.sum(), LEAST)
    n, j = e.economy.shape
    bought, sold = np.zeros((n, j)), np.zeros((n, j))
    np.add.at(bought, (bound.importer, bound.sector), weight)
    np.add.at(sold, (bound.exporter, bound.sector), weight)
    priced = 0.0 if bound.measure == "value" else 1.0
    theta = e.economy.trade_elasticity
    none, nothing = np.zeros((n, j, 1)), np.zeros((n, 1))
    seeds = Seeds(
        p=none, X=(bought / e.point.X)[:, :, None], u=nothing, output=none,
        income=nothing, tariff_revenue=nothing, export_revenue=nothing,
        price_index=(theta * bought)[:, :, None], log_cost=(-(theta + priced) * sold)[:, :, None],
    )  # fmt: skip
    adjoints, left = adjoint(e, linear, seeds, tolerance=tolerance)
    return FlowSlopes(bound, weight, Gradient(e, linear, adjoints, left))


def premium_points(bound: Bound, equilibrium: Equilibrium, y: float) -> Array:
    """mu, what the licence for a dollar of customs value is worth, in points of duty, route by route (fraction)."""
    spots, wedge = (bound.importer, bound.exporter, bound.sector), wedge_at(bound, y)
    rho = min(max(y, 0.0), bound.ceiling)
    in_quota = (1.0 + equilibrium.tariff[spots]) * np.exp(-wedge.on_duty)
    return in_quota * np.expm1(rho)
