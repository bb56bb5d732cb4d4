"""The days of the year each line of the schedule is for: 'If entered during the period from June 5 to October 15'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

MONTHS = [date(2024, number, 1).strftime("%B") for number in range(1, 13)]
NAMES = "|".join(MONTHS)
PERIOD = re.compile(
    rf"({NAMES}) (\d+)(?:,? in any year,?)? to (?:the (?:last day of the )?following )?({NAMES})(?: (\d+))?"
)
MONTH = re.compile(rf"during the month of ({NAMES})")
REST = re.compile(r"^Other\b|at any other time|outside the above", re.IGNORECASE)
LEAP = 2024
DAYS = 366


def seasons(paths: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """The kind of season of each line, 0 for all year, and the days of the year of each kind.

    Args:
        paths: the headings above each line, from the widest to its own words, parted by ' > '.
    """
    stated: dict[tuple[str, ...], np.ndarray] = {}
    for path in paths.values():
        parts = tuple(path.split(" > "))
        for depth, words in enumerate(parts):
            if words.startswith("If ") and (days := days_in(words)) is not None:
                stated[parts[: depth + 1]] = days
    kinds: dict[bytes, int] = {np.ones(DAYS, bool).tobytes(): 0}
    kind = np.zeros(len(paths), np.uint8)
    for number, path in enumerate(paths.values()):
        days = _days_of(tuple(path.split(" > ")), stated)
        kind[number] = kinds.setdefault(days.tobytes(), len(kinds))
    return kind, np.array([np.frombuffer(one, bool) for one in kinds])


def days_in(words: str) -> np.ndarray | None:
    """The days of the year that words name, or None where they name none."""
    spans = [
        (_number(first, int(day)), _number(last, int(until) if until else _last(last)))
        for first, day, last, until in PERIOD.findall(words)
    ]
    spans += [(_number(one, 1), _number(one, _last(one))) for one in MONTH.findall(words)]
    return np.logical_or.reduce([_span(*one) for one in spans]) if spans else None


def _days_of(parts: tuple[str, ...], stated: dict[tuple[str, ...], np.ndarray]) -> np.ndarray:
    """The days of a line: those its headings state, or those that the headings beside it leave."""
    days = np.ones(DAYS, bool)
    for depth in range(1, len(parts) + 1):
        mine = stated.get(parts[:depth])
        beside = [one for key, one in stated.items() if len(key) == depth and key[:-1] == parts[: depth - 1]]
        if mine is not None:
            days = days & mine
        elif beside and REST.search(parts[depth - 1]):
            days = days & ~_union(beside)
    return days


def _union(masks: Iterable[np.ndarray]) -> np.ndarray:
    return np.logical_or.reduce(list(masks))


def _number(month: str, day: int) -> int:
    return date(LEAP, MONTHS.index(month) + 1, day).timetuple().tm_yday - 1


def _last(month: str) -> int:
    number = MONTHS.index(month) + 1
    return (date(LEAP + number // 12, number % 12 + 1, 1) - timedelta(days=1)).day


def _span(first: int, last: int) -> np.ndarray:
    days = np.arange(DAYS)
    return (days >= first) & (days <= last) if first <= last else (days >= first) | (days <= last)
