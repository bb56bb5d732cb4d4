"""A document with its margin: every line, what was said in it, by whom, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from reciprocity.record.caption import caption
from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document, Line, Span
from reciprocity.record.link import Link
from reciprocity.record.reading import Reading
from reciprocity.record.statement import Statement
from reciprocity.report.markup import Markup, joined, tag
from reciprocity.report.record.wording import all_named, captioned, named, record_wording
from reciprocity.report.record.words import linked, listed, quoted, shown
from reciprocity.report.wording import Wording

LONGEST = 1_000_000
"""Characters; of a longer document only the lines with something said in them are shown."""


@dataclass(frozen=True, slots=True)
class _Note:
    """One note of the margin, with the spans it is about."""

    id: str
    line: int
    spans: tuple[tuple[Span, str], ...]
    css: str
    body: Markup


def article(reading: Reading, words: Wording | None = None, *, level: str = "h2") -> Markup:
    """A document as a section: heading, notices, and a row a line with its notes beside it."""
    page, words = reading.document, words or record_wording("en")
    found = _notes(reading, words)
    notes = sorted(found, key=lambda note: (note.line, note.spans[0][0].start if note.spans else 0))
    head = tag(level, None, shown(captioned(caption(page), words)))
    return tag("section", {"id": page.id}, head, *_facts(page, words), *_rows(page, notes, words))


def line_address(document: str, line: int) -> str:
    """The address of a line in the page."""
    return f"#{document}-L{line}"


def _facts(page: Document, words: Wording) -> Iterator[Markup]:
    told = words["margin.published"].format(day=page.published, source=named(words, "dated", page.published_from))
    parts = [named(words, "document", page.kind), page.publisher, told if page.published else ""]
    facts = [shown(part) for part in parts if part]
    if page.url:
        facts.append(linked(page.url, page.url))
    facts.append(joined([f"SHA-256 {page.sha256[:16]}…"]))
    yield tag("p", {"class": "facts"}, *_between(facts, " · "))
    for notice in page.notices:
        yield tag("p", {"class": "notice"}, shown(notice))


def _rows(page: Document, notes: list[_Note], words: Wording) -> Iterator[Markup]:
    beside: dict[int, list[tuple[int, _Note]]] = {}
    over: dict[int, list[tuple[Span, str, int]]] = {}
    for number, note in enumerate(notes, 1):
        beside.setdefault(note.line, []).append((number, note))
        for span, css in note.spans:
            for line in range(page.line_of(span.start).number, page.line_of(span.end - 1).number + 1):
                over.setdefault(line, []).append((span, css, number))
    lines = (one for one in page.lines if one.kind != "blank" and (len(page.text) <= LONGEST or one.number in over))
    for kept, group in groupby(lines, key=lambda one: one.kept):
        if kept:
            for line in group:
                yield _row(page, line, beside.get(line.number, []), over.get(line.number, []), words["margin.go"])
        else:
            yield _left_out(page, list(group), words)


def _row(
    page: Document, line: Line, beside: list[tuple[int, _Note]], over: list[tuple[Span, str, int]], go: str
) -> Markup:
    address = f"{page.id}-L{line.number}"
    margin = tag("ol", {"class": "notes"}, *(_margin(number, note, address, go) for number, note in beside))
    number = tag("a", {"class": "number", "href": f"#{address}"}, str(line.number))
    words = tag("p", {"dir": "auto"}, *_segments(page, line, over))
    return tag("div", {"class": "line", "id": address}, number, words, margin if beside else Markup(""))


def _margin(number: int, note: _Note, address: str, go: str) -> Markup:
    back = tag("a", {"href": f"#{address}", "title": go}, str(number))
    return tag("li", {"class": f"note {note.css}", "id": f"note-{note.id}"}, back, " ", note.body)


def _segments(page: Document, line: Line, spans: list[tuple[Span, str, int]]) -> Iterator[Markup]:
    """The line cut where a span begins or ends; each piece has the classes of all spans over it."""
    cuts = {line.start, line.end}
    for span, _, _ in spans:
        cuts |= {min(max(line.start, span.start), line.end), max(min(line.end, span.end), line.start)}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        over = [css for span, css, _ in spans if span.start <= start and end <= span.end]
        words = shown(page.text[start:end])
        yield tag("span", {"class": " ".join(dict.fromkeys(over))}, words) if over else words
        ending = dict.fromkeys(
            at for span, css, at in spans if min(span.end, line.end) == end and css not in ("speaker", "cue")
        )
        yield from (tag("span", {"class": "ref"}, str(at)) for at in ending)


def _left_out(page: Document, lines: list[Line], words: Wording) -> Markup:
    kinds = all_named(words, "line", dict.fromkeys(line.kind for line in lines))
    first, last = lines[0].number, lines[-1].number
    phrase = words["margin.line_left_out" if first == last else "margin.lines_left_out"]
    body = [tag("div", None, shown(page.text[line.start : line.end])) for line in lines]
    told = phrase.format(first=first, last=last, kinds=kinds)
    return tag("details", {"class": "left-out"}, tag("summary", None, told), *body)


def _notes(reading: Reading, words: Wording) -> Iterator[_Note]:
    page = reading.document
    names = {one.id: one.name for one in reading.actors}
    for one in reading.statements:
        yield _statement(page, one, names, words)
    for one in reading.commitments:
        yield _commitment(page, one, words)
    for one in reading.links:
        yield _link(page, one, words)


def _statement(page: Document, one: Statement, names: dict[str, str], words: Wording) -> _Note:
    css = "" if one.record == "on" else "unnamed"
    gone = " rejected" if one.review == "rejected" else ""
    ends = [(one.source, "speaker"), (one.cue, "cue")]
    spans = [(span, f"said {css}".strip()) for span in one.content] + [(span, name) for span, name in ends if span]
    speakers = listed(names.get(actor, actor) for actor in one.speakers) or words["margin.nobody"]
    who = tag("span", {"class": "who"}, shown(speakers))
    through = words["margin.by_way_of"].format(names=listed(names.get(actor, actor) for actor in one.chain))
    chain = f" {through}" if one.chain else ""
    origin = words["margin.source"].format(record=named(words, "origin", one.record))
    facts = [
        named(words, "act", one.act),
        one.on,
        one.where,
        all_named(words, "issue", one.issues),
        "" if one.record == "on" else origin,
        named(words, "review", one.review),
    ]
    rest = tag("span", {"class": "soft"}, shown(" · ".join(fact for fact in facts if fact)))
    body = joined([who, shown(chain), tag("br"), rest])
    return _Note(one.id, page.line_of(one.content[0].start).number, tuple(spans), f"is-said {css}{gone}", body)


def _commitment(page: Document, one: Commitment, words: Wording) -> _Note:
    strength = named(words, "strength", one.strength)
    phrase = words["margin.promise_not" if one.negated else "margin.promise"]
    head = tag("span", {"class": "who"}, phrase.format(strength=strength))
    due = one.due
    days = due.days(words["margin.open"]) if due else ""
    window = words["margin.window"].format(days=days) if due else words["margin.no_day"]
    facts = [shown(window), *([quoted(due.phrase)] if due and due.phrase else [])]
    if one.amount:
        facts.append(shown(one.amount.exact))
    if one.condition:
        before, after = words["margin.condition"].split("{words}")
        facts.append(joined([before, shown(one.condition), after]))
    gone = " rejected" if one.review == "rejected" else ""
    body = joined(
        [
            head,
            tag("br"),
            tag("span", {"class": "soft"}, *_between([*facts, joined([named(words, "review", one.review)])], " · ")),
        ]
    )
    return _Note(one.id, page.line_of(one.span.start).number, ((one.span, "promise"),), f"is-promise{gone}", body)


def _link(page: Document, one: Link, words: Wording) -> _Note:
    ends = [end for end in (one.a, one.b) if isinstance(end, Span)]
    anchor = one.span or (ends[0] if ends else None)
    tied = [quoted(end.exact if isinstance(end, Span) else end) for end in (one.a, one.b) if end]
    body = joined([tag("span", {"class": "who"}, named(words, "link", one.kind)), ": ", *_between(tied, " ⇄ ")])
    spans = tuple((end, "linked") for end in ends)
    gone = " rejected" if one.review == "rejected" else ""
    return _Note(one.id, page.line_of(anchor.start).number if anchor else 1, spans, f"is-link{gone}", body)


def _between(pieces: Iterable[str], between: str) -> Iterator[str]:
    for at, piece in enumerate(pieces):
        if at:
            yield between
        yield piece
