"""Whether a quote is really in a document, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.record.document import Span

CHECK_STATUSES = ("exact", "same words", "edited", "not found")
"""What a check can say, best first. Only the first two accept a quote."""
CHANGE_KINDS = {
    "spelling": "another spelling of the word",
    "name": "another name of the thing",
    "accent": "accents left out of a name",
    "case": "a capital made small or the other way",
    "punctuation": "other marks between or after the words",
    "bracket": "an editor's bracket",
    "typography": "other forms of the same marks, as curly for straight",
    "hidden": "characters that show nothing",
    "outside the body": "found only in a part of the page that is not what it says",
    "sentence": "a sentence's end taken out or put in between the words",
    "ellipsis": "words left out, and shown as left out",
    "changed": "other words",
    "added": "words the document does not have there",
    "left out": "words of the document left out without a mark",
}
"""What can differ. From `sentence` on (and a bracket with other words in it) the quote is edited."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the quote's words, the document's words, and what sort of change it is."""

    kind: str
    quoted: str
    found: str


@dataclass(frozen=True, slots=True)
class Check:
    """A quote held against a document.

    Args:
        statement: Id of the statement the quote stands in; empty for a quote that was typed in.
        document: Id of the document it was held against.
        status: One of `CHECK_STATUSES`.
        span: The words of the document; None when they are not there.
        claimed: Whether the quote is said to come from that document.
    """

    statement: str
    document: str
    quote: str
    status: str
    span: Span | None
    changes: tuple[Change, ...] = ()
    claimed: bool = True

    @property
    def accepted(self) -> bool:
        """Whether every word of the quote is there, in that order, and nothing else."""
        return self.status in CHECK_STATUSES[:2]

    @property
    def respelled(self) -> bool:
        """Whether a word is spelled otherwise, or a thing called by its other name, and nothing worse."""
        return self.status == "same words" and any(one.kind in ("spelling", "name", "accent") for one in self.changes)
