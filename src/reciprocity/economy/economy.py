"""The economy the model solves: shares, elasticities and levels of one base year, as arrays with named axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
