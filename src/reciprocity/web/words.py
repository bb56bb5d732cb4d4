"""The page's words in one language, over the report's and the record's."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from reciprocity.report.record.wording import record_wording
from reciprocity.report.wording import Wording

LANGUAGES = ("en", "fr")


@cache
def words_of(language: str) -> Wording:
    """The words of a language; English for one the page is not written in."""
    language = language if language in LANGUAGES else "en"
    base = record_wording(language)
    own = phrases(language)
    return Wording(base.language, {**base.phrases, **own})


def phrases(language: str) -> dict[str, str]:
    """The page's own phrases, by group and key."""
    text = files("reciprocity.web").joinpath("messages", f"{language}.toml").read_text(encoding="utf-8")
    return {f"{group}.{key}": said for group, keys in tomllib.loads(text).items() for key, said in keys.items()}
