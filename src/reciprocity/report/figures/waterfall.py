"""From nothing to the whole deal, clause by clause: each step starts where the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reciprocity.report.figures import svg
from reciprocity.report.figures.axis import FOOT, axis, zero
from reciprocity.report.figures.measure import Measure
from reciprocity.report.figures.scale import Scale, span
from reciprocity.report.markup import Markup, table

_TOP, _STEP, _BAR = 8, 36, 17


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One bar of the drawing, from where the last ended to where this one does."""

    name: str
    start: float
    end: float
    side: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Steps of (clause, what it adds). The steps add up to the last bar, named by `total`."""

    title: str
    description: str
    heading: str
    total: str
    side: str
    measure: Measure
    steps: Sequence[tuple[str, float]]

    def svg(self, width: int = 560, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("waterfall", mark, self.title, self.steps, self.side, width)
        drawn = self._drawn()
        foot = _TOP + _STEP * len(drawn)
        column = max(
            svg.label_column([one.name for one in drawn], width), min(svg.bold_width(self.total) + 16, 0.4 * width)
        )
        scale = self._scale(drawn, column, width)
        body = axis(scale, self.measure, top=_TOP, foot=foot)
        body.append(zero(scale, top=_TOP - 4, foot=foot))
        for at, one in enumerate(drawn):
            centre = _TOP + _STEP * (at + 0.5)
            if at + 1 < len(drawn):
                edge = scale(one.end)
                body.append(svg.line(edge, centre + _BAR / 2, edge, centre + _STEP - _BAR / 2, style="link"))
            style = "value" if one.side == "total" else ""
            body.append(svg.label(column - 10, centre, one.name, column - 12, anchor="end", style=style))
            body += self._bar(ident, scale, one, centre)
        room = FOOT + 15 * (len(svg.lines_of(self.measure.unit, width, size=12)) - 1)
        body.append(
            svg.label(width / 2, foot + (FOOT + room) / 2 - 8, self.measure.unit, width, anchor="middle", style="soft")
        )
        return svg.frame(
            "waterfall",
            ident,
            title=self.title,
            description=self.description,
            width=width,
            height=foot + room,
            body=body,
        )

    def table(self) -> Markup:
        """The same numbers as a table."""
        rows = [(one.name, self.measure.show(one.end - one.start)) for one in self._drawn()]
        return table(self.title, (self.heading, self.measure.unit), rows)

    def _drawn(self) -> list[_Drawn]:
        ends = [0.0, *accumulate(value for _, value in self.steps)]
        bars = [_Drawn(name, ends[at], ends[at + 1], self.side) for at, (name, _) in enumerate(self.steps)]
        return [*bars, _Drawn(self.total, 0.0, ends[-1], "total")]

    def _scale(self, drawn: Sequence[_Drawn], column: float, width: float) -> Scale:
        words = max(svg.bold_width(self.measure.brief(one.end - one.start)) for one in drawn) + 8
        fall = any(one.end < one.start for one in drawn)
        return Scale(*span(one.end for one in drawn), column + (words if fall else 2), width - words)

    def _bar(self, ident: str, scale: Scale, one: _Drawn, centre: float) -> list[Markup]:
        value = one.end - one.start
        left, right = sorted((scale(one.start), scale(one.end)))
        x, anchor = (left - 5, "end") if value < 0 else (right + 5, "start")
        return [
            svg.bar(left, right, centre - _BAR / 2, _BAR, side=one.side, loss=value < 0, ident=ident),
            svg.text(x, centre + 4.5, self.measure.brief(value), anchor=anchor, style="value halo"),
        ]
