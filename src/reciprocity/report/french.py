"""The program's own sentences in French: the code says each in English, a catalogue has it in French by its places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reciprocity.report import numbers
from reciprocity.report.numbers import THIN
from reciprocity.report.wording import wording

Place = Callable[[str, str], str]

_PLACE = re.compile(r"\{(\w+)\}")
_SENTENCES = re.compile(r"(?<=[.?])\s+")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"(\d[\d,]*)(?:\.(\d+))?(%?)")
_NAMED = re.compile(r"(\) \(| \(|\)|, |: )")
"""What stands between the parts of a measure's name."""
_FIGURES = frozenset({"amount", "number", "share", "spread", "value", "price", "day", "one", "other"})
"""Places whose days and numbers are written as French writes them; codes, versions and names stay."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sentences with nothing to fill in, by their English; and the others as patterns, longest first."""

    plain: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]


class InEnglish(str):
    """A sentence the catalogue does not have, left as it is: a page marks it as English."""

    __slots__ = ()


@cache
def catalogue(package: str, name: str) -> Catalogue:
    """The sentences of a file, those with most words of their own first: `{first} to {last}` fits much else."""
    text = files(package).joinpath("messages", name).read_text(encoding="utf-8")
    said = sorted(tomllib.loads(text)["said"].items(), key=lambda one: -len(_PLACE.sub("", one[0])))
    plain = {english: french for english, french in said if not _PLACE.search(english)}
    return Catalogue(plain, tuple((_pattern(english), french) for english, french in said if english not in plain))


def translated(text: str, said: Catalogue, place: Place = lambda _, value: value) -> str:
    """A text of one or several sentences in French; an `InEnglish` where one of them is not in the catalogue.

    Args:
        text: in English.
        said: the catalogue.
        place: what stands in a place of that name, as French has it.
    """
    end = "." if text.endswith(".") else ""
    parts = [part.rstrip(".") for part in _SENTENCES.split(text)]
    told = [_french(part, said, place) for part in parts]
    if len(parts) > 1 and all(told):
        return ". ".join(map(str, told)) + end
    whole = _french(text.rstrip("."), said, place)
    if whole is not None:
        return whole + end
    return InEnglish(
        ". ".join(part if french is None else french for part, french in zip(parts, told, strict=True)) + end
    )


def in_french(text: str) -> str:
    """A sentence of an answer or of the law in French, days and numbers as French writes them."""
    said = catalogue("reciprocity.report", "sentences.toml")
    told = [translated(one, said, _place) for one in text.split("; ")]
    if any(isinstance(one, InEnglish) for one in told):
        return translated(text, said, _place)
    return f"{THIN}; ".join(told)


def measure_in_french(name: str) -> str:
    """The name of a measure in French, part by part; as it is where a part is not in the catalogue."""
    said = catalogue("reciprocity.report", "measures.toml")
    parts = _NAMED.split(name)
    told = [_french(part, said, _place) if part and not at % 2 else part for at, part in enumerate(parts)]
    return InEnglish(name) if None in told else "".join(map(str, told)).replace(": ", f"{THIN}: ")


def _french(sentence: str, said: Catalogue, place: Place) -> str | None:
    """One sentence in French, or None."""
    if sentence in said.plain:
        return said.plain[sentence]
    for pattern, french in said.patterns:
        found = pattern.fullmatch(sentence)
        if found:
            return _PLACE.sub(lambda one, given=found: place(one[1], given[one[1]]), french)
    return None


def _place(name: str, value: str) -> str:
    words = wording("fr")
    known: Mapping[str, Callable[[str], str]] = {
        "clause": words.clause, "country": words.region, "said": in_french, "kind": in_french, "unit": _unit,
        "each": _unit, "wanted": _yes_or_no, "seen": _yes_or_no,
    }  # fmt: skip
    return _figures(value) if name in _FIGURES else known[name](value) if name in known else value


def _unit(value: str) -> str:
    """A unit; of one with a rate beside it, as kg + 0.9%, the rate too."""
    name, plus, rate = value.partition(" + ")
    return f"{wording('fr').unit(name)}{plus}{_figures(rate)}"


def _yes_or_no(value: str) -> str:
    return {"true": "oui", "false": "non"}.get(value, value)


def _figures(value: str) -> str:
    """A day in words, and numbers with a comma; a year as it is."""
    if _ISO_DAY.fullmatch(value):
        return numbers.day(value, language="fr")
    return value if re.fullmatch(r"\d{4}", value) else _NUMBER.sub(_figure, value)


def _figure(found: re.Match[str]) -> str:
    decimals, percent = f",{found[2]}" if found[2] else "", f"{THIN}%" if found[3] else ""
    return f"{found[1].replace(',', THIN)}{decimals}{percent}"


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    words = [_place_of(part) if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(words), re.DOTALL)


def _place_of(name: str) -> str:
    """What may stand in a place: anything, but what a fact should be ends where the next reason begins."""
    return f"(?P<{name}>[^;]*?)" if name == "wanted" else f"(?P<{name}>.*?)"
