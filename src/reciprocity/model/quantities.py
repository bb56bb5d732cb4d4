"""Quantities beside values: every value of an equilibrium over its price. Measured at base producer prices."""

from __future__ import annotations

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.equations import share_of, unit_cost
from reciprocity.model.equilibrium import Equilibrium


def producer_price_hat(equilibrium: Equilibrium) -> Array:
    """c'/c, the price at the factory gate before export taxes, in the numeraire asked for (country, sector)."""
    point, technology = equilibrium.point, equilibrium.prepared.technology
    return np.exp(unit_cost(technology, point.u, point.p, point.premium)) * equilibrium.money


def output_volume(equilibrium: Equilibrium) -> Array:
    """Y' / c_hat: gross output at base prices, million of the unit; over base output it is the quantity ratio.

    Goods that melt on the way (iceberg) are output too (country, sector).
    """
    return equilibrium.output / producer_price_hat(equilibrium)


def trade_volume(equilibrium: Equilibrium) -> Array:
    """Quantity delivered on each route, at base producer prices, million of the unit (importer, exporter, sector).

    Producer sales over c_hat d_hat. At the base it is customs value, so the ratio to base trade flow is the change of
    tonnes or units; an export tax or a quota rent moves the customs value and not this.
    """
    e = equilibrium
    sales = share_of(e.kernel.sales, e.point).transpose(1, 2, 0) * e.expenditure[:, None, :]
    delivered = sales / producer_price_hat(e)
    return delivered if e.shock.iceberg_hat is None else delivered / e.shock.iceberg_hat


def effective_labour_hat(equilibrium: Equilibrium) -> Array:
    """Change of effective labour in each sector: factor income over its wage, (Y'/Y) / w_hat (country, sector).

    1 everywhere where factors belong to their sector; the change of employment where they move freely.
    """
    base = equilibrium.prepared.point.output
    made = base > 0
    growth = np.where(made, equilibrium.output / np.where(made, base, 1.0), 1.0)
    return np.where(made, growth / equilibrium.sector_wage_hat, 1.0)
