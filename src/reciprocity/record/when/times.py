"""Expressions of time in a text and the windows they stand for, hung on the day of publication.

Values are ISO 8601 where the text gives one, `FUTURE_REF (weeks)` and `PRESENT_REF` (as TIMEX3 has them) where it does
not. Vague phrases become windows by `conventions.toml`. Without a publication date relative times keep an empty value:
nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from reciprocity.files import shipped_toml
from reciprocity.record.document import Document, Span, content_id
from reciprocity.record.text.blocks import Block
from reciprocity.record.text.places import plain_letters
from reciprocity.record.time import Time, Window
from reciprocity.record.when.calendar_words import (
    calendar_day,
    calendar_year,
    fiscal_year,
    iso_day,
    month_year,
    part_of,
    quarter,
    season,
)
from reciprocity.record.when.french_times import French, french_times
from reciprocity.record.when.moment import Meaning, iso
from reciprocity.record.when.relative_words import (
    coming,
    deictic,
    next_count,
    next_one,
    past_count,
    present,
    relative,
    vague,
    weekday,
    within_count,
)
from reciprocity.record.when.stretches import (
    bare_season,
    count_range,
    counted_day,
    day_range,
    half_of,
    holiday,
    length,
    month_range,
    new_year,
    numeric_day,
    ordinal_day,
    recent,
    rest_of,
    week_of,
    weekend,
)

_REACH = 60
"""How many characters before a word that hints at a time an expression of it may begin."""
_AHEAD = re.compile(
    r"(?:\b(?:will|going to|shall|would|could|might|may|(?:scheduled|slated|set|expected|planned) (?:for|to \w+)|due"
    r"|due on|(?:plan|hope|aim|intend|expect)s?(?:ed|d)? to)|'ll)\b(?! have\b)[^.;:,]*$"
    r"|\b(?:by|until|till|starting|beginning|effective|as of|takes? effect|before|later than"
    r"|(?:comes?|coming|enters?|entering|goes|going) into (?:force|effect))"
    r" (?:(?:\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?|noon|midnight|(?:the )?(?:close|end) of (?:business|day|play))"
    r"(?: e[sd]?t)?,? )?(?:on |next )?$"
)


_DONE = re.compile(
    r"(?<!be )(?<!been )\b(?!(?:expected|scheduled|slated|planned|needed) )(?:\w{3,}ed|made|struck|begun|won|sent|cut)"
    r" (?:back )?(?:in |on |since |late |early )?$"
)
"""`will honour the deal signed in June`: what is done already hangs on a day gone by."""
_GONE = re.compile(r"\b(?:was|were|had|began)\b(?! (?:\w+ )?(?:to|due|set|scheduled|supposed)\b)[^.;:]*\bbefore $")
"""`was in trouble before`: what was so before a day hangs on a day gone by."""
_SINCE = re.compile(r"\bsince (?:the |late |early |mid-?)?$")
_EITHER_WAY = frozenset(
    ("weekday", "month", "mdy", "dmy", "holiday", "bareseason", "ordinal", "endof", "range", "weekend")
)
"""Times without a year that are behind or ahead by what stands before them."""
_MEANINGS: dict[str, Callable[[str, date | None], Meaning | None]] = {
    "iso": iso_day,
    "mdy": calendar_day,
    "dmy": calendar_day,
    "my": month_year,
    "month": month_year,
    "year": calendar_year,
    "weekday": weekday,
    "deictic": deictic,
    "present": present,
    "vague": vague,
    "coming": coming,
    "within": within_count,
    "next_n": next_count,
    "past_n": past_count,
    "relative": relative,
    "quarter": quarter,
    "fiscal": fiscal_year,
    "endof": part_of,
    "season": season,
    "numeric": numeric_day,
    "range": day_range,
    "months": month_range,
    "weekend": weekend,
    "weekof": week_of,
    "counted": counted_day,
    "halfof": half_of,
    "holiday": holiday,
    "newyear": new_year,
    "restof": rest_of,
    "bareseason": bare_season,
    "countrange": count_range,
    "nextone": next_one,
    "recent": recent,
    "ordinal": ordinal_day,
    "length": length,
}


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What finds words that hint at a time or may begin one, those that only begin one, and all patterns as one."""

    near: re.Pattern[str]
    only_begin: frozenset[str]
    whole: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    rows = shipped_toml("record", "when", "times.toml")
    whole = "|".join(f"(?P<{name}>{pattern})" for name, pattern in rows["pattern"].items())
    for name, words in rows["parts"].items():
        whole = whole.replace(f"<{name}>", words)
    hints, begins = frozenset(rows["hints"].split()), frozenset(rows["begins"].split())
    near = re.compile(rf"(?<![a-z0-9])(?:{_any_of(hints | begins)}|\d[a-z0-9]*|[a-z]+\d+)(?![a-z0-9])")
    return _Patterns(near, begins - hints, re.compile(rf"(?:{whole})"))


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, by their first letters, which is quicker than one after another."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


def times_of(document: Document, blocks: tuple[Block, ...]) -> tuple[Time, ...]:
    """Every expression of time in the kept text, in order."""
    anchor = date.fromisoformat(document.published) if document.published else None
    found: list[Time] = []
    plain = plain_letters(document.text)
    whole = _patterns().whole
    for block in blocks:
        french = [_in_french(document, one, anchor) for one in french_times(plain, block.start, block.end)]
        told = [time for time in french if time]
        after = block.start
        for at in _starts(plain, block):
            match = whole.match(plain, at, block.end) if at >= after else None
            time = _time(document, match, anchor) if match else None
            if match:
                after = match.end()
            if time and not any(time.span.start < one.span.end and one.span.start < time.span.end for one in told):
                found.append(time)
        found += told
    return tuple(sorted(found, key=lambda one: one.span.start)) if found else ()


def _in_french(document: Document, one: French, anchor: date | None) -> Time | None:
    return _meant(document.span(one.start, one.end), one.kind, one.english, anchor)


def _starts(plain: str, block: Block) -> list[int]:
    """Where an expression of time may begin: at a word that can begin one, with a hint close behind it."""
    known = _patterns()
    found: list[int] = []
    open_starts: list[int] = []
    for word in known.near.finditer(plain, block.start, block.end):
        open_starts.append(word.start())
        if word[0] not in known.only_begin:
            near = word.start() - _REACH
            found += [at for at in open_starts if at >= near]
            open_starts.clear()
    return found


def _time(document: Document, match: re.Match[str], anchor: date | None) -> Time | None:
    kind = match.lastgroup or ""
    words = document.text[match.start() : match.end()]
    if kind in ("month", "mdy") and words[:3].lower() in ("may", "mar") and not words[0].isupper():
        return None
    if kind == "month" and (words.lower() in ("march", "may") and not _is_month(document.text, match)):
        return None
    start = match.start()
    if kind == "within":
        lead = re.match(r"(?:for|after) ", words, re.IGNORECASE)
        if lead and not re.match(r"after (?:the|\d)", words, re.IGNORECASE):
            kind = "length"
            start += lead.end()
        inner = re.match(r"in (?=the )", words, re.IGNORECASE)
        start += inner.end() if inner else 0
    span = document.span(start, match.end())
    folded = " ".join(plain_letters(span.exact).split())
    if kind in _EITHER_WAY:
        before = plain_letters(document.text[max(0, start - 70) : start])
        folded = f"{_side(before)}{folded}"
    return _meant(span, kind, folded, anchor)


def _side(before: str) -> str:
    """`coming `, `since ` or nothing: on which side of publication a day without a year is, by what stands before."""
    if _SINCE.search(before):
        return "since "
    if _GONE.search(before):
        return ""
    return "coming " if _AHEAD.search(before) and not _DONE.search(before) else ""


def _meant(span: Span, kind: str, words: str, anchor: date | None) -> Time | None:
    """The time a span stands for; None when its words mean no day, stretch or length."""
    meaning = _MEANINGS[kind](words, anchor)
    if meaning is None:
        return None
    window = Window(iso(meaning.earliest), iso(meaning.nominal), iso(meaning.latest), span.exact, meaning.convention)
    name = content_id("t", span.document, span.start, span.end, span.exact)
    return Time(name, span, meaning.kind, meaning.value, window)


def _is_month(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()].lower().split()
    return (
        text[match.start()].isupper()
        and bool(before)
        and before[-1]
        in (
            "in",
            "of",
            "since",
            "by",
            "until",
            "last",
            "next",
            "to",
            "from",
            "and",
            "before",
            "after",
            "during",
            "late",
            "early",
            "through",
            "this",
            "for",
            "come",
        )
    )
