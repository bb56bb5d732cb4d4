"""What a clause is about, for the page's groups: the sector that has most of the trade it covers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from reciprocity import labels
from reciprocity.deal import Clause, Investment
from reciprocity.deal.apply import override
from reciprocity.deal.clauses import BORDER
from reciprocity.regime import Regime
from reciprocity.regime.book import shipped_book
from reciprocity.regime.products import lines_of
from reciprocity.regime.trade import trade

CAPITAL, SEVERAL = "capital", "several"
MOST = 0.5
"""A sector with less of the trade than this does not name the clause."""


def subject_of(clause: Clause, law: Regime) -> str:
    """A sector's code, `capital`, or `several` where no sector has most of it."""
    if isinstance(clause, Investment):
        return CAPITAL
    if clause.sector:
        return clause.sector
    if not isinstance(clause, BORDER):
        return SEVERAL
    return _largest(clause.importer, clause.exporter, clause.products or _covered(clause, law), law.on)


def _covered(clause: Clause, law: Regime) -> tuple[str, ...]:
    """The products of the measures a clause names, where it names no products of its own."""
    if not getattr(clause, "measures", ()):
        return ()
    row = override(clause)  # type: ignore[arg-type]
    named = [one for one in law.measures(clause.importer, clause.exporter) if row.picks(one)]  # type: ignore[union-attr]
    return tuple(sorted({token for one in named for token in one.products}))


@lru_cache(maxsize=512)
def _largest(importer: str, exporter: str, tokens: tuple[str, ...], on: date) -> str:
    if importer not in {"USA", "CAN"} or exporter not in {"USA", "CAN"} or not tokens:
        return SEVERAL
    held = trade(importer, exporter)
    inside = lines_of(shipped_book(), importer, tokens, on)[held.line]
    codes = [one.code for one in labels.sectors()]
    value = np.bincount(held.sector[inside] + 1, weights=held.value[inside], minlength=len(codes) + 1)[1:]
    largest = int(value.argmax())
    return codes[largest] if value.sum() > 0 and value[largest] >= MOST * value.sum() else SEVERAL
