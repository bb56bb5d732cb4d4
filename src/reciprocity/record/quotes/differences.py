"""What differs between two runs of the same words: spelling, capitals, typography, punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reciprocity.record.quotes.check import Change
from reciprocity.record.text.spelling import spellings
from reciprocity.record.text.word import INVISIBLE, Word, unaccented

_MARKS_AS_ONE = str.maketrans(
    {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‹›", "'"), **dict.fromkeys("–—―−", "-")}
)
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_QUOTE_MARKS = "\"'“”‘’«»‹›„‟‛"
_ENDS = re.compile(r"[.?!]")
_PAUSE = re.compile(r"[:;,…]")
_NEW_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_SHORTENED = frozenset(
    ("mr", "mrs", "ms", "dr", "st", "jr", "sr", "prof", "gen", "gov", "sen", "rep", "hon", "inc", "ltd", "co", "corp")
)
_WORD = re.compile(r"\w")


def differences(quote: str, asked: Sequence[Word], text: str, found: Sequence[Word]) -> tuple[Change, ...]:
    """Every difference between a quote and the same words of a text; none when they are the same characters.

    Spaces do not count, nor the quote marks around the quote, nor a full stop or comma at its end: those belong to the
    one who quotes.
    """
    changes = [change for pair in zip(asked, found, strict=True) for change in _in_word(*pair)]
    for before, after, one, other in zip(asked, asked[1:], found, found[1:], strict=False):
        between = quote[before.end : after.start], text[one.end : other.start]
        changes += _sentence(*between, after=one.bare.casefold()) or _between(*between)
    changes += _at_end(quote[asked[-1].end :], text[found[-1].end : found[-1].end + 8])
    return tuple(dict.fromkeys(changes))


def _in_word(asked: Word, found: Word) -> Iterator[Change]:
    if asked.shown == found.shown:
        return
    yield Change(_kind_in_word(asked.bare, found.bare), asked.shown, found.shown)


def _kind_in_word(asked: str, found: str) -> str:
    if asked == found:
        return "typography"
    one, other = asked.casefold(), found.casefold()
    if one == other:
        return "case"
    if unaccented(one) == unaccented(other):
        return "accent"
    if one in spellings().names:
        return "name"
    return "punctuation" if one.replace(".", "") == other.replace(".", "") else "spelling"


def _sentence(asked: str, found: str, *, after: str) -> tuple[Change, ...]:
    """A sentence that ends in one and goes on in the other: `No. Tariffs will fall` is not `No tariffs will fall`."""
    if _WORD.search(found) or after in _SHORTENED:
        return ()
    ours, theirs = (set(_ENDS.findall(marks.replace("...", "…"))) for marks in (asked, found))
    apart = _NEW_PARAGRAPH.search(found) is not None and not (ours or _PAUSE.search(asked))
    return (Change("sentence", asked.strip(), found.strip() or "¶"),) if ours != theirs or apart else ()


def _between(asked: str, found: str) -> Iterator[Change]:
    """The marks between two words. What the page put there (an advertisement in the middle) counts as a space."""
    found = "" if _WORD.search(found) else " ".join(found.split())
    asked = " ".join(asked.split())
    if asked == found:
        return
    if _plain(asked) == _plain(found):
        hidden = bool(_HIDDEN.search(asked + found))
        yield Change("hidden" if hidden else "typography", asked, found)
    elif _plain(asked).strip("[]() ") == _plain(found).strip("[]() "):
        yield Change("bracket", asked, found)
    else:
        yield Change("punctuation", asked, found)


def _at_end(asked: str, found: str) -> Iterator[Change]:
    ours = asked.strip().strip(_QUOTE_MARKS + " ")
    mark = ours[:1]
    theirs = found.lstrip(_QUOTE_MARKS)[:1]
    if (mark and mark not in ".,…)];:-–—" and mark != theirs) or (mark == "." and theirs in ("?", "!")):
        yield Change("punctuation", mark, theirs)


def _plain(marks: str) -> str:
    return "".join(_HIDDEN.sub("", marks).translate(_MARKS_AS_ONE).replace("...", "…").split())
