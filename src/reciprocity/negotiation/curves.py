"""Curves: what open clauses do to their routes where the law, and no straight line, says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from reciprocity.economy.economy import Array

Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What one instrument does to its routes: cubics in x between the points at which the law was asked.

    Attributes:
        instrument: position of the instrument.
        importer, exporter, sector: positions of its routes.
        points: of x at which the law was asked, rising.
        cubics: by powers of x less the point below it, highest first: of ln(1 + t), ln d and ln(1 + e) of each route,
            against the law (4, interval, 3 x route).
        law: x that leaves the law as it is.
        taxed: whether any of it is a tax on exports.
    """

    instrument: int
    importer: Index
    exporter: Index
    sector: Index
    points: Array
    cubics: Array
    law: float
    taxed: bool = False

    def at(self, x: float, *, slope: bool = False) -> Array:
        """The change of ln(1 + t), of ln d and of ln(1 + e) at x, or their slopes (3, route)."""
        below = min(max(int(np.searchsorted(self.points, x, side="right")) - 1, 0), len(self.points) - 2)
        step = x - self.points[below]
        cube, square, straight, level = self.cubics[:, below]
        if slope:
            return ((3.0 * step * cube + 2.0 * square) * step + straight).reshape(3, -1)
        return (((step * cube + square) * step + straight) * step + level).reshape(3, -1)

    def cheapest(self, *values: float) -> float:
        """Which of some values makes the routes cheapest, in the mean of logarithms."""
        return min(values, key=lambda x: float(self.at(x).sum()))


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """The curves of a table, side by side: an entry a pair of curve and route.

    Attributes:
        each: the curves.
        instrument: position of the instrument (entry).
        importer, exporter, sector: positions of the route (entry).
    """

    each: tuple[Curve, ...]
    instrument: Index
    importer: Index
    exporter: Index
    sector: Index

    @property
    def routes(self) -> tuple[Index, Index, Index]:
        """Positions of the routes (entry)."""
        return self.importer, self.exporter, self.sector

    @property
    def taxed(self) -> bool:
        """Whether any of them is a tax on exports."""
        return any(one.taxed for one in self.each)

    def at(self, x: Array, *, slope: bool = False) -> Array:
        """The change of ln(1 + t), of ln d and of ln(1 + e), or their slopes, each by its own x (3, entry)."""
        return np.concatenate([one.at(float(x[one.instrument]), slope=slope) for one in self.each], axis=1)


def curve(
    routes: Sequence[Index], points: Array, moves: Array, *, law: float, taxed: bool = False, instrument: int = 0
) -> Curve:
    """The curve through what the law says at points: smooth, and monotone where it is (Fritsch and Butland 1984).

    Args:
        routes: positions of importers, exporters and sectors.
        points: of x, rising.
        moves: change of ln(1 + t), ln d and ln(1 + e) there, against the law (point, 3, route).
        law: x that leaves the law as it is.
        taxed: whether any of it is a tax on exports.
        instrument: position of the instrument.
    """
    cubics = PchipInterpolator(points, moves.reshape(len(points), -1), axis=0).c
    return Curve(instrument, routes[0], routes[1], routes[2], points, np.ascontiguousarray(cubics), law, taxed)


def side_by_side(each: Sequence[Curve]) -> Curves:
    """Curves as one; none is none."""
    nothing = np.zeros(0, dtype=np.intp)
    return Curves(
        tuple(each),
        np.concatenate([nothing, *(np.full(one.importer.size, one.instrument) for one in each)]),
        np.concatenate([nothing, *(one.importer for one in each)]),
        np.concatenate([nothing, *(one.exporter for one in each)]),
        np.concatenate([nothing, *(one.sector for one in each)]),
    )


def shifted(curves: Curves, start: int) -> list[Curve]:
    """The same curves with instruments counted from elsewhere."""
    return [replace(one, instrument=one.instrument + start) for one in curves.each]
