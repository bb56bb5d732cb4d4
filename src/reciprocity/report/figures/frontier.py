"""What both sides can have at once: efficient deals, the status quo, the walk-away point and where this deal stands."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reciprocity.report.figures import svg
from reciprocity.report.figures.measure import Measure
from reciprocity.report.figures.scale import Scale, span, ticks
from reciprocity.report.markup import Markup, table, tag

Role = Literal["status_quo", "threat_point", "deal", "other"]

_TOP, _FOOT, _LEFT, _RIGHT = 16, 52, 78, 16


@dataclass(frozen=True, slots=True)
class Point:
    """A labelled outcome: left and right are the two sides' gains."""

    name: str
    left: float
    right: float
    role: Role = "other"


@dataclass(frozen=True, slots=True)
class Frontier:
    """Left side along, right side up. `line` holds efficient deals in order; the corner beyond the threat is shaded."""

    title: str
    description: str
    left: str
    right: str
    better: str
    measure: Measure
    line: Sequence[tuple[float, float]]
    points: Sequence[Point]

    def svg(self, width: int = 560, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("frontier", mark, self.title, self.line, self.points, width)
        height = round(0.72 * width) if width > 420 else width
        across, up = self._scales(width, height)
        body = self._ground(across, up)
        if self.line:
            path = " ".join(f"{across(left):.1f},{up(right):.1f}" for left, right in self.line)
            body.append(tag("polyline", {"points": path, "class": "path"}))
            body += [tag("circle", {"cx": across(x), "cy": up(y), "r": 2.5, "class": "third"}) for x, y in self.line]
        body += [_mark(point.role, across(point.left), up(point.right)) for point in self.points]
        body += self._labels(across, up, width)
        body.append(
            svg.text((across.start + across.end) / 2, height - 6, self.left, anchor="middle", style="canada-ink")
        )
        turned = {"transform": f"translate(14 {(up.start + up.end) / 2:.1f}) rotate(-90)"}
        body.append(tag("g", turned, svg.text(0, 0, self.right, anchor="middle", style="usa-ink")))
        return svg.frame(
            "frontier", ident, title=self.title, description=self.description, width=width, height=height, body=body
        )

    def table(self) -> Markup:
        """The same points as a table."""
        show = self.measure.show
        rows = [(point.name, show(point.left), show(point.right)) for point in self.points]
        rows += [(f"{at}", show(left), show(right)) for at, (left, right) in enumerate(self.line, start=1)]
        return table(self.title, ("", self.left, self.right), rows)

    def _scales(self, width: float, height: float) -> tuple[Scale, Scale]:
        lefts = [*(x for x, _ in self.line), *(point.left for point in self.points)]
        rights = [*(y for _, y in self.line), *(point.right for point in self.points)]
        return (
            Scale(*_padded(*span(lefts)), _LEFT, width - _RIGHT),
            Scale(*_padded(*span(rights)), height - _FOOT, _TOP),
        )

    def _ground(self, across: Scale, up: Scale) -> list[Markup]:
        body: list[Markup] = []
        threat = next((point for point in self.points if point.role == "threat_point"), None)
        origin = threat or next((point for point in self.points if point.role == "status_quo"), None)
        if origin:
            x, y = across(origin.left), up(origin.right)
            body.append(
                tag("rect", {"x": x, "y": up.end, "width": across.end - x, "height": y - up.end, "class": "better"})
            )
        columns = ticks(across.low, across.high, about=max(3, int((across.end - across.start) // 90)))
        rows = ticks(up.low, up.high, about=5)
        for value, words in zip(columns, self.measure.marks(columns), strict=True):
            body.append(
                svg.line(across(value), up.start, across(value), up.end, style="zero" if value == 0 else "grid")
            )
            body.append(svg.text(across(value), up.start + 18, words, anchor="middle", style="soft"))
        for value, words in zip(rows, self.measure.marks(rows), strict=True):
            body.append(
                svg.line(across.start, up(value), across.end, up(value), style="zero" if value == 0 else "grid")
            )
            body.append(svg.text(across.start - 8, up(value) + 4, words, anchor="end", style="soft"))
        if origin:
            body.append(svg.text(across.end - 8, up.end + 16, self.better, anchor="end", style="soft halo"))
        return body

    def _labels(self, across: Scale, up: Scale, width: float) -> list[Markup]:
        taken = [_around(across(point.left), up(point.right), 8) for point in self.points]
        lines = [(across(0) - 1, up.end, across(0) + 1, up.start), (across.start, up(0) - 1, across.end, up(0) + 1)]
        lines += [_around(across(x), up(y), 5) for x, y in _dense(self.line)]
        body = []
        for point in self.points:
            at = (across(point.left), up(point.right))
            box = _free_place(at, svg.bold_width(point.name), [taken + lines, taken], width)
            taken.append(box)
            style = "value halo" if point.role == "deal" else "halo"
            body.append(svg.text(box[0], box[3] - 4, point.name, style=style))
        return body


Box = tuple[float, float, float, float]


def _free_place(at: tuple[float, float], wide: float, hurdles: Sequence[Sequence[Box]], width: float) -> Box:
    """The first place near a point where words cover nothing and stay inside; fewer hurdles when there is none."""
    x, y = at
    for taken in hurdles:
        for dy in (4, -12, 22, -30, 40, -48, 58):
            for dx in (12, -12 - wide, -wide / 2):
                box = (x + dx, y + dy - 12, x + dx + wide, y + dy + 4)
                inside = box[0] >= _LEFT and box[2] <= width - 4 and box[1] >= 2
                if inside and not any(_overlap(box, other) for other in taken):
                    return box
    left = min(max(x - wide / 2, _LEFT), width - 4 - wide)
    return (left, y - 24, left + wide, y - 8)


def _around(x: float, y: float, half: float) -> Box:
    return (x - half, y - half, x + half, y + half)


def _dense(line: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points along a line, close enough that words cannot slip between them."""
    steps = [at / 8 for at in range(8)]
    return [
        (x + step * (nx - x), y + step * (ny - y)) for (x, y), (nx, ny) in itertools.pairwise(line) for step in steps
    ]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _padded(low: float, high: float) -> tuple[float, float]:
    room = 0.12 * (high - low)
    return low - room, high + room


def _mark(role: Role, x: float, y: float) -> Markup:
    if role == "status_quo":
        return tag("rect", {"x": x - 5.5, "y": y - 5.5, "width": 11, "height": 11, "class": "mark-hollow"})
    if role == "threat_point":
        return tag("path", {"d": f"M{x - 6:.1f},{y - 6:.1f} l12,12 m0,-12 l-12,12", "class": "move"})
    if role == "deal":
        return tag("path", {"d": f"M{x:.1f},{y - 8:.1f} l8,8 -8,8 -8,-8 z", "class": "mark"})
    return tag("circle", {"cx": x, "cy": y, "r": 5, "class": "mark-hollow"})
