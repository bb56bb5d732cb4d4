"""Numbers as people read them: the sign and the unit always there, English or French by locale.

The minus is U+2212. French separates thousands, and a number from its sign, by narrow no-break spaces (U+202F), and its
decimals by a comma. A value that is absent or not finite is a dash, never a zero.
"""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Literal

Language = Literal["en", "fr"]

MINUS = "\u2212"
THIN = "\u202f"
ABSENT = "\u2014"

_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
_SCALES = {
    "en": ((1e6, "trillion"), (1e3, "billion"), (1.0, "million")),
    "fr": ((1e6, "billion"), (1e3, "milliard"), (1.0, "million")),
}


MONEY = frozenset({"musd", "million USD", "MUSD"})
"""Units that are told in words, by size."""


def number(value: float | None, *, digits: int = 0, language: Language = "en", signed: bool = False) -> str:
    """A plain number with grouped thousands: 1,234.5 or 1 234,5. Zero after rounding carries no sign."""
    if value is None or not isfinite(value):
        return ABSENT
    text = f"{abs(value):,.{digits}f}"
    if language == "fr":
        text = text.replace(",", THIN).replace(".", ",")
    if round(abs(value), digits) == 0:
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def percent(change: float | None, *, digits: int | None = None, language: Language = "en", signed: bool = True) -> str:
    """A fraction as a signed percentage: 0.0031 is +0.31%. Below 0.01% it has three decimals, or four."""
    if change is None or not isfinite(change):
        return ABSENT
    places = percent_digits(change) if digits is None else digits
    return _with_percent(number(100 * change, digits=places, language=language, signed=signed), language)


def percent_digits(change: float) -> int:
    """Decimals of a percentage: two, below 0.01% three, below 0.001% four."""
    size = abs(100 * change)
    return 2 if size < 5e-5 or size >= 0.00995 else 3 if size >= 0.000995 else 4


def rate(fraction: float | None, *, language: Language = "en") -> str:
    """A level that is a fraction, as a tariff rate: 0.25 is 25%, 0.125 is 12.5%, an average 48.9%."""
    if fraction is None or not isfinite(fraction):
        return ABSENT
    shown = 100 * fraction
    exact = [places for places in (0, 1, 2) if abs(round(shown, places) - shown) < 1e-6]
    digits = exact[0] if exact else 1 if abs(shown) >= 9.995 else 2
    return _with_percent(number(100 * fraction, digits=digits, language=language), language)


def money(musd: float | None, *, language: Language = "en", signed: bool = True) -> str:
    """Million US dollars in words: +US$6.2 billion, −US$340 million; +6,2 milliards $ US."""
    if musd is None or not isfinite(musd):
        return ABSENT
    scale, word = next((pair for pair in _SCALES[language] if abs(musd) >= 0.9995 * pair[0]), _SCALES[language][-1])
    amount = abs(musd) / scale
    digits = 1 if amount < 99.95 and (scale > 1 or amount < 9.95) else 0
    shown = number(amount, digits=digits, language=language)
    sign = "" if round(amount, digits) == 0 else MINUS if musd < 0 else "+" if signed else ""
    if language == "fr":
        plural = "s" if round(amount, digits) >= 2 else ""
        return f"{sign}{shown}{THIN}{word}{plural} $\u00a0US"
    return f"{sign}US${shown}\u00a0{word}"


def day(iso: str | None, *, language: Language = "en") -> str:
    """An ISO date in words: October 8, 2025; 8 octobre 2025. What is not a date comes back as it was."""
    if not iso:
        return ABSENT
    try:
        when = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    month = _MONTHS[language][when.month - 1]
    if language == "fr":
        return f"{'1er' if when.day == 1 else when.day}\u00a0{month} {when.year}"
    return f"{month}\u00a0{when.day}, {when.year}"


def quantity(value: float | None, unit: str, *, language: Language = "en", signed: bool = False) -> str:
    """A clause's value in its unit: a fraction is a percentage, money is in words, anything else keeps its unit."""
    if value is None or not isfinite(value):
        return ABSENT
    if unit in {"fraction", "ad_valorem", "share"}:
        return rate(value, language=language)
    if unit in MONEY:
        return money(value, language=language, signed=signed)
    digits = next(places for places in range(4) if places == 3 or abs(round(value, places) - value) < 1e-9)
    return f"{number(value, digits=digits, language=language, signed=signed)}{THIN}{unit}".rstrip(THIN)


def direction(change: float | None) -> str:
    """The sign as a shape: ▲ up, ▼ down, ◆ where the percentage shows as zero."""
    if change is None or not isfinite(change) or abs(change) < 5e-7:
        return "◆"
    return "▲" if change > 0 else "▼"


def _with_percent(text: str, language: Language) -> str:
    return f"{text}{THIN}%" if language == "fr" else f"{text}%"
