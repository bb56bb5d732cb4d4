"""Horizontal bars about a zero line, each with its value beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reciprocity.report.figures import svg
from reciprocity.report.figures.axis import FOOT, axis, zero
from reciprocity.report.figures.measure import Measure
from reciprocity.report.figures.scale import fitted
from reciprocity.report.markup import Markup, table

_TOP, _BAR = 8, 15


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of (label, value, side); side is canada, usa or third and gives the hue."""

    title: str
    description: str
    heading: str
    measure: Measure
    rows: Sequence[tuple[str, float, str]]

    def svg(self, width: int = 560, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("bars", mark, self.title, self.rows, width)
        column = svg.label_column([name for name, _, _ in self.rows], width)
        step = 36 if any(svg.text_width(name) > column - 12 for name, _, _ in self.rows) else 26
        foot = _TOP + step * len(self.rows)
        values = [value for _, value, _ in self.rows]
        words = [svg.bold_width(self.measure.brief(value)) + 8 for value in values]
        scale = fitted(values, words, column, width - 2)
        body = axis(scale, self.measure, top=_TOP, foot=foot)
        body.append(zero(scale, top=_TOP - 4, foot=foot))
        for at, (name, value, side) in enumerate(self.rows):
            centre = _TOP + step * (at + 0.5)
            x, anchor = (scale(value) - 5, "end") if value < 0 else (scale(value) + 5, "start")
            body += [
                svg.label(column - 10, centre, name, column - 12, anchor="end"),
                svg.bar(scale(0), scale(value), centre - _BAR / 2, _BAR, side=side, loss=value < 0, ident=ident),
                svg.text(x, centre + 4.5, self.measure.brief(value), anchor=anchor, style="value halo"),
            ]
        body.append(svg.text(width / 2, foot + FOOT - 4, self.measure.unit, anchor="middle", style="soft"))
        return svg.frame(
            "bars", ident, title=self.title, description=self.description, width=width, height=foot + FOOT, body=body
        )

    def table(self) -> Markup:
        """The same numbers as a table."""
        rows = [(name, self.measure.show(value)) for name, value, _ in self.rows]
        return table(self.title, (self.heading, self.measure.unit), rows)
