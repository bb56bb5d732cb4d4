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
from functools import cache, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from reciprocity import labels
from reciprocity.regime.apply import Asked, Words, asked_of, left_alone, reached, reaching, words_of
from reciprocity.regime.book import UNVERIFIED, Book
from reciprocity.regime.override import Override
from reciprocity.regime.partners import region_of
from reciprocity.regime.resolve import Array
from reciprocity.regime.sums import COLUMNS, THETA, Sums, added, sums_of, trade_sums
from reciprocity.regime.trade import Trade, partners_of

IMPORTERS = ("USA", "CAN")
ORDER = "PRSM"
AVERAGED = "metal and content by average, not by entry"


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
class SectorRates:
    """Every sector's duty, both importers, every exporter they have trade with.

    `unmapped` is trade that belongs to no sector of the economy: scrap, used and returned goods, special entries.
    """

    on: date
    known: date | None
    rows: tuple[SectorRate, ...]
    unmapped: tuple[SectorRate, ...]

    def pair(self, importer: str, exporter: str) -> tuple[SectorRate, ...]:
        """The rows of one direction."""
        return tuple(one for one in self.rows if (one.importer, one.exporter) == (importer, exporter))

    def total(self, importer: str, exporter: str) -> SectorRate:
        """All trade of one direction, in a sector or in none; the flow-equivalent is the mean of theirs by value."""
        return _total(importer, exporter, (*self.pair(importer, exporter), *self.outside(importer, exporter)))

    def outside(self, importer: str, exporter: str) -> tuple[SectorRate, ...]:
        """One direction's trade of no sector."""
        return tuple(one for one in self.unmapped if (one.importer, one.exporter) == (importer, exporter))

    def array(self, column: str = "revenue_rate") -> NDArray[np.float64]:
        """A column by importer, exporter, sector, in the order of `labels`; zero where there is no row."""
        regions = {one.code: n for n, one in enumerate(labels.regions())}
        sectors = {one.code: n for n, one in enumerate(labels.sectors())}
        out = np.zeros((len(regions), len(regions), len(sectors)))
        for row in self.rows:
            out[regions[row.importer], regions[row.exporter], sectors[row.sector]] = getattr(row, column)
        return out


OUTSIDE = "none"
"""What stands for a sector where trade belongs to none."""
Pair = tuple[tuple[SectorRate, ...], tuple[SectorRate, ...]]
"""One direction's rates by sector, and its trade of no sector."""


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
    pairs = list(_law(book, on, known, exponent, claims_on))
    of = {importer: [one for one in overrides if one.importer == importer] for importer in IMPORTERS}
    for number, (importer, exporter) in enumerate(_ends()):
        mine = tuple(one for one in of[importer] if _names(one, exporter))
        weights = tuple(one for one in own if (one.importer, region_of(one.exporter)) == (importer, exporter))
        if mine or weights:
            pairs[number] = _pair(
                book, importer, exporter, on=on, known=known, overrides=mine, theta=exponent, claims_on=claims_on,
                own=weights,
            )  # fmt: skip
    rows = tuple(chain.from_iterable(rows for rows, _ in pairs))
    return SectorRates(on, known, rows, tuple(chain.from_iterable(unmapped for _, unmapped in pairs)))


@cache
def _ends() -> tuple[tuple[str, str], ...]:
    """Every importer with law beside every exporter to it."""
    regions = [one.code for one in labels.regions()]
    return tuple((importer, exporter) for importer in IMPORTERS for exporter in regions if exporter != importer)


@lru_cache(maxsize=16)
def _law(
    book: Book, on: date, known: date | None, theta: tuple[float, ...], claims_on: date | None
) -> tuple[Pair, ...]:
    """Every pair's rates by the law alone, in the order of `_ends`."""
    return tuple(
        _pair(book, *ends, on=on, known=known, overrides=(), theta=theta, claims_on=claims_on, own=())
        for ends in _ends()
    )


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
) -> Pair:
    given = {one.exporter: one for one in own}
    parts: list[Sums] = []
    for country in given or partners_of(importer, exporter):
        asked = asked_of(book, importer, country, on=on, known=known, claims_on=claims_on, own=given.get(country))
        mine, law = reaching(asked, overrides), _sums_left(asked, (), theta)
        parts.append(law if not mine else _sums_under(asked, mine, theta, law))
    parts = [one for one in parts if one.taken or one.columns.any()]
    return _labelled(importer, exporter, added(parts), np.array(theta)) if parts else ((), ())


def _sums_under(asked: Asked, rows: tuple[Override, ...], theta: tuple[float, ...], law: Sums) -> Sums:
    """The sums under the law with a deal's rows over it; a sum they do not move is the law's to the last digit."""
    moved = [sums_of(one, np.array(theta)) for one in reached(asked, rows)]
    return added([_sums_left(asked, words_of(rows), theta), *moved]).rounded_to(law)


@lru_cache(maxsize=512)
def _sums_left(asked: Asked, words: Words, theta: tuple[float, ...]) -> Sums:
    """The sums of what a deal leaves alone, which hang on the goods it names and not on its numbers."""
    return added([trade_sums(asked.held), *(sums_of(one, np.array(theta)) for one in left_alone(asked, words))])


def _labelled(importer: str, exporter: str, sums: Sums, theta: Array) -> Pair:
    """Sums by sector as rates under the names of sectors, and what has no sector."""
    codes = [one.code for one in labels.sectors()]
    rows = tuple(
        _row((importer, exporter, codes[n - 1]), n, sums, float(theta[n - 1]))
        for n in range(1, len(codes) + 1)
        if sums.of("value")[n] > 0
    )
    return rows, (_row((importer, exporter, OUTSIDE), 0, sums, THETA),) if sums.of("value")[0] > 0 else ()


def _row(names: tuple[str, str, str], n: int, sums: Sums, theta: float) -> SectorRate:
    value = float(sums.of("value")[n])
    mean = dict(zip(COLUMNS, (sums.columns[:, n] / value).tolist(), strict=True))
    taken = {name: amounts[n] for name, amounts in sums.taken.items() if amounts[n] > 0}
    counted = tuple(sorted(taken, key=lambda name: -taken[name]))
    worst = max((sums.letters[name] for name in counted), key=ORDER.index, default="P")
    flow = mean["flow"] ** (-1.0 / theta) - 1.0 if mean["flow"] > 0 else float("inf")
    collected = mean["flow"] / mean["kept"] - 1.0 if mean["kept"] > 0 else 0.0
    unverified = tuple(name for name in counted if sums.letters[name] in UNVERIFIED)
    why = (*sums.reasons, *([AVERAGED] if mean["average"] > 0 else []), *_doubt(unverified))
    return SectorRate(
        *names, mean["revenue"], flow, collected, mean["baseline"], value, mean["covered"],
        mean["banned"], mean["deposit"], counted, worst, unverified, why,
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
