"""Small readings made by hand, in the style of the real ones."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from reciprocity.record.actor import Actor
from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document, Span, content_id
from reciprocity.record.link import Link
from reciprocity.record.reading import Reading
from reciprocity.record.statement import Statement, statement_id
from reciprocity.record.text.lines import line_map
from reciprocity.record.time import Window

ANN = Actor("ann_roy", "Ann Roy", "person", "CA")
BOB = Actor("bob_lee", "Bob Lee", "person", "US")
SOURCE = Actor("unnamed_1", "a government source", "unnamed")


def document(text: str, *, published: str = "2025-10-08", title: str = "", kind: str = "article") -> Document:
    return Document(
        id=content_id("d", text, published), kind=kind, title=title, publisher="The Paper", published=published,
        published_from="option", url="https://example.org/a", rights="", text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(), lines=line_map(text),
    )  # fmt: skip


def span(page: Document, words: str) -> Span:
    start = page.text.index(words)
    return page.span(start, start + len(words))


def statement(page: Document, said: str, who: str = "ann_roy", **given) -> Statement:
    content = (span(page, said),)
    quoted = given.pop("words", ())
    made = Statement(
        id=statement_id(content, None, None), content=content, words=tuple(span(page, one) for one in quoted),
        source=None, cue=None, speakers=(who,), chain=(), act="position", on=page.published, where="", record="on",
        issues=(), by="rule:test",
    )  # fmt: skip
    return replace(made, **given)


def commitment(page: Document, words: str, who: str = "ann_roy", **given) -> Commitment:
    at = span(page, words)
    made = Commitment(
        id=content_id("c", at.document, at.start, at.end), statements=(), span=at, who=(who,), bound="we", what=words,
        strength="firm", negated=False, condition="", amount=None, due=None, issues=(), by="rule:test",
    )  # fmt: skip
    return replace(made, **given)


TEXT = """Ann Roy said she wants steel and autos on the table.

“L’énergie, c’est autre chose,” she said. “We will settle aluminium in the coming weeks.”

A government source said Ann Roy offered a pipeline in exchange for relief on steel. Bob Lee called it “a start.”"""


def reading(text: str = TEXT, published: str = "2025-10-08") -> Reading:
    page = document(text, published=published, title="Talks go on")
    autre = "“L’énergie, c’est autre chose,”"
    said = (
        statement(page, "she wants steel and autos on the table", issues=("steel", "autos"), act="goal"),
        statement(page, autre, words=(autre,), issues=("energy",)),
        statement(page, "“We will settle aluminium in the coming weeks.”", issues=("aluminum",)),
        statement(
            page, "Ann Roy offered a pipeline in exchange for relief on steel", "ann_roy", chain=("unnamed_1",),
            record="second-hand", issues=("energy", "steel"), act="proposal",
        ),
        statement(page, "“a start.”", "bob_lee", words=("“a start.”",)),
    )  # fmt: skip
    due = Window("2025-10-08", "2025-11-05", "2025-12-03", "in the coming weeks", "+4 weeks, +8 weeks")
    promise = commitment(
        page, "We will settle aluminium in the coming weeks", statements=(said[2].id,), due=due, issues=("aluminum",)
    )
    tie = Link(
        id=content_id("l", page.id, "exchange"), kind="exchange", a=span(page, "a pipeline"),
        b=span(page, "relief on steel"), span=span(page, "in exchange for"), statements=(said[3].id,),
        issues_a=("energy",), issues_b=("steel",), by="rule:test",
    )  # fmt: skip
    return Reading(page, (ANN, BOB, SOURCE), said, (promise,), (tie,), ())
