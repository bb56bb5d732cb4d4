"""Who imports how much of which line: the weights of every sector rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime.book import Book
from reciprocity.regime.partners import region_of
from reciprocity.regime.products import lines_of
from reciprocity.regime.resolve import Array
from reciprocity.regime.schedule import arrays, schedule

ROUNDS = 60
LEAST = 0.02
"""Of every sector some part lies outside the lists."""


@dataclass(frozen=True, slots=True, eq=False)
class Trade:
    """Imports from one partner: line and sector positions (-1: no sector), million USD, and the duty rate measured."""

    importer: str
    exporter: str
    line: NDArray[np.intp]
    sector: NDArray[np.intp]
    value: Array
    measured: Array
    source: str
    estimated: tuple[str, ...]


@cache
def trade(importer: str, exporter: str) -> Trade:
    """The imports of an importer from a partner: by country for the United States, by region for Canada."""
    return _united_states(exporter) if importer == "USA" else _canada(exporter)


@lru_cache(maxsize=128)
def weights(book: Book, importer: str, exporter: str) -> Trade:
    """The imports rates are weighted with: as measured, or fitted to what the acts say their lists cover."""
    held = trade(importer, exporter)
    stated = [one for one in book.lists if one.trade_musd and book.source(one.source).importer == importer]
    if importer != "CAN" or exporter != "USA" or not stated:
        return held
    day = date(2025, 3, 13)
    return fitted(held, [(lines_of(book, importer, (one.id,), day), one.trade_musd or 0.0) for one in stated])


@cache
def partners_of(importer: str, region: str) -> tuple[str, ...]:
    """The partners with trade inside a region."""
    if importer != "USA":
        return (region,)
    return tuple(
        code for code in (str(one) for one in arrays("us_imports_2024")["partners"]) if region_of(code) == region
    )


def fitted(held: Trade, stated: Sequence[tuple[NDArray[np.bool_], float]]) -> Trade:
    """Imports whose lists come to what acts say they cover, sector totals kept: lines outside the lists give way.

    Args:
        held: imports by line.
        stated: each list's mask over the schedule and its trade, million USD.
    """
    lists = [(mask[held.line], target) for mask, target in stated if mask[held.line].any()]
    if not lists:
        return held
    value, size = held.value.copy(), int(held.sector.max()) + 1
    member = np.logical_or.reduce([inside for inside, _ in lists])
    whole = np.bincount(held.sector, value, minlength=size)
    for _ in range(ROUNDS):
        for inside, target in lists:
            value[inside] *= target / value[inside].sum()
        mine = np.bincount(held.sector[member], value[member], minlength=size)
        rest = np.bincount(held.sector[~member], value[~member], minlength=size)
        least = np.where(rest > 0, LEAST, 0.0) * whole
        squeeze = np.minimum(1.0, np.divide(whole - least, mine, out=np.ones(size), where=mine > 0))
        squeeze = np.where(rest > 0, squeeze, np.divide(whole, mine, out=np.ones(size), where=mine > 0))
        value[member] *= squeeze[held.sector[member]]
        room = np.divide(whole - mine * squeeze, rest, out=np.zeros(size), where=rest > 0)
        value[~member] *= room[held.sector[~member]]
    return replace(held, value=value)


def _united_states(exporter: str) -> Trade:
    table = arrays("us_imports_2024")
    names = [str(one) for one in table["partners"]]
    number = names.index(exporter) if exporter in names else -1
    rows = slice(*np.searchsorted(table["partner"], [number, number + 1])) if number >= 0 else slice(0, 0)
    line = table["line"][rows].astype(np.intp)
    return Trade(
        "USA",
        exporter,
        line,
        schedule("USA").sector[line].astype(np.intp),
        table["value"][rows].astype(float),
        table["duty_rate"][rows].astype(float),
        "US Census, imports for consumption 2024, customs value",
        (),
    )


def _canada(exporter: str) -> Trade:
    table = arrays("canada_imports")
    number = [str(one) for one in table["regions"]].index(exporter)
    rows = table["partner"] == number
    line = table["line"][rows].astype(np.intp)
    return Trade(
        "CAN",
        exporter,
        line,
        table["sector"][rows].astype(np.intp),
        table["value"][rows].astype(float),
        np.zeros(len(line)),
        "OECD ICIO 2022 by sector; composition inside a sector from US imports 2024",
        ("Canada's imports by item are not held: sector totals of 2022, composition of US imports",),
    )
