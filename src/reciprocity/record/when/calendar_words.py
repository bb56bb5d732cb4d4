"""Expressions that name a place in the calendar: days, months, quarters, fiscal years, seasons."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reciprocity.record.when.moment import (
    DAYS,
    Meaning,
    calendar_unit,
    closest,
    conventions,
    month_number,
    month_span,
    nothing,
    one_day,
    plus,
    quarter_span,
    safe_day,
    stretch,
)


def iso_day(words: str, anchor: date | None) -> Meaning | None:  # noqa: ARG001
    """`2025-10-08`."""
    year, month, day = (int(part) for part in words.split("-"))
    found = safe_day(year, month, day)
    return one_day(found) if found else None


def calendar_day(words: str, anchor: date | None) -> Meaning | None:
    """`October 8, 2025`; without a year, the nearest such day, or the first after `will` and the like."""
    numbers = [int(number) for number in re.findall(r"\d+", words.replace("the first of", "1"))]
    month = month_number(re.sub("|".join(DAYS), "", words))
    year = next((number for number in numbers if number > 31), 0)
    day = next((number for number in numbers if number <= 31), 0)
    if not month or not day:
        return None
    if year:
        found = safe_day(year, month, day)
        return one_day(found) if found else None
    if anchor is None:
        return nothing()
    choices = [made for made in (safe_day(anchor.year + step, month, day) for step in (-1, 0, 1)) if made]
    nearest = closest(choices, anchor, words)
    return one_day(nearest, "the nearest such day") if nearest else None


def month_year(words: str, anchor: date | None) -> Meaning | None:
    """`October 2025`; without a year, the nearest such month, or the first after `will` and the like."""
    month = month_number(words)
    year = re.search(r"\d{4}", words)
    if not month:
        return None
    if year:
        number = int(year[0])
    elif anchor:
        ends = [month_span(anchor.year + step, month)[1] for step in (-1, 0, 1)]
        if words.startswith("since "):
            number = anchor.year - (month > anchor.month)
        else:
            near = closest(ends, anchor if words.startswith("coming ") else anchor + timedelta(15), words)
            number = near.year if near else anchor.year
    else:
        return nothing()
    return stretch(f"{number:04d}-{month:02d}", *month_span(number, month), "the whole month")


def calendar_year(words: str, anchor: date | None) -> Meaning | None:  # noqa: ARG001
    """`2026`, `2030s`."""
    number = int(words[:4])
    if words.endswith("s"):
        return stretch(words[:3], date(number, 1, 1), date(min(number + 9, 9999), 12, 31), "the decade")
    return stretch(words[:4], date(number, 1, 1), date(number, 12, 31), "the whole year")


def quarter(words: str, anchor: date | None) -> Meaning | None:
    """`the second quarter of 2026`, `Q2`, `next quarter`."""
    year = re.search(r"\d{4}", words)
    if anchor is None and not year:
        return nothing()
    base = int(year[0]) if year else (anchor or date.min).year
    base += 0 if year else 1 if "next year" in words else -1 if "last year" in words else 0
    named = re.search(r"q([1-4])|(first|second|third|fourth|last|next)", words)
    if named is None:
        return None
    if named[2] in ("last", "next") and anchor and " of " not in words:
        return quarter_span(anchor.year, (anchor.month - 1) // 3 + 1 + (1 if named[2] == "next" else -1))
    number = int(named[1]) if named[1] else {"first": 1, "second": 2, "third": 3}.get(named[2], 4)
    return quarter_span(base, number)


def fiscal_year(words: str, anchor: date | None) -> Meaning | None:
    """`fiscal 2026`, `2025-26` (Canadian), `next fiscal year`."""
    month = conventions().fiscal["default"]
    years = re.findall(r"\d{4}", words)
    if years:
        canadian = re.search(r"\d{4}[-–]\d{2,4}", words)
        month = conventions().fiscal["CA"] if canadian else month
        end = int(years[0]) + (1 if canadian else 0)
    elif anchor:
        end = anchor.year + (1 if anchor.month >= month else 0)
        end += 1 if "next" in words or "coming" in words else -1 if "last" in words else 0
    else:
        return nothing()
    first = date(end - 1, month, 1)
    return stretch(f"FY{end}", first, plus(first, 12, "month") - timedelta(1), f"fiscal year from month {month}")


def part_of(words: str, anchor: date | None) -> Meaning | None:
    """`the end of the year`, `mid-2026`, `late October`."""
    whole = _whole(words, anchor)
    if whole is None or whole.earliest is None or whole.latest is None:
        return whole or nothing()
    first, last = whole.earliest, whole.latest
    third = (last - first) // 3
    if re.search(r"end|close|late", words):
        return Meaning(
            "date",
            whole.value,
            last - third if "late" in words else last,
            last,
            last,
            "the last day" if "late" not in words else "the last third",
        )
    if re.search(r"mid|half", words):
        return Meaning(
            "date", whole.value, first + third, first + (last - first) // 2, last - third, "the middle third"
        )
    if "early" in words:
        return Meaning("date", whole.value, first, first + third // 2, first + third, "the first third")
    return Meaning("date", whole.value, first, first, first + third, "the first day, the first third at most")


def _whole(words: str, anchor: date | None) -> Meaning | None:
    if month_number(re.sub(r"\b(?:end|start|middle|half|beginning|close)\b", "", words)):
        return month_year(words, anchor)
    year = re.search(r"(?:19|20)\d\d", words)
    if year:
        return calendar_year(year[0], anchor)
    if anchor is None:
        return None
    return calendar_unit(words, anchor, 1 if "next" in words else -1 if "last" in words else 0)


def season(words: str, anchor: date | None) -> Meaning | None:
    """`this fall`, `spring 2026`."""
    month = next(number for name, number in _SEASONS.items() if name in words)
    year = re.search(r"\d{4}", words)
    if year:
        number = int(year[0])
    elif anchor:
        passed = anchor.month > month + 2
        number = anchor.year + (
            1
            if "next" in words and (passed or anchor.month >= month)
            else -1
            if "last" in words and anchor.month < month + 3
            else 0
        )
    else:
        return nothing()
    first = date(number, month, 1)
    return stretch(
        f"{number:04d}-{words.rsplit(maxsplit=1)[-1][:2].upper() if not year else 'season'}",
        first,
        plus(first, 3, "month") - timedelta(1),
        "three calendar months",
    )


_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
