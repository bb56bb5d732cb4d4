"""When: an expression of time in a text and the window it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from reciprocity.record.document import Span


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days a phrase stands for; ISO dates, an empty one where the phrase leaves the end open.

    Args:
        earliest: The first day it can be.
        nominal: The day a reader would write down.
        latest: The last day it can be.
        phrase: The words it was read from.
        convention: The rule that turned the words into days.
    """

    earliest: str
    nominal: str
    latest: str
    phrase: str = ""
    convention: str = ""

    def days(self, unset: str) -> str:
        """Its days in a row, a day that comes twice once; `unset` stands where an end is open."""
        return " .. ".join(dict.fromkeys(day or unset for day in (self.earliest, self.nominal, self.latest)))


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time: its span, its ISO value, and its window.

    Args:
        kind: `date`, `time`, `duration`, `window` or `set`.
        value: ISO 8601 (`2025-10-07`, `2025-10-07TEV`, `2026`, `P5Y`) or `FUTURE_REF (weeks)`, `PRESENT_REF`;
            empty when no publication date is known to hang it on.
    """

    id: str
    span: Span
    kind: str
    value: str
    window: Window


def times_between(times: tuple[Time, ...], start: int, end: int) -> Iterator[Time]:
    """Of times in order, those that begin between two offsets."""
    at = bisect_left(times, start, key=lambda time: time.span.start)
    while at < len(times) and times[at].span.start < end:
        yield times[at]
        at += 1
