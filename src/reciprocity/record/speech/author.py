"""Who speaks in a document whose heading says so: `Statement by Minister Jane Doe on steel`."""

from __future__ import annotations

import re

from reciprocity.record.document import Document
from reciprocity.record.grammar.scene import Range
from reciprocity.record.text.blocks import Block

_BY = re.compile(
    r"\b(?:statement|remarks|address|speech|testimony|declaration|d[ée]claration|allocution|discours)\b[^:;\n]{0,40}?"
    r" (?:by|from|of|par|du|de(?= la| l[’'])) (?:(?:the |la |l[’'])?hon(?:ou?rable|\.) )?"
    r"(?P<who>(?:[^:;\n](?!,? (?:on|about|regarding|concerning|following|after|at|in|to|before|sur|au sujet) )){2,80}"
    r".?)",
    re.IGNORECASE,
)
_IN_PERSON = re.compile(r"\b(?:I|I[’'](?:m|ve|ll|d)|[Mm]y|[Jj]e|[Jj][’'][a-zéê]+|[Mm]on|[Mm]es)\b")
_NARRATED = re.compile(r"[“«\"][^”»\"]*(?:[”»\"]|$)")
_TITLE_LINES = 3


def author_of(document: Document, blocks: tuple[Block, ...]) -> Range | None:
    """The words that name the one who speaks, in the first lines of a text; None where none do."""
    if document.kind not in ("statement", "transcript"):
        return None
    for block in blocks[:_TITLE_LINES]:
        named = _BY.search(document.text, block.start, block.end) if block.end - block.start < 200 else None
        if named:
            return named.span("who")
    return None


def speaks_in_person(document: Document, blocks: tuple[Block, ...]) -> bool:
    """Whether a text is somebody's own words, not a story about them: it says `I` outside quotes."""
    return any(
        _IN_PERSON.search(_NARRATED.sub("", document.text[block.start : block.end]))
        for block in blocks
        if not block.heading
    )
