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
from reciprocity.model.quantities import producer_price_hat, trade_volume

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
    """d ln M of one bound by every rate, everything answering but the premia (importer, exporter, sector).

    Attributes:
        duty: by ln(1 + t).
        export_tax: by ln(1 + e).
        iceberg: by ln d.
    """

    duty: Array
    export_tax: Array
    iceberg: Array

    def along(self, bound: Bound, y: float) -> float:
        """By another bound's y."""
        wedge, spots = wedge_at(bound, y), (bound.importer, bound.exporter, bound.sector)
        by_duty, by_export = self.duty[spots].sum(), self.export_tax[spots].sum()
        return float(by_duty * wedge.duty_slope + by_export * wedge.export_slope)


def flow_slopes(equilibrium: Equilibrium, linear: Linear, bound: Bound, *, tolerance: float) -> FlowSlopes:
    """How the flow of a bound answers to every rate: one adjoint solve, and what the route itself feels.

    At given wages, prices and spending ln M = -(1 + theta)(ln(1+t) + ln(1+e) + ln d + ln c) + theta ln(mean cost) +
    ln X; customs value keeps the export tax and the producer's price in it, and output what melts.
    """
    e, spots = equilibrium, (bound.importer, bound.exporter, bound.sector)
    flow = flow_of(e, bound)
    weight = flow / max(flow.sum(), LEAST)
    theta = e.economy.trade_elasticity[bound.sector]
    n, j = e.economy.shape
    bought, sold = np.zeros((n, j)), np.zeros((n, j))
    np.add.at(bought, (bound.importer, bound.sector), weight)
    np.add.at(sold, (bound.exporter, bound.sector), weight)
    priced = 0.0 if bound.measure == "value" else 1.0  # whether the producer's price is taken out
    elasticity = e.economy.trade_elasticity
    none, nothing = np.zeros((n, j, 1)), np.zeros((n, 1))
    seeds = Seeds(
        p=none, X=(bought / e.point.X)[:, :, None], u=nothing, output=none,
        income=nothing, tariff_revenue=nothing, export_revenue=nothing,
        price_index=(elasticity * bought)[:, :, None], log_cost=(-(elasticity + priced) * sold)[:, :, None],
    )  # fmt: skip
    adjoints, left = adjoint(e, linear, seeds, tolerance=tolerance)
    through = Gradient(e, linear, adjoints, left)
    tax = 0.0 if e.shock.export_tax is None else e.shock.export_tax
    duty, export_tax = through.tariff * (1.0 + e.tariff), through.export_tax * (1.0 + tax)
    iceberg = through.iceberg
    np.add.at(duty, spots, -(1.0 + theta) * weight)
    np.add.at(export_tax, spots, -(priced + theta) * weight)
    np.add.at(iceberg, spots, -(theta + (1.0 if bound.measure == "volume" else 0.0)) * weight)
    return FlowSlopes(duty, export_tax, iceberg)


def premium_points(bound: Bound, equilibrium: Equilibrium, y: float) -> Array:
    """mu, what the licence for a dollar of customs value is worth, in points of duty, route by route (fraction)."""
    spots, wedge = (bound.importer, bound.exporter, bound.sector), wedge_at(bound, y)
    rho = min(max(y, 0.0), bound.ceiling)
    in_quota = (1.0 + equilibrium.tariff[spots]) * np.exp(-wedge.on_duty)
    return in_quota * np.expm1(rho)


def price_of(equilibrium: Equilibrium, bound: Bound) -> Array:
    """Producer's price change on the routes of a bound, before premium and duty."""
    return producer_price_hat(equilibrium)[bound.exporter, bound.sector]
