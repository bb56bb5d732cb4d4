"""How issues hang together in a text: one for another, one before another, one if another, one beside another."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import islice

from reciprocity.files import shipped_toml
from reciprocity.record.document import Document, Span, content_id
from reciprocity.record.link import Link
from reciprocity.record.registry import Registry
from reciprocity.record.statement import Statement
from reciprocity.record.text.blocks import Block
from reciprocity.record.text.hints import hinted, hinted_between
from reciprocity.record.text.places import plain_letters, sentence_ranges

_CLAUSE_STARTS = re.compile(
    r"(?:^|[,;:—–]\s|\bthat\s|\bpossibility of\s|\boffer(?:ed|ing)? to\s|\bpropos(?:ed|ing) (?:to\s)?|\bsaid\s|"
    r"\bsays\s|"
    r"\braised\s)"
)
_CLAUSE_STOP = re.compile(
    r",\s(?!and\b|or\b|aluminum|aluminium|\w+ and\b)|(?<![A-Z])[.;!?](?=\s|$|[”\"])|\s—|\s–|\s-\s"
)
_PAUSE = re.compile(r"\s[—–-]\s|,|—|[.;]")
_GOAL = re.compile(r"\b(?:to|for|so that)\s+(?!\w+s\b and)")
_TO_DO = re.compile(r"[\s“\"]*To ([^,.;]{4,80}),")
_DEAL = re.compile(r"\bdeals?\b|\bagreements?\b", re.IGNORECASE)
_LOOSE = frozenset(("to secure", "together with", "on top of", "side by side with"))
"""Words that tie two issues only where there is one on either side."""
_TRADED = re.compile(
    r"\b(?:deals?|agreements?|talks|reforms?|permits?|access|quotas?|tariffs?|dut(?:y|ies)|reviews?|measures|security|"
    r"relief|chapters?|exports?|imports?|rules of origin|content|spending|lev(?:y|ies)|subsid(?:y|ies)|surtax|truce|"
    r"accord|pact|treaty|concessions?|border|pipelines?|investments?)\b",
    re.IGNORECASE,
)
_IN_A_SENTENCE = 5
"""How many places of one sentence a pattern is tried at."""
_MARKS = ' \n\t,;:.—–-“”"'


def _first(one: Statement) -> int:
    return one.content[0].start


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that tie two ends.

    Args:
        order: Where the ends stand, as `linkages.toml` tells.
        both: Whether each end must name an issue or something traded.
    """

    kind: str
    order: str
    words: re.Pattern[str]
    hints: tuple[str, ...]
    both: bool


@cache
def _patterns() -> tuple[Pattern, ...]:
    rows = shipped_toml("record", "promises", "linkages.toml")["pattern"]
    return tuple(
        Pattern(
            row["kind"],
            row["order"],
            re.compile(rf"\b(?:{'|'.join(row['any'])})(?!\w)"),
            tuple(row["hints"]),
            row.get("both", False),
        )
        for row in rows
    )


def links_of(
    document: Document, blocks: tuple[Block, ...], statements: list[Statement], registry: Registry
) -> list[Link]:
    """Every tie the patterns find in a sentence that names an issue or a deal."""
    found: list[Link] = []
    plain = plain_letters(document.text)
    patterns = _patterns()
    hints = hinted(plain, [one.hints for one in patterns])
    statements = sorted((one for one in statements if not one.parent), key=_first)
    first = [_first(one) for one in statements]
    for start, end in (one for block in blocks for one in sentence_ranges(document.text, block.start, block.end)):
        for pattern in [patterns[number] for number in hinted_between(hints, start, end)]:
            near = statements[max(0, bisect_left(first, start) - 8) : bisect_left(first, end)]
            for match in islice(pattern.words.finditer(plain, start, end), _IN_A_SENTENCE):
                link = _link(document, pattern, match, (start, end), statements=near, registry=registry)
                if link and not any(
                    link.span and one.span and one.span.start == link.span.start for one in found[-20:]
                ):
                    found.append(link)
                    break
    return sorted(found, key=lambda one: one.span.start if one.span else 0)


def _link(
    document: Document,
    pattern: Pattern,
    match: re.Match[str],
    sentence: tuple[int, int],
    *,
    statements: list[Statement],
    registry: Registry,
) -> Link | None:
    text = document.text
    kind, order = pattern.kind, pattern.order
    inside = [
        one
        for one in statements
        if any(span.start <= match.start() and match.end() <= span.end + 1 for span in one.content)
    ]
    left, right = _edges(match, sentence, inside)
    if kind == "condition" and order == "ba-clause" and not _conditional(text, match, sentence):
        return None
    a, b = _ends(document, match, order, left, right)
    issues_a = registry.issues_in(a.exact) if a else ()
    issues_b = registry.issues_in(b.exact) if b else ()
    named_here = bool(issues_a or issues_b)
    if a is None or not (named_here or registry.issues_in(text[sentence[0] : sentence[1]])):
        return None
    if kind in ("exchange", "condition") and not named_here and not _DEAL.search(text, left, right):
        return None
    words = match[0].lower()
    loose = words in _LOOSE and not (issues_a and issues_b)
    apart = pattern.both or ("depend" in words and b)
    by_chance = apart and not all(end and _is_traded(end, registry) for end in (a, b))
    if loose or by_chance or (order == "need" and not (b and issues_a)):
        return None
    span = document.span(match.start(), match.end())
    return Link(
        id=content_id("l", kind, span.document, span.start, span.exact),
        kind=kind,
        a=a,
        b=b or "",
        span=span,
        statements=tuple(one.id for one in inside),
        issues_a=issues_a,
        issues_b=issues_b,
        by=f"rule:{' '.join(match.group().lower().split())[:40]}",
    )


def _is_traded(end: Span, registry: Registry) -> bool:
    return bool(registry.issues_in(end.exact)) or _TRADED.search(end.exact) is not None


def _edges(match: re.Match[str], sentence: tuple[int, int], inside: list[Statement]) -> tuple[int, int]:
    left, right = sentence
    for one in inside:
        for span in one.content:
            if span.start <= match.start() and match.end() <= span.end + 1:
                left, right = max(left, span.start), min(right, max(span.end, match.end()))
    return left, right


def _conditional(text: str, match: re.Match[str], sentence: tuple[int, int]) -> bool:
    """Not `asked if`, `see if`, `as if`, `even if`."""
    before = text[max(sentence[0], match.start() - 14) : match.start()].lower().split()
    return not before or before[-1].strip('“"') not in (
        "asked",
        "asking",
        "see",
        "as",
        "even",
        "wonder",
        "know",
        "ask",
        "what",
        "sure",
        "decide",
        "whether",
        "unclear",
    )


def _ends(  # noqa: PLR0911
    document: Document, match: re.Match[str], order: str, left: int, right: int
) -> tuple[Span | None, Span | None]:
    text = document.text
    before = (_clause_start(text, left, match.start()), match.start())
    after = (match.end(), _clause_stop(text, match.end(), right))
    if order == "ab":
        return _span(document, *before), _span(document, *after)
    if order == "ba":
        return _span(document, *after), _span(document, *before)
    if order == "ba-clause":
        if not text[left : match.start()].strip(_MARKS):
            rest = (after[1], right)
            return _span(document, *after), _span(document, *rest)
        return _span(document, *after), _span(document, *before)
    if order == "after-first":
        stop = _PAUSE.search(text, match.end(), right)
        first = (match.end(), stop.start() if stop else right)
        rest = (stop.end(), right) if stop and text[stop.end() : right].strip(_MARKS) else (before[0], before[1])
        return _span(document, *first), _span(document, *rest)
    if order == "need":
        split = _GOAL.search(text, match.end(), right)
        opening = _TO_DO.match(text, left)
        goal = (split.end(), right) if split else opening.span(1) if opening else (right, right)
        return _span(document, match.end(), split.start() if split else right), _span(document, *goal)
    if order == "joined":
        cut = text.index("-for-", match.start())
        return _span(document, match.start(), cut), _span(document, cut + 5, match.end())
    first = _span(document, match.start(), text.rfind(" ", match.start(), match.end()))
    second = _span(document, *after)
    return (second, first) if order == "inside-ba" else (first, second)


def _clause_start(text: str, left: int, end: int) -> int:
    start = left
    for found in _CLAUSE_STARTS.finditer(text, left, end):
        if end - found.end() > 12:
            start = found.end()
    return start


def _clause_stop(text: str, begin: int, right: int) -> int:
    stop = _CLAUSE_STOP.search(text, begin, right)
    return stop.start() if stop else right


def _span(document: Document, start: int, end: int) -> Span | None:
    text = document.text
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return document.span(start, end) if start < end else None
