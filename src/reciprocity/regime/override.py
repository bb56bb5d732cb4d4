"""A deal's rows over the law: what a clause changes on which goods of whom, and in which order rows are taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from reciprocity import labels
from reciprocity.errors import Fault, InputError, UnknownName, did_you_mean
from reciprocity.regime.book import FOREVER, Book, Measure
from reciprocity.regime.law import Law
from reciprocity.regime.partners import region_of
from reciprocity.regime.products import token_mask
from reciprocity.regime.resolve import Goods, Settled
from reciprocity.regime.schedule import schedule

Kind = Literal[
    "set", "scale", "free", "suspend", "add", "total", "cap", "prohibit", "quota", "content", "remission", "claim"
]
KINDS: tuple[str, ...] = get_args(Kind)
RATED = frozenset({"set", "scale", "add", "total", "cap", "quota"})
SIZED = frozenset({"quota", "remission"})
IN_PLACE = ("total", "content", "cap", "quota", "remission")
"""Kinds that change a sum the law has settled, in the order they are taken."""
PREFERENCE = ("cusma", "usmca", "us.usmca")
BASE, WHOLE = "base", "all"
ANY_PROGRAMME = frozenset({BASE, WHOLE, *PREFERENCE})
"""Words for `measures` that name no row of the book."""
LARGEST_RATE = 4.0


@dataclass(frozen=True, slots=True)
class Override:
    """One row of a deal over the law.

    `products` are 'all', HS prefixes, list ids or sector codes; `measures` picks what is changed: ids, programmes (a
    prefix of a slot is enough: 'us.232'), 'base', 'cusma', or 'all' (every duty beyond the base). Kinds:

    set       what is picked takes `rate` on the part of value it is taken on (an exemption stays one); of 'all', base
              and everything together come to `rate`
    scale     what is picked takes `rate` times what it took
    free      what is picked takes nothing
    suspend   what is picked is not law: what it displaced comes back; of 'cusma', no preference can be claimed
    add       `rate` more
    total     base and what is picked come to `rate`, or to the base where that is higher
    cap       what is picked is never above `rate`; of 'all', base and everything together
    prohibit  the goods may not come in
    quota     inside the quota base and what is picked are at most `rate`; beyond it the law stands. The quota is
              `quota_share` of trade, or `quota_musd` of value; `marginal` charges all trade the rate of the last unit
    content   what is picked, or `rate`, is owed on the value that is not `content` of `origin` (what an act takes on
              other content, it takes on the whole first). With `threshold`, goods with that much content owe `rate` and
              others `rate_below`, each the law's where not given; content is spread around `content` by `spread`
    remission what is picked is given back on `quota_share` of trade, or on `quota_musd` of value
    claim     the preference is claimed on `share` of each line's trade

    For `total`, `cap`, `quota`, `content` and `remission` what is picked by 'all' is the base and everything together.
    `words` say what the row does, for a reader who sees nothing else; one made without any is told by its numbers.
    """

    id: str
    importer: str
    exporter: str
    products: tuple[str, ...]
    kind: Kind
    measures: tuple[str, ...] = ("all",)
    rate: float | None = None
    valid_from: date = date.min
    valid_to: date = FOREVER
    quota_share: float | None = None
    quota_musd: float | None = None
    marginal: bool = False
    content: float | None = None
    origin: tuple[str, ...] = ()
    threshold: float | None = None
    spread: float = 0.0
    rate_below: float | None = None
    share: float | None = None
    source: str = ""
    words: str = ""

    def reaches(self, importer: str, exporter: str, on: date) -> bool:
        """Whether the row speaks of this pair on this day."""
        if importer != self.importer or not self.valid_from <= on < self.valid_to:
            return False
        return self.exporter in ("all", exporter) or region_of(exporter) == self.exporter

    def picks(self, one: Measure) -> bool:
        """Whether the row changes a measure."""
        return picks(self.measures, one)


def picks(measures: Sequence[str], one: Measure) -> bool:
    """Whether one of some words for measures is a name of a measure."""
    return not one.slot.startswith("deal.") and any(_names(selector, one) for selector in measures)


def picked_of(measures: tuple[str, ...], rows: Sequence[Measure]) -> tuple[int, ...]:
    """Positions of the rows of a programme that some words for measures name; of a deal's own, none."""
    return () if rows and rows[0].slot.startswith("deal.") else _picked_of(measures, tuple(rows))


@lru_cache(maxsize=4096)
def _picked_of(measures: tuple[str, ...], rows: tuple[Measure, ...]) -> tuple[int, ...]:
    return tuple(number for number, row in enumerate(rows) if picks(measures, row))


def _names(selector: str, one: Measure) -> bool:
    word = selector.removesuffix("*").removesuffix(".")
    return (
        word in ("all", one.id, one.slot, one.name) or one.slot.startswith(word + ".") or one.id.startswith(word + ".")
    )


def check(book: Book, overrides: Sequence[Override], *, where: str = "override") -> None:
    """Raise InputError with every fault of a deal's rows: unknown names, rates that are not fractions, empty dates."""
    faults: list[Fault] = []
    for one in overrides:
        faults += _faults(book, one, f"{where} {one.id}")
    if faults:
        raise InputError(faults)


def _faults(book: Book, one: Override, where: str) -> Iterable[Fault]:
    if one.kind not in KINDS:
        yield Fault(f"{where}: kind", f"'{one.kind}' is not a kind", f"Allowed: {', '.join(KINDS)}")
    yield from _number_faults(one, where)
    if one.valid_from >= one.valid_to:
        yield Fault(f"{where}: valid_to", f"{one.valid_to} is not after {one.valid_from}")
    if one.kind in SIZED and (one.quota_share is None) == (one.quota_musd is None):
        yield Fault(f"{where}: quota", "needs one of quota_share and quota_musd")
    if one.kind == "claim" and {one.importer, one.exporter} - {"USA", "CAN", "MEX"}:
        seen = f"no preference between {one.importer} and {one.exporter} is held"
        yield Fault(f"{where}: exporter", seen, "Between USA, CAN and MEX")
    if one.importer not in ("USA", "CAN"):
        yield Fault(f"{where}: importer", f"no tariff law of {one.importer} is held", "Allowed: USA, CAN")
        return
    for fault in _name_faults(book, one.importer, one.products, one.measures):
        yield replace(fault, where=f"{where}: {fault.where}")


@lru_cache(maxsize=512)
def _name_faults(book: Book, importer: str, products: tuple[str, ...], measures: tuple[str, ...]) -> tuple[Fault, ...]:
    """Products that no line of the schedule is under, and programmes that are not in the importer's law on any day."""
    faults: list[Fault] = []
    for token in products:
        try:
            held = lines_under(book, importer, (token,), date(2026, 9, 29))
        except UnknownName as error:
            faults += (replace(fault, where="products") for fault in error.faults)
            continue
        if token.replace(".", "").isdigit() and not held.any():
            seen = f"no line of the schedule begins with '{token}'"
            faults.append(Fault("products", seen, "HS prefixes of 2 to 10 digits, lists and sectors"))
    law = [row for row in book.measures if row.importer == importer]
    for selector in measures:
        if selector not in ANY_PROGRAMME and not any(picks((selector,), row) for row in law):
            seen = f"'{selector}' is no measure or programme of {importer} law on any day"
            near = did_you_mean(selector, [*(row.slot for row in law), *(row.id for row in law)])
            faults.append(Fault("measures", seen, "See `reciprocity regime show`", near))
    return tuple(faults)


def _number_faults(one: Override, where: str) -> Iterable[Fault]:
    """Rates that are no fractions, shares that are not from 0 to 1, numbers that a kind needs and lacks."""
    needed = {"content": "content", "claim": "share"}.get(one.kind, "rate" if one.kind in RATED else "")
    if needed and getattr(one, needed) is None:
        yield Fault(f"{where}: {needed}", "is missing", f"A row of kind {one.kind} needs one")
    for key in ("rate", "rate_below"):
        rate = getattr(one, key)
        if rate is not None and not (0 <= rate <= LARGEST_RATE):
            yield Fault(f"{where}: {key}", f"{rate:g} is not a fraction", f"{rate:g}% is written {rate / 100:g}")
    for key in ("content", "threshold", "share", "spread"):
        value = getattr(one, key)
        if value is not None and not 0 <= value <= 1:
            yield Fault(f"{where}: {key}", f"{value:g} is not a share", "0 to 1")
    if one.quota_share is not None and one.quota_share < 0:
        yield Fault(f"{where}: quota_share", f"{one.quota_share:g} is below zero", "0 or more; 0.8 is 80% of trade")


@lru_cache(maxsize=1024)
def lines_under(book: Book, importer: str, tokens: tuple[str, ...], on: date) -> NDArray[np.bool_]:
    """The lines a deal's product words hold: as a list's, and sectors besides."""
    lines, codes = schedule(importer), [one.code for one in labels.sectors()]
    mask = np.zeros(len(lines), bool)
    for token in tokens:
        digits = token.replace(".", "")
        if token in codes:
            mask |= lines.sector == codes.index(token)
        else:
            mask |= token_mask(book, lines, digits if digits.isdigit() else token, on)
    mask.setflags(write=False)
    return mask


def edit_law(book: Book, law: Law, overrides: Sequence[Override]) -> Law:
    """The law with what is suspended taken out and what a deal adds put in."""
    for one in overrides:
        if one.kind == "suspend":
            law = _without(book, law, one)
        elif one.kind in ("add", "prohibit") or stands_in_place(one):
            law = _with(book, law, one)
    return law


def _without(book: Book, law: Law, one: Override) -> Law:
    mask = lines_under(book, law.importer, one.products, law.on)
    lines = tuple(
        tuple(held & ~mask if one.picks(row) else held for row, held in zip(rows, masks, strict=True))
        if any(one.picks(row) for row in rows)
        else masks
        for rows, masks in zip(law.measures, law.lines, strict=True)
    )
    return replace(law, lines=lines)


def _with(book: Book, law: Law, one: Override) -> Law:
    row = row_of(one)
    row = replace(row, kind="deal") if stands_in_place(one) else row
    mask = lines_under(book, law.importer, one.products, law.on)
    return replace(law, slots=(*law.slots, row.slot), measures=(*law.measures, (row,)), lines=(*law.lines, (mask,)))


def row_of(one: Override) -> Measure:
    """A deal's own duty or ban as a row of law."""
    return Measure(
        id=f"deal.{one.id}", name=f"Deal {one.id}", slot=f"deal.{one.id}", rank=0, kind=one.kind, rate=one.rate,
        amount=None, unit=None, floor_total=None, cap_total=None, basis="full", share_min=0.0, share_max=1.0,
        products=one.products, except_products=(), exporters=(one.exporter,), except_exporters=(), when=(), quota=None,
        counts=True, outside=False, importer=one.importer, valid_from=one.valid_from, valid_to=one.valid_to,
        known_from=one.valid_from, known_to=FOREVER, confidence="P", source="deal", chronology=(), file=None,
        quote=None, also=(), correction=None, note=one.source or None,
    )  # fmt: skip


def edit_base(book: Book, law: Law, goods: Goods, overrides: Sequence[Override]) -> Goods:
    """The goods with the base duty a deal sets."""
    base = goods.base
    for one in overrides:
        if BASE not in one.measures or one.kind not in ("set", "free", "scale"):
            continue
        inside = lines_under(book, law.importer, one.products, law.on)[goods.line]
        value = {"set": one.rate or 0.0, "free": 0.0}.get(one.kind)
        base = np.where(inside, base * (one.rate or 0.0) if value is None else value, base)
    return goods if base is goods.base else replace(goods, base=base)


def edit_slot(rows: Sequence[Measure], inside: NDArray[np.bool_], settled: Settled, one: Override) -> Settled:
    """A programme's settlement with what a deal sets, scales or frees in it."""
    named = picked_of(one.measures, rows)
    picked = [number for number in named if rows[number].kind not in ("free", "prohibit")]
    if not picked:
        return settled
    here = inside & settled.chose(picked, len(rows))
    if not here.any():
        return settled
    new = {
        "set": (one.rate or 0.0) * settled.part * settled.remaining,
        "scale": (one.rate or 0.0) * settled.amount,
        "free": np.zeros(len(inside)),
    }[one.kind]
    if one.kind == "set":
        totals = [number for number in picked if rows[number].kind in ("total", "replace")]
        new = np.where(settled.chose(totals, len(rows)), (one.rate or 0.0) * settled.remaining, new)
    return replace(settled, amount=np.where(here, new, settled.amount))


def stands_in_place(one: Override) -> bool:
    """Whether a deal's row changes what it picks as one sum, not programme by programme."""
    return one.kind in IN_PLACE or (one.kind == "set" and "all" in one.measures)


def ordered(overrides: Iterable[Override]) -> tuple[Override, ...]:
    """A deal's rows in the order they are taken, whatever order they were written in.

    What changes law comes first, then rates programme by programme, then sums: set, content, caps, quotas, remission.
    Of rows that set a rate the narrower counts; of two as narrow, the one written later.
    """
    return tuple(sorted(overrides, key=_turn))


def _turn(one: Override) -> tuple[int, int, int]:
    """When a row has its turn: by kind; rows that set, broad before narrow; rows that hold down, narrow before all."""
    width = min((_narrow(token) for token in one.products), default=0)
    if stands_in_place(one):
        kind = -1 if one.kind == "set" else IN_PLACE.index(one.kind)
        return 10 + kind, width if one.kind in ("set", "total") else int("all" in one.measures), len(one.measures)
    first = {"suspend": 0, "add": 0, "prohibit": 0, "claim": 1, "scale": 3}.get(one.kind, 2)
    return first, width, -len(one.measures)


def _narrow(token: str) -> int:
    digits = token.replace(".", "")
    return 0 if token == WHOLE else 2 + len(digits) if digits.isdigit() else 1
