"""Each clause on its own track: where the law stands, where the deal would put it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from reciprocity.report.figures import svg
from reciprocity.report.figures.scale import Scale, span
from reciprocity.report.markup import Markup, joined, table, tag

_TOP, _ROW, _FOOT = 10, 46, 26


@dataclass(frozen=True, slots=True)
class Track:
    """One clause. law is absent where the law has no such thing; an infinite value, a ban, stands at the end."""

    name: str
    law: float | None
    deal: float
    law_words: str
    deal_words: str
    unit: str


@dataclass(frozen=True, slots=True)
class Tracks:
    """Clauses of one unit share a scale from zero. `columns` names clause, law and deal, for the table."""

    title: str
    description: str
    columns: tuple[str, str, str]
    rows: Sequence[Track]

    def svg(self, width: int = 560, *, mark: str = "") -> Markup:
        """The drawing; `mark` keeps its ids apart from those of the same drawing elsewhere on a page."""
        ident = svg.identity("tracks", mark, self.title, self.rows, width)
        height = _TOP + _ROW * len(self.rows) + _FOOT
        column = min(max([svg.text_width(row.name) for row in self.rows], default=60) + 16, 0.4 * width)
        body: list[Markup] = []
        for at, row in enumerate(self.rows):
            middle = _TOP + _ROW * (at + 0.5) + 4
            body.append(svg.label(0, middle - 3, row.name, column - 8))
            body += self._track(row, column + 8, width - 14, middle)
        body.append(self._key(column + 8, height - 6))
        return svg.frame(
            "tracks", ident, title=self.title, description=self.description, width=width, height=height, body=body
        )

    def table(self) -> Markup:
        """The same values as a table."""
        rows = [(row.name, row.law_words, row.deal_words) for row in self.rows]
        return table(self.title, self.columns, rows)

    def _track(self, row: Track, start: float, end: float, middle: float) -> list[Markup]:
        kin = [at for one in self.rows if one.unit == row.unit for at in (one.law or 0.0, one.deal)]
        scale = Scale(*span(at for at in kin if isfinite(at)), start, end)
        law, deal = (scale(at) if isfinite(at) else end for at in (row.law or 0.0, row.deal))
        body = [svg.line(start, middle, end, middle, style="track")]
        if abs(deal - law) > 14:
            body.append(_arrow(law, deal, middle))
        if row.law is not None:
            body.append(tag("circle", {"cx": law, "cy": middle, "r": 6, "class": "mark-hollow"}))
        body.append(tag("circle", {"cx": deal, "cy": middle, "r": 6, "class": "mark"}))
        body.append(_words(scale, deal, middle - 11, row.deal_words, "value"))
        if row.law is not None and row.law_words != row.deal_words:
            room = (svg.bold_width(row.deal_words) + svg.text_width(row.law_words)) / 2 + 22
            height = middle - 11 if abs(deal - law) > room else middle + 20
            body.append(_words(scale, law, height, row.law_words, "soft"))
        return body

    def _key(self, x: float, y: float) -> Markup:
        law, deal = self.columns[1:]
        second = x + 20 + svg.text_width(law, size=12) + 18
        return joined(
            [
                tag("circle", {"cx": x + 5, "cy": y - 4, "r": 5, "class": "mark-hollow"}),
                svg.text(x + 16, y, law, style="soft"),
                tag("circle", {"cx": second + 5, "cy": y - 4, "r": 5, "class": "mark"}),
                svg.text(second + 16, y, deal, style="soft"),
            ]
        )


def _words(scale: Scale, x: float, y: float, words: str, style: str) -> Markup:
    """Words centred on a place, moved in where they would leave the track."""
    half = svg.bold_width(words) / 2
    return svg.text(min(max(x, scale.start - 8 + half), scale.end + 14 - half), y, words, anchor="middle", style=style)


def _arrow(start: float, end: float, middle: float) -> Markup:
    way = 1 if end > start else -1
    tip = end - 8 * way
    head = f"M{tip:.1f},{middle:.1f} l{-7 * way},-5 v10 z"
    return joined(
        [svg.line(start, middle, tip - 4 * way, middle, style="move"), tag("path", {"d": head, "class": "mark"})]
    )
