"""What somebody is bound to do, how firmly, by when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.record.document import Span
from reciprocity.record.time import Window

STRENGTHS = ("directed", "firm", "agreed", "intent", "expected", "best-effort", "possible", "restated")
"""How firmly, strongest first."""
STATUSES = ("open", "kept", "part-kept", "walked-back", "abandoned", "thwarted", "missed", "unclear")
"""What became of it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity promised: `value` in `unit` (`CAD`, `USD`, `$` when the currency is not said, `percent`, ...)."""

    value: float
    unit: str
    exact: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that became of a commitment: a status on a day, with the words and the source that show it."""

    date: str
    status: str
    span: Span | None = None
    words: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise, directive or expectation.

    Args:
        statements: Ids of the statements that carry it; none when the author states it.
        span: The words that bind.
        who: Actor ids of those who say so.
        bound: Who is to act, in the text's words.
        what: What is to be done, in the text's words.
        strength: One of `STRENGTHS`.
        condition: The words of the condition, or empty.
        due: Its window; None when no time is said.
    """

    id: str
    statements: tuple[str, ...]
    span: Span
    who: tuple[str, ...]
    bound: str
    what: str
    strength: str
    negated: bool
    condition: str
    amount: Amount | None
    due: Window | None
    issues: tuple[str, ...]
    by: str
    review: str = "open"
    history: tuple[Event, ...] = ()
