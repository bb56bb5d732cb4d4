"""What a person asked in an address or a form, checked: days, counts, words. Faults are gathered, not raised."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from reciprocity.errors import Fault, did_you_mean

FIRST, LAST = date(2018, 1, 1), date(2030, 12, 31)
"""The days a book of law or a promise can be asked about."""
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNT = re.compile(r"[0-9]{1,9}")


def a_day(
    text: str,
    key: str,
    faults: list[Fault],
    *,
    first: date = FIRST,
    last: date = LAST,
    what: str = "the book of law",
) -> date | None:
    """A day written 2025-10-08, within a span; None and a fault for anything else."""
    try:
        day = date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        faults.append(Fault(key, f"'{short(text)}' is not a date", "Write it as 2025-10-08"))
        return None
    if not first <= day <= last:
        faults.append(Fault(key, f"{day} is outside {what}", f"{first} to {last}"))
        return None
    return day


def a_count(text: str, key: str, faults: list[Fault], *, most: int) -> int:
    """A whole number from 1; 1 and a fault for anything else."""
    if _COUNT.fullmatch(text) and 1 <= int(text) <= most:
        return int(text)
    faults.append(Fault(key, f"'{short(text)}' is not a whole number", f"1 to {most:,}"))
    return 1


def one_of(text: str, key: str, faults: list[Fault], known: Iterable[str], what: str) -> str:
    """A word of a closed list; itself and a fault for another."""
    names = list(known)
    if text not in names:
        allowed = f"One of {', '.join(names)}" if 0 < len(names) <= 12 else ""
        faults.append(Fault(key, f"'{short(text)}' is not {what}", allowed, did_you_mean(text[:80], names)))
    return text


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


def short(text: str) -> str:
    """What was given, cut where it is longer than a line."""
    return text if len(text) <= 80 else f"{text[:77]}..."
