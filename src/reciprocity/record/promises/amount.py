"""Quantities in words: money, shares and counts."""

from __future__ import annotations

import re

from reciprocity.record.commitment import Amount

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<currency>US\$|C\$|CA\$|CDN\$|A\$|\$|€|£|¥)\s?(?P<money>{_NUMBER})"
    r"(?:[ -]?(?P<scale>thousand|million|billion|trillion|[mbk]n?\b))?"
    rf"|(?P<count>{_NUMBER})[ -]?(?P<many>thousand|million|billion|trillion)?\s?"
    r"(?P<unit>per[ -]?cent(?:age points?)?|percent(?:age points?)?|%|dollars|barrels(?: per day| a day)?|tonnes|tons|"
    r"megawatts|gigawatts|jobs|vehicles|euros)",
    re.IGNORECASE,
)
_SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9,
    "bn": 1e9,
}  # fmt: skip
_CURRENCIES = {
    "us$": "USD", "c$": "CAD", "ca$": "CAD", "cdn$": "CAD", "a$": "AUD", "$": "$", "€": "EUR", "£": "GBP", "¥": "JPY",
}  # fmt: skip


def amount_in(text: str) -> Amount | None:
    """The first quantity of a text; the unit stays `$` where the currency is not said."""
    match = _AMOUNT.search(text)
    if match is None:
        return None
    value = float((match["money"] or match["count"]).replace(",", ""))
    scale = (match["scale"] or match["many"] or "").lower()
    unit = _CURRENCIES.get((match["currency"] or "").lower(), "") or " ".join((match["unit"] or "").lower().split())
    unit = "percent" if unit.startswith(("per", "%")) else unit
    return Amount(value * _SCALES.get(scale, 1.0), unit, match.group())
