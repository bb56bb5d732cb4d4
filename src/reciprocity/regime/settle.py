"""Goods settled under the law with a deal's rows over it, and what is told of them beside the duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime import override as deal
from reciprocity.regime.book import Book, Measure
from reciprocity.regime.in_place import edit_sum
from reciprocity.regime.law import Law
from reciprocity.regime.override import Override
from reciprocity.regime.resolve import Array, Goods, Outcome, Settled, Whole, resolve


def settle(
    book: Book, law: Law, goods: Goods, overrides: Sequence[Override], wholes: Mapping[int, Whole] | None = None
) -> Outcome:
    """The duty on goods with a deal's rows over the law.

    Args:
        book: the acts.
        law: with what the rows suspend or add in it, see `edit_law`.
        goods: with the base duty of the law.
        overrides: the rows.
        wholes: what programmes take of the goods before any rule, where that is known.
    """
    if not overrides:
        return resolve(law, goods)
    lawful, goods = goods, deal.edit_base(book, law, goods, overrides)
    wholes = wholes if goods is lawful else None
    each = [one for one in overrides if one.kind in ("set", "scale", "free") and not deal.stands_in_place(one)]
    inside = [deal.lines_under(book, law.importer, one.products, law.on)[goods.line] for one in each]

    def edit(rows: Sequence[Measure], held: Settled) -> Settled:
        for one, here in zip(each, inside, strict=True):
            held = deal.edit_slot(rows, here, held, one)
        return held

    outcome = resolve(law, goods, edit, wholes)
    for one in overrides:
        if deal.stands_in_place(one):
            outcome = edit_sum(law, goods, outcome, one)
    return outcome


def preference_lost(book: Book, importer: str, on: date, overrides: Sequence[Override]) -> NDArray[np.bool_] | None:
    """The lines on which a deal suspends the preference, or None."""
    mask = None
    for one in overrides:
        if one.kind == "suspend" and any(word in deal.PREFERENCE for word in one.measures):
            lines = deal.lines_under(book, importer, one.products, on)
            mask = lines if mask is None else mask | lines
    return mask


def outside(law: Law, outcome: Outcome) -> Array:
    """What is collected beside the duty: deposits by firm."""
    total = np.zeros(len(outcome.total))
    for rows, held in zip(law.measures, outcome.settled, strict=True):
        beside = [number for number, one in enumerate(rows) if not one.counts]
        if beside:
            total += np.where(held.chose(beside, len(rows)), held.amount, 0.0)
    return total


def averaged(law: Law, outcome: Outcome) -> NDArray[np.bool_]:
    """Goods on which some amount was taken on less than the whole value."""
    out = np.zeros(len(outcome.total), bool)
    for rows, held in zip(law.measures, outcome.settled, strict=True):
        content = [number for number, one in enumerate(rows) if one.basis != "full"]
        if content:
            out |= held.chose(content, len(rows)) & (held.amount > 0) & (held.part < 1.0)
    return out
