"""Goods that nothing tells apart, found once and settled once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_MIX = np.uint64(0xFF51AFD7ED558CCD)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


def alike(masks: Iterable[NDArray[np.bool_]], columns: Sequence[NDArray]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The group of each row, and one row of each group: rows of a group are equal in every mask and every column.

    Rows are sorted by a hash of 64 bits; should two unlike rows ever share one, they are sorted by themselves.
    """
    words = np.stack([*_bits(masks), *(_bits_of(one) for one in columns)])
    mixed = np.zeros(words.shape[1], np.uint64)
    for word in words:
        mixed = (mixed ^ (mixed >> _HALF)) * _MIX + _scattered(word)
    _, first, group = np.unique(mixed, return_index=True, return_inverse=True)
    if not np.array_equal(words, words[:, first[group]]):
        _, first, group = np.unique(words, axis=1, return_index=True, return_inverse=True)
    return group, first


def _bits(masks: Iterable[NDArray[np.bool_]]) -> list[NDArray[np.uint64]]:
    """Masks as words of 64 bits, a row a word."""
    held = list(masks)
    if not held:
        return []
    bits = np.zeros((-(-len(held) // 64), 8, len(held[0])), np.uint8)
    for number, mask in enumerate(held):
        word, rest = divmod(number, 64)
        bits[word, rest // 8] |= mask.view(np.uint8) << np.uint8(rest % 8)
    return [np.ascontiguousarray(word.T).view(np.uint64)[:, 0] for word in bits]


def _bits_of(column: NDArray) -> NDArray[np.uint64]:
    """A column of numbers as words of 64 bits, zero as one zero."""
    return np.ascontiguousarray(column.astype(np.float64) + 0.0).view(np.uint64)


def _scattered(word: NDArray[np.uint64]) -> NDArray[np.uint64]:
    scattered = (word ^ (word >> _HALF)) * _MIX
    return (scattered ^ (scattered >> _HALF)) * _STEP
