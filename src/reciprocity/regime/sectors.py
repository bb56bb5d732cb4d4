"""From law to the economy: the rate of each sector, by revenue and by its effect on trade.

    revenue          sum_k w_k t_k                                  w_k: line k's part of the sector's imports
    flow-equivalent  (sum_k w_k (1 + t_k)^(-theta))^(-1/theta) - 1  a banned line enters as zero
    collected        sum_k w_k (1 + t_k)^(-theta) / sum_k w_k (1 + t_k)^(-theta - 1) - 1

The weights are 2024 US imports for consumption by line and country; Canada's imports by item are an estimate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reciprocity import labels
from reciprocity.regime.apply import Branch, branches
from reciprocity.regime.book import UNVERIFIED, Book
from reciprocity.regime.override import Override
from reciprocity.regime.partners import region_of
from reciprocity.regime.resolve import Array
from reciprocity.regime.trade import Trade, partners_of

THETA = 4.0
"""The elasticity used where the caller gives none."""
IMPORTERS = ("USA", "CAN")
ORDER = "PRSM"
AVERAGED = "metal and content by average, not by entry"
COLUMNS = ("value", "revenue", "flow", "kept", "baseline", "covered", "banned", "deposit", "average")


@dataclass(frozen=True, slots=True)
class SectorRate:
    """One sector's duty from one exporter. Rates are fractions of value, value is million USD a year (2024).

    `collected_rate` is what is still collected once buyers have moved away from the lines that owe most;
    `covered_share` is the part of trade on which some measure takes something, `banned_share` the part that may
    not come in; `measures` the ids that take something, most first; `confidence` the worst letter among them, and
    `unverified` those that rest on one page or on memory; `estimated` says why the figure is not measured, empty when
    it is; `deposit_rate` is what is collected beside the duty by firm.
    """

    importer: str
    exporter: str
    sector: str
    revenue_rate: float
    flow_equivalent_rate: float
    collected_rate: float
    baseline_rate: float
    value_musd: float
    covered_share: float
    banned_share: float
    deposit_rate: float
    measures: tuple[str, ...]
    confidence: str
    unverified: tuple[str, ...]
    estimated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Trade that belongs to no sector of the economy: scrap, used and returned goods, special entries."""

    importer: str
    exporter: str
    value_musd: float
    revenue_rate: float


@dataclass(frozen=True, slots=True)
class SectorRates:
    """Every sector's duty, both importers, every exporter they have trade with."""

    on: date
    known: date | None
    rows: tuple[SectorRate, ...]
    unmapped: tuple[Unmapped, ...]

    def pair(self, importer: str, exporter: str) -> tuple[SectorRate, ...]:
        """The rows of one direction."""
        return tuple(one for one in self.rows if (one.importer, one.exporter) == (importer, exporter))

    def total(self, importer: str, exporter: str) -> SectorRate:
        """One direction as if it were one sector; the flow-equivalent is the value-weighted mean of the sectors'."""
        return _total(importer, exporter, self.pair(importer, exporter))

    def array(self, column: str = "revenue_rate") -> NDArray[np.float64]:
        """A column by importer, exporter, sector, in the order of `labels`; zero where there is no row."""
        regions = {one.code: n for n, one in enumerate(labels.regions())}
        sectors = {one.code: n for n, one in enumerate(labels.sectors())}
        out = np.zeros((len(regions), len(regions), len(sectors)))
        for row in self.rows:
            out[regions[row.importer], regions[row.exporter], sectors[row.sector]] = getattr(row, column)
        return out


def rates_by_sector(
    book: Book,
    on: date,
    known: date | None,
    *,
    overrides: tuple[Override, ...] = (),
    theta: Mapping[str, float] | None = None,
    claims_on: date | None = None,
    own: Sequence[Trade] = (),
) -> SectorRates:
    """Every pair's rates; a pair no override reaches is the law's own.

    Args:
        book: the acts.
        on: the day of the law.
        known: the day whose knowledge counts.
        overrides: a deal's rows.
        theta: trade elasticity by sector, 4 where none is given.
        claims_on: the day whose claims of the preference count, `on` where none is given.
        own: trade to weight by, in place of what the package holds for those pairs.
    """
    exponent = tuple((theta or {}).get(one.code, THETA) for one in labels.sectors())
    rows: list[SectorRate] = []
    unmapped: list[Unmapped] = []
    for importer in IMPORTERS:
        for exporter in (one.code for one in labels.regions() if one.code != importer):
            mine = tuple(one for one in overrides if one.importer == importer and _names(one, exporter))
            weights = tuple(one for one in own if (one.importer, region_of(one.exporter)) == (importer, exporter))
            pair, outside = _pair(
                book, importer, exporter, on=on, known=known, overrides=mine, theta=exponent, claims_on=claims_on,
                own=weights,
            )  # fmt: skip
            rows += pair
            unmapped += outside
    return SectorRates(on, known, tuple(rows), tuple(unmapped))


def _names(one: Override, exporter: str) -> bool:
    return one.exporter in ("all", exporter) or region_of(one.exporter) == exporter


@lru_cache(maxsize=512)
def _pair(
    book: Book,
    importer: str,
    exporter: str,
    *,
    on: date,
    known: date | None,
    overrides: tuple[Override, ...],
    theta: tuple[float, ...],
    claims_on: date | None,
    own: tuple[Trade, ...],
) -> tuple[tuple[SectorRate, ...], tuple[Unmapped, ...]]:
    given = {one.exporter: one for one in own}
    parts = [
        branch
        for country in given or partners_of(importer, exporter)
        for branch in branches(
            book, importer, country, on=on, known=known, overrides=overrides, claims_on=claims_on,
            own=given.get(country),
        )
    ]  # fmt: skip
    return summed(importer, exporter, parts, np.array(theta)) if parts else ((), ())


def summed(
    importer: str, exporter: str, parts: list[Branch], theta: Array
) -> tuple[tuple[SectorRate, ...], tuple[Unmapped, ...]]:
    """Branches of trade added up by sector."""
    codes = [one.code for one in labels.sectors()]
    size = len(codes) + 1  # position 0 is trade of no sector
    sums = {name: np.zeros(size) for name in COLUMNS}
    taken: dict[str, Array] = {}
    letters: dict[str, str] = {}
    for part in parts:
        _add(sums, part, theta, size)
        for name, letter, amounts in part.takes(size):
            taken[name] = taken.get(name, np.zeros(size)) + amounts
            letters[name] = letter
    reasons = sorted({why for part in parts for why in part.reasons})
    rows = tuple(
        _row(
            (importer, exporter, codes[n - 1]),
            n,
            sums,
            float(theta[n - 1]),
            taken=taken,
            letters=letters,
            reasons=reasons,
        )
        for n in range(1, size)
        if sums["value"][n] > 0
    )
    none = sums["value"][0]
    unmapped = (Unmapped(importer, exporter, float(none), float(sums["revenue"][0] / none)),) if none > 0 else ()
    return rows, unmapped


def _add(sums: dict[str, Array], part: Branch, theta: Array, size: int) -> None:
    where = part.sector + 1
    exponent = np.concatenate([[THETA], theta])[where]
    free = ~part.outcome.banned

    def by_sector(weights: Array) -> Array:
        return np.bincount(where, weights, minlength=size).astype(float)

    sums["value"] += by_sector(part.value)
    sums["revenue"] += by_sector(part.value * part.outcome.total * free)
    sums["flow"] += by_sector(part.value * free * np.exp(-exponent * np.log1p(part.outcome.total)))
    sums["kept"] += by_sector(part.value * free * np.exp(-(exponent + 1.0) * np.log1p(part.outcome.total)))
    sums["baseline"] += by_sector(part.value * part.baseline)
    sums["covered"] += by_sector(part.value * (part.outcome.total > part.outcome.base + 1e-12))
    sums["banned"] += by_sector(part.value * part.outcome.banned)
    sums["deposit"] += by_sector(part.value * part.deposit)
    sums["average"] += by_sector(part.value * part.averaged)


def _row(
    names: tuple[str, str, str], n: int, sums: dict[str, Array], theta: float, *,
    taken: dict[str, Array], letters: dict[str, str], reasons: list[str],
) -> SectorRate:  # fmt: skip
    value = sums["value"][n]
    mean = {name: float(column[n] / value) for name, column in sums.items()}
    counted = sorted((name for name, amounts in taken.items() if amounts[n] > 0), key=lambda name: -taken[name][n])
    worst = max((letters[name] for name in counted), key=ORDER.index, default="P")
    flow = mean["flow"] ** (-1.0 / theta) - 1.0 if mean["flow"] > 0 else float("inf")
    collected = mean["flow"] / mean["kept"] - 1.0 if mean["kept"] > 0 else 0.0
    unverified = tuple(name for name in counted if letters[name] in UNVERIFIED)
    why = [*reasons, *([AVERAGED] if mean["average"] > 0 else []), *_doubt(unverified)]
    return SectorRate(
        *names, mean["revenue"], flow, collected, mean["baseline"], float(value), mean["covered"],
        mean["banned"], mean["deposit"], tuple(counted), worst, unverified, tuple(why),
    )  # fmt: skip


def _doubt(unverified: Sequence[str]) -> list[str]:
    """The reason a figure is an estimate where it rests on measures that are not verified."""
    return [f"rests on measures that are not verified: {', '.join(unverified)}"] if unverified else []


def _total(importer: str, exporter: str, rows: tuple[SectorRate, ...]) -> SectorRate:
    value = sum(one.value_musd for one in rows) or 1.0

    def mean(column: str) -> float:
        return sum(one.value_musd * getattr(one, column) for one in rows) / value

    names = list(dict.fromkeys(name for one in rows for name in one.measures))
    unverified = tuple(dict.fromkeys(name for one in rows for name in one.unverified))
    why = dict.fromkeys(why for one in rows for why in one.estimated if why not in _doubt(one.unverified))
    return SectorRate(
        importer, exporter, "all", mean("revenue_rate"), mean("flow_equivalent_rate"), mean("collected_rate"),
        mean("baseline_rate"), sum(one.value_musd for one in rows), mean("covered_share"), mean("banned_share"),
        mean("deposit_rate"), tuple(names),
        max((one.confidence for one in rows), key=ORDER.index, default="P"), unverified,
        (*why, *_doubt(unverified)),
    )  # fmt: skip
