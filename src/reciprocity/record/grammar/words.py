"""A paragraph as words, with each quote folded into one, and where its sentences end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reciprocity.record.grammar.grammar import ABBREVIATED, STARTERS
from reciprocity.record.grammar.quotation import CLOSING, Quotation
from reciprocity.record.text.word import INVISIBLE

QUOTE = "quote\x00"
"""What stands for a whole quote in a list of lower-case words."""
_MAY_END = frozenset(".!?…\x00")
"""The last letter of words that may end a sentence."""

_LONGEST_SENTENCE = 250
"""Words after which a sentence is cut all the same, so that rules that look both ways stay quick."""
_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:[’']s)?|\$?\d+(?:[.,]\d+)*(?:[%\w]*)"
    rf"|[^\W\d_][\w{INVISIBLE}]*(?:[’'‑-](?:(?:[A-Z]\.){{2,}}|[\w{INVISIBLE}]+))*|--+|…|\.\.\.|[^\w\s{INVISIBLE}]"
)
_HIDDEN = re.compile(f"(?<=\\w)[{INVISIBLE}]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a paragraph side by side: as written, in lower case, and where each begins and ends in the text."""

    text: tuple[str, ...]
    low: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)


def words_of(text: str, start: int, end: int, quotes: list[Quotation]) -> Words:
    """The words between two offsets; every quote is one word whose lower-case form is `QUOTE`."""
    written: list[str] = []
    low: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    at = start
    for quote in (*quotes, None):
        places = [match.span() for match in _WORD.finditer(text, at, quote.start if quote else end)]
        if places:
            plain = [text[begin:stop] for begin, stop in places]
            written += plain
            low += _HIDDEN.sub("", "\n".join(plain)).lower().replace("’", "'").split("\n")
            firsts, lasts = zip(*places, strict=True)
            begins += firsts
            ends += lasts
        if quote:
            written.append(text[quote.start : quote.end])
            low.append(QUOTE)
            begins.append(quote.start)
            ends.append(quote.end)
            at = quote.end
    return Words(tuple(written), tuple(low), tuple(begins), tuple(ends))


def sentences(words: Words, speech: frozenset[str]) -> list[tuple[int, int]]:
    """The sentences as ranges of words. `speech` are the verbs that may follow a quoted question."""
    found: list[tuple[int, int]] = []
    begin = 0
    for at in [at for at, word in enumerate(words.low) if word[-1] in _MAY_END]:
        while at - begin > _LONGEST_SENTENCE:
            found.append((begin, begin + _LONGEST_SENTENCE))
            begin += _LONGEST_SENTENCE
        if at + 1 >= begin and _ends_sentence(words, at, begin, speech):
            stop = at + 1
            while stop < len(words) and words.low[stop] in ")]":
                stop += 1
            found.append((begin, stop))
            begin = stop
    found.extend((at, min(at + _LONGEST_SENTENCE, len(words))) for at in range(begin, len(words), _LONGEST_SENTENCE))
    return found


def _ends_sentence(words: Words, at: int, begin: int, speech: frozenset[str]) -> bool:  # noqa: PLR0911
    low = words.low[at]
    if low == QUOTE:
        return _quote_ends(words, at, speech, opens=at == begin)
    if low not in (".", "!", "?", "...", "…") and not (low[-1] == "." and len(low) > 2):
        return False
    if at + 1 >= len(words):
        return True
    following = words.text[at + 1]
    if words.low[at + 1] in (")", "]") and at + 2 < len(words):
        following = words.text[at + 2]
    elif words.low[at + 1] in (",", ";", ":", ")", "]"):
        return False
    starts_new = following[0].isupper() or following[0].isdigit() or words.low[at + 1] == QUOTE or following[0] in "(["
    if low[-1] == "." and len(low) > 2 and low != "...":
        return starts_new and words.low[at + 1] in STARTERS and following[0].isupper()
    if low == "." and at:
        before = words.low[at - 1]
        if before in ABBREVIATED and words.end[at - 1] == words.start[at]:
            return False
        if len(before) == 1 and before.isalpha() and before != "i" and words.text[at - 1].isupper():
            return False
    return starts_new


def _quote_ends(words: Words, at: int, speech: frozenset[str], *, opens: bool) -> bool:
    """Whether a sentence ends with a quote: not where a verb that tells who says it follows a quote at its head."""
    inside = words.text[at].rstrip(f"{CLOSING} ")
    last = inside[-1:] if inside else ""
    if last not in ".!?…" or at + 1 >= len(words):
        return at + 1 >= len(words) and last in ".!?…"
    following = words.text[at + 1]
    if not (following[0].isupper() or words.low[at + 1] == QUOTE):
        return False
    reach = 6 if last in "!?" else 3 if opens and words.text[at].count(" ") < 2 else 0
    return not any(word in speech for word in words.low[at + 1 : at + reach])
