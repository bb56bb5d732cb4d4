"""The law applied to trade: each partner's imports in branches, with and without the preference claimed.

Lines that neither the law nor a deal tells apart are one kind of good, settled once with the value of all. What a deal
leaves alone keeps what the law makes of it; only what its rows reach is settled anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reciprocity.regime import override as deal
from reciprocity.regime.alike import alike
from reciprocity.regime.behaviour import CLAIMANTS, average_facts, claim_share
from reciprocity.regime.book import Book
from reciprocity.regime.in_place import edit_sum
from reciprocity.regime.law import Law, law_of
from reciprocity.regime.override import Override
from reciprocity.regime.quantities import sized
from reciprocity.regime.resolve import Array, Goods, Outcome, Settled, Whole, resolve, whole_of
from reciprocity.regime.schedule import schedule
from reciprocity.regime.settle import averaged, outside, preference_lost, settle
from reciprocity.regime.trade import Trade, weights


@dataclass(frozen=True, slots=True)
class Asked:
    """Some trade, and the law on it: that of a day as known on another, and the day whose claims count."""

    book: Book
    held: Trade
    on: date
    known: date | None
    claims_on: date

    @property
    def law(self) -> Law:
        """The law on the partner."""
        return law_of(self.book, self.held.importer, self.held.exporter, self.on, self.known)


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """Trade by kind of good with its duty, claimed and not.

    `value` is million USD, `deposit` what is collected beside the duty; `averaged` marks goods whose duty was taken on
    an average part of value.
    """

    law: Law
    sector: NDArray[np.intp]
    value: Array
    outcome: Outcome
    deposit: Array
    averaged: NDArray[np.bool_]
    reasons: tuple[str, ...]

    def takes(self, size: int) -> Iterator[tuple[str, str, Array]]:
        """Each measure's id, confidence and take by sector, million USD (position 0: no sector)."""
        for rows, held in zip(self.law.measures, self.outcome.settled, strict=True):
            some = np.flatnonzero((held.chosen >= 0) & (self.value > 0) & ((held.amount > 0) | self.outcome.banned))
            if not len(some):
                continue
            key = (self.sector[some] + 1) * len(rows) + held.chosen[some]
            weight = self.value[some] * np.maximum(held.amount[some], 1e-9)
            table = np.bincount(key, weight, minlength=size * len(rows)).reshape(size, len(rows))
            for number in np.flatnonzero(table.any(axis=0)):
                one = rows[number]
                if (one.counts and one.kind != "free") or one.slot.startswith("deal."):
                    yield one.id, one.confidence, table[:, number].astype(np.float64)


def asked_of(
    book: Book, importer: str, exporter: str, *, on: date, known: date | None, claims_on: date | None = None,
    own: Trade | None = None,
) -> Asked:  # fmt: skip
    """A partner's trade under the law of a day: what the package holds, or somebody's `own`."""
    return Asked(book, weights(book, importer, exporter) if own is None else own, on, known, claims_on or on)


def reaching(asked: Asked, overrides: Sequence[Override]) -> tuple[Override, ...]:
    """The rows of a deal that speak of some trade, their quantities as parts of it."""
    held = asked.held
    return tuple(
        sized(asked.book, one, asked.on) for one in overrides if one.reaches(held.importer, held.exporter, asked.on)
    )


def branches(asked: Asked, overrides: Sequence[Override]) -> tuple[Branch, ...]:
    """Some trade under the law with a deal's rows over it: what they leave alone, then what they reach."""
    mine = reaching(asked, overrides)
    return (*left_alone(asked, words_of(mine)), *reached(asked, mine))


Words = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""The goods of each row of a deal, and the measures it picks where it changes nothing but those."""


def words_of(rows: Sequence[Override]) -> Words:
    """What decides which goods a deal reaches: not its numbers."""
    return tuple((one.products, one.measures if _picks_only(one) else ()) for one in rows)


def _picks_only(one: Override) -> bool:
    """Whether a row changes nothing where no measure it picks is law."""
    return one.kind not in ("add", "total", "prohibit", "claim") and not deal.ANY_PROGRAMME & set(one.measures)


def left_alone(asked: Asked, words: Words) -> tuple[Branch, ...]:
    """What the law makes of the trade that no row of a deal reaches."""
    if not len(asked.held.line):
        return ()
    whole = lawful(asked)
    if not words:
        return (whole,)
    of, kinds = kinds_of(asked)
    left = ~_touched(asked, words)[asked.held.line]
    if not left.any():
        return ()
    values = [_by(of, part * left, len(kinds)) for _, part in _parts(asked)]
    return (replace(whole, value=np.concatenate(values)),)


def reached(asked: Asked, rows: Sequence[Override]) -> tuple[Branch, ...]:
    """What the law with a deal's rows over it makes of the trade they reach."""
    if not rows:
        return ()
    some, kinds = _split(asked, words_of(rows))
    if not len(some):
        return ()
    if all(deal.stands_in_place(one) for one in rows):
        return (_in_place(asked, rows, some, kinds),)
    return (_anew(asked, rows, some, kinds),)


Kinds = tuple[NDArray[np.intp], NDArray[np.intp]]
"""The kind of each good, and the line of trade that stands for each kind."""


@lru_cache(maxsize=128)
def kinds_of(asked: Asked) -> Kinds:
    """The kinds of all the trade: lines of one kind are equal in rows of law, base, content and sector."""
    held, law = asked.held, asked.law
    facts = average_facts(asked.book, held.importer, held.exporter, asked.on, held.line)
    masks = [mask[held.line] for masks in law.lines for mask in masks]
    masks += [one.lines[held.line] for one in law.precedence if one.lines is not None]
    columns = [_base(held, claimed=True), _base(held, claimed=False), held.sector]
    return alike(masks, [*columns, *(one for one in facts.values() if isinstance(one, np.ndarray))])


@lru_cache(maxsize=256)
def _split(asked: Asked, words: Words) -> tuple[NDArray[np.intp], Kinds]:
    """The lines of trade a deal reaches, and their kinds: alike under the law and to every row of the deal."""
    line = asked.held.line
    some = np.flatnonzero(_touched(asked, words)[line])
    if not len(some):
        return some, (some, some)
    told = [_lines(asked, products)[line[some]] for products in dict.fromkeys(products for products, _ in words)]
    of, first = alike(told, [kinds_of(asked)[0][some]])
    return some, (of, some[first])


def _by(of: NDArray[np.intp], value: Array, many: int) -> Array:
    """Value by kind."""
    return np.bincount(of, value, minlength=many).astype(np.float64)


def _lines(asked: Asked, products: tuple[str, ...]) -> NDArray[np.bool_]:
    return deal.lines_under(asked.book, asked.held.importer, products, asked.on)


def _touched(asked: Asked, words: Words) -> NDArray[np.bool_]:
    """The lines on which some row of a deal may change something."""
    law, touched = asked.law, np.zeros(len(schedule(asked.held.importer)), bool)
    for products, measures in words:
        inside = _lines(asked, products)
        if measures:
            picked = np.zeros(len(inside), bool)
            for rows, masks in zip(law.measures, law.lines, strict=True):
                for row, mask in zip(rows, masks, strict=True):
                    if deal.picks(measures, row):
                        picked |= mask
            inside = inside & picked
        touched |= inside
    return touched


@lru_cache(maxsize=128)
def lawful(asked: Asked) -> Branch:
    """Some trade under the law alone, with only the programmes that reach some of it."""
    of, kinds = kinds_of(asked)
    parts = _parts(asked)
    outcome = resolve(asked.law, _goods(asked, kinds, [claims for claims, _ in parts]))
    branch = _branch(asked, asked.law, kinds, [_by(of, part, len(kinds)) for _, part in parts], outcome)
    banned = branch.outcome.banned
    kept = [
        n
        for n, each in enumerate(branch.outcome.settled)
        if (each.amount.any() or ((each.chosen >= 0) & (banned | (each.part * each.remaining > 0))).any())
    ]
    law = replace(
        branch.law,
        slots=tuple(branch.law.slots[n] for n in kept),
        measures=tuple(branch.law.measures[n] for n in kept),
        lines=tuple(branch.law.lines[n] for n in kept),
    )
    settled = tuple(branch.outcome.settled[n] for n in kept)
    return replace(branch, law=law, outcome=replace(branch.outcome, settled=settled))


def _anew(asked: Asked, rows: Sequence[Override], some: NDArray[np.intp], kinds: Kinds) -> Branch:
    """The trade a deal reaches with all its programmes settled again, some of them under the deal's rows."""
    of, first = kinds
    parts = [(claims, _by(of, (asked.held.value * part)[some], len(first))) for claims, part in _claims(asked, rows)]
    parts = _traded(parts, all_of_them=any(one.kind == "claim" for one in rows))
    goods, wholes = _before_rules(asked, words_of(rows), tuple(claims for claims, _ in parts))
    law = deal.edit_law(asked.book, asked.law, rows)
    kept = {n: one for n, one in enumerate(wholes) if law.lines[n] is asked.law.lines[n]}
    return _branch(asked, law, first, [value for _, value in parts], settle(asked.book, law, goods, rows, kept))


@lru_cache(maxsize=16)
def _before_rules(asked: Asked, words: Words, claims: tuple[bool, ...]) -> tuple[Goods, tuple[Whole, ...]]:
    """The goods a deal reaches, and what each programme of the law takes of them before any rule."""
    goods, law = _goods(asked, _split(asked, words)[1][1], claims), asked.law
    return goods, tuple(whole_of(rows, masks, goods) for rows, masks in zip(law.measures, law.lines, strict=True))


def _goods(asked: Asked, first: NDArray[np.intp], claims: Sequence[bool]) -> Goods:
    """Kinds of goods, by a line of trade that stands for each; once for each part that claims the preference or not."""
    held, line = asked.held, asked.held.line[first]
    both = np.tile(np.arange(len(first)), len(claims))
    facts = average_facts(asked.book, held.importer, held.exporter, asked.on, line)
    facts = {name: fact[both] if isinstance(fact, np.ndarray) else fact for name, fact in facts.items()}
    base = np.concatenate([_base(held, claimed=one)[first] for one in claims])
    return Goods(line[both], base, {**facts, "usmca_claimed": np.repeat(claims, len(first))})


def _branch(asked: Asked, law: Law, first: NDArray[np.intp], values: Sequence[Array], outcome: Outcome) -> Branch:
    """Goods with their duty and their value, part after part."""
    sector = np.tile(asked.held.sector[first], len(values))
    beside = outside(law, outcome), averaged(law, outcome)
    return Branch(law, sector, np.concatenate(values), outcome, *beside, asked.held.estimated)


def _in_place(asked: Asked, rows: Sequence[Override], some: NDArray[np.intp], kinds: Kinds) -> Branch:
    """The trade a deal reaches where its rows stand in the place of sums the law has settled already."""
    of, first = kinds
    law_of_kind, whole = kinds_of(asked), lawful(asked)
    parts = _parts(asked)
    step = len(law_of_kind[1]) * np.arange(len(parts))
    at = (law_of_kind[0][first] + step[:, None]).ravel()  # the law's own kind of each good, part after part
    law, was = deal.edit_law(asked.book, whole.law, rows), whole.outcome
    nothing, none = np.zeros(len(at)), np.full(len(at), -1, np.int16)
    settled = [*(one.at(at) for one in was.settled)]
    settled += [Settled(slot, none, nothing, nothing, nothing, none) for slot in law.slots[len(was.settled) :]]
    outcome = Outcome(was.base[at], was.total[at], was.banned[at], tuple(settled))
    goods = Goods(np.tile(asked.held.line[first], len(parts)), outcome.base, {})
    for row in rows:
        outcome = edit_sum(law, goods, outcome, row)
    value = np.concatenate([_by(of, part[some], len(first)) for _, part in parts])
    return Branch(law, whole.sector[at], value, outcome, whole.deposit[at], whole.averaged[at], whole.reasons)


@lru_cache(maxsize=128)
def _parts(asked: Asked) -> tuple[tuple[bool, Array], ...]:
    """The value of each line on which the preference is claimed, and on which it is not, under the law alone."""
    return _traded([(claims, asked.held.value * part) for claims, part in _claims(asked, ())])


def _traded(parts: Sequence[tuple[bool, Array]], *, all_of_them: bool = False) -> tuple[tuple[bool, Array], ...]:
    """The parts in which there is trade; all of them where a deal's number moves trade from one to the other."""
    return tuple(one for one in parts if all_of_them or one[1].any()) or tuple(parts[:1])


def _claims(asked: Asked, overrides: Sequence[Override]) -> Iterator[tuple[bool, Array]]:
    """Whether the preference is claimed, and on what part of each line's trade."""
    held = asked.held
    if held.exporter not in (*CLAIMANTS, "USA"):
        yield False, np.ones(len(held.line))
        return
    share = claim_share(held.importer, held.exporter, asked.claims_on)[held.line]
    for one in overrides:
        if one.kind == "claim":
            inside = deal.lines_under(asked.book, held.importer, one.products, asked.claims_on)[held.line]
            share = np.where(inside, one.share or 0.0, share)
    lost = preference_lost(asked.book, held.importer, asked.claims_on, overrides)
    if lost is not None:
        share = np.where(lost[held.line], 0.0, share)
    yield True, share
    yield False, 1.0 - share


def _base(held: Trade, *, claimed: bool) -> Array:
    """The base duty: the schedule's for those who may claim CUSMA; for others what 2024 collected, never above it."""
    lines = schedule(held.importer)
    if claimed:
        return lines.preference[held.line]
    general = lines.base(held.exporter, held.line, claimed=False)
    return general if held.exporter in CLAIMANTS else np.minimum(held.measured, general)
