"""A figure on a page: its finding above, the drawing at two widths, its table one step away; or alone, in a file."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Protocol

from reciprocity.report.figures import svg
from reciprocity.report.markup import Markup, scrolled, tag

WIDE, NARROW = 800, 350


class Figure(Protocol):
    """What every figure can do."""

    @property
    def title(self) -> str:
        """The finding, in a sentence."""
        ...

    @property
    def description(self) -> str:
        """What is drawn, for who cannot see it."""
        ...

    def svg(self, width: int = ..., *, mark: str = ...) -> Markup:
        """The drawing."""
        ...

    def table(self) -> Markup:
        """The same numbers as a table."""
        ...


def figure(drawn: Figure, *, data: str, wide: int = WIDE, level: str = "h3", mark: str = "") -> Markup:
    """A figure under its finding: a drawing for wide screens, one for narrow ones, and its table behind `data`."""
    return tag(
        "figure",
        None,
        tag("figcaption", None, tag(level, None, drawn.title)),
        tag("div", {"class": "wide"}, drawn.svg(wide, mark=mark)),
        tag("div", {"class": "narrow"}, drawn.svg(NARROW, mark=mark)),
        tag("details", None, tag("summary", None, data), scrolled(data, drawn.table())),
    )


@cache
def style() -> Markup:
    """The style sheet of tokens and figures, for a page that shows drawings."""
    folder = files("reciprocity.report").joinpath("styles")
    return Markup(
        "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("tokens.css", "figures.css"))
    )


def titled(drawn: Figure, width: int) -> Markup:
    """A figure alone in a file: its finding and what is drawn above the drawing."""
    head = svg.lines_of(drawn.title, width - 8, size=15, most=3)
    told = svg.lines_of(drawn.description, width - 8, size=12, most=3)
    room = 20 * len(head) + 16 * len(told) + 14
    words = [svg.text(0, 20 * at - room - 4, line, style="head") for at, line in enumerate(head, 1)]
    words += [svg.text(0, 20 * len(head) + 16 * at - room - 4, line, style="soft") for at, line in enumerate(told, 1)]
    drawing = drawn.svg(width)
    high = float(re.findall(r'viewBox="0 0 \S+ (\S+)"', drawing)[0])
    size = f'viewBox="0 {-room} {width} {high + room:g}" width="{width}" height="{high + room:g}"'
    sized = re.sub(r'viewBox="[^"]*" width="[^"]*" height="[^"]*"', size, drawing, count=1)
    return standalone(Markup(sized.removesuffix("</svg>") + "".join(words) + "</svg>"))


def standalone(drawing: Markup) -> Markup:
    """A drawing that needs no page: light colours written out, so that any program that reads SVG shows it."""
    opening, rest = drawing.split(">", 1)
    return Markup(f"{opening}><style>{_resolved()}</style>{rest}")


@cache
def _resolved() -> str:
    sheet = re.sub(r"/\*.*?\*/", "", style(), flags=re.DOTALL)
    light = re.sub(r"light-dark\(([^,]+), [^)]+\)", r"\1", sheet)
    values = dict(re.findall(r"(--[\w-]+): ([^;]+);", light))
    rules = re.findall(r"svg\.figure[^{]*\{[^}]*\}", light)
    resolved = re.sub(r"var\((--[\w-]+)\)", lambda found: values[found[1]], "\n".join(rules))
    return resolved.replace("svg.figure .", ".").replace("svg.figure text", "text").replace("svg.figure", "svg")
