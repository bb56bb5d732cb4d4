"""The law of one importer on one partner on a day: the rows in force, the order of programmes, the lines of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from reciprocity.errors import Fault, InputError
from reciprocity.regime.book import Book, Measure, Rule
from reciprocity.regime.partners import reaches
from reciprocity.regime.products import lines_of


@dataclass(frozen=True, slots=True, eq=False)
class Precedence:
    """A rule in force, with its slots written out and the lines it speaks of (None: every line)."""

    rule: Rule
    winner: tuple[str, ...]
    loser: tuple[str, ...]
    lines: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """What an importer's book says of one partner on one day, as known on another.

    `slots` are in the order they must be settled; `measures` by slot, by rank, lowest first; `lines` is the mask of
    each over the schedule.
    """

    importer: str
    exporter: str
    on: date
    slots: tuple[str, ...]
    measures: tuple[tuple[Measure, ...], ...]
    lines: tuple[tuple[NDArray[np.bool_], ...], ...]
    precedence: tuple[Precedence, ...]


def in_force(row: Measure | Rule, on: date, known: date | None) -> bool:
    """Whether a row is law on a day as known on another; with no known day, as last known."""
    if not row.valid_from <= on < row.valid_to:
        return False
    return row.known_to == date.max if known is None else row.known_from <= known < row.known_to


@lru_cache(maxsize=128)
def rows_in_force(
    book: Book, importer: str, on: date, known: date | None
) -> tuple[tuple[Measure, ...], tuple[Rule, ...]]:
    """An importer's measures and rules on a day as known on another."""
    measures = tuple(one for one in book.measures if one.importer == importer and in_force(one, on, known))
    rules = tuple(one for one in book.rules if one.importer == importer and in_force(one, on, known))
    return measures, rules


@lru_cache(maxsize=8192)
def rows_for(
    book: Book, importer: str, exporter: str, on: date, known: date | None
) -> tuple[tuple[Measure, ...], tuple[Rule, ...]]:
    """An importer's measures and rules on one partner."""
    measures, rules = rows_in_force(book, importer, on, known)
    mine = tuple(
        one
        for one in measures
        if reaches(book, one.exporters, exporter) and not reaches(book, one.except_exporters, exporter)
    )
    return mine, tuple(one for one in rules if reaches(book, one.exporters, exporter))


@lru_cache(maxsize=128)
def law_of(book: Book, importer: str, exporter: str, on: date, known: date | None) -> Law:
    """The law on one partner."""
    measures, rules = rows_for(book, importer, exporter, on, known)
    return compose(book, importer, exporter, on, known, measures=measures, rules=rules)


def compose(
    book: Book,
    importer: str,
    exporter: str,
    on: date,
    known: date | None,
    *,
    measures: Sequence[Measure],
    rules: Sequence[Rule],
) -> Law:
    """The law made of these rows, whatever order they come in."""
    present = tuple(sorted({one.slot for one in measures}))
    precedence = [
        _precedence(
            rule,
            present,
            None if rule.products == ("all",) else lines_of(book, importer, rule.products, on, known, where=rule.id),
        )
        for rule in sorted(rules, key=lambda one: one.id)
    ]
    slots = settle_order(present, precedence)
    grouped = tuple(
        tuple(sorted((one for one in measures if one.slot == slot), key=lambda one: (one.rank, one.id)))
        for slot in slots
    )
    masks = tuple(
        tuple(
            lines_of(book, importer, one.products, on, known, without=one.except_products, where=one.id)
            for one in group
        )
        for group in grouped
    )
    return Law(importer, exporter, on, slots, grouped, masks, tuple(precedence))


@lru_cache(maxsize=1024)
def circle(book: Book, importer: str, exporter: str, on: date) -> tuple[str, ...]:
    """The slots that the rules on one partner go round in on a day, each giving way to the next; mostly none."""
    measures, rules = rows_for(book, importer, exporter, on, None)
    present = tuple(sorted({one.slot for one in measures}))
    try:
        _sorted(present, [_precedence(one, present, None) for one in rules])
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def settle_order(slots: Iterable[str], precedence: Iterable[Precedence]) -> tuple[str, ...]:
    """The slots, each after those it gives way to. Raises InputError on a circle."""
    try:
        return _sorted(slots, precedence)
    except CycleError as error:
        words = " gives way to ".join(reversed(error.args[1]))
        raise InputError(
            Fault("rules", f"go round in a circle: {words}", remedy="Date one of them or take it out")
        ) from error


def _sorted(slots: Iterable[str], precedence: Iterable[Precedence]) -> tuple[str, ...]:
    before: dict[str, set[str]] = {slot: set() for slot in slots}
    for one in precedence:
        for loser in one.loser:
            before[loser] |= set(one.winner) - {loser}
    return tuple(TopologicalSorter(before).static_order())


def _precedence(rule: Rule, slots: tuple[str, ...], lines: NDArray[np.bool_] | None) -> Precedence:
    return Precedence(rule, expand(rule.winner, slots), expand(rule.loser, slots), lines)


@lru_cache(maxsize=2048)
def expand(patterns: tuple[str, ...], slots: tuple[str, ...]) -> tuple[str, ...]:
    """The slots that the words of a rule stand for: a trailing * matches the rest."""
    return tuple(
        slot
        for slot in slots
        if any(slot == one or (one.endswith("*") and slot.startswith(one[:-1])) for one in patterns)
    )
