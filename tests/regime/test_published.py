"""Effective rates on Canada against published ones, programme by programme, with their own weights and claims.

What differs by more than half a point has its measure named, and who is right; what is left is less than that.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from reciprocity.regime import regime_on
from reciprocity.regime.book import shipped_book
from reciprocity.regime.law import law_of
from reciprocity.regime.products import lines_of
from reciprocity.regime.published import Comparison, compare_published, every_comparison
from reciprocity.regime.schedule import schedule
from reciprocity.regime.trade import weights

HALF_A_POINT = 0.005
METALS = (72, 73, 74, 76)
COMPARISONS = tuple(every_comparison("USA", "CAN"))


def _table(shared: Path) -> list[dict[str, str]]:
    with (shared / "tariffs" / "reference_etr_by_partner_authority.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["country"] == "1220"]


@pytest.mark.parametrize("one", COMPARISONS, ids=lambda one: str(one.since))
def test_each_programme_is_within_half_a_point_or_explained(one: Comparison) -> None:
    for gap in one.gaps:
        assert abs(gap.theirs - gap.ours) < HALF_A_POINT or (gap.measure and gap.why and gap.right), gap


@pytest.mark.parametrize("one", COMPARISONS, ids=lambda one: str(one.since))
def test_what_the_reasons_leave_is_within_half_a_point(one: Comparison) -> None:
    assert abs(one.unexplained) < HALF_A_POINT


@pytest.mark.shared
def test_the_table_that_ships_is_the_published_one(shared: Path) -> None:
    held = {str(one.since): one for one in COMPARISONS}
    rows = _table(shared)
    assert len(held) == len(rows)
    for row in rows:
        assert held[row["date"][:10]].theirs == pytest.approx(float(row["weighted_etr"]), abs=1e-6)


def test_a_published_rate_holds_until_the_next_change() -> None:
    one = compare_published("USA", "CAN", date(2025, 9, 30))
    assert one is not None
    assert str(one.since) == "2025-08-18"
    assert compare_published("USA", "CAN", date(2024, 12, 31)) is None
    assert compare_published("CAN", "USA", date(2025, 9, 30)) is None


def test_metals_differ_by_whole_value_of_two_groups_of_lines() -> None:
    """Whole value of parts on two lists, and of lines listed on 18 August 2025: what their table moves by on each day.

    0.40 points appear in their column on 3 May 2025, when the duty on vehicle parts starts, and 1.39 on 18 August.
    """
    value, whole = np.zeros(len(schedule("USA"))), weights(shipped_book(), "USA", "CAN")
    np.add.at(value, whole.line, whole.value)
    parts = _under("us.232.auto_parts", date(2025, 5, 3)) & _derivatives(date(2025, 5, 3))
    added = _derivatives(date(2025, 8, 18)) & ~_derivatives(date(2025, 8, 17))
    assert 0.25 * value[parts].sum() / value.sum() == pytest.approx(0.0110 - 0.0070, abs=2e-4)
    assert 0.50 * value[added].sum() / value.sum() == pytest.approx(0.0341 - 0.0202, abs=2e-3)


@pytest.mark.shared
def test_their_copper_ends_where_the_annexes_begin(shared: Path) -> None:
    """'most copper articles' (Proclamation 11021 clause 2): their column is zero on every partner from 6 April 2026."""
    with (shared / "tariffs" / "reference_etr_by_partner_authority.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["date"] >= "2026-04-06"]
    assert rows
    assert all(float(row["etr_232_copper"]) == 0.0 for row in rows)
    on, book = date(2026, 5, 1), shipped_book()
    whole = weights(book, "USA", "CAN")
    annex = [lines_of(book, "USA", (f"s232_metal_annex_{name}#copper",), on)[whole.line] for name in ("1a", "1b")]
    owed = 0.50 * whole.value[annex[0]].sum() + 0.25 * whole.value[annex[1] & ~annex[0]].sum()
    (metals,) = (one for one in compare_published("USA", "CAN", on).gaps if one.programme == "metals")
    assert owed / whole.value.sum() == pytest.approx(metals.ours - metals.theirs, abs=1e-3)


def _derivatives(on: date) -> np.ndarray:
    """Lines that are aluminum derivatives outside the metals' own chapters."""
    return _under("us.232.aluminum", on) & ~np.isin(schedule("USA").code // 10**8, METALS)


def _under(slot: str, on: date) -> np.ndarray:
    law = law_of(shipped_book(), "USA", "CAN", on, None)
    return np.logical_or.reduce(law.lines[law.slots.index(slot)])


@pytest.mark.shared
def test_the_base_is_the_duty_canada_paid_in_2024(shared: Path) -> None:
    row = next(one for one in _table(shared) if one["date"].startswith("2025-01-01"))
    one = compare_published("USA", "CAN", date(2025, 1, 1))
    assert one is not None
    assert one.ours == pytest.approx(float(row["weighted_etr"]), abs=HALF_A_POINT)


@pytest.mark.shared
def test_other_partners_before_content_counts(shared: Path) -> None:
    """1 July 2025, before the derivative lists grew: Britain, Japan, Korea, China within half a point of theirs.

    Their weights are of the lines of chapters 1 to 97 alone: a twelfth of what comes from Britain is in the two others.
    """
    rates, chapter = regime_on(date(2025, 7, 1)).sector_rates(), schedule("USA").code // 10**8
    with (shared / "tariffs" / "reference_etr_by_partner_authority.csv").open(encoding="utf-8") as file:
        rows = {
            row["country"]: float(row["weighted_etr"])
            for row in csv.DictReader(file)
            if row["date"][:10] == "2025-07-01"
        }
    for country, code in (("4120", "GBR"), ("5880", "JPN"), ("5800", "KOR"), ("5700", "CHN")):
        trade = weights(shipped_book(), "USA", code)
        matched = trade.value[chapter[trade.line] < 98].sum() / trade.value.sum()
        ours = rates.total("USA", code).revenue_rate / matched
        assert ours == pytest.approx(rows[country], abs=HALF_A_POINT), code


@pytest.mark.parametrize("on", [one.since for one in COMPARISONS], ids=str)
def test_the_total_of_the_sectors_answer_is_the_rate_compared(on: date) -> None:
    """All trade, in a sector or in none, as the published rate is."""
    one = compare_published("USA", "CAN", on)
    assert one is not None
    assert regime_on(on).sector_rates().total("USA", "CAN").revenue_rate == pytest.approx(one.ours, abs=1e-9)


@pytest.mark.shared
def test_trade_adds_up_to_the_census(shared: Path) -> None:
    """Canada 411.69 bn in all, and what is in no sector is reported."""
    rates = regime_on(date(2025, 10, 8)).sector_rates()
    placed = sum(one.value_musd for one in rates.pair("USA", "CAN"))
    outside = sum(one.value_musd for one in rates.unmapped if one.exporter == "CAN")
    assert placed + outside == pytest.approx(411_694, rel=1e-4)
    assert np.isclose(rates.total("USA", "CAN").value_musd, placed + outside)
