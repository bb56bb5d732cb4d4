"""Expressions that count from the day of publication: weekdays, “the coming weeks”, “within 30 days”."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reciprocity.record.when.moment import (
    DAYS,
    NUMBERS,
    Meaning,
    calendar_unit,
    conventions,
    count_of,
    month_number,
    month_span,
    nothing,
    part_of_day,
    plus,
    stretch,
    unit_of,
)


def weekday(words: str, anchor: date | None) -> Meaning | None:
    """`Tuesday`: the latest up to publication, or the next one after `will` and the like."""
    index = next(at for at, day in enumerate(DAYS) if day in words)
    part = part_of_day(words)
    if anchor is None:
        return nothing("time" if part else "date")
    back = (anchor.weekday() - index) % 7
    if words.startswith("next "):
        day = anchor - timedelta(anchor.weekday()) + timedelta(7 + index)
    elif words.startswith("the following "):
        day = anchor + timedelta(7 - back if back else 7)
    elif words.startswith(("last ", "the previous ")):
        day = anchor - timedelta(back or 7)
    elif words.startswith("this "):
        day = anchor - timedelta(anchor.weekday()) + timedelta(index)
    elif words.startswith("coming "):
        day = anchor + timedelta((7 - back) % 7)
    else:
        day = anchor - timedelta(back)
    rule = next((rule for start, rule in _WHICH_DAY.items() if words.startswith(start)), _WHICH_DAY[""])
    return Meaning("time" if part else "date", day.isoformat() + part, day, day, day, rule)


_WHICH_DAY = {
    "coming ": "the first such day from publication",
    "next ": "that day of the next calendar week",
    "this ": "that day of this calendar week",
    "the following ": "the first such day after publication",
    "last ": "the latest such day before publication",
    "the previous ": "the latest such day before publication",
    "": "the latest such day up to publication",
}
"""Which Tuesday it is, by the word before it."""


def deictic(words: str, anchor: date | None) -> Meaning | None:
    """`yesterday`, `late today`."""
    if anchor is None:
        return nothing()
    shift = -1 if "yesterday" in words else 1 if "tomorrow" in words else 0
    day = anchor + timedelta(shift)
    part = part_of_day(words)
    return Meaning("time" if part else "date", day.isoformat() + part, day, day, day, "counted from publication")


def present(words: str, anchor: date | None) -> Meaning | None:  # noqa: ARG001
    """`at this time`."""
    return Meaning("date", "PRESENT_REF", anchor, anchor, anchor, "the day of utterance")


def vague(words: str, anchor: date | None) -> Meaning | None:
    """`soon`, `in the near future`, by convention."""
    table = conventions().vague
    key = words if words in table else words.replace("in near", "in the near").replace("in short", "in the short")
    if key not in table:
        return None
    return _ahead("FUTURE_REF", table[key], anchor, f"“{key}”")


def _ahead(value: str, days: tuple[int, int, int], anchor: date | None, name: str) -> Meaning:
    if anchor is None:
        return nothing("window")
    first, nominal, last = (anchor + timedelta(step) for step in days)
    return Meaning(
        "window",
        value,
        first,
        nominal,
        last,
        f"{name}: day of utterance, nominal +{days[1]} days, latest +{days[2]} days",
    )


def coming(words: str, anchor: date | None) -> Meaning | None:
    """`the coming weeks`, by convention."""
    unit = {"quarter": "month", "decade": "year"}.get(unit_of(words), unit_of(words)) + "s"
    return _ahead(f"FUTURE_REF ({unit})", conventions().coming[unit], anchor, f"“the coming {unit}”")


def _duration(count: int, unit: str) -> str:
    if unit == "hour":
        return f"PT{count}H"
    letter = {"day": "D", "week": "W", "month": "M", "year": "Y"}.get(unit)
    return (
        f"P{count}{letter}"
        if letter
        else f"P{count * (3 if unit == 'quarter' else 10)}{'M' if unit == 'quarter' else 'Y'}"
    )


def within_count(words: str, anchor: date | None) -> Meaning | None:
    """`within 30 days`, `in two weeks`."""
    count, unit = count_of(re.sub(r"^(?:within|in|after) ", "", words)), unit_of(words)
    exact = words.startswith("in ") and not re.match(r"in (?:the |less |under |at |no |coming |next )", words)
    if anchor is None:
        return Meaning("duration", _duration(count, unit), None, None, None, "no publication date to count from")
    last = plus(anchor, count, unit)
    if exact:
        return Meaning("date", last.isoformat(), last, last, last, "counted from publication")
    return Meaning(
        "duration", _duration(count, unit), anchor, last, last, "counted from publication, the last day as due"
    )


def next_count(words: str, anchor: date | None) -> Meaning | None:
    """`the next five years`, `two weeks from now`."""
    return within_count(words, anchor) if "from now" not in words else within_count("in " + words, anchor)


def next_one(words: str, anchor: date | None) -> Meaning | None:
    """`the coming year`: from publication on."""
    return within_count(f"within one {unit_of(words)}", anchor)


def past_count(words: str, anchor: date | None) -> Meaning | None:
    """`the past three months`, `two years ago`."""
    count, unit = count_of(words), unit_of(words)
    if not re.search(r"\d", words) and not NUMBERS.keys() & set(words.split()):
        return Meaning("date", "PAST_REF", None, None, anchor, "a time before publication")
    if anchor is None:
        return Meaning("duration", _duration(count, unit), None, None, None, "no publication date to count from")
    first = plus(anchor, -count, unit)
    if words.endswith(("ago", "earlier")):
        return Meaning(
            "date",
            first.isoformat() if unit in ("day", "week") else first.isoformat()[:7],
            first,
            first,
            first,
            "counted back from publication",
        )
    return Meaning("duration", _duration(count, unit), first, anchor, anchor, "counted back from publication")


def relative(words: str, anchor: date | None) -> Meaning | None:
    """`next year`, `later this week`, `last Tuesday`."""
    if any(day in words for day in DAYS):
        return weekday(re.sub(r"^(?:earlier|later) ", "", words), anchor)
    if anchor is None:
        return nothing()
    if re.search(r"morning|afternoon|evening|night", words):
        day = anchor - timedelta("last" in words)
        return Meaning("time", day.isoformat() + part_of_day(words), day, day, day, "counted from publication")
    step = (
        1
        if re.search(r"\b(?:next|following)\b", words)
        else -1
        if re.search(r"\b(?:last|previous|before)\b", words)
        else 0
    )
    month = month_number(words)
    if month:
        year = anchor.year + (
            1 if step == 1 and month <= anchor.month else -1 if step == -1 and month >= anchor.month else 0
        )
        return stretch(f"{year:04d}-{month:02d}", *month_span(year, month), "the whole month")
    made = calendar_unit(words, anchor, step)
    return _narrowed(words, made, anchor)


def _narrowed(words: str, made: Meaning, anchor: date) -> Meaning:
    """`later this week` begins today and `earlier this week` ends today."""
    first, last = made.earliest or anchor, made.latest or anchor
    if words.startswith("later ") and last > anchor:
        return stretch(made.value, max(first, anchor), last, made.convention + ", from publication on")
    if words.startswith("earlier ") and first < anchor:
        return stretch(made.value, first, min(last, anchor), made.convention + ", up to publication")
    return made
