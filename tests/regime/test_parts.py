"""A deal's rows about a part of trade or of value: content, remission, quotas, use of the preference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import numpy as np
import pytest

from reciprocity.errors import InputError, UnknownName
from reciprocity.regime import Override, regime_on
from reciprocity.regime.diff import compare

DAY = date(2025, 10, 8)
CAR = "87032301"
AUTOS = ("us.232.autos",)


def row(kind: str, **fields) -> Override:
    defaults = {"id": "a", "importer": "USA", "exporter": "CAN", "products": ("all",), "measures": ("all",)}
    return Override(kind=kind, **{**defaults, **fields})  # type: ignore[arg-type]


def content(share: float, **fields) -> Override:
    return row("content", content=share, **{"origin": ("USA",), **fields})


@pytest.fixture(scope="module")
def law():
    return regime_on(DAY)


def rate(regime, hs: str, **facts) -> float:
    return regime.duty(importer="USA", exporter="CAN", hs=hs, facts=facts).rate


def arrays(regime) -> np.ndarray:
    rates = regime.sector_rates()
    return np.stack([rates.array("revenue_rate"), rates.array("flow_equivalent_rate")])


class TestContent:
    """A duty on what is not of an origin."""

    @pytest.mark.parametrize(("share", "owed"), [(0.0, 0.25), (0.4, 0.15), (1.0, 0.0)])
    def test_the_duty_falls_on_the_rest(self, law, share, owed) -> None:
        deal = law.overlay([content(share, measures=AUTOS)])
        assert rate(deal, CAR, usmca_claimed=True) == pytest.approx(owed)
        assert rate(deal, CAR, usmca_claimed=False) == pytest.approx(0.025 + owed)

    def test_the_law_of_proclamation_10908_written_as_a_clause_is_the_law(self, law) -> None:
        """25% on non-US content, 40% of value on average, on cars that claim: what the act and the totals assume."""
        deal = law.overlay([content(0.4, measures=AUTOS)])
        assert rate(deal, CAR, usmca_claimed=True, us_content=0.55) == pytest.approx(
            rate(law, CAR, usmca_claimed=True, us_content=0.55)
        )
        claimed = row("claim", id="b", share=1.0, products=("8703",))
        assert np.allclose(arrays(law.overlay([claimed, content(0.4, measures=AUTOS)])), arrays(law.overlay([claimed])))

    def test_a_car_that_states_its_content_owes_by_it(self, law) -> None:
        deal = law.overlay([content(0.4, measures=AUTOS, rate=0.15)])
        assert rate(deal, CAR, usmca_claimed=True, us_content=0.8) == pytest.approx(0.15 * 0.2)

    def test_of_all_duties_the_base_is_one(self, law) -> None:
        assert rate(law.overlay([content(1.0)]), CAR, usmca_claimed=False) == 0.0
        assert rate(law.overlay([content(0.5)]), CAR, usmca_claimed=False) == pytest.approx(0.1375)
        assert rate(law.overlay([content(0.5, rate=0.1)]), CAR, usmca_claimed=False) == pytest.approx(0.05)

    def test_what_is_exempt_stays_exempt(self, law) -> None:
        deal = law.overlay([content(0.5, measures=("us.232.auto_parts",), rate=0.25)])
        assert rate(deal, "87083050", usmca_claimed=True) == 0.0

    def test_a_metal_is_counted_first(self, law) -> None:
        deal = law.overlay([content(0.5, measures=("us.232.steel",))])
        assert rate(deal, "73269086", usmca_claimed=True, metal_share={"steel": 0.8}) == pytest.approx(0.5 * 0.8 * 0.5)

    def test_no_content_changes_nothing_where_the_law_looks_at_none(self, law) -> None:
        assert np.array_equal(arrays(law.overlay([content(0.0, products=("72",))])), arrays(law))

    def test_a_threshold_parts_those_above_from_those_below(self, law) -> None:
        deal = law.overlay([content(0.4, measures=AUTOS, threshold=0.5, rate=0.0, rate_below=0.2)])
        owed = [rate(deal, CAR, usmca_claimed=True, us_content=share) for share in (0.49, 0.5, 0.9)]
        assert owed == pytest.approx([0.2, 0.0, 0.0])

    def test_everyone_is_above_no_threshold_and_no_one_above_all(self, law) -> None:
        def owed(threshold: float) -> float:
            one = content(0.4, measures=AUTOS, threshold=threshold, spread=0.15, rate=0.05, rate_below=0.2)
            return rate(law.overlay([one]), CAR, usmca_claimed=True)

        assert owed(0.0) == pytest.approx(0.05)
        assert owed(0.4) == pytest.approx(0.125, abs=1e-3)
        assert owed(1.0) == pytest.approx(0.2)

    def test_it_holds_for_the_other_side(self, law) -> None:
        one = content(1.0, importer="CAN", exporter="USA", origin=("CAN",), measures=("ca.surtax.autos",))
        before, after = (
            {each.sector: each.revenue_rate for each in regime.sector_rates().pair("CAN", "USA")}
            for regime in (law, law.overlay([one]))
        )
        assert before["AUTO"] > 0.01
        assert after["AUTO"] < before["AUTO"]


class TestRemission:
    """Duty given back on a part of imports."""

    def test_none_is_the_law_and_all_is_no_duty(self, law) -> None:
        assert np.array_equal(arrays(law.overlay([row("remission", quota_share=0.0)])), arrays(law))
        free = law.overlay([row("remission", quota_share=1.0)]).sector_rates()
        assert max(abs(one.flow_equivalent_rate) for one in free.pair("USA", "CAN")) < 1e-15

    def test_half_is_half(self, law) -> None:
        half = law.overlay([row("remission", quota_share=0.5)]).sector_rates()
        whole = {one.sector: one.revenue_rate for one in law.sector_rates().pair("USA", "CAN")}
        for one in half.pair("USA", "CAN"):
            assert one.revenue_rate == pytest.approx(0.5 * whole[one.sector], abs=1e-15)

    def test_programmes_named_leave_the_base(self, law) -> None:
        deal = law.overlay([row("remission", quota_share=1.0, measures=AUTOS)])
        assert rate(deal, CAR, usmca_claimed=False) == pytest.approx(0.025)

    def test_a_shipment_says_whether_it_is_inside(self, law) -> None:
        deal = law.overlay([row("remission", quota_share=0.5, products=("72",))])
        owed = [rate(deal, "72081015", usmca_claimed=True, in_remission_quota=inside) for inside in (True, False)]
        assert owed == pytest.approx([0.0, 0.5])
        assert rate(deal, "72081015", usmca_claimed=True) == pytest.approx(0.25)

    def test_money_is_its_part_of_trade(self, law) -> None:
        steel = next(one for one in law.sector_rates().pair("USA", "CAN") if one.sector == "STEEL")
        by_value = row("remission", products=("STEEL",), quota_musd=0.25 * steel.value_musd)
        by_share = row("remission", products=("STEEL",), quota_share=0.25)
        assert np.allclose(arrays(law.overlay([by_value])), arrays(law.overlay([by_share])), atol=1e-12)


class TestUseOfThePreference:
    """How much of trade claims."""

    def test_who_claims_owes_less(self, law) -> None:
        owed = [
            law.overlay([row("claim", share=share)]).sector_rates().total("USA", "CAN").revenue_rate
            for share in (0.0, 0.5, 1.0)
        ]
        assert owed[0] > owed[1] > owed[2]
        assert owed[1] == pytest.approx((owed[0] + owed[2]) / 2)

    def test_no_claim_is_no_preference(self, law) -> None:
        none = law.overlay([row("claim", share=0.0)])
        ended = law.overlay([row("suspend", measures=("cusma",))])
        assert np.allclose(arrays(none)[0], arrays(ended)[0])

    def test_there_is_none_to_claim_with_others(self, law) -> None:
        with pytest.raises(InputError, match="no preference between USA and JPN"):
            law.overlay([row("claim", share=0.5, exporter="JPN")])


NUMBERS = [
    ("a", content(0.4, measures=AUTOS), "content"),
    ("a", content(0.4, measures=AUTOS, rate=0.15), "content"),
    ("a", content(1.0), "content"),
    ("a.rate", content(0.3, rate=0.15), "rate"),
    ("a.threshold", content(0.4, measures=AUTOS, threshold=0.5, spread=0.2, rate=0.0), "threshold"),
    ("a.rate_below", content(0.4, measures=AUTOS, threshold=0.5, spread=0.2, rate_below=0.3), "rate_below"),
    ("a", row("remission", quota_share=0.3), "quota_share"),
    ("a", row("remission", quota_share=1.0, measures=("us.232",)), "quota_share"),
    ("a", row("remission", quota_musd=1e4), "quota_musd"),
    ("a.quota_share", row("quota", quota_share=0.3, rate=0.1), "quota_share"),
    ("a", row("claim", share=0.9), "share"),
    ("a", row("claim", share=1.0), "share"),
    ("a", row("claim", share=0.0, products=("87",)), "share"),
]


@pytest.mark.parametrize(("parameter", "one", "key"), NUMBERS, ids=lambda it: getattr(it, "kind", str(it)))
def test_derivatives_are_differences(law, parameter: str, one: Override, key: str) -> None:
    value = getattr(one, key)
    step = 1e-5 * max(1.0, value)
    step = -step if key != "quota_musd" and value >= 1.0 else step
    told = {d.sector: d for d in law.overlay([one]).derivatives(parameter)}
    there = law.overlay([replace(one, **{key: value + step})]).sector_rates().pair("USA", "CAN")
    here = law.overlay([one]).sector_rates().pair("USA", "CAN")
    scale = max(1.0, value)
    assert any(d.revenue_rate != 0 for d in told.values())
    for far, near in zip(there, here, strict=True):
        slope = (far.revenue_rate - near.revenue_rate) / step
        assert scale * told[near.sector].revenue_rate == pytest.approx(scale * slope, rel=1e-4, abs=1e-6), near.sector
        slope = (far.flow_equivalent_rate - near.flow_equivalent_rate) / step
        told_flow = scale * told[near.sector].flow_equivalent_rate
        assert told_flow == pytest.approx(scale * slope, rel=1e-3, abs=1e-5), near.sector


def test_a_number_the_row_has_not_is_told(law) -> None:
    with pytest.raises(UnknownName, match="not a row of the deal with a rate or a share"):
        law.overlay([row("remission", quota_share=0.5)]).derivatives("a.rate")


def test_the_order_of_clauses_does_not_matter(law) -> None:
    clauses = [
        row("cap", id="cap-all", rate=0.3),
        row("cap", id="cap-steel", rate=0.25, measures=("us.232.steel",), products=("72",)),
        content(0.2, id="content", products=("87",)),
        row("remission", id="back", quota_share=0.5, products=("7208",)),
        row("set", id="set-narrow", rate=0.1, measures=("us.232.steel",), products=("7208",)),
        row("set", id="set-broad", rate=0.4, measures=("us.232.steel",), products=("72",)),
        row("quota", id="quota", rate=0.0, quota_share=0.5, products=("76",)),
    ]
    orders = [clauses, clauses[::-1], *list(permutations(clauses))[7:5000:1200]]
    regimes = [law.overlay(order) for order in orders]
    assert all(one == regimes[0] for one in regimes)
    assert rate(regimes[0], "72081015", usmca_claimed=True) == pytest.approx(0.05)
    assert rate(regimes[0], "72101100", usmca_claimed=True) == pytest.approx(0.25)


def test_two_remissions_leave_what_neither_gave_back(law) -> None:
    deal = law.overlay([row("remission", quota_share=0.5), row("remission", id="b", quota_share=0.5)])
    assert rate(deal, "72081015", usmca_claimed=True) == pytest.approx(0.125)


def test_a_ceiling_on_all_counts_what_a_ceiling_on_one_left(law) -> None:
    one = row("cap", id="one", rate=0.25, measures=("us.232.steel",))
    both = law.overlay([row("cap", rate=0.15), one])
    assert rate(both, "72081015", usmca_claimed=True) == pytest.approx(0.15)


def test_every_number_out_of_range_is_told_at_once(law) -> None:
    wrong = [
        content(1.4),
        content(0.5, id="b", threshold=-0.1, rate_below=25.0),
        row("claim", id="c", share=2.0),
        row("remission", id="d"),
        row("remission", id="e", quota_share=-1.0),
    ]
    with pytest.raises(InputError) as told:
        law.overlay(wrong)
    assert len(told.value.faults) == 6


def test_the_difference_is_told_in_words(law) -> None:
    deal = law.overlay([content(0.4, measures=AUTOS), row("remission", id="b", quota_share=0.5, products=("72",))])
    told = "\n".join(compare(law, deal, importer="USA", exporter="CAN").words())
    assert "owed on what is not content of USA (60.00% of value), us.232.autos, on all goods" in told
    assert "remission on 50.00% of 2024 trade, every duty, on 72" in told
