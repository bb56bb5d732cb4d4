"""Paragraphs of a document: runs of kept lines that read as one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from reciprocity.record.document import Document

_SHORTEST_WRAPPED = 50
_BULLET = ("- ", "* ", "• ", "– ", "+ ", "· ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: where it begins and ends in `Document.text`, and whether it is a heading."""

    start: int
    end: int
    heading: bool


def blocks_of(document: Document) -> tuple[Block, ...]:
    """The paragraphs of what was kept. Lines of a hard-wrapped text are joined; otherwise a line is a paragraph."""
    wrapped = _is_wrapped(document)
    found: list[Block] = []
    open_line = None
    for line in document.lines:
        words = document.text[line.start : line.end]
        joins = (
            wrapped
            and open_line is not None
            and line.kind == "body"
            and line.number == open_line.number + 1
            and not words.startswith(_BULLET)
        )
        if not line.kept:
            open_line = None
        elif joins and found:
            found[-1] = Block(found[-1].start, line.end, found[-1].heading)
            open_line = line
        else:
            found.append(Block(line.start, line.end, line.kind == "heading"))
            open_line = line if line.kind == "body" else None
    return tuple(found)


def _is_wrapped(document: Document) -> bool:
    """Whether a text is broken at a fixed width: most lines that have a line under them are nearly as long as any."""
    body = [line for line in document.lines if line.kind == "body"]
    above = [line for line, after in pairwise(body) if after.number == line.number + 1]
    if len(above) < 2 or len(above) < 0.3 * len(body):
        return False
    longest = max(line.end - line.start for line in body)
    if longest > 200:
        return False
    full = sum(line.end - line.start >= min(_SHORTEST_WRAPPED, 0.6 * longest) for line in above)
    return full > 0.6 * len(above)
