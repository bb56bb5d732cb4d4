"""A deal's rows over the law: what they change, what they leave, and how the sector rates answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from reciprocity.errors import InputError
from reciprocity.regime import Override, regime_on

DAY = date(2025, 10, 8)
METALS = ("us.232.steel", "us.232.aluminum")


def row(kind: str, **fields) -> Override:
    defaults = {"id": "a", "importer": "USA", "exporter": "CAN", "products": ("all",), "measures": ("all",)}
    return Override(kind=kind, **{**defaults, **fields})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def law():
    return regime_on(DAY)


def rate(regime, hs: str, **facts) -> float:
    return regime.duty(importer="USA", exporter="CAN", hs=hs, facts=facts).rate


def test_the_old_regime_stays_equal_to_itself(law) -> None:
    before = law.sector_rates()
    with_deal = law.overlay([row("set", measures=METALS, rate=0.25)])
    with_deal.sector_rates()
    assert law.overrides == ()
    assert law == regime_on(DAY)
    assert law.sector_rates() == before
    assert with_deal != law


def test_set_takes_the_rate_on_the_part_the_law_takes(law) -> None:
    deal = law.overlay([row("set", measures=METALS, rate=0.25)])
    assert rate(deal, "72081015", usmca_claimed=True) == pytest.approx(0.25)
    assert rate(deal, "73269086", usmca_claimed=True, metal_share={"steel": 0.8}) == pytest.approx(0.20)
    assert rate(deal, "61091000", usmca_claimed=True) == rate(law, "61091000", usmca_claimed=True)


def test_set_leaves_an_exemption_one(law) -> None:
    deal = law.overlay([row("set", measures=("us.232.auto_parts",), rate=0.15)])
    assert rate(deal, "87083050", usmca_claimed=True) == 0.0
    assert rate(deal, "87083050", usmca_claimed=False) == pytest.approx(0.025 + 0.15)


def test_set_of_everything_is_the_whole_duty(law) -> None:
    deal = law.overlay([row("set", products=("6109",), rate=0.10)])
    assert rate(deal, "61091000", usmca_claimed=False) == pytest.approx(0.10)
    assert rate(deal, "61091000", usmca_claimed=True) == pytest.approx(0.10)


def test_a_cap_of_everything_counts_the_base(law) -> None:
    deal = law.overlay([row("cap", rate=0.15)])
    assert rate(deal, "76061230", usmca_claimed=False) == pytest.approx(0.15)
    assert rate(deal, "48191000", usmca_claimed=True) == 0.0


def test_total_is_all_in(law) -> None:
    deal = law.overlay([row("total", measures=("us.232",), rate=0.15)])
    assert rate(deal, "76061230", usmca_claimed=False) == pytest.approx(0.15)
    assert rate(deal, "76061230", usmca_claimed=True) == pytest.approx(0.15)


def test_what_is_suspended_brings_back_what_it_displaced(law) -> None:
    free = law.overlay([row("suspend", measures=METALS)])
    assert rate(law, "72081015", usmca_claimed=False) == pytest.approx(0.50)
    assert rate(free, "72081015", usmca_claimed=False) == pytest.approx(0.35)
    assert rate(free, "72081015", usmca_claimed=True) == 0.0


def test_without_the_preference_every_good_owes_the_general_rate_and_the_order(law) -> None:
    lapsed = law.overlay([row("suspend", measures=("cusma",))])
    assert rate(lapsed, "61091000", usmca_claimed=True) == pytest.approx(0.165 + 0.35)
    assert lapsed.sector_rates().total("USA", "CAN").revenue_rate > law.sector_rates().total("USA", "CAN").revenue_rate


def test_a_ban_is_finite_for_a_sector_and_infinite_for_a_good(law) -> None:
    deal = law.overlay([row("prohibit", products=("2709",))])
    assert rate(deal, "27090020", usmca_claimed=True) == np.inf
    oil = next(one for one in deal.sector_rates().pair("USA", "CAN") if one.sector == "OILGAS")
    assert 0.5 < oil.banned_share < 1.0
    assert 0.3 < oil.flow_equivalent_rate < 10.0
    assert np.isfinite(oil.revenue_rate)


@pytest.mark.parametrize(("share", "marginal", "owed"), [(1.0, False, 0.1), (0.5, False, 0.3), (0.5, True, 0.5)])
def test_a_quota_charges_the_average_or_the_last_unit(law, share: float, marginal: bool, owed: float) -> None:
    deal = law.overlay([row("quota", measures=METALS, rate=0.10, quota_share=share, marginal=marginal)])
    assert rate(deal, "72081015", usmca_claimed=True) == pytest.approx(owed)


def test_a_row_outside_its_days_changes_nothing(law) -> None:
    later = law.overlay([row("free", valid_from=date(2026, 1, 1))])
    assert later.sector_rates() == law.sector_rates()


def test_a_sector_is_a_product_word(law) -> None:
    deal = law.overlay([row("set", products=("STEEL",), rate=0.0)])
    steel = {one.sector: one.revenue_rate for one in deal.sector_rates().pair("USA", "CAN")}
    assert steel["STEEL"] == 0.0
    assert steel["ALUM"] > 0.4


def test_every_fault_of_a_deal_is_told_at_once(law) -> None:
    wrong = [
        row("set", rate=25.0),
        row("cap", id="b"),
        row("free", id="c", products=("steeel",)),
        row("free", id="d", valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)),
        row("quota", id="e", rate=0.1),
    ]
    with pytest.raises(InputError) as told:
        law.overlay(wrong)
    assert len(told.value.faults) == 5
    assert "25 is not a fraction" in str(told.value)


@pytest.mark.parametrize(
    "one",
    [
        row("set", measures=METALS, rate=0.25),
        row("cap", rate=0.21),
        row("total", measures=("us.232",), rate=0.15),
        row("add", products=("27",), rate=0.03),
        row("scale", measures=("us.232",), rate=0.5),
        row("quota", measures=METALS, rate=0.10, quota_share=0.4),
    ],
    ids=lambda one: one.kind,
)
def test_derivatives_are_differences(law, one: Override) -> None:
    step = 1e-5
    told = {d.sector: d for d in law.overlay([one]).derivatives("a")}
    up = law.overlay([replace(one, rate=one.rate + step)]).sector_rates().pair("USA", "CAN")
    here = law.overlay([one]).sector_rates().pair("USA", "CAN")
    assert any(d.revenue_rate != 0 for d in told.values())
    for high, low in zip(up, here, strict=True):
        slope = (high.revenue_rate - low.revenue_rate) / step
        assert told[low.sector].revenue_rate == pytest.approx(slope, rel=1e-4, abs=1e-6), low.sector
        slope = (high.flow_equivalent_rate - low.flow_equivalent_rate) / step
        assert told[low.sector].flow_equivalent_rate == pytest.approx(slope, rel=1e-3, abs=1e-5), low.sector


def test_a_quota_by_value_holds_the_part_of_trade_it_is(law) -> None:
    """Steel mill imports from Canada in 2024, times one half, is a quota of one half."""
    whole = law.overlay([row("quota", measures=METALS, rate=0.0, products=("STEEL",), quota_share=0.5)])
    steel = next(one for one in law.sector_rates().pair("USA", "CAN") if one.sector == "STEEL")
    by_value = row("quota", measures=METALS, rate=0.0, products=("STEEL",), quota_musd=0.5 * steel.value_musd)
    assert np.allclose(law.overlay([by_value]).sector_rates().array(), whole.sector_rates().array(), atol=1e-9)
    assert rate(law.overlay([by_value]), "72081015", usmca_claimed=True) == pytest.approx(0.25, abs=1e-6)
