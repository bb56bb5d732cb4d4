"""From values to places on the page, and the round values an axis is marked with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

NOTHING = 1e-9
"""A smaller value, in per cent or in money, is what arithmetic leaves of none."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from the values low..high to the places start..end (end may be left of start)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def span(values: Iterable[float]) -> tuple[float, float]:
    """The range of values with zero in it; one that arithmetic leaves of nothing is that of zeros."""
    known = [0.0, *values]
    low, high = min(known), max(known)
    return (low, high) if high - low > NOTHING else (0.0, 1.0)


def settled(value: float) -> float:
    """A value, zero where it is what arithmetic leaves of none."""
    return 0.0 if abs(value) < NOTHING else value


def fitted(values: Sequence[float], words: Sequence[float], start: float, end: float) -> Scale:
    """The largest scale on which every bar has its words beyond its end and none leave start..end.

    Args:
        values: of the bars; those below zero point to start.
        words: width of each bar's words, in places.
        start: where the room begins.
        end: where it ends; it may be left of start.
    """
    room, way = abs(end - start), 1 if end > start else -1
    low, high = span(values)
    unit, too_much = 0.0, room / (high - low)
    for _ in range(40):
        middle = (unit + too_much) / 2
        unit, too_much = (middle, too_much) if sum(_ends(values, words, middle)) <= room else (unit, middle)
    at_zero = start + way * _ends(values, words, unit)[0]
    return Scale(low, high, at_zero + way * unit * low, at_zero + way * unit * high)


def _ends(values: Sequence[float], words: Sequence[float], unit: float) -> tuple[float, float]:
    reach = [unit * abs(value) + wide for value, wide in zip(values, words, strict=True)]
    below = max([end for end, value in zip(reach, values, strict=True) if value < 0], default=0.0)
    return below, max([end for end, value in zip(reach, values, strict=True) if value >= 0], default=0.0)


def ticks(low: float, high: float, *, about: int = 4) -> tuple[float, ...]:
    """Round values inside a range, at steps of 1, 2 or 5 times a power of ten; zero is one of them if it is inside."""
    step = _step((high - low) / max(about, 1))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(round(count * step, 12) for count in range(first, last + 1))


def _step(raw: float) -> float:
    power = 10.0 ** floor(log10(raw))
    return next(power * lead for lead in (1, 2, 5, 10) if power * lead >= raw * (1 - 1e-9))
