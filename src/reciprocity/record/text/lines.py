"""Which lines of a text are what it says, and which are the page around it.

Nothing is cut out: a line that is left out keeps its number, its place and the kind of thing it is. When in doubt a
line is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from reciprocity.files import shipped_toml
from reciprocity.record.document import Line

_ENDS = re.compile(r"[.!?…:;,][”\"’'»)\]*]*$")
_HEADING = re.compile(r"#{1,6} \S|[*_]{2}[^*_]{2,100}[*_]{2}:?$")
_LONGEST_HEADLINE = 130


@dataclass(frozen=True, slots=True)
class _Seen:
    start: int
    end: int
    words: str


def line_map(text: str, *, body_from: int = 0) -> tuple[Line, ...]:
    """Every line of a text with its kind and, when it is kept, its place in the clean text."""
    rows = list(_rows(text))
    return _mapped(rows, ["front-matter" if row.start < body_from else "body" for row in rows])


def mark_lines(text: str, kinds: tuple[str, ...]) -> tuple[Line, ...]:
    """The line map of a text whose lines are known already, as from a page: what is left as body is looked at again."""
    return _mapped(list(_rows(text)), list(kinds))


def _mapped(rows: list[_Seen], given: list[str]) -> tuple[Line, ...]:
    kinds = [
        "blank" if not row.words else _kind(row.words) if kind == "body" else kind
        for row, kind in zip(rows, given, strict=True)
    ]
    _mark_captions(rows, kinds)
    _mark_headlines(rows, kinds)
    _mark_headings(rows, kinds)
    return tuple(place_lines((row.start, row.end, kind) for row, kind in zip(rows, kinds, strict=True)))


def place_lines(rows: Iterable[tuple[int, int, str]]) -> Iterator[Line]:
    """Lines with the places of those kept: one line end apart in a paragraph, two between paragraphs."""
    at = 0
    last = -1
    for number, (start, end, kind) in enumerate(rows, 1):
        if kind not in ("body", "heading"):
            yield Line(number, start, end, kind, None)
            continue
        if last >= 0:
            at += 1 if number == last + 1 else 2
        yield Line(number, start, end, kind, at)
        at += end - start
        last = number


def _rows(text: str) -> Iterator[_Seen]:
    at = 0
    for raw in text.split("\n"):
        words = raw.strip(" \t\u00a0\u200b\ufeff\r\f\v")
        start = at + raw.find(words) if words else at
        yield _Seen(start, start + len(words), words)
        at += len(raw) + 1


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = shipped_toml("record", "text", "boilerplate.toml")
    return tuple((kind, re.compile("|".join(row["any"]), re.IGNORECASE)) for kind, row in rows.items())


def _kind(words: str) -> str:
    if len(words) > 260:
        return "body"
    bare = words.strip("*_ ").replace("’", "'")
    for kind, pattern in _rules():
        if pattern.fullmatch(bare):
            return kind
    return "body"


def _mark_captions(rows: list[_Seen], kinds: list[str]) -> None:
    """A line after a player's duration, or one that repeats a caption's words, is the video's title."""
    captions = [row.words.casefold() for row, kind in zip(rows, kinds, strict=True) if kind == "video-caption"]
    for at, row in enumerate(rows):
        if kinds[at] != "body" or _ENDS.search(row.words):
            continue
        after = at > 0 and kinds[at - 1] == "video-duration"
        if after or (len(row.words) > 20 and any(row.words.casefold() in caption for caption in captions)):
            kinds[at] = "video-title"


def _mark_headlines(rows: list[_Seen], kinds: list[str]) -> None:
    """Short lines without a full stop after `Trending` or `More on` are headlines of other stories."""
    listing = False
    for at, row in enumerate(rows):
        if kinds[at] == "related-links":
            listing = not re.match(r"(?:read more|related|see also|read also|more)\s*:\s*\S", row.words, re.IGNORECASE)
        elif kinds[at] == "body":
            headline = listing and len(row.words) <= _LONGEST_HEADLINE and not _ENDS.search(row.words)
            if headline:
                kinds[at] = "related-headline"
            else:
                listing = False
        elif kinds[at] not in ("blank", "video-duration", "timestamp", "byline"):
            listing = False


def _mark_headings(rows: list[_Seen], kinds: list[str]) -> None:
    """Markdown headings, and a first line that stands alone without a full stop, are headings."""
    first = next((at for at, kind in enumerate(kinds) if kind == "body"), -1)
    for at, row in enumerate(rows):
        if kinds[at] != "body":
            continue
        alone = at + 1 >= len(rows) or not rows[at + 1].words
        opening = at == first and alone and len(row.words) <= _LONGEST_HEADLINE and not _ENDS.search(row.words)
        if opening or _HEADING.match(row.words):
            kinds[at] = "heading"
