"""Laws any reading of tariff law must keep, whatever the acts say."""

from __future__ import annotations

import dataclasses
import random
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reciprocity.regime import duty, regime_on
from reciprocity.regime.book import shipped_book
from reciprocity.regime.law import law_of
from reciprocity.regime.panel import panel
from reciprocity.regime.products import lines_of
from reciprocity.regime.resolve import Goods, resolve
from reciprocity.regime.schedule import schedule

BOOK = shipped_book()
LINES = schedule("USA")
DAYS = st.dates(date(2025, 1, 1), date(2026, 9, 29))
CODES = st.sampled_from([f"{one:010d}" for one in LINES.code[::23].tolist() if one < 98 * 10**8])
PARTNERS = st.sampled_from(["CAN", "MEX", "CHN", "EU27", "GBR", "JPN", "KOR", "BRA", "VNM", "RUS"])
SHARES = st.floats(0, 1).map(lambda x: round(x, 3))


def change_days() -> list[date]:
    """Every day some row of either country's law begins or ends, and the lists' own."""
    from reciprocity.regime.schedule import arrays

    days = {day for one in (*BOOK.measures, *BOOK.rules) for day in (one.valid_from, one.valid_to)}
    days |= {day for one in BOOK.lists for day in (one.valid_from, one.valid_to) if day}
    table = arrays("product_lists")
    for column in ("valid_from", "valid_to"):
        days |= {date.fromordinal(int(n)) for n in np.unique(table[column]) if 1 < n < date.max.toordinal()}
    return sorted(day for day in days if date(2025, 1, 1) <= day <= date(2026, 12, 31))


def whole(day: date, exporter: str = "CAN", *, claimed: bool = False) -> np.ndarray:
    return panel(BOOK, "USA", [exporter], on=day, facts={"usmca_claimed": claimed}).of(exporter)


def test_the_law_is_constant_between_change_dates() -> None:
    days = change_days()
    for first, after in list(pairwise(days))[::3]:
        last = after - timedelta(days=1)
        if last > first:
            assert np.array_equal(whole(first), whole(last)), (first, last)


def test_row_order_is_irrelevant() -> None:
    shuffle = random.Random(7)  # noqa: S311
    for day in (date(2025, 3, 20), date(2025, 10, 8), date(2026, 9, 29)):
        law = law_of(BOOK, "USA", "CAN", day, None)
        mixed = dataclasses.replace(
            BOOK,
            measures=tuple(shuffle.sample(BOOK.measures, len(BOOK.measures))),
            rules=tuple(shuffle.sample(BOOK.rules, len(BOOK.rules))),
            digest=f"mixed{day}",
        )
        other = law_of(mixed, "USA", "CAN", day, None)
        goods = Goods(
            np.arange(len(LINES)), LINES.general, {"usmca_claimed": False, "metal:steel": 0.3, "metal:aluminum": 0.2}
        )
        assert np.array_equal(resolve(law, goods).total, resolve(other, goods).total)


@given(prefix=st.from_regex(r"[0-9]{2}([0-9]{2}){0,4}", fullmatch=True))
@settings(max_examples=30, deadline=None)
def test_a_prefix_is_a_range(prefix: str) -> None:
    mask = lines_of(BOOK, "USA", (prefix,), date(2025, 6, 1))
    assert np.array_equal(mask, np.array([f"{one:010d}".startswith(prefix) for one in LINES.code]))


@given(hs=CODES, on=DAYS, share=SHARES, content=SHARES)
@settings(max_examples=120, deadline=None)
def test_a_claim_never_costs(hs: str, on: date, share: float, content: float) -> None:
    facts = {"metal_share": {"steel": share}, "us_content": content}
    free = duty(importer="USA", exporter="CAN", hs=hs, date=on, facts={**facts, "usmca_claimed": True})
    full = duty(importer="USA", exporter="CAN", hs=hs, date=on, facts={**facts, "usmca_claimed": False})
    assert free.rate <= full.rate + 1e-12


@given(hs=CODES, on=DAYS, exporter=PARTNERS)
@settings(max_examples=80, deadline=None)
def test_more_exemptions_never_raise_a_rate(hs: str, on: date, exporter: str) -> None:
    """A row that frees a programme for good, over a law where only that programme's takings change."""
    found = duty(importer="USA", exporter=exporter, hs=hs, date=on)
    outside = {one for rule in BOOK.rules for one in (*rule.winner, *rule.loser)}
    for one in {entry.slot for entry in found.stack if entry.contribution > 0} - outside - {"base"}:
        from reciprocity.regime import Override

        lifted = regime_on(on).overlay([Override("x", "USA", exporter, ("all",), "free", (one,))])
        assert lifted.duty(importer="USA", exporter=exporter, hs=hs).rate <= found.rate + 1e-12


@given(hs=CODES, on=DAYS, exporter=PARTNERS, claimed=st.booleans())
@settings(max_examples=80, deadline=None)
def test_the_stack_adds_up(hs: str, on: date, exporter: str, claimed: bool) -> None:
    found = duty(importer="USA", exporter=exporter, hs=hs, date=on, facts={"usmca_claimed": claimed})
    total = sum(one.contribution for one in found.stack if one.applies)
    if not found.prohibited:
        assert found.rate == pytest.approx(total, abs=1e-9)


@given(on=DAYS)
@settings(max_examples=4, deadline=None)
def test_what_is_known_later_is_never_known_before(on: date) -> None:
    """As known long after every act, the law is the law as last known."""
    late = date(2026, 12, 1)
    assert regime_on(on).sector_rates().array().tolist() == regime_on(on, late).sector_rates().array().tolist()


def test_the_panel_is_the_shipments() -> None:
    draw = random.Random(3)  # noqa: S311
    for day in (date(2025, 3, 5), date(2025, 10, 8), date(2026, 9, 29)):
        for exporter in ("CAN", "CHN", "EU27"):
            rates = whole(day, exporter)
            for n in draw.sample(range(len(LINES)), 25):
                one = duty(importer="USA", exporter=exporter, hs=f"{LINES.code[n]:010d}", date=day)
                assert one.rate == pytest.approx(rates[n], abs=1e-9), (day, exporter, LINES.code[n])
