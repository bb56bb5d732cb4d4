"""Where words that hint at a pattern stand in a text, so that costly patterns are tried only there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Hints = list[tuple[int, int]]
"""Where each hint begins, and the number of the pattern it hints at; in order."""


def hinted(text: str, patterns: Iterable[Iterable[str]]) -> Hints:
    """Every place where a hint of one of the patterns begins; looked for in bytes, which is several times quicker."""
    letters = text.encode("ascii", "replace")
    found: Hints = []
    for number, hints in enumerate(patterns):
        for hint in hints:
            wanted = hint.encode("ascii", "replace")
            at = letters.find(wanted)
            while at >= 0:
                found.append((at, number))
                at = letters.find(wanted, at + 1)
    return sorted(found)


def hinted_between(hints: Hints, start: int, end: int) -> list[int]:
    """The numbers of the patterns that have a hint between two offsets, in their order."""
    at = bisect_left(hints, (start, -1))
    if at == len(hints) or hints[at][0] >= end:
        return []
    found: set[int] = set()
    while at < len(hints) and hints[at][0] < end:
        found.add(hints[at][1])
        at += 1
    return sorted(found)
