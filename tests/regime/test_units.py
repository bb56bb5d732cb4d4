"""Duties by weight, count and season: what they come to on a shipment that says what it is and when it comes."""

from __future__ import annotations

import pytest

from reciprocity.errors import InputError
from reciprocity.regime import duty

CIGARS, TOMATOES, CAULIFLOWER, POLYSILICON = "2402.10.30", "0702.00.20", "0704.10", "2804.61.00"


def base(hs: str, day: str = "2025-01-15", exporter: str = "CHN", **facts) -> float:
    return duty(importer="USA", exporter=exporter, hs=hs, date=day, facts=facts).stack[0].rate


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        ({"value": 40_000, "quantity": {"kg": 2000}}, 1.89 / 20 + 0.047),
        ({"value": 40_000, "quantity": {"t": 2}}, 1.89 / 20 + 0.047),
        ({"value": 40_000, "quantity": 2000, "unit": "kilograms"}, 1.89 / 20 + 0.047),
        ({"unit_value": 20}, 1.89 / 20 + 0.047),
        ({"unit_value": {"kg": 20}}, 1.89 / 20 + 0.047),
        ({"unit_value": {"lb": 20 * 0.45359237}}, 1.89 / 20 + 0.047),
    ],
)
def test_a_compound_duty_is_taken_on_the_shipments_own_price(facts: dict, rate: float) -> None:
    """HTS 2402.10.30: $1.89/kg + 4.7%."""
    assert base(CIGARS, **facts) == pytest.approx(rate, abs=1e-9)


def test_dear_goods_owe_less_of_a_duty_by_weight() -> None:
    """HTS 0702.00.20: 3.9 cents a kilogram."""
    assert base(TOMATOES, "2025-04-15", value=3900, quantity={"kg": 3000}) == pytest.approx(0.03)
    assert base(TOMATOES, "2025-04-15", value=39_000, quantity={"kg": 3000}) == pytest.approx(0.003)


@pytest.mark.parametrize("quantity", [{"bbl": 1000}, {"liter": 158_987.294928}, {"barrels": 1000}])
def test_a_duty_by_the_barrel_is_taken_by_the_barrel(quantity: dict) -> None:
    """HTS 2709.00.10: 5.25 cents a barrel, at US$70 a barrel."""
    assert base("2709.00.10", exporter="NGA", value=70_000, quantity=quantity) == pytest.approx(0.0525 / 70)


def test_a_shipment_that_says_no_price_is_flagged_with_the_duty_as_printed() -> None:
    silent = duty(importer="USA", exporter="CHN", hs=CIGARS, date="2025-01-15")
    assert any("USD 1.89 a kg + 4.7%" in flag and "2024" in flag for flag in silent.flags)
    told = duty(importer="USA", exporter="CHN", hs=CIGARS, date="2025-01-15", facts={"unit_value": 20})
    assert not any("weight or count" in flag for flag in told.flags)


def test_another_unit_than_the_duty_is_counted_in_tells_nothing() -> None:
    found = duty(importer="USA", exporter="CHN", hs=CIGARS, date="2025-01-15", facts={"unit_value": {"each": 5}})
    assert any("give value and quantity in kg" in flag for flag in found.flags)


def test_a_claim_leaves_no_duty_by_weight() -> None:
    facts = {"usmca_claimed": True, "value": 3900, "quantity": {"kg": 3000}}
    found = duty(importer="USA", exporter="MEX", hs=TOMATOES, date="2025-04-15", facts=facts)
    assert found.stack[0].rate == 0.0
    assert not any("weight or count" in flag for flag in found.flags)


def test_a_shorter_code_is_of_the_line_in_season() -> None:
    """HTS 0704.10.20: 2.5% 'if entered during the period from June 5 to October 15'; 10% or 14% at other times."""
    assert [base(CAULIFLOWER, day) for day in ("2025-06-05", "2025-10-15")] == [0.025, 0.025]
    assert all(base(CAULIFLOWER, day) >= 0.10 for day in ("2025-06-04", "2025-10-16"))


def test_a_line_of_another_season_is_flagged() -> None:
    winter = duty(importer="USA", exporter="CHN", hs="0704.10.20", date="2025-12-01")
    assert any("another time of the year" in flag for flag in winter.flags)
    summer = duty(importer="USA", exporter="CHN", hs="0704.10.20", date="2025-07-01")
    assert not any("another time of the year" in flag for flag in summer.flags)


def test_a_lowest_price_tops_the_value_up() -> None:
    """The act of 2026-08-06: 'the difference between the entered value on the entry summary and the MIP', $21 a kg."""
    facts = {"value": 10_000, "quantity": {"kg": 1000}}
    found = duty(importer="USA", exporter="JPN", hs=POLYSILICON, date="2026-12-10", facts=facts)
    assert found.rate == pytest.approx(1.10)
    silent = duty(importer="USA", exporter="JPN", hs=POLYSILICON, date="2026-12-10")
    assert any("lowest price of 21" in flag for flag in silent.flags)


def test_every_fault_of_the_facts_comes_at_once() -> None:
    wrong = {
        "us_content": 55, "metal_share": 0.5, "quantity": {"kgg": 3}, "usmca_claimd": True, "non_ca_mx_content": "half",
        "steel_share": 1.2,
    }  # fmt: skip
    with pytest.raises(InputError) as told:
        duty(importer="USA", exporter="CAN", hs="7326.90.86", date="2025-10-08", facts=wrong)
    said = str(told.value)
    for words in (
        "55% is written 0.55",
        "is of no metal",
        "Did you mean 'kg'?",
        "'usmca_claimed'",
        "1.2 is not a share",
        "'half' is not a share",
    ):
        assert words in said, words


@pytest.mark.parametrize("facts", [{"quantity": {"kg": 5}}, {"value": -1}, {"value": 10, "quantity": {"kg": 0}}])
def test_a_price_that_cannot_be_had_is_an_error(facts: dict) -> None:
    with pytest.raises(InputError, match="facts"):
        duty(importer="USA", exporter="CAN", hs=CIGARS, date="2025-10-08", facts=facts)


@pytest.mark.parametrize(("said", "owed"), [("true", 0.0), ("yes", 0.0), ("false", 0.35), ("no", 0.35)])
def test_yes_and_no_in_words_are_truth(said: str, owed: float) -> None:
    found = duty(importer="USA", exporter="CAN", hs="48191000", date="2025-10-08", facts={"usmca_claimed": said})
    assert found.rate == pytest.approx(owed)


@pytest.mark.parametrize(
    ("day", "said"), [("2010-01-01", "no act of USA before 2018"), ("2031-01-01", "no act after 2026")]
)
def test_a_day_outside_the_acts_is_labelled(day: str, said: str) -> None:
    found = duty(importer="USA", exporter="CAN", hs="7208.10", date=day)
    assert any(said in flag for flag in found.flags)
    inside = duty(importer="USA", exporter="CAN", hs="7208.10", date="2026-09-15")
    assert not any("is held: this is" in flag for flag in inside.flags)
