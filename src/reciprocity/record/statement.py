"""What was said, by whom, and by which rule it was found."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.record.document import Span, content_id

ACTS = (
    "assertion",
    "goal",
    "position",
    "proposal",
    "commitment",
    "prediction",
    "criticism",
    "directive",
    "denial",
    "question",
)
"""What a statement can do."""
RECORDS = ("on", "unnamed", "second-hand")
"""On what footing it was said."""
REVIEWS = ("open", "confirmed", "corrected", "rejected")
"""What a person has made of it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: content, its source, and the words that tie them.

    Args:
        content: What was said: two spans or more when the cue splits a quote.
        words: The fragments of the content inside quote marks, marks included.
        source: The words that name the speaker; None when the text leaves them out (a quote that goes on).
        cue: The words that attribute ("said", "according to"); None when there are none.
        speakers: Actor ids; more than one when they speak jointly, none when nobody could be found.
        chain: Actor ids the words came through, nearest the speaker first.
        on: ISO day it was said; empty when the text does not tell.
        where: Venue in the text's words, or empty.
        parent: Id of the statement this one is reported inside, or empty.
        by: `rule:<name>`, `llm:<model>` or `hand:<who>`.
    """

    id: str
    content: tuple[Span, ...]
    words: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    speakers: tuple[str, ...]
    chain: tuple[str, ...]
    act: str
    on: str
    where: str
    record: str
    issues: tuple[str, ...]
    by: str
    review: str = "open"
    parent: str = ""

    @property
    def document(self) -> str:
        """The document it is in."""
        return self.content[0].document

    @property
    def exact(self) -> str:
        """Its content as one line of text."""
        return " ".join(span.exact for span in self.content)


def statement_id(content: tuple[Span, ...], source: Span | None, cue: Span | None) -> str:
    """The name a statement gets from its words and places alone; review and rule names do not change it."""
    places = [(span.document, span.start, span.end, span.exact) for span in (*content, source, cue) if span]
    return content_id("s", *places)
