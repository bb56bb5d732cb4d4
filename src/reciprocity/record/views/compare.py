"""Two documents side by side: the issues that came and went, and the promises that are only in one."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.record.reading import Reading
from reciprocity.record.registry import Registry
from reciprocity.record.views.asks import Ask, asks, issues_of


@dataclass(frozen=True, slots=True)
class IssueChange:
    """A set of issues before and after: what went, what came, what stayed."""

    gone: tuple[str, ...]
    come: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether the two differ."""
        return bool(self.gone or self.come)

    def __str__(self) -> str:
        parts = [f"- {', '.join(self.gone)}" if self.gone else "", f"+ {', '.join(self.come)}" if self.come else ""]
        return "   ".join(part for part in parts if part) or "the same issues"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two documents.

    Args:
        asked: Industries asked for or promised on.
        mentioned: Every issue named anywhere in the body.
        only_before: What only the first asks or promises, by its issues and window.
        only_after: What only the second does.
    """

    asked: IssueChange
    mentioned: IssueChange
    only_before: tuple[Ask, ...]
    only_after: tuple[Ask, ...]


def change(before: tuple[str, ...], after: tuple[str, ...]) -> IssueChange:
    """What went, what came and what stayed between two sets of issues."""
    return IssueChange(
        tuple(one for one in before if one not in after),
        tuple(one for one in after if one not in before),
        tuple(one for one in before if one in after),
    )


def compare(before: Reading, after: Reading, registry: Registry) -> Comparison:
    """Hold a document against a later one."""
    first, second = asks(before, registry), asks(after, registry)
    return Comparison(
        change(issues_of(first), issues_of(second)),
        change(registry.issues_in(before.document.clean), registry.issues_in(after.document.clean)),
        tuple(one for one in first if _content(one) not in map(_content, second)),
        tuple(one for one in second if _content(one) not in map(_content, first)),
    )


def _content(one: Ask) -> tuple[frozenset[str], tuple[str, str] | None, tuple[float, str] | None]:
    return frozenset(one.issues), (one.due.earliest, one.due.latest) if one.due else None, one.amount
