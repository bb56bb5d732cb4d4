"""The record's words in one language, over the report's: phrases, and names for what the record's own words mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from reciprocity.record.caption import UNTITLED
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


def captioned(caption: str, words: Wording) -> str:
    """A document's title; of one that has none its kind, day and first words in this language."""
    found = UNTITLED.fullmatch(caption)
    if not found:
        return caption
    key = "margin.untitled_day" if found["day"] else "margin.untitled"
    kind, day = named(words, "document", found["kind"]), found["day"] or ""
    return words[key].format(kind=kind, day=day, opening=found["opening"])


def all_named(words: Wording, family: str, found: Iterable[str]) -> str:
    """Several of them in a row."""
    return ", ".join(named(words, family, one) for one in found)
