"""Bands: a central value with its range, and where walking away would leave each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reciprocity.report.figures import svg
from reciprocity.report.figures.axis import FOOT, axis, zero
from reciprocity.report.figures.measure import Measure
from reciprocity.report.figures.scale import Scale, span
from reciprocity.report.markup import Markup, table, tag
from reciprocity.report.numbers import ABSENT

_TOP, _ROW = 22, 44


@dataclass(frozen=True, slots=True)
class Band:
    """One row: low and high are absent for a point estimate, walk_away is absent where it was not computed."""

    name: str
    side: str
    value: float
    low: float | None = None
    high: float | None = None
    walk_away: float | None = None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Bands on one scale, zero always drawn. `columns` names low, central, high and walk-away, for the table."""

    title: str
    description: str
    columns: tuple[str, str, str, str]
    measure: Measure
    rows: Sequence[Band]

    def svg(self, width: int = 560, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("intervals", mark, self.title, self.rows, width)
        height = _TOP + _ROW * len(self.rows) + FOOT
        column = min(max([svg.text_width(row.name) for row in self.rows], default=60) + 14, 0.34 * width)
        scale = self._scale(column + 34, width - 46)
        body = axis(scale, self.measure, top=_TOP - 4, foot=height - FOOT)
        for at, row in enumerate(self.rows):
            middle = _TOP + _ROW * (at + 0.5)
            body.append(svg.label(column - 10, middle, row.name, column - 12, anchor="end"))
            body += self._band(scale, row, middle)
        body.append(zero(scale, top=_TOP - 4, foot=height - FOOT))
        body.append(svg.text((column + width) / 2, height - 4, self.measure.unit, anchor="middle", style="soft"))
        return svg.frame(
            "intervals", ident, title=self.title, description=self.description, width=width, height=height, body=body
        )

    def table(self) -> Markup:
        """The same numbers as a table."""
        rows = [
            (
                row.name,
                *(
                    ABSENT if at is None else self.measure.show(at)
                    for at in (row.low, row.value, row.high, row.walk_away)
                ),
            )
            for row in self.rows
        ]
        return table(self.title, ("", *self.columns), rows)

    def _scale(self, start: float, end: float) -> Scale:
        known = [at for row in self.rows for at in (row.low, row.value, row.high, row.walk_away) if at is not None]
        return Scale(*span(known), start, end)

    def _band(self, scale: Scale, row: Band, middle: float) -> list[Markup]:
        body = []
        if row.low is not None and row.high is not None:
            box = {
                "x": scale(row.low),
                "y": middle - 5,
                "width": max(scale(row.high) - scale(row.low), 1),
                "height": 10,
            }
            body.append(tag("rect", {**box, "class": row.side, "opacity": 0.35}))
            body += [
                svg.line(scale(at), middle - 8, scale(at), middle + 8, style=row.side) for at in (row.low, row.high)
            ]
        if row.walk_away is not None:
            x = scale(row.walk_away)
            body.append(svg.line(x, middle - 9, x, middle + 9, style="move"))
        body.append(tag("circle", {"cx": scale(row.value), "cy": middle, "r": 5.5, "class": row.side}))
        body.append(
            svg.text(scale(row.value), middle - 13, self.measure.show(row.value), anchor="middle", style="value halo")
        )
        return body
