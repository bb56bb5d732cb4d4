"""A map of equal tiles: partners, or provinces and states. Every place has the same weight and none needs a border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reciprocity.report.figures import svg
from reciprocity.report.figures.measure import Measure
from reciprocity.report.markup import Markup, joined, table, tag
from reciprocity.report.numbers import direction

Grid = Mapping[str, tuple[int, int]]

_ROWS_OF_PARTNERS = """
CAN .     GBR  NOR  .    RUS .   .
USA .     EU27 CHE  TUR  CHN KOR JPN
MEX LATAM .    .    GULF IND VNM TWN
.   BRA   .    ROW  .    ASEAN AUS .
"""
_ROWS_OF_PROVINCES_AND_STATES = """
.  YT NT .  NU .  .  .  .  .  .  NL
.  BC AB SK MB .  ON .  QC NB PE NS
AK .  .  .  .  .  .  .  .  VT NH ME
.  WA ID MT ND MN WI MI .  NY MA RI
.  OR NV WY SD IA IL IN OH PA NJ CT
.  CA UT CO NE MO KY WV VA MD DE .
.  .  AZ NM KS AR TN NC SC DC .  .
.  .  .  .  OK LA MS AL GA .  .  .
HI .  .  .  TX .  .  .  .  FL .  .
"""


_NONE = "≈\u202f0"
"""What a tile says of a change too small to tell."""


def _grid(drawing: str) -> dict[str, tuple[int, int]]:
    rows = [row.split() for row in drawing.strip().splitlines()]
    return {code: (column, row) for row, codes in enumerate(rows) for column, code in enumerate(codes) if code != "."}


PARTNERS: Grid = _grid(_ROWS_OF_PARTNERS)
"""The 21 regions of the default economy, about where they lie."""
PROVINCES_AND_STATES: Grid = _grid(_ROWS_OF_PROVINCES_AND_STATES)
"""Provinces, territories, states and the District of Columbia by postal code."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A place: its code on the map, its name, and what changes there; absent where it was not computed."""

    code: str
    name: str
    value: float | None
    side: str = "third"


@dataclass(frozen=True, slots=True)
class TileMap:
    """Tiles by code on a grid. Shade tells size, stripes and ▼ a loss; one smaller than `slight` is drawn as none."""

    title: str
    description: str
    heading: str
    measure: Measure
    tiles: tuple[Tile, ...]
    grid: Grid
    slight: float = 0.0
    slight_words: str = ""

    def svg(self, width: int = 720, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("tiles", mark, self.title, self.tiles, width)
        columns = 1 + max(column for column, _ in self.grid.values())
        rows = 1 + max(row for _, row in self.grid.values())
        wide = width / columns
        tall = wide * (0.62 if columns <= 8 and width > 500 else 1.0)
        largest = max([abs(tile.value) for tile in self.tiles if tile.value is not None], default=1.0) or 1.0
        by_code = {tile.code: tile for tile in self.tiles}
        body = [
            self._tile(ident, by_code.get(code), code, (column * wide, row * tall, wide - 4, tall - 4), largest)
            for code, (column, row) in self.grid.items()
        ]
        height = rows * tall + 22
        body.append(svg.text(width / 2, height - 5, self._unit(), anchor="middle", style="soft"))
        return svg.frame(
            "tiles", ident, title=self.title, description=self.description, width=width, height=height, body=body
        )

    def table(self) -> Markup:
        """The same numbers as a table, largest change first."""
        known = sorted((tile for tile in self.tiles if tile.value is not None), key=lambda tile: -abs(tile.value or 0))
        rows = [(tile.name, self.measure.show(tile.value or 0.0)) for tile in known]
        return table(self.title, (self.heading, self.measure.unit), rows)

    def _unit(self) -> str:
        """What the tiles tell, and what counts as no change."""
        return f"{self.measure.unit} · {_NONE} {self.slight_words}" if self.slight_words else self.measure.unit

    def _tile(
        self, ident: str, tile: Tile | None, code: str, box: tuple[float, float, float, float], largest: float
    ) -> Markup:
        x, y, wide, tall = box
        place = {"x": x, "y": y, "width": wide, "height": tall, "rx": 4}
        parts = [tag("rect", {**place, "class": "tile"})]
        tiny = "tiny" if svg.bold_width(code) > wide - 4 or wide < 34 else ""
        if tile is None or tile.value is None:
            return joined(
                [*parts, svg.text(x + wide / 2, y + tall / 2 + 4, code, anchor="middle", style=f"soft {tiny}")]
            )
        told = abs(tile.value) >= self.slight
        strength = 0.12 + 0.4 * abs(tile.value) / largest
        fill = {"style": f"fill:url(#{ident}-{tile.side})"} if tile.value < 0 else {}
        if told:
            parts.append(tag("rect", {**place, "class": f"{tile.side} wash", "opacity": strength, **fill}))
        roomy = wide >= 56
        parts.append(
            svg.text(
                x + wide / 2, y + tall / 2 + (-4 if roomy else 1), code, anchor="middle", style=f"value halo {tiny}"
            )
        )
        words = _NONE if not told else self.measure.show(tile.value) if roomy else direction(tile.value)
        low = y + tall / 2 + 14 if roomy else y + tall - 3
        parts.append(svg.text(x + wide / 2, low, words, anchor="middle", style=f"soft halo {tiny}"))
        return tag("g", None, tag("title", None, f"{tile.name}: {self.measure.show(tile.value)}"), *parts)
