"""Law and clauses, with names and dates, compiled into the arrays the model reads: the only place that does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from reciprocity.deal import Capacity, Clause, ExportTax, Investment, TradeCost
from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError
from reciprocity.model.shock import Shock
from reciprocity.regime import SectorRate

Cells = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


def shock_under(
    economy: Economy, rates: Iterable[SectorRate], clauses: Sequence[Clause] = (), *, elsewhere: Shock | None = None
) -> Shock:
    """What law, and clauses that move costs and capital, do to the base. Law alone is a shock too.

    Two rates a cell, because goods inside a sector owe different duties. Buyers respond to the flow-equivalent rate T;
    the treasury collects the rate t that is left after they have. The model takes both: the tariff is t and the rest of
    the cost, (1 + T) / (1 + t), is a change of trade cost. Both move the base by their difference from the base's law.

    Args:
        economy: the base.
        rates: of borders under the law.
        clauses: a deal's.
        elsewhere: what law alone does to borders that no rate is given of; nothing when left out.

    Raises:
        InputError: a clause on a region or sector the economy does not have.
    """
    faults = [fault for clause in clauses for fault in _outside(economy, clause)]
    if faults:
        raise InputError(faults)
    elsewhere = elsewhere or Shock()
    tariff = (economy.tariff if elsewhere.tariff is None else elsewhere.tariff).copy()
    iceberg_hat = np.ones_like(tariff) if elsewhere.iceberg_hat is None else elsewhere.iceberg_hat.copy()
    cells, baseline, collected, flow_equivalent = _by_cell(economy, rates)
    base = economy.tariff[cells] - baseline
    tariff[cells] = np.maximum(base + collected, 0.0)
    iceberg_hat[cells] = (1.0 + np.maximum(base + flow_equivalent, 0.0)) / (1.0 + tariff[cells])
    for clause in clauses:
        if isinstance(clause, TradeCost | Capacity):
            change = clause.cost_change if isinstance(clause, Capacity) else clause.change
            iceberg_hat[cell_of(economy, clause.importer, clause.exporter, clause.sector)] *= 1.0 + change
    taxed = _export_tax(economy, clauses)
    return Shock(tariff=tariff, iceberg_hat=iceberg_hat, export_tax=taxed, deficit=_deficit(economy, clauses))


def _by_cell(economy: Economy, rates: Iterable[SectorRate]) -> tuple[Cells, Array, Array, Array]:
    """Where each rate's border stands in the arrays, and its baseline, collected and flow-equivalent rate (row)."""
    region = {code: k for k, code in enumerate(economy.regions)}
    sector = {code: k for k, code in enumerate(economy.sectors)}
    rows = [
        (region[one.importer], region[one.exporter], sector[one.sector],
         one.baseline_rate, one.collected_rate, one.flow_equivalent_rate)
        for one in rates
    ]  # fmt: skip
    columns = np.array(rows, dtype=np.float64).reshape(-1, 6).T
    importer, exporter, industry = columns[:3].astype(np.intp)
    return (importer, exporter, industry), columns[3], columns[4], columns[5]


def cell_of(economy: Economy, importer: str, exporter: str, sector: str) -> tuple[int, int, int]:
    """Where a border of a sector stands in the arrays (importer, exporter, sector)."""
    return economy.regions.index(importer), economy.regions.index(exporter), economy.sectors.index(sector)


def _export_tax(economy: Economy, clauses: Iterable[Clause]) -> Array | None:
    """Taxes on exports, fractions of the producer's price (importer, exporter, sector); None when no clause has one."""
    taxes = [clause for clause in clauses if isinstance(clause, ExportTax) and clause.rate]
    if not taxes:
        return None
    taxed = np.zeros_like(economy.tariff)
    for one in taxes:
        taxed[cell_of(economy, one.importer, one.exporter, one.sector)] += one.rate
    return taxed


def _deficit(economy: Economy, clauses: Iterable[Clause]) -> Array | None:
    """Deficits with the year's capital inflows, million of the unit; None when no clause moves capital."""
    flows = [clause for clause in clauses if isinstance(clause, Investment) and clause.inflow_musd]
    if not flows:
        return None
    deficit = economy.deficit.copy()
    for flow in flows:
        deficit[economy.regions.index(flow.host)] += flow.inflow_musd
        deficit[economy.regions.index(flow.investor)] -= flow.inflow_musd
    return deficit


def _outside(economy: Economy, clause: Clause) -> list[Fault]:
    """Names of a clause that the economy does not have."""
    named = {key: getattr(clause, key, None) for key in ("importer", "exporter", "investor", "host", "sector")}
    known = {key: economy.sectors if key == "sector" else economy.regions for key in named}
    return [
        Fault(f"clause '{clause.id}'.{key}", f"{name} is not in this economy", f"It has {', '.join(known[key])}")
        for key, name in named.items()
        if name is not None and name not in known[key]
    ]
