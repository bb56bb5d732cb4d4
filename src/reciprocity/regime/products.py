"""Which lines a list holds on a day: prefixes turned into ranges, ranges into a mask over the schedule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from reciprocity.errors import Fault, UnknownName, did_you_mean
from reciprocity.regime.book import FOREVER, Book, ProductList
from reciprocity.regime.schedule import Schedule, arrays, schedule

Mask = NDArray[np.bool_]
SPECIAL = 98 * 10**8
"""Chapters 98 and 99, goods returned, repaired or of special entry, are outside every duty on 'all' goods."""


def lines_of(
    book: Book, importer: str, tokens: Sequence[str], on: date, known: date | None = None, *,
    without: Sequence[str] = (), where: str = "products",
) -> Mask:  # fmt: skip
    """The lines under 'all', list ids and prefixes, less those of `without`, on a day as known on another."""
    mask = _union(book, importer, tuple(tokens), on, known, where=where)
    return mask & ~_union(book, importer, tuple(without), on, known, where=where) if without else mask


@lru_cache(maxsize=1024)
def _union(book: Book, importer: str, tokens: tuple[str, ...], on: date, known: date | None, *, where: str) -> Mask:
    lines = schedule(importer)
    mask = np.zeros(len(lines), bool)
    for token in tokens:
        mask |= token_mask(book, lines, token, on, known, where=where)
    mask.setflags(write=False)
    return mask


def token_mask(
    book: Book, lines: Schedule, word: str, on: date, known: date | None = None, *, where: str = "products"
) -> Mask:
    """The lines under one word of a row: 'all', a prefix, a list."""
    token = word
    if word == "all":
        return lines.code < SPECIAL
    if token.isdigit():
        return prefix_mask(lines, [token])
    own = next((one for one in book.lists if one.id == token), None)
    if own is not None:
        return _composed(book, lines, own, on, known)
    if is_compiled(token):
        return _compiled_mask(lines, token, on)
    names = [*(one.id for one in book.lists), *compiled_ids()]
    raise UnknownName(Fault(where, f"'{token}' is not a list or an HS prefix", remedy=did_you_mean(token, names)))


def prefix_mask(lines: Schedule, prefixes: Iterable[str]) -> Mask:
    """The lines under any of the prefixes."""
    return _ranges_mask(lines, np.array(list(prefixes), dtype=np.bytes_))


@cache
def compiled_ids() -> tuple[str, ...]:
    """The names of the compiled lists."""
    return tuple(str(one) for one in arrays("product_lists")["ids"])


def is_compiled(token: str) -> bool:
    """Whether a token is a compiled list, with or without a mark."""
    return token.partition("#")[0] in compiled_ids()


def compiled_rows(token: str) -> tuple[NDArray[np.bytes_], NDArray[np.int32], NDArray[np.int32]]:
    """Prefixes, first days and ends (ordinals) of a compiled list, of the rows whose mark begins as asked.

    A row that lasts as long as its list has no end here: a whole list ends with the measures on it, whose ends have the
    day they became known.
    """
    table = arrays("product_lists")
    name, _, mark = token.partition("#")
    rows = table["list"] == compiled_ids().index(name)
    ends = table["valid_to"]
    ends = np.where(ends == ends[rows].max(), FOREVER.toordinal(), ends)
    if mark:
        wanted = [number for number, one in enumerate(table["marks"]) if str(one).startswith(mark)]
        rows &= np.isin(table["mark"], wanted)
    return table["prefix"][rows], table["valid_from"][rows], ends[rows]


def _composed(book: Book, lines: Schedule, own: ProductList, on: date, known: date | None) -> Mask:
    unheard = frozenset(day for day, heard in own.told if known is not None and known < heard)
    if own.valid_from and (on < own.valid_from or own.valid_from in unheard):
        return np.zeros(len(lines), bool)
    if own.valid_to and on >= own.valid_to and own.valid_to not in unheard:
        return np.zeros(len(lines), bool)
    mask = prefix_mask(lines, own.include)
    for base in own.base:
        if is_compiled(base):
            mask |= _compiled_mask(lines, base, on, unheard, undated=own.undated, long_only=own.codes_equal)
        else:
            mask |= token_mask(book, lines, base, on, known, where=own.id)
    return mask & ~prefix_mask(lines, own.exclude) if own.exclude else mask


def _compiled_mask(
    lines: Schedule,
    token: str,
    on: date,
    unheard: Iterable[date] = (),
    *,
    undated: bool = False,
    long_only: bool = False,
) -> Mask:
    """The lines of a compiled list on a day, but for the changes of it that nobody had heard of."""
    prefix, start, end = compiled_rows(token)
    keep = np.ones(len(prefix), bool)
    if not undated:
        day, later = on.toordinal(), [one.toordinal() for one in unheard]
        keep &= (start <= day) & ~np.isin(start, later)
        keep &= (day < end) | np.isin(end, later)
    if long_only:
        keep &= np.char.str_len(prefix) >= 8
    return _ranges_mask(lines, prefix[keep])


def _ranges_mask(lines: Schedule, prefixes: NDArray[np.bytes_]) -> Mask:
    if not len(prefixes):
        return np.zeros(len(lines), bool)
    cut = prefixes.astype(f"S{lines.digits}")
    scale = 10 ** (10 - np.char.str_len(cut).astype(np.int64))
    low = cut.astype(np.int64) * scale
    steps = np.zeros(len(lines) + 1, np.int32)
    np.add.at(steps, np.searchsorted(lines.code, low), 1)
    np.add.at(steps, np.searchsorted(lines.code, low + scale), -1)
    return np.cumsum(steps[:-1]) > 0
