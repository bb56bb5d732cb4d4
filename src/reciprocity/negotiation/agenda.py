"""The agenda: instruments over the law of a day, as shocks to an economy and gradients by the instruments."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array, Economy
from reciprocity.model.derivative import Gradient
from reciprocity.model.prepare import Prepared
from reciprocity.model.shock import Shock, check_shock
from reciprocity.model.solver import anchor
from reciprocity.negotiation.instruments import Instruments, Reach


@dataclass(frozen=True, slots=True, eq=False)
class Agenda:
    """What is on the table and what is not.

    Attributes:
        prepared: the economy as the model holds it.
        instruments: the numbers on the table.
        law: the shock of the law as it stands, with every array written out.
        iceberg_hat: change of trade cost with all instruments at x = 0; None is none (importer, exporter, sector).
        mobility: of labour between sectors, see `solve`.
        log_tariff: ln(1 + t) with all instruments at x = 0 (importer, exporter, sector).
        scale: x is measured in 1/scale, sqrt(import share x (1 + theta)) with the share where the search starts: one
            unit bends every objective alike (instrument).
    """

    prepared: Prepared
    instruments: Instruments
    law: Shock
    iceberg_hat: Array | None
    mobility: float
    log_tariff: Array
    scale: Array

    def shock(self, x: Array) -> Shock:
        """The shock of the instruments at x, over the law."""
        on = self.instruments
        log_tariff = self.log_tariff.copy()
        _add(log_tariff, on.tariff, x)
        iceberg, log_export = self.iceberg_hat, np.zeros_like(log_tariff)
        if on.iceberg.weight.size or on.curves:
            log_cost = np.zeros_like(log_tariff)
            _add(log_cost, on.iceberg, x)
            for curve in on.curves:
                route = (curve.importer, curve.exporter, curve.sector)
                duty, cost, export = curve.at(x[curve.instrument])
                log_tariff[route] += duty
                log_cost[route] += cost
                if curve.taxed:
                    log_export[route] += export
            iceberg = np.exp(log_cost) * (1.0 if iceberg is None else iceberg)
        deficit = self.law.deficit
        if on.transfer.weight.size:
            deficit = (self.prepared.economy.deficit if deficit is None else deficit).copy()
            np.add.at(deficit, on.transfer.importer, on.transfer.weight * x[on.transfer.instrument])
        _add(log_export, on.export, x)
        tax = self.law.export_tax
        if log_export.any():
            tax = (1.0 if tax is None else 1.0 + tax) * np.exp(log_export) - 1.0
        return Shock(np.expm1(log_tariff), iceberg, tax, deficit)

    def at_law(self) -> Array:
        """The instruments nearest to the law: mean ln(1 + t) over a duty's routes, nothing lifted, nothing paid."""
        on, economy = self.instruments, self.prepared.economy
        tariff = economy.tariff if self.law.tariff is None else self.law.tariff
        reach = on.tariff
        flow = economy.trade_share[reach.importer, reach.exporter, reach.sector]
        flow = flow * economy.expenditure[reach.importer, reach.sector]
        duty = np.log1p(tariff[reach.importer, reach.exporter, reach.sector])
        total, weighted = np.zeros(len(on)), np.zeros(len(on))
        np.add.at(total, reach.instrument, flow)
        np.add.at(weighted, reach.instrument, flow * duty)
        x = np.where(on.rates, weighted / np.where(total > 0, total, 1.0), 0.0)
        for curve in on.curves:
            x[curve.instrument] = curve.law
        return np.clip(x, on.low, on.high)

    def optimal_guess(self) -> Array:
        """A first guess at a duty that serves its setter: 1/theta of its routes, between 10% and 50%."""
        on, theta = self.instruments, self.prepared.economy.trade_elasticity
        guess = self.at_law()
        reach = on.tariff
        rate = on.rates[reach.instrument]
        x = np.log1p(np.clip(1.0 / theta[reach.sector], 0.1, 0.5))
        guess[reach.instrument[rate]] = x[rate]
        return np.clip(guess, on.low, on.high)

    def by_instrument(self, gradient: Gradient, x: Array, which: NDArray[np.bool_] | None = None) -> Array:
        """The gradient by x (instrument), zero outside `which` where that is given."""
        on, total = self.instruments, np.zeros(len(self.instruments))
        for worth_of, reach in ((_by_duty, on.tariff), (_by_cost, on.iceberg), (_by_export_tax, on.export)):
            part = reach if which is None else _within(reach, which)
            if part.weight.size:
                worth = worth_of(gradient, (part.importer, part.exporter, part.sector))
                np.add.at(total, part.instrument, worth * part.weight)
        for curve in on.curves:
            route = (curve.importer, curve.exporter, curve.sector)
            duty, cost, export = curve.at(x[curve.instrument], slope=True)
            total[curve.instrument] += float(_by_duty(gradient, route) @ duty + _by_cost(gradient, route) @ cost)
            if curve.taxed:
                total[curve.instrument] += float(_by_export_tax(gradient, route) @ export)
        if on.transfer.weight.size:
            np.add.at(total, on.transfer.instrument, gradient.deficit[on.transfer.importer] * on.transfer.weight)
        return total if which is None else np.where(which, total, 0.0)


def agenda(
    economy: Economy,
    instruments: Instruments,
    *,
    law: Shock | None = None,
    closure: str = "world_share",
    convention: str = "automatic",
    mobility: float = np.inf,
) -> Agenda:
    """Instruments over the law of a day on an economy.

    Args:
        economy: the base.
        instruments: the numbers on the table.
        law: duties, costs and deficits in force; the economy's own when left out.
        closure: what becomes of deficits.
        convention: what changes are against, see `solve`.
        mobility: of labour between sectors, see `solve`.
    """
    prepared = anchor(economy, closure=closure, convention=convention)
    law = check_shock(economy, law or Shock())
    log_tariff = np.log1p(economy.tariff if law.tariff is None else law.tariff)
    reach = instruments.tariff
    replaces = instruments.rates[reach.instrument]
    setters = np.unique(reach.importer[replaces])
    log_tariff[setters, setters] = 0.0  # data may hold a tax on home sales; whoever sets duties anew has none
    routes = (reach.importer[replaces], reach.exporter[replaces], reach.sector[replaces])
    log_tariff[routes] = 0.0
    if law.iceberg_hat is not None:  # what set the law's two rates of a cell apart goes with the law's duty
        iceberg = law.iceberg_hat.copy()
        iceberg[routes] = 1.0
        law_below = replace(law, iceberg_hat=iceberg)
    else:
        law_below = law
    bare = Agenda(prepared, instruments, law, law_below.iceberg_hat, mobility, log_tariff, np.ones(len(instruments)))
    return replace(bare, scale=_scale(bare))


def _scale(agenda: Agenda) -> Array:
    """Square root of the bend of an objective by each x: duties lower the share they fall on, and the bend with it."""
    economy, on = agenda.prepared.economy, agenda.instruments
    curvature, theta = np.zeros(len(on)), economy.trade_elasticity
    income = economy.value_added + economy.deficit
    raised = agenda.optimal_guess() - agenda.at_law()
    for reach in (on.tariff, on.iceberg, on.export):
        flow = economy.trade_share[reach.importer, reach.exporter, reach.sector]
        flow = flow * economy.expenditure[reach.importer, reach.sector] / income[reach.importer]
        flow = flow * np.exp(-theta[reach.sector] * reach.weight * raised[reach.instrument])
        np.add.at(curvature, reach.instrument, flow * (1.0 + theta[reach.sector]) * reach.weight**2)
    for curve in on.curves:
        flow = economy.trade_share[curve.importer, curve.exporter, curve.sector]
        flow = flow * economy.expenditure[curve.importer, curve.sector] / income[curve.importer]
        low, high = float(on.low[curve.instrument]), float(on.high[curve.instrument])
        whole = (sum(curve.at(high)) - sum(curve.at(low))) / max(high - low, 1e-12)
        curvature[curve.instrument] += float((flow * (1.0 + theta[curve.sector]) * whole**2).sum())
    paid = on.transfer
    np.maximum.at(curvature, paid.instrument, (paid.weight / income[paid.importer]) ** 2)
    return np.sqrt(np.maximum(curvature, 1e-12))


def _add(log_cost: Array, reach: Reach, x: Array) -> None:
    np.add.at(log_cost, (reach.importer, reach.exporter, reach.sector), reach.weight * x[reach.instrument])


Route = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


def _by_duty(gradient: Gradient, route: Route) -> Array:
    """By ln(1 + t) of some routes."""
    return gradient.tariff_at(*route) * (1.0 + gradient.equilibrium.tariff[route])


def _by_cost(gradient: Gradient, route: Route) -> Array:
    """By ln d of some routes."""
    return gradient.iceberg_at(*route)


def _by_export_tax(gradient: Gradient, route: Route) -> Array:
    """By ln(1 + e) of some routes."""
    tax = gradient.equilibrium.shock.export_tax
    return gradient.export_tax_at(*route) * (1.0 if tax is None else 1.0 + tax[route])


def _within(reach: Reach, which: NDArray[np.bool_]) -> Reach:
    kept = which[reach.instrument]
    return Reach(*(getattr(reach, part)[kept] for part in ("instrument", "importer", "exporter", "sector", "weight")))
