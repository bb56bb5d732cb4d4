"""The economy the model solves: shares, elasticities and levels of one base year, as arrays with named axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reciprocity.economy.construct import Shares, Values, shares_given, values_given
from reciprocity.economy.long_tables import LongTables, arrays_of
from reciprocity.errors import Fault, InputError

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
ARRAYS = (
    "trade_share", "tariff", "input_share", "value_added_share", "consumption_share",
    "value_added", "trade_elasticity", "deficit", "expenditure",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Economy:
    """An economy in shares. Axis order is always importer, exporter, sector; N regions and J sectors.

    Attributes:
        regions: names along the country axes (N).
        sectors: names along the sector axes (J).
        trade_share: pi, importer's spending by source, tariff-inclusive (importer, exporter, sector);
            sums to 1 over exporter.
        tariff: ad valorem rate, net: 0.25 is 25%; 0 at home (importer, exporter, sector).
        input_share: gamma^{kj}, share of gross output of the using sector spent on each input, tariff-inclusive
            (country, input_sector, using_sector); sums over input_sector to 1 - value_added_share.
        value_added_share: gamma^j (country, sector).
        consumption_share: alpha (country, sector); sums to 1 over sector.
        value_added: wL, million of the unit (country).
        trade_elasticity: theta > 0; spending share falls by theta per log point of cost (sector).
        deficit: imports minus exports, net of tariffs (country); sums to 0.
        expenditure: X, tariff-inclusive spending, million of the unit (country, sector).
        unit: of every level.
        year: of every level.
        source: where the numbers come from, and what was estimated.
    """

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    trade_share: Array
    tariff: Array
    input_share: Array
    value_added_share: Array
    consumption_share: Array
    value_added: Array
    trade_elasticity: Array
    deficit: Array
    expenditure: Array
    unit: str = "million USD"
    year: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        """Hold every array as float64, contiguous and read-only, so that an economy can be kept and shared."""
        for name in ARRAYS:
            array = np.array(getattr(self, name), dtype=np.float64, order="C")
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of regions and of sectors."""
        return len(self.regions), len(self.sectors)

    def positions(self, names: Sequence[str]) -> list[int]:
        """Where regions stand along the country axes."""
        return [self.regions.index(name) for name in names]

    @classmethod
    def from_shares(
        cls,
        *,
        trade_share: ArrayLike,
        tariff: ArrayLike,
        input_share: ArrayLike,
        value_added_share: ArrayLike,
        consumption_share: ArrayLike,
        value_added: ArrayLike,
        trade_elasticity: ArrayLike,
        deficit: ArrayLike | None = None,
        regions: Sequence[str] | None = None,
        sectors: Sequence[str] | None = None,
        unit: str = "million USD",
        year: int | None = None,
        source: str = "",
    ) -> Self:
        """An economy from shares; spending is worked out to agree with them at the value added and deficits given.

        Where value added does not agree as well, the shares are no equilibrium of the model: ``solve`` then reports the
        ratio of two solves, and ``rebase`` gives the economy's own equilibrium as an exact base.

        Args:
            trade_share: pi (importer, exporter, sector); sums to 1 over exporter.
            tariff: net ad valorem, 0.25 is 25% (importer, exporter, sector).
            input_share: share of gross output (country, input_sector, using_sector).
            value_added_share: (country, sector).
            consumption_share: (country, sector); sums to 1 over sector.
            value_added: money (country).
            trade_elasticity: theta, one for all or by sector.
            deficit: imports minus exports, money (country); zero where left out.
            regions: names; numbers where left out.
            sectors: names; numbers where left out.
            unit: of the levels.
            year: of the levels.
            source: citation, and what was estimated.

        Raises:
            InputError: with every fault: shapes, signs, sums, transposed axes.
        """
        shares = shares_given(
            trade_share=trade_share,
            tariff=tariff,
            input_share=input_share,
            value_added_share=value_added_share,
            consumption_share=consumption_share,
            value_added=value_added,
            trade_elasticity=trade_elasticity,
            deficit=deficit,
        )
        n, j = shares.value_added_share.shape
        return cls._named(
            _names(regions, "region", n), _names(sectors, "sector", j), shares, unit=unit, year=year, source=source
        )

    @classmethod
    def from_arrays(
        cls,
        *,
        regions: Sequence[str],
        sectors: Sequence[str],
        trade: ArrayLike,
        tariffs: ArrayLike,
        intermediate: ArrayLike,
        final: ArrayLike,
        value_added: ArrayLike,
        theta: ArrayLike,
        deficit: ArrayLike | None = None,
        convention: str = "exact base",
        valuation: str = "purchaser",
        unit: str = "million USD",
        year: int | None = None,
        source: str = "",
    ) -> Self:
        """An economy from the values of an input-output table.

        Args:
            regions: names along the country axes.
            sectors: names along the sector axes.
            trade: value net of tariffs, home sales on the diagonal (importer, exporter, sector).
            tariffs: net ad valorem, 0.25 is 25% (importer, exporter, sector).
            intermediate: (country, input_sector, using_sector).
            final: (country, sector), or with a last axis of categories.
            value_added: (country, sector), or with a last axis of components.
            theta: trade elasticity, one for all or by sector.
            deficit: imports minus exports (country), for ``ratio of two solves``; from trade where left out.
            convention: ``exact base``: the table must balance to 1e-3, and is closed to the last digit; ``ratio of two
                solves``: every share as it is, use need not meet supply, and changes are against the economy's own
                equilibrium.
            valuation: of intermediate and final use: ``purchaser``, with tariffs, or ``basic``, without.
            unit: of the values.
            year: of the values.
            source: citation, and what was estimated.

        Raises:
            InputError: with every fault: shapes, signs, names.
            UnbalancedTable: where the accounts do not close, as those of a transposed array do not.
        """
        shares = values_given(
            Values(trade, tariffs, intermediate, final, value_added, theta, deficit),
            regions=regions,
            sectors=sectors,
            convention=convention,
            valuation=valuation,
        )
        return cls._named(tuple(regions), tuple(sectors), shares, unit=unit, year=year, source=source)

    @classmethod
    def from_tables(
        cls,
        *,
        trade: pd.DataFrame,
        tariffs: pd.DataFrame,
        intermediate: pd.DataFrame,
        final: pd.DataFrame,
        value_added: pd.DataFrame,
        theta: pd.DataFrame,
        convention: str = "exact base",
        valuation: str = "purchaser",
        unit: str = "million USD",
        year: int | None = None,
        source: str = "",
    ) -> Self:
        """An economy from long tables, one row an entry, what is not there zero.

        Regions stand in the order of ``value_added``, sectors in that of ``theta``.

        Args:
            trade: importer, exporter, sector, value.
            tariffs: importer, exporter, sector, rate.
            intermediate: country, input_sector, using_sector, value.
            final: country, sector, value.
            value_added: country, sector, value.
            theta: sector, trade_elasticity.
            convention: as in from_arrays.
            valuation: as in from_arrays.
            unit: of the values.
            year: of the values.
            source: citation, and what was estimated.

        Raises:
            InputError: with every fault: columns, names, entries that stand twice.
            UnbalancedTable: where the accounts do not close.
        """
        arrays = arrays_of(LongTables(trade, tariffs, intermediate, final, value_added, theta))
        return cls.from_arrays(
            regions=arrays.regions,
            sectors=arrays.sectors,
            trade=arrays.trade,
            tariffs=arrays.tariffs,
            intermediate=arrays.intermediate,
            final=arrays.final,
            value_added=arrays.value_added,
            theta=arrays.theta,
            convention=convention,
            valuation=valuation,
            unit=unit,
            year=year,
            source=source,
        )

    @classmethod
    def _named(
        cls,
        regions: tuple[str, ...],
        sectors: tuple[str, ...],
        shares: Shares,
        *,
        unit: str,
        year: int | None,
        source: str,
    ) -> Self:
        return cls(
            regions=regions,
            sectors=sectors,
            trade_share=shares.trade_share,
            tariff=shares.tariff,
            input_share=shares.input_share,
            value_added_share=shares.value_added_share,
            consumption_share=shares.consumption_share,
            value_added=shares.value_added,
            trade_elasticity=shares.trade_elasticity,
            deficit=shares.deficit,
            expenditure=shares.expenditure,
            unit=unit,
            year=year,
            source=source,
        )


def _names(given: Sequence[str] | None, what: str, count: int) -> tuple[str, ...]:
    """Names as given, or numbered."""
    if given is None:
        return tuple(f"{what} {k + 1}" for k in range(count))
    if len(given) != count or len(set(given)) != count:
        raise InputError(Fault(f"{what}s", f"{len(set(given))} names", f"Allowed: {count}, each once"))
    return tuple(str(name) for name in given)
