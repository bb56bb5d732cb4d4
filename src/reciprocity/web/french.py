"""What is wrong, in the reader's language: the code says it in English, the catalogue has each sentence in French."""

from __future__ import annotations

from reciprocity.errors import Fault, InputError, ReciprocityError
from reciprocity.report.french import catalogue
from reciprocity.report.french import translated as in_words_of

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


def translated(text: str, language: str) -> str:
    """A text of one or several sentences; each that the catalogue lacks stays as it is."""
    if language != "fr" or not text:
        return text
    return str(in_words_of(text, catalogue("reciprocity.web", "faults.toml")))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 4 :]}"
