"""The report's words in one language: phrases by key, names of places and sectors, numbers by locale."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isinf
from typing import get_args

from reciprocity import labels
from reciprocity.errors import Fault, InputError
from reciprocity.report import numbers
from reciprocity.report.numbers import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases of one language. `wording["finding.both_gain"].format(...)` fills one in."""

    language: Language
    phrases: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.phrases[key]

    @property
    def colon(self) -> str:
        """A colon as it stands after a word."""
        return f"{numbers.THIN}:" if self.language == "fr" else ":"

    def region(self, code: str, name: str = "") -> str:
        """A region's name in this language; a code we do not know keeps the name it came with."""
        known = _region_names(self.language).get(code)
        return known or name or code

    def place(self, code: str, name: str = "") -> str:
        """A region's name inside a sentence: the United States."""
        return self.phrases.get(f"name.{code}") or self.region(code, name)

    def sector(self, code: str, name: str = "") -> str:
        """A sector's name in this language; a code we do not know keeps the name it came with."""
        known = _sector_names(self.language).get(code)
        return known or name or code

    def sector_within(self, code: str, name: str = "") -> str:
        """A sector's name inside a sentence."""
        known = self.sector(code, name)
        return known[:1].lower() + known[1:]

    def clause(self, name: str) -> str:
        """A clause's short name as a reader sees it: its id in words, or what this language calls it."""
        known = self.phrases.get(f"short.{name}") or name.replace("-", " ").replace("_", " ")
        return known[:1].upper() + known[1:]

    def unit(self, name: str) -> str:
        """A unit of measure as a clause's file has it, in this language where it is one we know."""
        return self.phrases.get(f"unit.{name.replace(' ', '_')}") or name

    def quantity(self, value: float | None, unit: str) -> str:
        """A clause's value in its unit."""
        return numbers.quantity(value, unit if unit in numbers.MONEY else self.unit(unit), language=self.language)

    def confidence(self, grade: object) -> str:
        """How well a fact is known: P primary text, R repository, S stored page, M memory."""
        return self.phrases.get(f"confidence.{grade}") or str(grade or numbers.ABSENT)

    def percent(self, change: float | None) -> str:
        """A signed percentage."""
        return numbers.percent(change, language=self.language)

    def rate(self, fraction: float | None) -> str:
        """A tariff rate."""
        return numbers.rate(fraction, language=self.language)

    def duty(self, fraction: float) -> str:
        """A tariff rate, or that imports are forbidden where it is infinite."""
        return self["clause.forbidden"] if isinf(fraction) else self.rate(fraction)

    def number(self, value: float, digits: int = 2) -> str:
        """A plain number."""
        return numbers.number(value, digits=digits, language=self.language)

    def money(self, musd: float | None, *, signed: bool = True) -> str:
        """Million US dollars in words."""
        return numbers.money(musd, language=self.language, signed=signed)

    def day(self, iso: str | None) -> str:
        """A date in words."""
        return numbers.day(iso, language=self.language)


@cache
def wording(language: str) -> Wording:
    """The words of a language. Raises InputError for a language the report is not written in."""
    if language not in get_args(Language):
        raise InputError(Fault("language", f"'{language}' is not a language of the report", "'en' or 'fr'"))
    text = files("reciprocity.report").joinpath("messages", f"{language}.toml").read_text(encoding="utf-8")
    phrases = {f"{group}.{key}": words for group, keys in tomllib.loads(text).items() for key, words in keys.items()}
    return Wording("fr" if language == "fr" else "en", phrases)


@cache
def _region_names(language: Language) -> dict[str, str]:
    return {one.code: one.fr if language == "fr" else one.en for one in labels.regions()}


@cache
def _sector_names(language: Language) -> dict[str, str]:
    return {one.code: one.fr if language == "fr" else one.en for one in labels.sectors()}
