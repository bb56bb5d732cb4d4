"""Texts with one person's annotation written into them, read into plain text and marks.

A file holds passages, each under a line `=== what kind of text`. In a passage `{label|words}` marks words; marks may
stand inside each other:

    {1q|…}  {1m|…}  {1r|…}   content of statement 1: all inside quote marks, partly, or reported
    {1s|…}                   the words that name its speaker (left out where the text leaves them out)
    {K|…}                    a promise, directive or expectation; {K 2025-10-31|…} with the last day it is due
    {L exchange|…}           words that tie two ends, with the kind of tie
    {T 2025-10-31|…}         an expression of time with its last day; {T 2025-10-13/2025-10-19|…} with the first too
    {x|…}                    words of no account
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_OPEN = re.compile(r"\{([^{}|]*)\|")
_KINDS = {"q": "quoted", "m": "mixed", "r": "reported"}
Range = tuple[int, int]


@dataclass(frozen=True)
class Gold:
    """One annotated statement: places of its content and of its source, and how it is reported."""

    content: tuple[Range, ...]
    source: Range | None
    kind: str


@dataclass(frozen=True)
class Marked:
    """A passage without its marks, and what they said."""

    title: str
    text: str
    statements: tuple[Gold, ...]
    promises: tuple[tuple[Range, str], ...]
    links: tuple[tuple[Range, str], ...]
    times: tuple[tuple[Range, str], ...]


def passages_in(path: Path) -> list[Marked]:
    """Every passage of a file."""
    parts = re.split(r"^=== *(.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_passage(title, body) for title, body in zip(parts[1::2], parts[2::2], strict=True)]


def _passage(title: str, body: str) -> Marked:
    text, marks = _without_marks(body)
    return Marked(
        title,
        text,
        _statements(marks),
        tuple((place, label[1:].strip()) for label, place in marks if label[:1] == "K"),
        tuple((place, label[1:].strip()) for label, place in marks if label[:1] == "L"),
        tuple((place, label[1:].strip()) for label, place in marks if label[:1] == "T"),
    )


def _without_marks(body: str) -> tuple[str, list[tuple[str, Range]]]:
    made: list[str] = []
    length = at = 0
    open_marks: list[tuple[str, int]] = []
    marks: list[tuple[str, Range]] = []
    while at < len(body):
        opening = _OPEN.match(body, at)
        if opening:
            open_marks.append((opening[1], length))
            at = opening.end()
        elif body[at] == "}":
            label, start = open_marks.pop()
            marks.append((label, (start, length)))
            at += 1
        else:
            made.append(body[at])
            length += 1
            at += 1
    assert not open_marks, open_marks
    return "".join(made), sorted(marks, key=lambda one: one[1])


def _statements(marks: list[tuple[str, Range]]) -> tuple[Gold, ...]:
    content: dict[str, list[Range]] = {}
    kinds: dict[str, str] = {}
    sources: dict[str, Range] = {}
    for label, place in marks:
        number, letter = label[:-1], label[-1:]
        if not number.isdigit():
            continue
        if letter == "s":
            sources.setdefault(number, place)
        else:
            content.setdefault(number, []).append(place)
            kinds[number] = _KINDS[letter]
    return tuple(Gold(tuple(content[one]), sources.get(one), kinds[one]) for one in content)
