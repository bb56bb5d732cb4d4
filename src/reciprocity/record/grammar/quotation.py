"""Where quotes begin and end: curly, straight, guillemets, single marks, and quotes that run over paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENING = "“”„\"«‘’'‹`\u201f"
CLOSING = "”“\"»’‘'›"
"""Letters of the marks that quotes begin and end with."""
_MAYBE = re.compile(r"[“”„\"«»‘’'‹›`]")
_MARK = re.compile(r"``|''|‘‘|’’|[“”„\"«»]|[‘’'‹›](?=[\w\[…$£€])|(?<=[\w.,!?;:…—\]-])['’›]")
_CLOSES = {"“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", "‹": "›", '"': '"', "``": "''", "''": "''", "‘‘": "’’"}
_LONGEST = 6000
_INDENT = 40
_FURTHEST = 80
"""How many marks ahead a closing one is looked for, so that a page of stray marks costs no more than a page."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch, marks included. `closed` is False when its paragraph ends before it does."""

    start: int
    end: int
    closed: bool


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The quotes of one paragraph, outermost only, in order. A mark without its partner runs to the paragraph's end."""
    marks = _marks(text, start, end)
    found: list[Quotation] = []
    at = 0
    while at < len(marks):
        place, mark = marks[at]
        at += 1
        if mark not in _CLOSES or not _opens(text, place, mark, start):
            continue
        closing = _closing(text, marks, at, mark, place)
        if closing:
            where, other = marks[closing]
            found.append(Quotation(place, where + len(other), closed=True))
            at = closing + 1
        elif _may_stay_open(text, mark, end) and _goes_on(text, start, place) and end - place < _LONGEST:
            found.append(Quotation(place, end, closed=False))
            break
    return found


def _marks(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Every mark that can open or close a quote: looked for by its letter first, which is quick, then by its place."""
    found: list[tuple[int, str]] = []
    at = start
    for maybe in _MAYBE.finditer(text, start, end):
        match = _MARK.match(text, maybe.start(), end) if maybe.start() >= at else None
        if match:
            found.append((match.start(), match[0]))
            at = match.end()
    return found


def _closing(text: str, marks: list[tuple[int, str]], begin: int, mark: str, place: int) -> int:
    """Which mark closes the quote opened at `place`; 0 when none does."""
    for later in range(begin, min(begin + _FURTHEST, len(marks))):
        where, other = marks[later]
        if where - place > _LONGEST or (other == mark and mark in ("“", "«")):
            return 0
        if other in _CLOSES[mark] and _shuts(text, where, other):
            return later
    return 0


def _may_stay_open(text: str, mark: str, end: int) -> bool:
    """Whether a mark without its partner may open a speech: a single one only where the next paragraph opens so too."""
    return mark in ("“", '"', "«", "''") or (mark in ("‘", "'", "``") and text[end : end + 4].lstrip().startswith(mark))


def _goes_on(text: str, start: int, place: int) -> bool:
    """Whether a mark without a partner opens a quote that runs into the next paragraph: at a sentence's head."""
    at = place
    while at > start and text[at - 1] in " \t>-•*" and place - at < _INDENT:
        at -= 1
    return at == start or text[at - 1] in '.!?:”"'


def _opens(text: str, place: int, mark: str, start: int) -> bool:
    before = text[place - 1] if place > start else " "
    after = text[place + len(mark) : place + len(mark) + 1]
    if mark in ("“", "„", "«", "‘", "``", "‹", "‘‘"):
        return mark != "‘" or not before.isalnum()
    return not before.isalnum() and before not in ".,!?;:%)" and bool(after.strip())


def _shuts(text: str, where: int, mark: str) -> bool:
    after = text[where + len(mark) : where + len(mark) + 1] or " "
    before = text[where - 1]
    if mark in ("'", "’"):
        return not after.isalnum() and not before.isspace()
    return mark != '"' or not before.isspace() or not after.isalnum()
