"""Goods that nothing tells apart are settled once, and come to what each by itself comes to."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reciprocity.regime import alike as module
from reciprocity.regime.alike import alike
from reciprocity.regime.apply import asked_of, kinds_of
from reciprocity.regime.behaviour import average_facts
from reciprocity.regime.book import shipped_book
from reciprocity.regime.resolve import Goods, resolve
from reciprocity.regime.schedule import schedule


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


def test_every_line_of_a_kind_owes_what_the_line_that_stands_for_it_owes() -> None:
    asked = asked_of(shipped_book(), "USA", "CAN", on=date(2026, 9, 29), known=None)
    of, first = kinds_of(asked)
    line = asked.held.line
    facts = average_facts(asked.book, "USA", "CAN", asked.on, line)
    assert len(first) < len(line) / 2
    for claims in (True, False):
        base = schedule("USA").base("CAN", line, claimed=claims)
        owed = resolve(asked.law, Goods(line, base, {**facts, "usmca_claimed": claims})).total
        assert np.array_equal(owed, owed[first][of])
