"""What traders do under the law: how much of trade claims the preference, and facts that no total can state."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime.book import Book
from reciprocity.regime.partners import reaches
from reciprocity.regime.products import lines_of
from reciprocity.regime.resolve import Array, Fact
from reciprocity.regime.schedule import METALS, arrays, schedule

CLAIMANTS = ("CAN", "MEX")
MISSING = 65535
SURE = 65534
ELECTRICITY = "2716"


@lru_cache(maxsize=64)
def claim_share(importer: str, exporter: str, on: date) -> Array:
    """Part of the value of each line entered under CUSMA in the month of a day, 0 to 1.

    The months known run from January 2025 to February 2026; an earlier day takes the first and a later one the last. A
    line with no entry in a month takes its own mean over the months it has, and a line with none takes its chapter's.
    Electricity crosses without entries, so it is taken to claim. Between Canada's importers and American goods no
    claims are known: every good is taken to claim.
    """
    lines = schedule(importer)
    if {importer, exporter} - {"USA", "CAN", "MEX"}:
        return np.zeros(len(lines))
    if importer != "USA":
        return np.ones(len(lines))
    return _filled(exporter, _month(on))


def _month(on: date) -> int:
    months = arrays("cusma_claims")["months"]
    return int(np.clip(np.searchsorted(months, on.toordinal(), side="right") - 1, 0, len(months) - 1))


def _filled(exporter: str, month: int) -> Array:
    table, lines = arrays("cusma_claims"), schedule("USA")
    where, raw = table[f"line_{exporter}"], table[f"share_{exporter}"]
    share = np.where(raw == MISSING, np.nan, raw / SURE)
    known = ~np.isnan(share)
    mean = np.nansum(share, axis=1) / np.maximum(known.sum(axis=1), 1)
    own = np.where(known[:, month], share[:, month], np.where(known.any(axis=1), mean, np.nan))
    chapter = (lines.code // 10**8).astype(int)
    out = np.full(len(lines), np.nan)
    out[where] = own
    seen = ~np.isnan(out)
    total = np.bincount(chapter[seen], out[seen], minlength=100)
    count = np.bincount(chapter[seen], minlength=100)
    filled = np.where(seen, out, (total / np.maximum(count, 1))[chapter])
    filled[slice(*lines.span(ELECTRICITY))] = 1.0
    filled.setflags(write=False)
    return filled


def average_facts(book: Book, importer: str, exporter: str, on: date, line: NDArray[np.intp]) -> dict[str, Fact]:
    """The facts that hold for trade on these lines taken together: metal by line, and the book's shares."""
    facts: dict[str, Fact] = {f"metal:{one}": _metal(importer, number)[line] for number, one in enumerate(METALS)}
    for row in book.shares:
        if row.importer != importer or not reaches(book, row.exporters, exporter):
            continue
        if (row.valid_from and on < row.valid_from) or (row.valid_to and on >= row.valid_to):
            continue
        before = facts.get(row.fact)
        value = before if isinstance(before, np.ndarray) else np.zeros(len(line))
        inside = lines_of(book, importer, row.products, on, where=row.fact)[line]
        facts[row.fact] = np.where(inside, row.value, value)
    return facts


@cache
def _metal(importer: str, metal: int) -> Array:
    """A metal's part of the value of each line; articles of the metal's own chapters are all metal, of others' none."""
    lines = schedule(importer)
    chapter = lines.code // 10**8
    share = np.where(np.isin(chapter, np.concatenate(_OWN)), 0.0, lines.metal_share[metal])
    share = np.where(np.isin(chapter, _OWN[metal]), 1.0, share)
    share.setflags(write=False)
    return share


_OWN = ((72, 73), (76,), (74,))
