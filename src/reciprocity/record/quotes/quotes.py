"""The quote check: is this quote in that document, word for word, and if not, what was changed?

- *exact*: the same characters, spaces aside, without the quote marks and the full stop or comma that came with them.
- *same words*: the same words in the same order; spelling, capitals, typography or punctuation differ, and it says how.
- *edited*: most of the words in their order, with brackets, omissions or other words, or the same words joined over the
  end of a sentence; every change is listed.
- *not found*: everything else.

A quote is accepted when it is exact or has the same words, and in no other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reciprocity.record.document import Document
from reciprocity.record.quotes.check import CHECK_STATUSES, Change, Check
from reciprocity.record.quotes.differences import differences
from reciprocity.record.quotes.edited import LONGEST, changes_along, nearest, pieces_of
from reciprocity.record.text.word import Word, same_word, within, words


@dataclass(frozen=True, slots=True)
class Row:
    """Words in order, and where each stands."""

    words: tuple[Word, ...]
    places: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Searched:
    """A document made ready to hold quotes against: the words of its body, and of everything received."""

    document: Document
    body: Row
    whole: Row


def searched(document: Document) -> Searched:
    """Make a document ready to hold many quotes against."""
    whole = words(document.text)
    body = within(document, whole)
    return Searched(document, _row(body), _row(whole) if len(whole) != len(body) else Row((), {}))


def check_quote(quote: str, against: Searched, *, statement: str = "", claimed: bool = True) -> Check:
    """Hold one quote, with or without its quote marks, against one document."""
    asked = words(quote)
    none = Check(statement, against.document.id, quote, "not found", None, (), claimed)
    if not asked:
        return none
    for row, beside in ((against.body, ()), (against.whole, (Change("outside the body", "", ""),))):
        best = min(_word_for_word(quote, asked, against.document, row), key=_how_far, default=None)
        if best:
            (first, last), changes = best
            span = against.document.span(first.start, last.end)
            return replace(none, status=_status(changes), span=span, changes=(*changes, *beside))
    return _edited(quote, asked, against, none)


def _status(changes: tuple[Change, ...]) -> str:
    if any(one.kind == "sentence" for one in changes):
        return "edited"
    return "same words" if changes else "exact"


def _how_far(one: tuple[tuple[Word, Word], tuple[Change, ...]]) -> tuple[bool, int]:
    return _status(one[1]) == "edited", len(one[1])


def check_anywhere(quote: str, against: Iterable[Searched], *, statement: str = "") -> Check | None:
    """Hold a quote against many documents; the best answer, the earliest document's when several are as good."""
    checks = [check_quote(quote, one, statement=statement) for one in against]
    return min(checks, key=lambda one: (CHECK_STATUSES.index(one.status), len(one.changes)), default=None)


def _row(row: tuple[Word, ...]) -> Row:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(row):
        places.setdefault(word.key, []).append(at)
    return Row(row, {key: tuple(spots) for key, spots in places.items()})


def _word_for_word(
    quote: str, asked: Sequence[Word], document: Document, row: Row
) -> Iterator[tuple[tuple[Word, Word], tuple[Change, ...]]]:
    """Every place where the same words stand in a row, with what differs there."""
    rarest = min(range(len(asked)), key=lambda at: len(row.places.get(asked[at].key, ())))
    for spot in row.places.get(asked[rarest].key, ()):
        start = spot - rarest
        found = row.words[max(0, start) : max(0, start + len(asked))]
        if len(found) == len(asked) and all(map(same_word, asked, found)):
            yield (found[0], found[-1]), differences(quote, asked, document.text, found)


def _edited(quote: str, asked: Sequence[Word], against: Searched, none: Check) -> Check:
    if len(asked) > LONGEST:
        return none
    steps = nearest(pieces_of(quote, asked), against.body.words, against.body.places)
    found = [step.found for step in steps or () if step.found]
    if not steps or not found:
        return none
    changes = changes_along(steps)
    return replace(none, status="edited", span=against.document.span(found[0].start, found[-1].end), changes=changes)
