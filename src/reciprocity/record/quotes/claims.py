"""Which quotes of an article are said to come from a document, and whether they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reciprocity.record.document import Document, Span
from reciprocity.record.quotes.check import Check
from reciprocity.record.quotes.quotes import Searched, check_quote
from reciprocity.record.reading import Reading
from reciprocity.record.statement import Statement

_OWN_WORDS = 4


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """Every quote of an article held against one document.

    Args:
        checks: One a quote, in the order of the article; `claimed` tells those said to come from the document.
        quotes: Where each stands in the article.
    """

    article: Document
    against: Document
    checks: tuple[Check, ...]
    quotes: tuple[Span, ...]

    @property
    def claimed(self) -> tuple[tuple[Check, Span], ...]:
        """The quotes said to come from the document, with their places."""
        return tuple(pair for pair in zip(self.checks, self.quotes, strict=True) if pair[0].claimed)

    def counts(self) -> dict[str, int]:
        """How many of the claimed quotes are word for word, respelled, edited and missing; and how many are others'."""
        claimed = [check for check, _ in self.claimed]
        respelled = sum(check.respelled for check in claimed)
        return {
            "word_for_word": sum(check.accepted for check in claimed) - respelled,
            "respelled": respelled,
            "edited": sum(check.status == "edited" for check in claimed),
            "missing": sum(check.status == "not found" for check in claimed),
            "of_others": len(self.checks) - len(claimed),
        }


def check_reading(reading: Reading, against: Searched, *, by: Iterable[str] = ()) -> QuoteReport:
    """Hold every quote of an article against a document.

    Args:
        reading: The article as it was read.
        against: The document.
        by: Actor ids whose quotes are said to come from the document. Left out, they are those who speak in it: a
            source is taken to be the document's own when four words of it in a row, or all its quotes, are there.
    """
    pairs = [(statement, quote) for statement in reading.statements for quote in statement.words]
    checks = [check_quote(quote.exact, against, statement=statement.id) for statement, quote in pairs]
    wanted = frozenset(by)
    if wanted:
        claimed = [bool(wanted & {*statement.speakers, *statement.chain}) for statement, _ in pairs]
    else:
        own = _own_sources(pairs, checks)
        claimed = [not own or _source(statement) in own for statement, _ in pairs]
    marked = tuple(_with_claim(check, said) for check, said in zip(checks, claimed, strict=True))
    return QuoteReport(reading.document, against.document, marked, tuple(quote for _, quote in pairs))


def _own_sources(pairs: list[tuple[Statement, Span]], checks: list[Check]) -> frozenset[tuple[str, ...]]:
    """The sources whose words are in the document; none when it holds nobody's."""
    found: dict[tuple[str, ...], list[Check]] = {}
    for (statement, _), check in zip(pairs, checks, strict=True):
        found.setdefault(_source(statement), []).append(check)
    return frozenset(
        source
        for source, its in found.items()
        if any(check.status != "not found" and len(check.quote.split()) >= _OWN_WORDS for check in its)
        or all(check.accepted for check in its)
    )


def _source(statement: Statement) -> tuple[str, ...]:
    """Whose document a statement would be in: the nearest one its words came through, or who said it."""
    return statement.chain[:1] or statement.speakers


def _with_claim(check: Check, claimed: bool) -> Check:
    return replace(check, claimed=claimed)
