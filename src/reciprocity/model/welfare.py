"""What an equilibrium is worth to each country: in money, and in the first-order pair that papers print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.equations import unit_cost
from reciprocity.model.equilibrium import Equilibrium


def equivalent_variation(equilibrium: Equilibrium) -> Array:
    """What each country would have had to be given at base prices to be as well off, money (country).

    Preferences are homothetic, so this is exact: base income times (welfare_hat - 1).
    """
    return equilibrium.base_income * (equilibrium.welfare_hat - 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class FirstOrder:
    """The first-order welfare change of Caliendo and Parro (2015); fractions of base income (country).

    Far from the exact number where tariffs are high: for Mexico under NAFTA 1.31% against 0.0073%.
    """

    terms_of_trade: Array
    volume_of_trade: Array
    technical_efficiency: Array

    @property
    def total(self) -> Array:
        """The parts together."""
        return self.terms_of_trade + self.volume_of_trade + self.technical_efficiency


def paper_convention(equilibrium: Equilibrium) -> FirstOrder:
    """Their decomposition at base weights and with whole-step changes, as the paper and its R package print it.

    Terms of trade: sum over partners and sectors of E (c_hat of the seller at home - 1) - M (c_hat of the partner - 1);
    volume of trade: t M (M_hat - c_hat). E and M are base exports and imports, net of tariffs. Where trade costs move
    the R package adds technical efficiency, - (1 + t) M (d_hat - 1).
    """
    economy = equilibrium.economy
    flow = economy.trade_share * economy.expenditure[:, None, :] / (1.0 + economy.tariff)
    cost_hat = np.exp(log_cost_hat(equilibrium))
    terms = np.einsum("min,in->i", flow, cost_hat - 1.0) - np.einsum("nij,ij->n", flow, cost_hat - 1.0)
    flow_hat = np.where(flow > 0, equilibrium.trade_flow / np.where(flow > 0, flow, 1.0), 0.0)
    volume = np.where(flow > 0, economy.tariff * flow * (flow_hat - cost_hat), 0.0).sum(axis=(1, 2))
    iceberg = equilibrium.shock.iceberg_hat
    saved = np.zeros(len(terms))
    if iceberg is not None:
        saved = -(np.where(flow > 0, (1.0 + economy.tariff) * flow * (iceberg - 1.0), 0.0)).sum(axis=(1, 2))
    income = equilibrium.base_income
    return FirstOrder(terms / income, volume / income, saved / income)


def log_cost_hat(equilibrium: Equilibrium) -> Array:
    """ln c_hat, the change in unit cost, in the numeraire of the equilibrium (country, sector)."""
    point = equilibrium.point
    unit = np.log(equilibrium.money)
    return unit_cost(equilibrium.prepared.technology, point.u + unit, point.p + unit, point.premium)
