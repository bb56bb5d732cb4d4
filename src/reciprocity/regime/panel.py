"""Every line of a schedule by every partner: lines no row tells apart, and partners under equal rows, settled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime.alike import alike
from reciprocity.regime.book import Book, Measure
from reciprocity.regime.facts import stated
from reciprocity.regime.law import Law, law_of, rows_in_force
from reciprocity.regime.partners import reaches
from reciprocity.regime.resolve import Array, Goods, Whole, resolve, whole_of
from reciprocity.regime.schedule import COLUMN_2, schedule


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Duty rates by group of partners and kind of line, gathered when asked for.

    Attributes:
        partners: codes, in the order asked.
        group: each partner's group.
        kind: each line's kind, in the order of the schedule.
        rate: fraction of value by group and kind; infinite where the goods may not come in.
    """

    partners: tuple[str, ...]
    group: NDArray[np.intp]
    kind: NDArray[np.intp]
    rate: Array

    def rates(self) -> Array:
        """The whole panel, partner by line."""
        return np.take(self.rate, self.kind, axis=1)[self.group]

    def of(self, partner: str) -> Array:
        """One partner's rates on every line."""
        return self.rate[self.group[self.partners.index(partner)], self.kind]


def panel(
    book: Book,
    importer: str,
    partners: Sequence[str],
    *,
    on: date,
    known: date | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Panel:
    """The duty on every line from every partner, all shipments stating the same facts."""
    said, _, _ = stated(facts or {}, book, on=on)
    claimed = bool(said["usmca_claimed"])
    measures, rules = rows_in_force(book, importer, on, known)
    addressed = {(one.exporters, one.except_exporters) for one in measures} | {(one.exporters, ()) for one in rules}
    groups: dict[tuple[bool, ...], int] = {}
    laws: list[Law] = []
    of: list[int] = []
    for code in partners:
        reached = (reaches(book, named, code) and not reaches(book, out, code) for named, out in addressed)
        key = (claimed and code in ("CAN", "MEX", "USA"), code in COLUMN_2, *reached)
        if key not in groups:
            groups[key] = len(laws)
            laws.append(law_of(book, importer, code, on, known))
        of.append(groups[key])
    kind, first = _kinds(importer, laws)
    wholes: dict[tuple[bool, bool, tuple[Measure, ...]], Whole] = {}
    rates = []
    for law, (claims, column_2, *_) in zip(laws, groups, strict=True):
        base = schedule(importer).base(law.exporter, first, claimed=claims)
        goods = Goods(first, base, {**said, "usmca_claimed": claims})
        mine = {}
        for n, rows in enumerate(law.measures):
            key = (claims, column_2, rows)
            if key not in wholes:
                wholes[key] = whole_of(rows, law.lines[n], goods)
            mine[n] = wholes[key]
        outcome = resolve(law, goods, wholes=mine)
        rates.append(np.where(outcome.banned, np.inf, outcome.total))
    return Panel(tuple(partners), np.array(of), kind, np.stack(rates))


def _kinds(importer: str, laws: Sequence[Law]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each line's kind and one line of each kind: same base, same rows, so the same duty."""
    lines = schedule(importer)
    masks = {id(mask): mask for law in laws for group in law.lines for mask in group}
    masks |= {id(one.lines): one.lines for law in laws for one in law.precedence if one.lines is not None}
    return alike(masks.values(), [lines.general, lines.preference, lines.column_2])
