"""What lies beside a duty: measures about to begin on the good, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

import numpy as np

from reciprocity.regime.book import Book, Measure
from reciprocity.regime.partners import reaches
from reciprocity.regime.products import lines_of
from reciprocity.regime.resolve import Facts, holds

SOON = timedelta(days=31)
ONE = np.zeros(1, np.intp)
OF_VEHICLES = ("us.232.autos", "us.232.trucks")


def coming(
    book: Book, importer: str, exporter: str, line: int, *, on: date, known: date | None, facts: Facts
) -> Iterator[Measure]:
    """The measures that reach a line within a month after a day, as known on another, and would hold for the shipment.

    A row that only says that a programme is paused, free or over is not one of them.
    """
    for one in book.measures:
        if one.importer != importer or not on < one.valid_from <= on + SOON or one.kind == "free" or not one.counts:
            continue
        if not (one.known_to == date.max if known is None else one.known_from <= known < one.known_to):
            continue
        if not reaches(book, one.exporters, exporter) or reaches(book, one.except_exporters, exporter):
            continue
        there = lines_of(book, importer, one.products, one.valid_from, known, without=one.except_products, where=one.id)
        if there[line] and np.all(np.asarray(holds(one, facts, ONE)) > 0):
            yield one


def assumed(counted: Iterable[tuple[str, str]], said: Collection[str], facts: Facts) -> Iterator[str]:
    """What was taken for granted in words, for measures that count, by programme and basis.

    Args:
        counted: programme and basis of each measure that takes something, or would for some US content.
        said: the names of the facts that were told.
        facts: the facts in the engine's names.
    """
    rows = list(counted)
    if any(basis.startswith("metal:") for _, basis in rows) and not any(name.startswith("metal:") for name in facts):
        yield "the metal's part of value is not said: all of it is taken to be metal"
    content = facts["usmca_claimed"] and any(basis == "non_us" and slot in OF_VEHICLES for slot, basis in rows)
    if content and "us_content" in facts and "us_content_approved" not in said:
        yield "US content is taken as approved by the Secretary of Commerce, which the deduction needs"
    elif content and "us_content" not in facts:
        yield "no approved US content is said: the whole value owes the duty"
