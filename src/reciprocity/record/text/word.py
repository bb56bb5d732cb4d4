"""A text as a row of words that can be compared: what each looks like, and what it is when typography is put aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, normalize

from reciprocity.record.document import Document
from reciprocity.record.text.spelling import joined_forms, spellings

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
)
_MARKS += "\u0e31-\u0e3a\u0e47-\u0e4e\u0f00-\u109f\u1780-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f"
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters that show nothing and may hide inside a word: soft hyphens, joiners, direction marks."""
_IDEOGRAPH = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_IN = rf"(?:[^\W_]|[{_MARKS}{INVISIBLE}])"
_NUMBER = r"\d+(?:[.,:/\u2013\u2011-]\d+)*"
_SYMBOL = r"[$€£¥¢%‰&@#+<>=±×÷°§]|(?<![\w.])[-\u2212](?=[\d$€£])|[\u2600-\u27bf\U0001f300-\U0001faff]"
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´＇", "'"))
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ANOTHER_WORD_IN_CAPITALS = frozenset({"us", "it", "who", "aids", "or", "pm", "am", "id"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Args:
        start: Where it begins in the text.
        end: Where it ends.
        shown: The characters there.
        bare: The same with apostrophes straight, ligatures apart and hidden characters gone.
        key: What it is compared by: no case, no accents, one spelling.
    """

    start: int
    end: int
    shown: str
    bare: str
    key: str


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order."""
    seen: dict[str, tuple[str, str]] = {}
    made = [_word(match, seen) for match in _token().finditer(text)]
    return tuple(
        _shouted(word, made, at) if word.key in _ANOTHER_WORD_IN_CAPITALS and word.bare.isupper() else word
        for at, word in enumerate(made)
    )


def within(document: Document, found: tuple[Word, ...]) -> tuple[Word, ...]:
    """Of the words of a document, those of its body."""
    return tuple(_inside(found, [(one.start, one.end) for one in document.lines if one.kept]))


def same_word(one: Word, other: Word) -> bool:
    """Whether two words are the same word, however spelled. An accent may only be missing from a name."""
    if one.key != other.key:
        return False
    if _spelled(one.bare) == _spelled(other.bare):
        return True
    return min(len(one.bare), len(other.bare)) > 3 and one.bare[0].isupper() and other.bare[0].isupper()


def unaccented(text: str) -> str:
    """A text without its accents."""
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter))


def _inside(found: Iterable[Word], stretches: list[tuple[int, int]]) -> Iterable[Word]:
    at = 0
    for word in found:
        while at < len(stretches) and stretches[at][1] <= word.start:
            at += 1
        if at < len(stretches) and stretches[at][0] <= word.start:
            yield word


def _word(match: re.Match[str], seen: dict[str, tuple[str, str]]) -> Word:
    shown = match.group()
    if shown not in seen:
        seen[shown] = _bare_and_key(shown)
    return Word(match.start(), match.end(), shown, *seen[shown])


def _bare_and_key(shown: str) -> tuple[str, str]:
    bare = _HIDDEN.sub("", normalize("NFC", shown)).translate(_APOSTROPHES).translate(_LIGATURES)
    return bare, unaccented(_spelled(bare))


def _spelled(bare: str) -> str:
    """A word in small letters and in the one spelling that stands for all; accents stay."""
    small = " ".join(bare.casefold().split())
    if "." in small and not small[0].isdigit():
        small = small.replace(".", "")
    if _GROUPED.fullmatch(small):
        small = small.replace(",", "")
    return spellings().family(small.replace("\u2013", "-").replace("\u2011", "-").replace("\u2212", "-"))


def _shouted(word: Word, made: list[Word], at: int) -> Word:
    """`US` and `us` are two words, unless everything around is in capitals too."""
    beside = [made[i] for i in (at - 1, at + 1) if 0 <= i < len(made) and len(made[i].bare) > 1]
    if beside and all(one.bare.isupper() for one in beside):
        return word
    return Word(word.start, word.end, word.shown, word.bare, word.key.upper())


@cache
def _token() -> re.Pattern[str]:
    joined = "|".join(r"[ \u00a0-]".join(map(re.escape, re.split("[ -]", form))) for form in joined_forms())
    first = "".join(re.escape(letter) for form in joined_forms() for letter in {form[0].lower(), form[0].upper()})
    dotted = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"
    word = rf"{_NUMBER}{_IN}*|{_IN}+(?:[’‘'ʼ＇](?=[^\W_]){_IN}+)*"
    return re.compile(rf"(?<!\w)(?=[{first}])(?i:{joined})(?!\w)|{dotted}|{_IDEOGRAPH}|{word}|{_SYMBOL}")
