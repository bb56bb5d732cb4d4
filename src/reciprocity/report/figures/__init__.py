"""Figures as values: each draws itself as SVG at a width, and tells the same numbers as a table."""

from __future__ import annotations

from reciprocity.report.figures.bars import Bars
from reciprocity.report.figures.frontier import Frontier, Point
from reciprocity.report.figures.intervals import Band, Intervals
from reciprocity.report.figures.matrix import Matrix
from reciprocity.report.figures.measure import Measure, of_money, of_percent
from reciprocity.report.figures.mirrored import MirroredBars
from reciprocity.report.figures.page import Figure, figure, standalone, style, titled
from reciprocity.report.figures.tiles import PARTNERS, PROVINCES_AND_STATES, Tile, TileMap
from reciprocity.report.figures.tracks import Track, Tracks
from reciprocity.report.figures.waterfall import Waterfall

__all__ = [
    "PARTNERS",
    "PROVINCES_AND_STATES",
    "Band",
    "Bars",
    "Figure",
    "Frontier",
    "Intervals",
    "Matrix",
    "Measure",
    "MirroredBars",
    "Point",
    "Tile",
    "TileMap",
    "Track",
    "Tracks",
    "Waterfall",
    "figure",
    "of_money",
    "of_percent",
    "standalone",
    "style",
    "titled",
]
