"""Which routes an instrument is for: importers by exporters by sectors, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Economy
from reciprocity.errors import Fault, did_you_mean

Names = str | Sequence[str]
Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Scope:
    """The routes from exporters to importers in sectors; home sales are never in it.

    Attributes:
        importers: a name, or several; none means all.
        exporters: likewise.
        sectors: likewise.
    """

    importers: Names = ()
    exporters: Names = ()
    sectors: Names = ()

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """Every name the economy does not have, and a scope that holds no route."""
        found = _unknown(self.importers, economy.regions, f"{where}.importers", "region")
        found += _unknown(self.exporters, economy.regions, f"{where}.exporters", "region")
        found += _unknown(self.sectors, economy.sectors, f"{where}.sectors", "sector")
        if not found and self.positions(economy)[0].size == 0:
            found.append(Fault(where, "holds no route", "Allowed: at least one importer that is not the exporter"))
        return found

    def positions(self, economy: Economy) -> tuple[Index, Index, Index]:
        """Positions (importer, exporter, sector) of every route, as parallel arrays."""
        n = _positions(self.importers, economy.regions)
        i = _positions(self.exporters, economy.regions)
        j = _positions(self.sectors, economy.sectors)
        grid = np.array(np.meshgrid(n, i, j, indexing="ij")).reshape(3, -1)
        importer, exporter, sector = grid[:, grid[0] != grid[1]]
        return importer, exporter, sector

    def __str__(self) -> str:
        """Exporters to importers, sectors."""
        words = [", ".join(_listed(part)) or "all" for part in (self.exporters, self.importers, self.sectors)]
        return f"{words[0]} to {words[1]}, {words[2]}"


def _listed(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _positions(names: Names, known: tuple[str, ...]) -> Index:
    return np.array([known.index(name) for name in _listed(names) or known], dtype=np.intp)


def _unknown(names: Names, known: tuple[str, ...], where: str, kind: str) -> list[Fault]:
    return [
        Fault(where, f"'{name}' is not a {kind} of this economy", remedy=did_you_mean(name, known))
        for name in _listed(names)
        if name not in known
    ]
