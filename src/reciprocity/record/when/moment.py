"""What an expression of time means: a kind, an ISO value and three days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from reciprocity.files import shipped_toml

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
NUMBERS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "thirty": 30,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
    "a": 1,
    "an": 1,
    "couple": 2,
    "few": 3,
    "several": 4,
}


@dataclass(frozen=True, slots=True)
class Conventions:
    """What vague times stand for, in days after the day of utterance; fiscal years; holidays.

    Args:
        holidays: Month, day and -1; or month, which such weekday of it, and the weekday, Monday 0.
    """

    coming: dict[str, tuple[int, int, int]]
    vague: dict[str, tuple[int, int, int]]
    fiscal: dict[str, int]
    holidays: dict[str, tuple[int, int, int]]


@cache
def conventions() -> Conventions:
    """The conventions that ship."""
    rows = shipped_toml("record", "when", "conventions.toml")

    def triples(table: dict[str, list[int]]) -> dict[str, tuple[int, int, int]]:
        return {key: (value[0], value[1], value[2]) for key, value in table.items()}

    return Conventions(triples(rows["coming"]), triples(rows["vague"]), rows["fiscal"], triples(rows["holidays"]))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression stands for: its kind, its ISO value, three days, and the rule used."""

    kind: str
    value: str
    earliest: date | None
    nominal: date | None
    latest: date | None
    convention: str


def iso(day: date | None) -> str:
    """An ISO date, empty for none."""
    return day.isoformat() if day else ""


def one_day(day: date | None, convention: str = "the day named") -> Meaning:
    """A single day."""
    return Meaning("date", iso(day), day, day, day, convention)


def stretch(value: str, first: date, last: date, convention: str) -> Meaning:
    """A stretch of days, its middle as the day a reader would write down."""
    return Meaning("date", value, first, first + (last - first) // 2, last, convention)


def nothing(kind: str = "date") -> Meaning:
    """What a relative time means when no publication date is known: nothing."""
    return Meaning(kind, "", None, None, None, "no publication date to count from")


def safe_day(year: int, month: int, day: int) -> date | None:
    """A date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def closest(choices: list[date], anchor: date, words: str = "") -> date | None:
    """Of some days the nearest to another: of those not before it for `coming ...`, not after it for `since ...`."""
    fits = choices
    if words.startswith("coming "):
        fits = [one for one in choices if one >= anchor]
    elif words.startswith("since "):
        fits = [one for one in choices if one <= anchor]
    return min(fits or choices, key=lambda one: abs((one - anchor).days), default=None)


def month_number(words: str) -> int:
    """The month named in some words, 1 to 12; 0 when none is."""
    for word in re.findall(r"[a-z]{3,}", words):
        for number, month in enumerate(MONTHS, 1):
            if month == word or (
                len(word) <= 4
                and month.startswith(word[:3])
                and word[:3] == month[:3]
                and word not in ("this", "last", "next")
            ):
                return number
    return 0


def part_of_day(words: str) -> str:
    """The TIMEX3 code of a part of the day, empty when none is named."""
    for word, code in (
        ("morning", "TMO"),
        ("afternoon", "TAF"),
        ("evening", "TEV"),
        ("tonight", "TNI"),
        ("night", "TNI"),
    ):
        if word in words:
            return code
    return "TEV" if words.startswith("late ") else "TMO" if words.startswith("early ") else ""


def unit_of(words: str) -> str:
    """The unit of time named in some words."""
    return next(
        (unit for unit in ("decade", "quarter", "month", "fortnight", "week", "year", "hour", "day") if unit in words),
        "day",
    )


def count_of(words: str) -> int:
    """The number named in some words; 1 when none is."""
    number = re.search(r"\d+", words)
    if number:
        return min(int(number[0]), 5000)
    return next((NUMBERS[word] for word in reversed(words.split()) if word in NUMBERS), 1)


def plus(day: date, count: int, unit: str) -> date:
    """A day some units later, or earlier for a negative count."""
    try:
        if unit in ("day", "week", "fortnight"):
            return day + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        if unit == "hour":
            return day + timedelta(hours=count)
        months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def month_span(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def calendar_unit(words: str, anchor: date, step: int) -> Meaning:  # noqa: PLR0911
    """The week, month, quarter, year or decade of a day, some steps on."""
    unit = unit_of(words)
    monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * step)
    if "weekend" in words:
        return stretch(
            f"{monday.isocalendar()[0]}-W{monday.isocalendar()[1]:02d}-WE",
            monday + timedelta(5),
            monday + timedelta(6),
            "Saturday and Sunday",
        )
    if unit == "week":
        return stretch(
            f"{monday.isocalendar()[0]}-W{monday.isocalendar()[1]:02d}",
            monday,
            monday + timedelta(6),
            "Monday to Sunday",
        )
    if unit == "month":
        first = plus(anchor.replace(day=1), step, "month")
        return stretch(first.isoformat()[:7], *month_span(first.year, first.month), "the calendar month")
    if unit == "quarter":
        return quarter_span(anchor.year, (anchor.month - 1) // 3 + 1 + step)
    if unit == "decade":
        first = anchor.year // 10 * 10 + 10 * step
        return stretch(str(first)[:3], date(first, 1, 1), date(first + 9, 12, 31), "the calendar decade")
    if unit == "year":
        year = anchor.year + step
        return stretch(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "the calendar year")
    return one_day(anchor + timedelta(step), "counted from publication")


def quarter_span(year: int, quarter: int) -> Meaning:
    """A calendar quarter; one past the fourth is in the next year."""
    year, index = year + (quarter - 1) // 4, (quarter - 1) % 4
    first = date(year, 3 * index + 1, 1)
    return stretch(f"{year:04d}-Q{index + 1}", first, month_span(year, 3 * index + 3)[1], "the calendar quarter")
