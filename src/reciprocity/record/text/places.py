"""Clauses to look in: what statements hold, and the document's own voice around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reciprocity.record.document import Document
from reciprocity.record.statement import Statement
from reciprocity.record.text.blocks import Block

_LETTERS = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {
    0x2019: "'",
    0x0A: " ",
    0xA0: " ",
}
_STOP = re.compile(r"[.!?;](?<![A-Z]\..)(?<![A-Z].)[”\"’)]*(?=\s+[“\"(A-Z•-]|\s*$)")
"""The mark comes first, so that the search runs from mark to mark; then what may not stand before it."""

_LONGEST_SENTENCE = 3000
"""Characters after which a sentence is cut, so that a page without a full stop costs no more than a page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, or the part of one that a statement holds."""

    start: int
    end: int
    statement: Statement | None


def plain_letters(text: str) -> str:
    """A text of the same length in lower-case letters, straight apostrophes and plain spaces, to search in."""
    lower = text.lower()
    if len(lower) != len(text):
        return text.translate(_LETTERS)
    return lower.replace("’", "'").replace("\n", " ").replace("\u00a0", " ")


def sentence_ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences between two offsets, quotes not minded; one without an end is cut all the same."""
    begin = start
    for stop in (*(match.end() for match in _STOP.finditer(text, start, end)), end):
        while stop - begin > _LONGEST_SENTENCE:
            cut = text.rfind(" ", begin + 1, begin + _LONGEST_SENTENCE)
            cut = cut if cut > begin else begin + _LONGEST_SENTENCE
            yield begin, cut
            begin = cut
        if begin < stop and text[begin:stop].strip():
            yield begin, stop
        begin = stop


def clauses(document: Document, blocks: tuple[Block, ...], statements: list[Statement]) -> Iterator[Place]:
    """Every sentence of the kept text, cut where what a statement holds begins and ends."""
    held = _held(statements)
    at = 0
    for block in blocks:
        if block.heading:
            continue
        cursor = block.start
        while at < len(held) and held[at].end <= block.start:
            at += 1
        while at < len(held) and held[at].start < block.end:
            if held[at].start > cursor:
                yield from _cut(document.text, cursor, held[at].start, None)
            yield from _cut(
                document.text, max(cursor, held[at].start), min(held[at].end, block.end), held[at].statement
            )
            cursor = max(cursor, held[at].end)
            at += 1
        if cursor < block.end:
            yield from _cut(document.text, cursor, block.end, None)


def _held(statements: list[Statement]) -> list[Place]:
    spoken = (one for one in statements if not one.parent and one.by != "rule:hearsay" and not _is_to_come(one))
    found = [Place(span.start, span.end, one) for one in spoken for span in one.content]
    return sorted(found, key=lambda one: (one.start, one.end))


def _is_to_come(one: Statement) -> bool:
    """`Canada will support a ban`: what it will do is told in the document's voice, not in its own."""
    first = one.cue.exact.split()[0].lower() if one.cue else ""
    return one.by == "rule:stance" and first in ("will", "shall")


def _cut(text: str, start: int, end: int, statement: Statement | None) -> Iterator[Place]:
    for begin, stop in sentence_ranges(text, start, end):
        yield Place(begin, stop, statement)
