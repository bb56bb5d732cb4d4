"""Statements: attributions with their speakers, day, venue, act and issues."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reciprocity.record.document import Document, Span
from reciprocity.record.grammar.acts import act_of
from reciprocity.record.people.cast import Cast
from reciprocity.record.people.speakers import Ids
from reciprocity.record.registry import Registry
from reciprocity.record.speech.attribution import Attribution, Range
from reciprocity.record.speech.hearsay import HEARSAY
from reciprocity.record.speech.paragraph import Paragraph
from reciprocity.record.speech.unsourced import GOES_ON, Unsourced, introduced, unsourced
from reciprocity.record.statement import Statement, statement_id
from reciprocity.record.time import Time, times_between

_VENUE = re.compile(
    r"\b(?:in|at|on|during|via|to)\s+("
    r"(?:a|an|the|his|her|their|its|social|Twitter|Facebook|X|Truth|CNN|CBC|CTV|Fox|question)\b[^,.;:“”\"]{0,60}?\b"
    r"(?:statement|interview|conference|summit|media|speech|address|letter|tweet|post|forum|event|committee|Commons|Senate|"
    r"House of Commons|Congress|Parliament|Oval Office|White House|rally|hearing|meeting|podcast|email|release|call|"
    r"briefing|radio|television|question period|Social|scrum|court|filing|report|debate)\b(?:\s+of Commons)?)"
    r"|\b(reporters)\b"
)


def statements_of(
    document: Document, paragraphs: list[Paragraph], cast: Cast, times: tuple[Time, ...], registry: Registry
) -> list[Statement]:
    """Every statement of a document, in the order of the text."""
    made: list[Statement] = []
    paragraphs = introduced(paragraphs)
    whose = unsourced(paragraphs)
    for one in paragraphs:
        for found in one.attributions:
            speakers, named = _speakers(document, found, cast, whose)
            statement = _statement(
                document, one, found, made, (speakers, named), cast=cast, times=times, registry=registry
            )
            if statement:
                made.append(statement)
    return made


_ENOUGH_WORDS = 4
"""A quote of which nobody knows the speaker is kept from this many words on."""


def _speakers(document: Document, found: Attribution, cast: Cast, whose: Unsourced) -> tuple[Ids, Range | None]:
    """Who says it, and the words that name them here or in another paragraph; else whoever spoke last."""
    text = document.text
    opening = found.content[0][0] if found.content else 0
    if found.source:
        return cast.resolve(text[slice(*found.source)], found.source[0]), found.source
    if found.rule == HEARSAY:
        return (), None
    after = whose.after.get(opening)
    if after:
        return cast.resolve(text[slice(*after)], after[0], speaks=False), after
    before = whose.before.get(opening)
    speakers, named = cast.introduced(*before) if before else ((), None)
    return (speakers, named) if speakers else (cast.last(opening), None)


def _stands_alone(document: Document, content: tuple[Span, ...]) -> bool:
    """Whether a quote of nobody knows whom is worth keeping: speech in an article, not a law that is cited."""
    return document.kind == "article" and sum(len(span.exact.split()) for span in content) >= _ENOUGH_WORDS


def _statement(
    document: Document,
    one: Paragraph,
    found: Attribution,
    before: list[Statement],
    said_by: tuple[Ids, Range | None],
    *,
    cast: Cast,
    times: tuple[Time, ...],
    registry: Registry,
) -> Statement | None:
    content = tuple(document.span(*place) for place in found.content)
    if not content:
        return None
    speakers, named = said_by
    source = document.span(*found.source) if found.source else None
    told = document.span(*named) if named else _named_before(found, speakers, before)
    cue = document.span(*found.cue) if found.cue else None
    start = source.start if source else content[0].start
    chain = cast.resolve(document.text[found.via[0] : found.via[1]], found.via[0], speaks=False) if found.via else ()
    if found.rule == GOES_ON and not speakers and not _stands_alone(document, content):
        return None
    words = tuple(document.span(*place) for place in dict.fromkeys(_quotes_inside(one, found.content)))
    exact = " ".join(span.exact for span in content)
    sentence = _sentence_around(one, start)
    went_on = before[-1] if found.rule == GOES_ON and before else None
    return Statement(
        id=statement_id(content, source, cue),
        content=content,
        words=words,
        source=told,
        cue=cue,
        speakers=speakers,
        chain=chain,
        act=act_of("" if found.lemma in _PLAIN_SPEECH and found.rule != "ask" else found.lemma, exact),
        on=went_on.on if went_on else _day(times, sentence, found.content, document.published),
        where=went_on.where if went_on else _venue(document, sentence, found.content),
        record="unnamed" if cast.is_unnamed(speakers) else "second-hand" if chain and cast.is_unnamed(chain) else "on",
        issues=registry.issues_in(exact),
        by=f"rule:{found.rule}",
        parent=before[-1].id if found.rule == "nested" and before else "",
    )


def _named_before(found: Attribution, speakers: Ids, before: list[Statement]) -> Span | None:
    """The words that name the speaker of a quote that goes on: those of the statement it goes on from."""
    goes_on = found.rule == GOES_ON and before and speakers and before[-1].speakers == speakers
    return before[-1].source if goes_on else None


def _quotes_inside(one: Paragraph, content: tuple[Range, ...]) -> Iterator[Range]:
    for begin, end in content:
        at = bisect_left(one.quotes, begin, key=lambda quote: quote.start)
        while at < len(one.quotes) and one.quotes[at].start < end:
            if one.quotes[at].end <= end:
                yield one.quotes[at].start, one.quotes[at].end
            at += 1


def _sentence_around(one: Paragraph, offset: int) -> Range:
    at = bisect_right(one.sentences, offset, key=lambda sentence: sentence[0]) - 1
    inside = at >= 0 and offset <= one.sentences[at][1]
    return one.sentences[at] if inside else (one.block.start, one.block.end)


def _outside(sentence: Range, content: tuple[Range, ...], place: int) -> bool:
    return sentence[0] <= place < sentence[1] and not any(begin <= place < end for begin, end in content)


def _day(times: tuple[Time, ...], sentence: Range, content: tuple[Range, ...], published: str) -> str:
    """The day of speech: a past day named in the sentence outside what was said."""
    for time in times_between(times, *sentence):
        if _outside(sentence, content, time.span.start) and time.kind in ("date", "time") and len(time.value) >= 10:
            day = time.value[:10]
            if day[:4].isdigit() and (not published or day <= published):
                return day
    return ""


def _venue(document: Document, sentence: Range, content: tuple[Range, ...]) -> str:
    for match in _VENUE.finditer(document.text, *sentence):
        if _outside(sentence, content, match.start()):
            return " ".join((match[1] or match[2]).split())
    return ""


_PLAIN_SPEECH = frozenset(("tell", "ask", "call", "order"))


def quoted(statement: Statement) -> bool:
    """Whether all that was said is inside quote marks."""
    return bool(statement.words) and sum(len(span) for span in statement.words) >= 0.9 * sum(
        len(span) for span in statement.content
    )


def spans_of(statement: Statement) -> tuple[Span, ...]:
    """Every span a statement rests on."""
    return (*statement.content, *statement.words, *(span for span in (statement.source, statement.cue) if span))
