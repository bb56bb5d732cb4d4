"""Whether a quote is really in a document, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.record.document import Span

CHECK_STATUSES = ("exact", "same words", "edited", "not found")
"""What a check can say."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the quote's words, the document's words, and what sort of change it is."""

    kind: str
    quoted: str
    found: str


@dataclass(frozen=True, slots=True)
class Check:
    """A quote held against a document."""

    statement: str
    document: str
    quote: str
    status: str
    span: Span | None
    changes: tuple[Change, ...] = ()
