"""Words of names: titles in front of them, possessives behind them, and capital words that are no names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from reciprocity.files import shipped_toml
from reciprocity.labels import fold
from reciprocity.record.grammar.grammar import DAYS

RUN = re.compile(
    r"[A-ZÀ-Ý][\w’'-]*\.?(?:[ \u00a0\n]+(?:(?:de|von|van|der|la|le|du|bin|al|di|da|del) )*[A-ZÀ-Ý][\w’'-]*\.?)*"
)
"""Words with capitals in a row, with the small words that join names."""
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Lists:
    """Word lists that tell names from titles and bodies."""

    titles: frozenset[str]
    offices: frozenset[str]
    organisations: frozenset[str]
    unnamed: frozenset[str]
    openers: frozenset[str]
    gender: dict[str, str]


@cache
def lists() -> Lists:
    """The word lists that ship."""
    rows = shipped_toml("record", "people", "people.toml")
    gender = dict.fromkeys(rows["women"].split(), "f") | dict.fromkeys(rows["men"].split(), "m")
    return Lists(
        frozenset(rows["titles"].split()),
        frozenset(rows["offices"].split()),
        frozenset(rows["organisations"].split()),
        frozenset(rows["unnamed"].split()),
        frozenset(rows["openers"].split()),
        gender,
    )


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """A word without its possessive or the point that ends a sentence."""
    if word.isalnum():
        return word
    word = word.rstrip(",")
    if word.endswith(("’s", "'s")):
        return word[:-2]
    word = word[:-1] if word.endswith(("’", "'")) else word
    return word[:-1] if word.endswith(".") and len(word) > 4 and word.count(".") == 1 else word


def bare_phrase(words: str) -> str:
    """A phrase without its article, its possessive or its full stop."""
    words = bare(words.strip())
    article = _ARTICLE.match(words)
    return words[article.end() :] if article else words


@lru_cache(maxsize=8192)
def slug(name: str) -> str:
    """A short name for an actor that the registry does not know."""
    return _NOT_SLUG.sub("_", fold(name)).strip("_")[:60]


def split_title(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles in front of a name, in lower case, and the name itself."""
    titles, name = _split(tuple(words))
    return list(titles), list(name)


@lru_cache(maxsize=8192)
def _split(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = lists()
    for at in range(len(words) - 2, -1, -1):
        if words[at].endswith(("’s", "'s")):
            words = words[at + 1 :]
            break
    small = [bare(word).lower() for word in words]
    titled = [word.rstrip(".") in known.titles for word in small]
    last = max((at for at, is_title in enumerate(titled) if is_title), default=-1)
    while words and last == len(words) - 1 and last >= 1 and not titled[-1]:
        last -= 1
    titles = tuple(word.rstrip(".") for word in small[: last + 1])
    name = tuple(
        word
        for word, low in zip(words[last + 1 :], small[last + 1 :], strict=True)
        if word not in known.openers and low not in DAYS
    )
    return titles, name


def is_body(name: list[str]) -> bool:
    """Whether a name is that of an organisation, a place or an act, by its words."""
    known = lists().organisations
    return any(bare(word).lower() in known for word in name)


def is_unnamed(head: str) -> bool:
    """Whether a phrase means somebody who is not to be named: `a senior official`."""
    words = {bare(word).lower() for word in head.split()}
    return not words.isdisjoint(lists().unnamed) and words.isdisjoint(("police", "campaign"))
