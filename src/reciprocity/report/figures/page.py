"""A figure on a page: its finding above, the drawing at two widths, its table one step away; or alone, in a file."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Protocol

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
