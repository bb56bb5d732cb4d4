"""The marked foot of a figure: grid lines at round values, the values under them."""

from __future__ import annotations

from reciprocity.report.figures import svg
from reciprocity.report.figures.measure import Measure
from reciprocity.report.figures.scale import Scale, ticks
from reciprocity.report.markup import Markup

FOOT = 42
"""Height kept for the marks and the unit."""


def axis(scale: Scale, measure: Measure, *, top: float, foot: float, spacing: float = 60) -> list[Markup]:
    """Grid lines from top to foot with signed round values below, no two closer than their words allow."""
    marked = ticks(scale.low, scale.high, about=max(1, int(abs(scale.end - scale.start) // spacing)))
    body = []
    for tick, words in zip(marked, measure.marks(marked), strict=True):
        body.append(svg.line(scale(tick), top, scale(tick), foot + 4, style="grid"))
        body.append(svg.text(scale(tick), foot + 18, words, anchor="middle", style="soft"))
    return body


def zero(scale: Scale, *, top: float, foot: float) -> Markup:
    """The line of no change, always drawn."""
    return svg.line(scale(0), top, scale(0), foot + 4, style="zero")
