"""From a table of values to an economy in shares whose base has no residual."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Economy
from reciprocity.economy.table import Table

Array = NDArray[np.float64]


def calibrate(table: Table, trade_elasticity: Array, *, unit: str, year: int | None, source: str) -> Economy:
    """Shares that reproduce the table exactly at its own tariffs.

    Values at basic prices X become spending X (1 + t). Inputs and final use, given for all origins together, are
    scaled to meet supply to the last digit and marked up by the average duty on what the country buys. Value added is
    output less the cost of inputs, so it holds net product taxes; the deficit is final spending less value added and
    tariff revenue.

    Args:
        table: a balanced table.
        trade_elasticity: theta > 0 by sector.
        unit: of the values.
        year: of the values.
        source: citation, and what was estimated.
    """
    importers = np.arange(len(table.regions))
    tariff = table.tariff.copy()
    tariff[importers, importers] = 0.0
    spending = table.trade * (1.0 + tariff)
    expenditure = spending.sum(axis=1)
    supply = table.trade.sum(axis=1)
    use = table.intermediate.sum(axis=2) + table.final.sum(axis=2)
    scale = expenditure / np.where(use > 0, use, 1.0)
    inputs = table.intermediate * scale[:, :, None]
    final = np.where(use > 0, table.final.sum(axis=2) * scale, expenditure)
    output = table.trade.sum(axis=0)
    value_added = output - inputs.sum(axis=1)
    revenue = (table.trade * tariff).sum(axis=(1, 2))
    made = output > 0
    divisor = np.where(made, output, 1.0)
    return Economy(
        regions=table.regions,
        sectors=table.sectors,
        trade_share=_shares_by_origin(spending, supply),
        tariff=tariff,
        input_share=np.where(made[:, None, :], inputs / divisor[:, None, :], 0.0),
        value_added_share=np.where(made, value_added / divisor, 1.0),
        consumption_share=final / final.sum(axis=1, keepdims=True),
        value_added=value_added.sum(axis=1),
        trade_elasticity=np.asarray(trade_elasticity, dtype=np.float64),
        deficit=final.sum(axis=1) - value_added.sum(axis=1) - revenue,
        expenditure=expenditure,
        unit=unit,
        year=year,
        source=source,
    )


def _shares_by_origin(spending: Array, supply: Array) -> Array:
    """Share of each origin in spending; a market with no supply buys at home, of nothing."""
    total = spending.sum(axis=1, keepdims=True)
    share = spending / np.where(total > 0, total, 1.0)
    region, sector = np.nonzero(supply <= 0)
    share[region, region, sector] = 1.0
    return share
