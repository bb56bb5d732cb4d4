"""The record's words in one language, over the report's: phrases, and names for what the record's own words mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from reciprocity.report.wording import Wording, wording


@cache
def record_wording(language: str) -> Wording:
    """The words of a language. Raises InputError for a language the report is not written in."""
    base = wording(language)
    text = files("reciprocity.report").joinpath("record", "messages", f"{language}.toml").read_text(encoding="utf-8")
    own = {f"{group}.{key}": words for group, keys in tomllib.loads(text).items() for key, words in keys.items()}
    return Wording(base.language, {**base.phrases, **own})


def named(words: Wording, family: str, word: str) -> str:
    """What a word of the record is called in this language; one the catalogue lacks, as a person's own issue, as is."""
    return words.phrases.get(f"{family}.{word}", word)


def all_named(words: Wording, family: str, found: Iterable[str]) -> str:
    """Several of them in a row."""
    return ", ".join(named(words, family, one) for one in found)
