"""What a statement does, by `acts.toml`: the lemma of its cue says it, else its words."""

from __future__ import annotations

import re
from functools import cache

from reciprocity.files import shipped_toml
from reciprocity.record.text.places import plain_letters


@cache
def _acts() -> tuple[dict[str, str], tuple[tuple[str, re.Pattern[str]], ...]]:
    rows = shipped_toml("record", "grammar", "acts.toml")
    by_lemma = {lemma: act for act, lemmas in rows["lemma"].items() for lemma in lemmas.split()}
    return by_lemma, tuple((act, re.compile(words)) for act, words in rows["words"].items())


def act_of(lemma: str, exact: str) -> str:
    """The act of a cue's lemma, empty where it only says; else that of the first pattern the words match."""
    by_lemma, by_words = _acts()
    if lemma in by_lemma:
        return by_lemma[lemma]
    plain = plain_letters(exact)
    return next((act for act, pattern in by_words if pattern.search(plain)), "assertion")
