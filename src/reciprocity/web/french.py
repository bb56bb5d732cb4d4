"""What is wrong, in the reader's language: the code says it in English, the catalogue has each sentence in French."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from reciprocity.errors import Fault, InputError, ReciprocityError

_PLACE = re.compile(r"\{(\w+)\}")
_SENTENCES = re.compile(r"(?<=[.?])\s+")
_LONGEST = 400
"""Characters of one part of a message; of a longer one the middle is left out."""


def reasons(error: ReciprocityError, language: str) -> list[str]:
    """Every fault of an error as a sentence, in a language."""
    if not isinstance(error, InputError):
        return [translated(_short(str(error)), language)]
    return [told(fault, language) for fault in error.faults]


def told(fault: Fault, language: str) -> str:
    """A fault as a sentence: where, what was seen, what is allowed, what to do."""
    parts = (translated(_short(part), language) for part in (fault.seen, fault.allowed, fault.remedy))
    sentence = str(Fault(_short(fault.where), *parts))
    return sentence.replace(": ", "\u00a0: ", 1) if language == "fr" else sentence


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 4 :]}"


def translated(text: str, language: str) -> str:
    """A text of one or several sentences; each that the catalogue lacks stays as it is."""
    if language != "fr" or not text:
        return text
    parts = [part.rstrip(".") for part in _SENTENCES.split(text)]
    told = [_french(part) for part in parts]
    if len(parts) > 1 and all(told):
        return ". ".join(map(str, told))
    whole = _french(text.rstrip("."))
    if whole is not None:
        return whole
    return ". ".join(part if french is None else french for part, french in zip(parts, told, strict=True))


def _french(sentence: str) -> str | None:
    """One sentence in French, or None."""
    for pattern, french in _catalogue():
        found = pattern.fullmatch(sentence)
        if found:
            return _PLACE.sub(lambda place, given=found: given[place[1]], french)
    return None


@cache
def _catalogue() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences, those with most words of their own first: `{first} to {last}` fits much that it is not for."""
    text = files("reciprocity.web").joinpath("messages", "faults.toml").read_text(encoding="utf-8")
    said = sorted(tomllib.loads(text)["said"].items(), key=lambda one: -len(_PLACE.sub("", one[0])))
    return tuple((_pattern(english), french) for english, french in said)


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    words = [f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(words), re.DOTALL)
