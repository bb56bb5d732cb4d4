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

MOST_THINNED, LEAST_THINNED = 5.0, 1e-6
"""Logarithms of trade between an instrument's bounds that the measure of x follows; less than the least is none."""


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
        thinning: by how much the logarithm of the trade an instrument falls on goes down with x, (1 + theta) of what x
            adds to its cost (instrument).
        origin: x at which z is zero, the nearest to the law (instrument).
    """

    prepared: Prepared
    instruments: Instruments
    law: Shock
    iceberg_hat: Array | None
    mobility: float
    log_tariff: Array
    scale: Array
    thinning: Array
    origin: Array

    def shock(self, x: Array) -> Shock:
        """The shock of the instruments at x, over the law."""
        on = self.instruments
        log_tariff = self.log_tariff.copy()
        _add(log_tariff, on.tariff, x)
        iceberg, log_export = self.iceberg_hat, np.zeros_like(log_tariff)
        if on.iceberg.weight.size or on.curves.each:
            log_cost = np.zeros_like(log_tariff)
            _add(log_cost, on.iceberg, x)
            if on.curves.each:
                for rate, moved in zip((log_tariff, log_cost, log_export), on.curves.at(x), strict=True):
                    np.add.at(rate, on.curves.routes, moved)
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
        for curve in on.curves.each:
            x[curve.instrument] = curve.law
        return self.clipped(x)

    def measured(self, x: Array) -> Array:
        """z, in which objectives bend evenly: scale (1 - exp(-thinning (x - origin))) / thinning.

        What a duty does to the other side goes with the trade that is left, exp(-thinning x) of it; z moves with that
        trade, so that the other side's objective is nearly straight in z and the setter's nearly a parabola.
        """
        some = np.where(self.thinning == 0.0, 1.0, self.thinning)
        away = x - self.origin
        return self.scale * np.where(self.thinning == 0.0, away, -np.expm1(-some * away) / some)

    def unmeasured(self, z: Array) -> Array:
        """x of a z, inside the bounds."""
        some = np.where(self.thinning == 0.0, 1.0, self.thinning)
        part = np.where(self.thinning == 0.0, 0.0, some * z / self.scale)
        away = np.where(self.thinning == 0.0, z / self.scale, -np.log1p(-part) / some)
        return self.clipped(self.origin + away)

    def clipped(self, x: Array) -> Array:
        """x inside the bounds."""
        return np.clip(x, self.instruments.low, self.instruments.high)

    def stretch(self, x: Array) -> Array:
        """dz/dx (instrument)."""
        return self.scale * np.exp(-self.thinning * (x - self.origin))

    def optimal_guess(self) -> Array:
        """A first guess at a duty that serves its setter: 1/theta of its routes, between 10% and 50%."""
        on, theta = self.instruments, self.prepared.economy.trade_elasticity
        guess = self.at_law()
        reach = on.tariff
        rate = on.rates[reach.instrument]
        x = np.log1p(np.clip(1.0 / theta[reach.sector], 0.1, 0.5))
        guess[reach.instrument[rate]] = x[rate]
        return self.clipped(guess)

    def by_instrument(self, gradient: Gradient, x: Array, which: NDArray[np.bool_] | None = None) -> Array:
        """The gradient by x (instrument), zero outside `which` where that is given."""
        on, total = self.instruments, np.zeros(len(self.instruments))
        for worth_of, reach in ((_by_duty, on.tariff), (_by_cost, on.iceberg), (_by_export_tax, on.export)):
            part = reach if which is None else _within(reach, which)
            if part.weight.size:
                worth = worth_of(gradient, (part.importer, part.exporter, part.sector))
                np.add.at(total, part.instrument, worth * part.weight)
        if on.curves.each:
            duty, cost, export = on.curves.at(x, slope=True)
            worth = _by_duty(gradient, on.curves.routes) * duty + _by_cost(gradient, on.curves.routes) * cost
            if on.curves.taxed:
                worth = worth + _by_export_tax(gradient, on.curves.routes) * export
            np.add.at(total, on.curves.instrument, worth)
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
    one, none = np.ones(len(instruments)), np.zeros(len(instruments))
    bare = Agenda(prepared, instruments, law, law_below.iceberg_hat, mobility, log_tariff, one, none, none)
    return replace(bare, scale=_scale(bare), thinning=_thinning(bare), origin=bare.at_law())


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
    if on.curves.each:
        importer, _, sector = on.curves.routes
        flow = economy.trade_share[on.curves.routes] * economy.expenditure[importer, sector] / income[importer]
        whole = (on.curves.at(on.high) - on.curves.at(on.low)).sum(axis=0)
        a_unit = whole / np.maximum(on.high - on.low, 1e-12)[on.curves.instrument]
        np.add.at(curvature, on.curves.instrument, flow * (1.0 + theta[sector]) * a_unit**2)
    paid = on.transfer
    np.maximum.at(curvature, paid.instrument, (paid.weight / income[paid.importer]) ** 2)
    return np.sqrt(np.maximum(curvature, 1e-12))


def _thinning(agenda: Agenda) -> Array:
    """(1 + theta) of the cost a unit of x adds, in the mean of the trade it falls on; no more than MOST_THINNED."""
    economy, on = agenda.prepared.economy, agenda.instruments
    reaches = [(reach.instrument, (reach.importer, reach.exporter, reach.sector), reach.weight)
               for reach in (on.tariff, on.iceberg, on.export)]  # fmt: skip
    if on.curves.each:
        whole = (on.curves.at(on.high) - on.curves.at(on.low)).sum(axis=0)
        a_unit = whole / np.maximum(on.high - on.low, 1e-12)[on.curves.instrument]
        reaches.append((on.curves.instrument, on.curves.routes, a_unit))
    shrunk, total = np.zeros(len(on)), np.zeros(len(on))
    for instrument, route, a_unit in reaches:
        moved = economy.trade_share[route] * economy.expenditure[route[0], route[2]] * np.abs(a_unit)
        np.add.at(shrunk, instrument, moved * (1.0 + economy.trade_elasticity[route[2]]) * a_unit)
        np.add.at(total, instrument, moved)
    thinning = shrunk / np.where(total > 0, total, 1.0)
    room = np.maximum(on.high - on.low, 1e-12)
    thinning = np.clip(thinning, -MOST_THINNED / room, MOST_THINNED / room)
    return np.where(np.abs(thinning) * room < LEAST_THINNED, 0.0, thinning)


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
