"""A square of numbers, one for each side: how many units of the column offset one more of the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from reciprocity.report.figures import svg
from reciprocity.report.markup import Markup, joined, table, tag
from reciprocity.report.numbers import ABSENT, Language, number

_HEAD, _CELL, _GAP = 62, 34, 26
_PLAIN, _MOST = 2, 6
"""Digits that count in a small cell, and the most decimals it has."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Blocks of (heading, side, rows of numbers); a number that is not there is None. Stripes tell a minus.

    Attributes:
        title, description: the finding, and what is drawn.
        corner: what the rows are.
        names: of rows and columns, in order.
        blocks: one a side.
        foot: the unit of each name, told once.
        language: of the numbers.
    """

    title: str
    description: str
    corner: str
    names: Sequence[str]
    blocks: Sequence[tuple[str, str, Sequence[Sequence[float | None]]]]
    foot: Sequence[str]
    language: Language = "en"

    def svg(self, width: int = 720, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("matrix", mark, self.title, self.blocks, width)
        tall = _HEAD + _CELL * len(self.names) + _GAP
        body: list[Markup] = []
        for place, (heading, side, rows) in enumerate(self.blocks):
            body += self._block(ident, heading, side, rows, top=place * tall, width=width)
        high = tall * len(self.blocks)
        lines = [line for words in self.foot for line in svg.lines_of(words, width - 8, size=12, most=3)]
        body += [svg.text(0, high + 14 * (at + 1), line, style="soft") for at, line in enumerate(lines)]
        height = high + 14 * len(lines) + 8
        return svg.frame(
            "matrix", ident, title=self.title, description=self.description, width=width, height=height, body=body
        )

    def table(self) -> Markup:
        """The same numbers as a table."""
        rows = [
            (f"{heading}: {name}", *(self._words(value) for value in row))
            for heading, _, values in self.blocks
            for name, row in zip(self.names, values, strict=True)
        ]
        return table(self.title, (self.corner, *self.names), rows)

    def _block(
        self, ident: str, heading: str, side: str, rows: Sequence[Sequence[float | None]], *, top: float, width: float
    ) -> list[Markup]:
        column = svg.label_column(self.names, width)
        wide = (width - column) / len(self.names)
        body = [svg.text(0, top + 16, heading, style=f"head {side}-ink")]
        for at, name in enumerate(self.names):
            middle = column + wide * (at + 0.5)
            body.append(svg.label(middle, top + 42, name, wide - 4, anchor="middle", style="soft"))
        for down, (name, row) in enumerate(zip(self.names, rows, strict=True)):
            y = top + _HEAD + _CELL * down
            body.append(svg.label(column - 10, y + _CELL / 2, name, column - 12, anchor="end"))
            cells = (self._cell(ident, side, value, (column + wide * at, y, wide)) for at, value in enumerate(row))
            body += list(cells)
        return body

    def _cell(self, ident: str, side: str, value: float | None, box: tuple[float, float, float]) -> Markup:
        x, y, wide = box
        place = {"x": x + 1, "y": y + 1, "width": wide - 2, "height": _CELL - 2, "rx": 3}
        parts = [tag("rect", {**place, "class": "tile"})]
        if value is not None:
            fill = {"style": f"fill:url(#{ident}-{side})"} if value < 0 else {}
            parts.append(tag("rect", {**place, "class": f"{side} wash", "opacity": 0.25, **fill}))
        words = self._words(value)
        tiny = "tiny" if svg.bold_width(words) > wide - 6 else ""
        parts.append(svg.text(x + wide / 2, y + _CELL / 2 + 5, words, anchor="middle", style=f"value halo {tiny}"))
        return joined(parts)

    def _words(self, value: float | None) -> str:
        if value is None:
            return ABSENT
        size = abs(value)
        digits = 0 if size >= 100 else 1 if size >= 10 else 2
        if 0 < size < 0.1:
            digits = min(_PLAIN - 1 - floor(log10(size)), _MOST)
        return number(value, digits=digits, language=self.language, signed=True)
