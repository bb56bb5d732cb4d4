"""Long tables as people keep them, one row an entry, turned into arrays with named axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.door import pivot, stop
from reciprocity.errors import Fault, InputError

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LongTables:
    """The tables of an economy. Columns are those named in Economy.from_tables."""

    trade: pd.DataFrame
    tariffs: pd.DataFrame
    intermediate: pd.DataFrame
    final: pd.DataFrame
    value_added: pd.DataFrame
    theta: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class NamedArrays:
    """The same as arrays, with the names of their axes."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    trade: Array
    tariffs: Array
    intermediate: Array
    final: Array
    value_added: Array
    theta: Array


def arrays_of(tables: LongTables) -> NamedArrays:
    """Long tables as arrays.

    Raises:
        InputError: with every fault: columns that are missing, names that are not known, entries that stand twice.
    """
    regions = _order(tables.value_added, "country", "value_added")
    sectors = _order(tables.theta, "sector", "theta")
    faults: list[Fault] = []
    route, routes = ("importer", "exporter", "sector"), (regions, regions, sectors)
    account, accounts = ("country", "sector"), (regions, sectors)
    use, uses = ("country", "input_sector", "using_sector"), (regions, sectors, sectors)
    arrays = NamedArrays(
        regions=regions,
        sectors=sectors,
        trade=pivot(tables.trade, route, "value", routes, where="trade", faults=faults),
        tariffs=pivot(tables.tariffs, route, "rate", routes, where="tariffs", faults=faults),
        intermediate=pivot(tables.intermediate, use, "value", uses, where="intermediate", faults=faults),
        final=pivot(tables.final, account, "value", accounts, where="final", faults=faults),
        value_added=pivot(tables.value_added, account, "value", accounts, where="value_added", faults=faults),
        theta=pivot(tables.theta, ("sector",), "trade_elasticity", (sectors,), where="theta", faults=faults),
    )
    stop(faults)
    return arrays


def _order(table: pd.DataFrame, column: str, where: str) -> tuple[str, ...]:
    """Names in the order a table first has them."""
    if column not in table:
        raise InputError(Fault(f"{where}.{column}", "is not a column"))
    return tuple(dict.fromkeys(str(name) for name in table[column]))
