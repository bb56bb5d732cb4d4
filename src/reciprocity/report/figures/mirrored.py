"""Two sides of a table: the same rows told for both, gains pointing away from the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reciprocity.report.figures import svg
from reciprocity.report.figures.axis import FOOT, axis, zero
from reciprocity.report.figures.measure import Measure
from reciprocity.report.figures.scale import Scale, fitted, settled
from reciprocity.report.markup import Markup, table

_TOP, _BAR = 46, 18
_LINES = 4
"""Lines of a row's label at most."""
_SLIM = 500
"""Below this width a row's label stands above its bars, not between them."""


@dataclass(frozen=True, slots=True)
class MirroredBars:
    """Rows of (label, left value, right value). Both sides share one scale, and zero is drawn on each."""

    title: str
    description: str
    left: str
    right: str
    gain: str
    loss: str
    measure: Measure
    hues: tuple[str, str]
    rows: Sequence[tuple[str, float, float]]

    def svg(self, width: int = 720, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("mirrored", mark, self.title, self.rows, width)
        slim = width < _SLIM
        names = max([svg.text_width(row[0]) for row in self.rows], default=60) + 24
        middle = 20 if slim else min(names, 0.34 * width)
        room = width if slim else middle - 12
        lines = max([len(svg.lines_of(row[0], room, most=_LINES)) for row in self.rows], default=1)
        step = 31 + 15 * lines if slim else 34 + 15 * max(lines - 2, 0)
        height = _TOP + step * len(self.rows) + FOOT
        body: list[Markup] = []
        for left in (True, False):
            body += self._side(ident, width, middle, step, left=left)
        for place, row in enumerate(self.rows):
            high = _TOP + step * place + (4.5 + 7.5 * lines if slim else step / 2)
            body.append(svg.label(width / 2, high, row[0], room, anchor="middle", style="halo", most=_LINES))
        body.append(svg.text(width / 2, height - 4, self.measure.unit, anchor="middle", style="soft"))
        return svg.frame(
            "mirrored", ident, title=self.title, description=self.description, width=width, height=height, body=body
        )

    def table(self) -> Markup:
        """The same numbers as a table."""
        show = self.measure.show
        rows = [(name, show(left), show(right)) for name, left, right in self.rows]
        return table(self.title, ("", self.left, self.right), rows)

    def _side(self, ident: str, width: float, middle: float, step: float, *, left: bool) -> list[Markup]:
        name, hue = (self.left, self.hues[0]) if left else (self.right, self.hues[1])
        inner, outer = ((width - middle) / 2, 0.0) if left else ((width + middle) / 2, float(width))
        scale = self._scale(inner, outer)
        foot = _TOP + step * len(self.rows)
        body = [svg.text((inner + outer) / 2, 15, name, anchor="middle", style=f"head {hue}-ink")]
        body += self._directions(scale, left=left)
        body += axis(scale, self.measure, top=_TOP - 4, foot=foot)
        body.append(zero(scale, top=_TOP - 10, foot=foot))
        for place, row in enumerate(self.rows):
            centre = _TOP + step * (place + 1) - 15 if width < _SLIM else _TOP + step * (place + 0.5)
            value = settled(row[1] if left else row[2])
            bar = svg.bar(scale(0), scale(value), centre - _BAR / 2, _BAR, side=hue, loss=value < 0, ident=ident)
            body += [bar, self._words(scale, value, centre, leftward=(value >= 0) == left)]
        return body

    def _scale(self, inner: float, outer: float) -> Scale:
        values = [settled(value) for row in self.rows for value in row[1:]]
        words = [svg.bold_width(self.measure.brief(value)) + 8 for value in values]
        return fitted(values, words, inner, outer)

    def _directions(self, scale: Scale, *, left: bool) -> list[Markup]:
        outward = -1 if left else 1
        gain = f"◂ {self.gain}" if left else f"{self.gain} ▸"
        loss = f"{self.loss} ▸" if left else f"◂ {self.loss}"
        anchors = ("end", "start") if left else ("start", "end")
        words = [svg.text(scale(0) + 6 * outward, 32, gain, anchor=anchors[0], style="soft")]
        if scale.low < 0:
            words.append(svg.text(scale(0) - 6 * outward, 32, loss, anchor=anchors[1], style="soft"))
        return words

    def _words(self, scale: Scale, value: float, centre: float, *, leftward: bool) -> Markup:
        x, anchor = (scale(value) - 5, "end") if leftward else (scale(value) + 5, "start")
        return svg.text(x, centre + 4.5, self.measure.brief(value), anchor=anchor, style="value halo")
