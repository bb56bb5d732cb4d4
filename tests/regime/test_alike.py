"""Goods that nothing tells apart are settled once, and come to what each by itself comes to."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reciprocity.regime import alike as module
from reciprocity.regime.alike import alike
from reciprocity.regime.apply import _all, _kinds
from reciprocity.regime.book import shipped_book
from reciprocity.regime.law import law_of
from reciprocity.regime.trade import weights


@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(1, 200), masks=st.integers(0, 70), columns=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_a_group_is_what_is_equal_in_everything(seed: int, rows: int, masks: int, columns: int) -> None:
    draw = np.random.default_rng(seed)
    held = [draw.random(rows) < 0.1 for _ in range(masks)]
    numbers = [draw.integers(0, 3, rows) / 4 for _ in range(columns)] or [np.zeros(rows)]
    group, first = alike(held, numbers)
    told = np.array([*held, *numbers]).T
    assert np.array_equal(told, told[first[group]])
    assert len(first) == len(np.unique(told, axis=0))


def test_a_hash_that_tells_nothing_apart_is_seen(monkeypatch) -> None:
    monkeypatch.setattr(module, "_scattered", np.zeros_like)
    group, first = alike([np.array([True, False, True])], [np.array([1.0, 1.0, 2.0])])
    assert len(first) == 3
    assert len(set(group.tolist())) == 3


def test_a_good_of_each_kind_with_the_value_of_all_takes_what_all_take() -> None:
    on = date(2026, 9, 29)
    held, law = weights(shipped_book(), "USA", "CAN"), law_of(shipped_book(), "USA", "CAN", on, None)
    kinds = alike([], [_kinds(shipped_book(), held, on, None)])
    whole = next(iter(_all(shipped_book(), held, law, on)))
    short = next(iter(_all(shipped_book(), held, law, on, kinds=kinds)))
    assert len(short.line) < len(whole.line) / 2
    for column in (0, 1):
        taken = [
            np.bincount(one.sector + 1, one.value * (one.outcome.total if column else one.baseline), minlength=41)
            for one in (whole, short)
        ]
        assert np.allclose(*taken, rtol=1e-12, atol=1e-9)
