"""What a document asks for or promises, and on which issues: the ground for comparing two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reciprocity.record.caption import caption
from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Span
from reciprocity.record.reading import Reading
from reciprocity.record.registry import Registry
from reciprocity.record.statement import Statement
from reciprocity.record.time import Window

ASKING = ("goal", "proposal", "commitment", "directive")
"""The acts that ask or promise."""
_NOT_TRADED = "GOV"


@dataclass(frozen=True, slots=True)
class Ask:
    """A goal, proposal, directive or promise, with where its words are.

    Args:
        record: Id of the statement or commitment.
        act: What the words do: the act of a statement, `commitment` for a promise.
        side: Countries it is said for, sorted; empty when no side is known.
        issues: Issues that stand for trade in goods or services of some industry.
        on: ISO day it was said, or of the document.
    """

    record: str
    act: str
    document: str
    title: str
    line: int
    on: str
    who: tuple[str, ...]
    side: tuple[str, ...]
    issues: tuple[str, ...]
    span: Span
    due: Window | None = None
    amount: tuple[float, str] | None = None


def asks(reading: Reading, registry: Registry) -> tuple[Ask, ...]:
    """Everything a document's speakers ask for or promise, in the order of the text."""
    sides = {one.id: one.side for one in (*registry.actors, *reading.actors) if one.side}
    ground = _Ground(reading, sides, frozenset(one.id for one in registry.issues if set(one.sectors) - {_NOT_TRADED}))
    found = [*_from_statements(ground), *_from_commitments(ground)]
    return tuple(sorted(found, key=lambda one: (one.span.start, one.record)))


def issues_of(found: Iterable[Ask]) -> tuple[str, ...]:
    """The issues of several asks, each once, in order."""
    return tuple(dict.fromkeys(issue for one in found for issue in one.issues))


@dataclass(frozen=True, slots=True)
class _Ground:
    """A document with the side of every actor and the issues that stand for industries."""

    reading: Reading
    sides: dict[str, str]
    industries: frozenset[str]

    def ask(self, one: Statement | Commitment, *, span: Span, who: tuple[str, ...], on: str) -> Ask:
        page = self.reading.document
        side = tuple(sorted({self.sides[actor] for actor in who if actor in self.sides}))
        issues = tuple(issue for issue in one.issues if issue in self.industries)
        line = page.line_of(span.start).number
        act = one.act if isinstance(one, Statement) else "commitment"
        return Ask(one.id, act, page.id, caption(page), line, on or page.published, who, side, issues, span)


def _from_statements(ground: _Ground) -> Iterator[Ask]:
    for one in ground.reading.statements:
        if one.act in ASKING and one.review != "rejected":
            yield ground.ask(one, span=one.content[0], who=one.speakers, on=one.on)


def _from_commitments(ground: _Ground) -> Iterator[Ask]:
    spoken = {one.id: one.on for one in ground.reading.statements}
    for one in ground.reading.commitments:
        if one.review != "rejected" and not one.negated:
            on = next((spoken[each] for each in one.statements if each in spoken), "")
            amount = (one.amount.value, one.amount.unit) if one.amount else None
            yield replace(ground.ask(one, span=one.span, who=one.who, on=on), due=one.due, amount=amount)
