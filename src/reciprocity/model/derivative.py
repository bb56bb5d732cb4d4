"""The gradient of an outcome by every tariff, trade cost, export tax, deficit and elasticity, from one adjoint solve.

W(z, theta) with R(z, theta) = 0 has dW = (W_theta + a R_theta) dtheta where K^T a = -W_z. Trade enters through three
small arrays (bq, bY, b_revenue), so a gradient by N x N x J rates is kept in N x J numbers and written out on demand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array
from reciprocity.model.adjoint import adjoint
from reciprocity.model.equations import unit_cost
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.jacobian import Adjoints, Linear, linearise
from reciprocity.model.outcome import Outcome, seeds_of
from reciprocity.model.threads import one_thread

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """Which routes each of many instruments moves, as parallel arrays: one entry a pair of instrument and route.

    Attributes:
        importer, exporter, sector: positions of the route.
        instrument: position of the instrument.
        weight: how much of the instrument's unit reaches the route, in the route's own unit.
        count: number of instruments.
    """

    importer: Index
    exporter: Index
    sector: Index
    instrument: Index
    weight: Array
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Gradient:
    """d outcome by every parameter of trade, in factored form. Units: those of the outcome, by the parameter's unit.

    Attributes:
        equilibrium: where the gradient is taken.
        linear: the model linearised there.
        adjoints: what each quantity is worth to the outcome.
        residual: relative residual the adjoint solve reached.
    """

    equilibrium: Equilibrium
    linear: Linear
    adjoints: Adjoints
    residual: float

    @property
    def tariff(self) -> Array:
        """By each ad valorem rate, a fraction (importer, exporter, sector)."""
        through_price, through_sales = self._routes(slice(None), slice(None), slice(None))
        theta = self.equilibrium.economy.trade_elasticity
        gradient = through_price - (1.0 + theta)[:, None, None] * through_sales
        return gradient.transpose(1, 2, 0) / (1.0 + self.equilibrium.tariff)

    @property
    def iceberg(self) -> Array:
        """By the logarithm of each iceberg cost (importer, exporter, sector)."""
        through_price, through_sales = self._routes(slice(None), slice(None), slice(None))
        theta = self.equilibrium.economy.trade_elasticity
        return (through_price - theta[:, None, None] * through_sales).transpose(1, 2, 0)

    @property
    def export_tax(self) -> Array:
        """By each ad valorem export tax, a fraction of the producer's price (importer, exporter, sector)."""
        theta = self.equilibrium.economy.trade_elasticity[:, None, None]
        through_price, through_sales = self._routes(slice(None), slice(None), slice(None))
        a, sold = self.adjoints, self.linear.sales * self.linear.X.T[:, :, None]
        kept = sold * (a.export_revenue[:, 0][:, None] - a.output[:, :, 0]).T[:, None, :]
        rate = self.equilibrium.shock.export_tax
        wedge = 1.0 if rate is None else 1.0 + rate
        return (through_price - theta * through_sales + kept).transpose(1, 2, 0) / wedge

    @property
    def deficit(self) -> Array:
        """By each country's deficit, in money; only directions that sum to zero mean anything (country)."""
        at, prepared = self.linear, self.equilibrium.prepared
        rule = prepared.deficits(self.equilibrium.shock.deficit)
        return rule.slope_in_level(at.technology.value_added, at.value_added).T @ self.adjoints.income[:, 0]

    @property
    def elasticity(self) -> Array:
        """By each sector's trade elasticity, base shares held (sector)."""
        at, point, a = self.linear, self.equilibrium.point, self.adjoints
        x = np.where(at.pi > 0, self._log_cost_moved(), 0.0)
        mean = (at.pi * x).sum(axis=2)  # (sector, importer)
        theta = at.technology.theta
        by_price = a.price_residual[:, :, 0] * (point.p - mean.T) / theta
        moved = (x - mean[:, :, None]) * at.X.T[:, :, None]
        worth = at.sales * a.output[:, :, 0].T[:, None, :] - at.customs * a.tariff_revenue[:, 0][None, :, None]
        if at.export_tax is not None:
            worth = worth + at.export_tax * a.export_revenue[:, 0]
        return by_price.sum(axis=0) - (worth * moved).sum(axis=(1, 2))

    def tariff_at(self, importer: Index, exporter: Index, sector: Index) -> Array:
        """The gradient by the tariffs on some routes."""
        through_price, through_sales = self._routes(sector, importer, exporter)
        theta = self.equilibrium.economy.trade_elasticity[sector]
        return (through_price - (1.0 + theta) * through_sales) / (
            1.0 + self.equilibrium.tariff[importer, exporter, sector]
        )

    def export_tax_at(self, importer: Index, exporter: Index, sector: Index) -> Array:
        """The gradient by the export taxes on some routes."""
        through_price, through_sales = self._routes(sector, importer, exporter)
        a, sold = self.adjoints, self.linear.sales[sector, importer, exporter] * self.linear.X[importer, sector]
        kept = sold * (a.export_revenue[exporter, 0] - a.output[exporter, sector, 0])
        rate = self.equilibrium.shock.export_tax
        wedge = 1.0 if rate is None else 1.0 + rate[importer, exporter, sector]
        theta = self.equilibrium.economy.trade_elasticity[sector]
        return (through_price - theta * through_sales + kept) / wedge

    def iceberg_at(self, importer: Index, exporter: Index, sector: Index) -> Array:
        """The gradient by the logarithm of the iceberg costs on some routes."""
        through_price, through_sales = self._routes(sector, importer, exporter)
        return through_price - self.equilibrium.economy.trade_elasticity[sector] * through_sales

    def by_tariff_instrument(self, routes: Routes) -> Array:
        """The gradient by instruments that each move the tariffs of some routes (instrument)."""
        worth = self.tariff_at(routes.importer, routes.exporter, routes.sector) * routes.weight
        return _gather(worth, routes)

    def by_iceberg_instrument(self, routes: Routes) -> Array:
        """The gradient by instruments that each move the logarithm of iceberg cost on some routes (instrument)."""
        worth = self.iceberg_at(routes.importer, routes.exporter, routes.sector) * routes.weight
        return _gather(worth, routes)

    def _routes(self, j: Index | slice, n: Index | slice, i: Index | slice) -> tuple[Array, Array]:
        """pi bq, and (m bY - c b_revenue + g b_export) X: a route's worth through the price index and through sales."""
        at, a = self.linear, self.adjoints
        whole = isinstance(j, slice)

        def by_importer(v: Array) -> Array:  # (importer, sector) or (importer) onto the routes
            if v.ndim == 1:
                return v[None, :, None] if whole else v[n]
            return v.T[:, :, None] if whole else v[n, j]

        def by_exporter(v: Array) -> Array:
            if v.ndim == 1:
                return v[None, None, :] if whole else v[i]
            return v.T[:, None, :] if whole else v[i, j]

        spot = (slice(None),) * 3 if whole else (j, n, i)
        worth = at.sales[spot] * by_exporter(a.output[:, :, 0])
        worth = worth - at.customs[spot] * by_importer(a.tariff_revenue[:, 0])
        if at.export_tax is not None:
            worth = worth + at.export_tax[spot] * by_exporter(a.export_revenue[:, 0])
        return at.pi[spot] * by_importer(a.price_index[:, :, 0]), worth * by_importer(at.X)

    def _log_cost_moved(self) -> Array:
        """x = ln of the whole change in cost, policy and production (sector, importer, exporter)."""
        e, point = self.equilibrium, self.equilibrium.point
        moved = np.log1p(e.tariff) - np.log1p(e.economy.tariff)
        if e.shock.iceberg_hat is not None:
            moved = moved + np.log(e.shock.iceberg_hat)
        if e.shock.export_tax is not None:
            moved = moved + np.log1p(e.shock.export_tax)
        cost = unit_cost(self.linear.technology, point.u, point.p, point.premium)
        return moved.transpose(2, 0, 1) + cost.T[:, None, :]


def _gather(worth: Array, routes: Routes) -> Array:
    total = np.zeros(routes.count)
    np.add.at(total, routes.instrument, worth)
    return total


def gradient(equilibrium: Equilibrium, outcome: Outcome, *, tolerance: float = 1e-9) -> Gradient:
    """The gradient of an outcome at an equilibrium.

    Args:
        equilibrium: where.
        outcome: weights on what matters.
        tolerance: relative, of the adjoint solve.

    Raises:
        NotConverged: when the adjoint solve stalls.
    """
    return gradients(equilibrium, [outcome], tolerance=tolerance)[0]


@one_thread
def gradients(equilibrium: Equilibrium, outcomes: Sequence[Outcome], *, tolerance: float = 1e-9) -> list[Gradient]:
    """Gradients of several outcomes at one equilibrium, linearised once."""
    prepared = equilibrium.prepared
    rule = prepared.deficits(equilibrium.shock.deficit)
    linear = linearise(prepared.technology, equilibrium.kernel, rule, equilibrium.point)
    found = [adjoint(equilibrium, linear, seeds_of(outcome, equilibrium), tolerance=tolerance) for outcome in outcomes]
    return [Gradient(equilibrium, linear, adjoints, left) for adjoints, left in found]
