"""The accounts of a table must close. Checked on every read, with a report that a person can look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.table import Table
from reciprocity.errors import Fault, UnbalancedTable

SHIPPED_TOLERANCE = 1e-6
USER_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity and how far the table is from it.

    Attributes:
        name: what should equal what.
        worst: largest deviation, relative to the size of the account (or a count, for signs).
        where: region and sector of the largest deviation.
        tolerance: what is allowed.
    """

    name: str
    worst: float
    where: str
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether the deviation is within tolerance."""
        return bool(self.worst <= self.tolerance)


def identities(table: Table, *, tolerance: float) -> tuple[Identity, ...]:
    """Every identity of a table: signs, sales = output, use = supply, cost = output, no empty column."""
    use = table.intermediate.sum(axis=2) + table.final.sum(axis=2)
    cost = table.intermediate.sum(axis=1) + table.value_added.sum(axis=2) + table.product_taxes
    sales = table.trade.sum(axis=0)
    supply = table.trade.sum(axis=1)
    home = np.arange(len(table.regions))
    return (
        _sign(table, "no negative sale", table.trade.min(axis=0)),
        _sign(table, "no negative input", table.intermediate.min(axis=2)),
        _sign(table, "no negative final use of a product", table.final.sum(axis=2)),
        _sign(table, "no negative output", table.output),
        _sign(table, "no tariff below zero", table.tariff.min(axis=1)),
        _sign(table, "no tariff at home", -np.abs(table.tariff[home, home])),
        _sign(table, "no tariff above 1,000% (a rate is a fraction)", 10.0 - table.tariff.max(axis=1)),
        _equal(table, "sales = output", sales, table.output, tolerance),
        _equal(table, "use = supply", use, supply, tolerance),
        _equal(table, "cost = output", cost, table.output, tolerance),
        _sign(table, "no empty market", np.where(supply > 0, 0.0, -1.0)),
    )


def require(found: tuple[Identity, ...], *, where: str) -> None:
    """Raise UnbalancedTable with every identity that does not hold."""
    faults = [
        Fault(
            where,
            f"'{one.name}' is off by {one.worst:.3g}, most at {one.where}",
            f"At most {one.tolerance:g} of the account is allowed",
            "Check the axis order (importer, exporter, sector), units and decimal points",
        )
        for one in found
        if not one.holds
    ]
    if faults:
        raise UnbalancedTable(faults)


def _equal(table: Table, name: str, left: NDArray, right: NDArray, tolerance: float) -> Identity:
    size = np.maximum(np.maximum(np.abs(left), np.abs(right)), 1e-9)
    gap = np.where(size > 1e-6, np.abs(left - right) / size, 0.0)
    return Identity(name, float(gap.max()), _place(table, gap), tolerance)


def _sign(table: Table, name: str, values: NDArray) -> Identity:
    below = np.maximum(-values, 0.0)
    return Identity(name, float(below.max()), _place(table, below), 0.0)


def _place(table: Table, gap: NDArray) -> str:
    region, sector = np.unravel_index(int(np.argmax(gap)), gap.shape)
    return f"{table.regions[region]} {table.sectors[sector]}"
