"""The outcome of a deal: two equilibria compared, put back into names. Money is in prices of the base year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model import Equilibrium, effective_labour_hat, producer_price_hat


@dataclass(frozen=True, slots=True)
class CountryOutcome:
    """What the deal does to one country, against the law on the day.

    Attributes:
        country: code.
        real_income_change: exact change of real income, a fraction (welfare_hat after over before, less one).
        real_income_musd: the same as an exact equivalent variation, million USD a year at base-year prices.
        real_wage_change: change of the wage in consumer goods, a fraction.
        tariff_revenue_musd: change of tariff revenue in consumer goods, million USD a year at base-year prices.
        tariff_revenue_before_musd: its level under the law on the day.
        income_musd: real income under the law on the day, million USD a year at base-year prices.
    """

    country: str
    real_income_change: float
    real_income_musd: float
    real_wage_change: float
    tariff_revenue_musd: float
    tariff_revenue_before_musd: float
    income_musd: float


@dataclass(frozen=True, slots=True)
class SectorOutcome:
    """What the deal does to a sector of a country: quantities at base-year prices, and value.

    Attributes:
        country, sector: codes.
        output_musd: output under the law on the day.
        output_change: change of the quantity made, a fraction.
        output_change_musd: the same, million USD a year at base-year prices.
        output_value_change: change of the value made, a fraction, at constant world value added.
        employment_change: change of effective labour, a fraction; zero where factors belong to their sector (one year).
        exports_change_musd: change of the quantity sold abroad.
        imports_change_musd: change of the quantity bought abroad, at the sellers' base-year prices.
    """

    country: str
    sector: str
    output_musd: float
    output_change: float
    output_change_musd: float
    output_value_change: float
    employment_change: float
    exports_change_musd: float
    imports_change_musd: float


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Every country's and every sector's outcome, and the two equilibria they rest on."""

    countries: tuple[CountryOutcome, ...]
    sectors: tuple[SectorOutcome, ...]
    before: Equilibrium
    after: Equilibrium

    def country(self, code: str) -> CountryOutcome:
        """One country's outcome."""
        return next(one for one in self.countries if one.country == code)

    def sectors_of(self, code: str) -> tuple[SectorOutcome, ...]:
        """One country's sectors, the largest gain of output first."""
        mine = (one for one in self.sectors if one.country == code)
        return tuple(sorted(mine, key=lambda one: -one.output_change_musd))


def compare(before: Equilibrium, after: Equilibrium) -> Outcome:
    """The outcome of going from one equilibrium to the other, both against the same base."""
    return Outcome(countries(before, after), tuple(_sectors(before, after)), before, after)


def countries(before: Equilibrium, after: Equilibrium) -> tuple[CountryOutcome, ...]:
    """Every country's outcome, without the sectors."""
    return tuple(_countries(before, after))


def _countries(before: Equilibrium, after: Equilibrium) -> Iterable[CountryOutcome]:
    change = after.welfare_hat / before.welfare_hat - 1.0
    real_income = before.base_income * before.welfare_hat
    wage = after.real_wage_hat / before.real_wage_hat - 1.0
    revenue = (before.tariff_revenue / before.price_level_hat, after.tariff_revenue / after.price_level_hat)
    for k, country in enumerate(before.economy.regions):
        yield CountryOutcome(
            country=country,
            real_income_change=float(change[k]),
            real_income_musd=float(real_income[k] * change[k]),
            real_wage_change=float(wage[k]),
            tariff_revenue_musd=float(revenue[1][k] - revenue[0][k]),
            tariff_revenue_before_musd=float(revenue[0][k]),
            income_musd=float(real_income[k]),
        )


def _sectors(before: Equilibrium, after: Equilibrium) -> Iterable[SectorOutcome]:
    economy = before.economy
    quantity = (_quantities(before), _quantities(after))
    made = [flow.sum(axis=0) for flow in quantity]
    exports = _abroad(quantity[1] - quantity[0]).sum(axis=0)
    imports = _abroad(quantity[1] - quantity[0]).sum(axis=1)
    employed = (effective_labour_hat(before), effective_labour_hat(after))
    for k, country in enumerate(economy.regions):
        for j, sector in enumerate(economy.sectors):
            yield SectorOutcome(
                country=country,
                sector=sector,
                output_musd=float(made[0][k, j]),
                output_change=_change(made[1][k, j], made[0][k, j]),
                output_change_musd=float(made[1][k, j] - made[0][k, j]),
                output_value_change=_change(after.output[k, j], before.output[k, j]),
                employment_change=_change(employed[1][k, j], employed[0][k, j]),
                exports_change_musd=float(exports[k, j]),
                imports_change_musd=float(imports[k, j]),
            )


def _quantities(equilibrium: Equilibrium) -> Array:
    """Sales at base-year producer prices (importer, exporter, sector)."""
    return equilibrium.trade_flow / producer_price_hat(equilibrium)[None, :, :]


def _abroad(flow: Array) -> Array:
    away = flow.copy()
    home = np.arange(len(flow))
    away[home, home] = 0.0
    return away


def _change(new: float, old: float) -> float:
    return float(new / old - 1.0) if old > 0 else 0.0
