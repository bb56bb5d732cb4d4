"""Which lines of a text are what it says, and which are the page around it."""

from __future__ import annotations

from collections.abc import Iterable

from reciprocity.record.document import Line


def line_map(text: str, *, body_from: int = 0) -> tuple[Line, ...]:
    """Every line of a text with its kind and, when it is kept, its place in the clean text."""
    return tuple(_placed(_lines(text, body_from)))


def _lines(text: str, body_from: int) -> Iterable[tuple[int, int, str]]:
    at = 0
    for raw in text.split("\n"):
        words = raw.strip()
        start = at + (len(raw) - len(raw.lstrip())) if words else at
        kind = "blank" if not words else "front-matter" if at < body_from else "body"
        yield start, start + len(words), kind
        at += len(raw) + 1


def _placed(lines: Iterable[tuple[int, int, str]]) -> Iterable[Line]:
    at = 0
    for number, (start, end, kind) in enumerate(lines, 1):
        kept = kind in ("body", "heading")
        yield Line(number, start, end, kind, at if kept else None)
        if kept:
            at += end - start + 2
