"""How two things in the record hang together."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.record.document import Span

LINK_KINDS = (
    "exchange",
    "sequence",
    "condition",
    "beside",
    "need",
    "contradicts",
    "repeats",
    "supersedes",
    "answers",
    "about",
)
"""The first five are read in a text (a for b, a before b, b if a, a with b, a takes b); the others tie records."""


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between two ends.

    Args:
        kind: One of `LINK_KINDS`.
        a: What is given, comes first or is the condition: words of the text, or the id of a record.
        b: What is got, follows or depends: words of the text, or the id of a record; empty when not found.
        span: The words that tie them.
        statements: Ids of the statements it stands in.
        issues_a: Issues named in `a`.
        issues_b: Issues named in `b`.
    """

    id: str
    kind: str
    a: Span | str
    b: Span | str
    span: Span | None
    statements: tuple[str, ...]
    issues_a: tuple[str, ...]
    issues_b: tuple[str, ...]
    by: str
    review: str = "open"
