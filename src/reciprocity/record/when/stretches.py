"""Expressions that name a stretch of days: halves, weeks of, ranges, what is left of a year, seasons, holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reciprocity.record.when.calendar_words import month_year
from reciprocity.record.when.moment import (
    DAYS,
    NUMBERS,
    Meaning,
    calendar_unit,
    closest,
    conventions,
    count_of,
    month_number,
    month_span,
    nothing,
    one_day,
    plus,
    safe_day,
    stretch,
    unit_of,
)

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "latter": 2}
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}


def half_of(words: str, anchor: date | None) -> Meaning | None:
    """`the first half of 2026`, `the second half of the year`."""
    year = re.search(r"(?:19|20)\d\d", words)
    if anchor is None and not year:
        return nothing()
    step = 1 if "next year" in words else -1 if "last year" in words else 0
    number = int(year[0]) if year else (anchor or date.min).year + step
    second = re.search(r"second|latter|last", words) is not None
    first, last = (date(number, 7, 1), date(number, 12, 31)) if second else (date(number, 1, 1), date(number, 6, 30))
    return stretch(f"{number:04d}-H{2 if second else 1}", first, last, "six calendar months")


def week_of(words: str, anchor: date | None) -> Meaning | None:
    """`the week of October 20`, Monday to Sunday; `the first week of November`, its first seven days."""
    month = month_number(words)
    named = re.search(r"first|second|third|fourth|last", words)
    day = re.search(r"\b(\d{1,2})(?!\d)", words)
    if not month or anchor is None:
        return nothing()
    inside = nearest(month, int(day[1]) if day else 15, anchor)
    if inside is None:
        return None
    if named and not day:
        first, last = month_span(inside.year, month)
        number = _ORDER[named[0]]
        begin = first + timedelta(7 * (number - 1)) if number else last - timedelta(6)
        return stretch(first.isoformat()[:7], begin, begin + timedelta(6), "seven days of the month")
    monday = inside - timedelta(inside.weekday())
    year, week, _ = monday.isocalendar()
    return stretch(f"{year}-W{week:02d}", monday, monday + timedelta(6), "Monday to Sunday")


def nearest(month: int, day: int, anchor: date, words: str = "") -> date | None:
    """The day of a month nearest to another day, as `closest` has it; None where the calendar has none."""
    choices = [made for made in (safe_day(anchor.year + step, month, day) for step in (-1, 0, 1)) if made]
    return closest(choices, anchor, words)


def day_range(words: str, anchor: date | None) -> Meaning | None:
    """`Oct. 13-17`, `October 30 to November 2, 2025`, `7 and 8 October`."""
    months = [number for number in map(month_number, re.findall(r"[a-z]{3,}", words)) if number]
    days = [int(number) for number in re.findall(r"\b\d{1,2}(?!\d)", words)]
    year = re.search(r"\d{4}", words)
    if not months or len(days) != 2 or (anchor is None and not year):
        return nothing() if months else None
    if year or anchor is None:
        last = safe_day(int(year[0]) if year else 1, months[-1], days[1])
    else:
        last = nearest(months[-1], days[1], anchor, words)
    first = safe_day(last.year - (months[0] > months[-1]), months[0], days[0]) if last else None
    if first is None or last is None or last < first:
        return None
    return stretch(f"{first.isoformat()}/{last.isoformat()}", first, last, "from the first day to the last")


def month_range(words: str, anchor: date | None) -> Meaning | None:
    """`from January to March 2026`: without a year, the last of them is the month nearest to publication."""
    start, end = re.split(r" (?:to|through|and|until) ", words)
    until = month_year(end, anchor)
    if until is None or until.latest is None:
        return until
    last, month = until.latest, month_number(start)
    given = re.search(r"\d{4}", start)
    first = date(int(given[0]) if given else last.year - (month > last.month), month, 1)
    return (
        stretch(f"{first.isoformat()[:7]}/{last.isoformat()[:7]}", first, last, "whole months")
        if first < last
        else None
    )


def weekend(words: str, anchor: date | None) -> Meaning | None:
    """`over the weekend`: the last that has begun, or the next after `will` and the like."""
    if anchor is None:
        return nothing()
    begun = words.startswith("coming ") or anchor.weekday() > 4
    return calendar_unit("weekend", anchor, 0 if begun else -1)


def rest_of(words: str, anchor: date | None) -> Meaning | None:
    """`the rest of the year`."""
    if anchor is None:
        return nothing()
    whole = calendar_unit(words, anchor, 0)
    return stretch(whole.value, anchor, whole.latest or anchor, "from publication to its end")


def bare_season(words: str, anchor: date | None) -> Meaning | None:
    """`by spring`: the season that is not over yet; `since the spring`: the one that began last."""
    if anchor is None:
        return nothing()
    month = next(number for name, number in _SEASONS.items() if name in words)
    first = date(anchor.year, month, 1)
    ahead = words.startswith("coming ")
    if ahead and plus(first, 3, "month") <= anchor:
        first = plus(first, 12, "month")
    elif not ahead and first > anchor:
        first = plus(first, -12, "month")
    last = plus(first, 3, "month") - timedelta(1)
    return stretch(f"{first.year:04d}-{words.rsplit(maxsplit=1)[-1][:2].upper()}", first, last, "three calendar months")


def holiday(words: str, anchor: date | None) -> Meaning | None:
    """`Christmas`, `Labour Day`: the nearest, or the next one ahead, by the list in `conventions.toml`."""
    name = words.removeprefix("coming ").removeprefix("since ").replace("labor", "labour").replace("the ", "")
    month, day, weekday = conventions().holidays[name]
    if anchor is None:
        return nothing()
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    choices = [_nth(year, month, day, weekday) if weekday >= 0 else date(year, month, day) for year in years]
    return one_day(closest(choices, anchor, words), "the nearest such day")


def _nth(year: int, month: int, number: int, weekday: int) -> date:
    """The `number`-th such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def new_year(words: str, anchor: date | None) -> Meaning | None:
    """`the new year`, `early in the new year`: its first three months, or its first."""
    if anchor is None:
        return nothing()
    number = anchor.year + (anchor.month > 2)
    return stretch(
        f"{number:04d}", date(number, 1, 1), month_span(number, 1 if "early" in words else 3)[1], "the first months"
    )


def count_range(words: str, anchor: date | None) -> Meaning | None:
    """`in two to three weeks`, `the next week or two`."""
    low = count_of(re.split(r" (?:to|or) ", words)[0])
    high = max(low, count_of(re.split(r" (?:to|or) ", words)[-1]))
    unit = unit_of(words)
    if anchor is None:
        return nothing("duration")
    ahead = re.match(r"(?:in|within|over) |the |next ", words)
    if not ahead:
        return Meaning("duration", "", None, None, None, "a length of time")
    within = "next" in words or "coming" in words or words.startswith("within")
    first = anchor if within else plus(anchor, low, unit)
    return Meaning("window", "FUTURE_REF", first, plus(anchor, low, unit), plus(anchor, high, unit), "counted ahead")


def recent(words: str, anchor: date | None) -> Meaning | None:
    """`in recent weeks`, `the past year`."""
    if "recent" in words or anchor is None:
        return Meaning("date", "PAST_REF", None, None, anchor, "a time before publication")
    unit = unit_of(words)
    return Meaning("duration", "", plus(anchor, -1, unit), anchor, anchor, "counted back from publication")


def numeric_day(words: str, anchor: date | None) -> Meaning | None:  # noqa: ARG001
    """`10/31/2025`, where only one order of day and month is in the calendar."""
    one, two, year = (int(part) for part in words.split("/"))
    choices = {made for made in (safe_day(year, one, two), safe_day(year, two, one)) if made}
    return one_day(choices.pop()) if len(choices) == 1 else None


def ordinal_day(words: str, anchor: date | None) -> Meaning | None:
    """`the 15th`: the nearest such day."""
    number = int(re.sub(r"\D", "", words))
    if anchor is None:
        return nothing()
    months = [plus(anchor.replace(day=1), step, "month") for step in (-1, 0, 1)]
    choices = [made for made in (safe_day(one.year, one.month, number) for one in months) if made]
    return one_day(closest(choices, anchor, words), "the nearest such day")


def counted_day(words: str, anchor: date | None) -> Meaning | None:
    """`the day after tomorrow`, `a week from Friday`, `the day before yesterday`."""
    if anchor is None:
        return nothing()
    if "day after tomorrow" in words:
        return one_day(anchor + timedelta(2), "counted from publication")
    if "day before yesterday" in words:
        return one_day(anchor - timedelta(2), "counted from publication")
    if "this time next" in words:
        return one_day(plus(anchor, 1, unit_of(words.removeprefix("this time"))), "counted from publication")
    index = next((at for at, day in enumerate(DAYS) if day in words), -1)
    start = anchor + timedelta((index - anchor.weekday()) % 7) if index >= 0 else anchor
    start += timedelta("tomorrow" in words)
    count = 1 if words.startswith(("a ", "one ")) else count_of(words.split(" from ", maxsplit=1)[0])
    return one_day(plus(start, count, unit_of(words.split(" from ", maxsplit=1)[0])), "counted from publication")


def length(words: str, anchor: date | None) -> Meaning | None:  # noqa: ARG001
    """`18 months`, `a 90-day pause`: how long, hung on no day."""
    count, unit = count_of(words), unit_of(words)
    if not re.search(r"\d", words) and not NUMBERS.keys() & set(re.split(r"[ -]", words)):
        return None
    letter = {"day": "D", "week": "W", "month": "M", "year": "Y", "fortnight": "W"}.get(unit)
    factor = 2 if unit == "fortnight" else 1
    return Meaning("duration", f"P{count * factor}{letter}" if letter else "", None, None, None, "a length of time")
