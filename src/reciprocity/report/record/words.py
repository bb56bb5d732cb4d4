"""Somebody else's words in a page: escaped, never live, with the characters that show nothing written out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reciprocity.report.markup import Markup, joined, tag

_HIDDEN = re.compile(
    "([\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff])"
)


def shown(text: str) -> Markup:
    """A text with its hidden characters, direction marks among them, shown by their numbers."""
    parts = _HIDDEN.split(text)
    return joined(
        tag("span", {"class": "hidden"}, f"U+{ord(part):04X}") if at % 2 else part for at, part in enumerate(parts)
    )


def flat(text: str) -> str:
    """A text for an attribute or a title: hidden characters as their numbers, no markup."""
    return _HIDDEN.sub(lambda match: f"U+{ord(match.group()):04X}", text)


def quoted(text: str) -> Markup:
    """A text in quote marks."""
    return joined(["“", shown(text), "”"])


def listed(items: Iterable[str]) -> str:
    """Names in a row."""
    return ", ".join(items)


def linked(address: str, words: str) -> Markup:
    """A link to a web address; anything else stays text."""
    if address.startswith(("https://", "http://")):
        return tag("a", {"href": address, "rel": "noreferrer nofollow"}, shown(words))
    return shown(words)
