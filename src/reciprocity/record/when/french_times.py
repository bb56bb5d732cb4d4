"""Expressions of time in French, told in English words for the same rules: `d'ici 30 jours` is `within 30 days`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reciprocity.files import shipped_toml


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How times look in French, each with the English pattern's name and words; and single words in English."""

    whole: re.Pattern[str]
    told: dict[str, tuple[str, str]]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class French:
    """A time in a French text: its place, which kind of expression it is, and what it says in English."""

    start: int
    end: int
    kind: str
    english: str


@cache
def _patterns() -> _Patterns:
    rows = shipped_toml("record", "when", "times_fr.toml")
    told, parts = {}, []
    for number, row in enumerate(rows["time"]):
        pattern = row["pattern"]
        for name, words in rows["parts"].items():
            pattern = pattern.replace(f"<{name}>", words)
        told[f"t{number}"] = row["kind"], row["english"]
        parts.append(f"(?P<t{number}>{pattern})")
    return _Patterns(re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"), told, rows["words"])


_SMALL = re.compile(
    r"\b(?:le|la|les|des|du|de|une|un|est|dans|pour|par|que|qui|ont|sur|aux|nous|seront?|à|sa|ses|[dlnsj]'(?=\w)|qu'(?=\w))\b"
)
_NAMES = frozenset(("de", "la", "le", "du", "un", "est", "sur"))
"""Small words that stand in names too: a text with no others is not taken for French."""
_FEWEST = 3
_WORD = re.compile(r"[\w']+")


def french_times(plain: str, start: int, end: int) -> Iterator[French]:
    """Every time in a stretch of lower-case text, where enough of its small words are French."""
    small = _SMALL.findall(plain, start, end)
    if len(small) < _FEWEST or (_NAMES.issuperset(small) and "d'ici" not in plain[start:end]):
        return
    known = _patterns()
    for match in known.whole.finditer(plain, start, end):
        kind, english = known.told[match.lastgroup or ""]
        inner: list[str] = [known.words.get(found[0], found[0]) for found in _WORD.finditer(match[0])]
        count = next((word for word in inner if word.isdigit() or word in _NUMBERS), "")
        unit = next((word for word in inner if word.rstrip("s") in _UNITS), "")
        name = next((word for word in inner if word in known.words.values() and word not in (count, unit)), "")
        year = next((word for word in inner if word.isdigit() and len(word) == 4), "")
        yield French(match.start(), match.end(), kind, english.format(n=count, unit=unit, name=name, year=year).strip())


_NUMBERS = frozenset(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "ten", "twelve", "fifteen", "thirty", "sixty")
)
_UNITS = frozenset(("day", "week", "month", "year", "hour"))
