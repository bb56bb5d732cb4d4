"""The traps of this law, each with the act that settles it: ten known ways to be wrong, and what was known when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reciprocity.regime import duty, regime_on
from reciprocity.regime.book import shipped_book

CARDBOARD, HOT_ROLLED, SHEET, CAR, LUMBER, CABINET = (
    "48191000", "72081015", "76061230", "87032301", "44071100", "9403409060",
)  # fmt: skip
WHISKY = "22083030"


def us(hs: str, day: str, known: str | None = None, **facts) -> float:
    return duty(importer="USA", exporter="CAN", hs=hs, date=day, known=known, facts=facts).rate


def test_e1_for_three_days_in_march_no_preference_helped() -> None:
    """EO 14231 exempts from 7 March: 'on or after 12:01 a.m. eastern standard time on March 7, 2025'."""
    for day in ("2025-03-04", "2025-03-05", "2025-03-06"):
        assert us(CARDBOARD, day, usmca_claimed=True) == pytest.approx(0.25)
    assert us(CARDBOARD, "2025-03-07", usmca_claimed=True) == 0.0
    canada = regime_on(date(2025, 3, 5)).sector_rates().total("USA", "CAN")
    assert canada.revenue_rate == pytest.approx(0.193, abs=0.005), "1.68% is the figure of those who used later claims"


def test_e2_aluminum_starts_on_12_march() -> None:
    """Proclamation 10895: 'As of 12:01 a.m. on March 12, 2025'."""
    assert us(SHEET, "2025-03-11", usmca_claimed=True) == 0.0
    assert us(SHEET, "2025-03-12", usmca_claimed=True) == pytest.approx(0.25)


def test_e3_the_order_of_stacking_is_reversed_on_4_june() -> None:
    """EO 14289 sec. 3(a)(ii) as it was, and as clause 5 of Proclamation 10947 rewrote it."""
    before = duty(importer="USA", exporter="CAN", hs=HOT_ROLLED, date="2025-06-03")
    after = duty(importer="USA", exporter="CAN", hs=HOT_ROLLED, date="2025-06-04")
    assert {one.slot for one in before.stack if one.contribution > 0} == {"us.ieepa.canada"}
    assert {one.slot for one in after.stack if one.contribution > 0} == {"us.232.steel"}
    assert (before.rate, after.rate) == (pytest.approx(0.25), pytest.approx(0.50))


def test_e4_subject_to_means_listed_from_november() -> None:
    """Proclamation 10984 cl. 9: 'even if the tariff imposed by these two proclamations is not owed and payable'."""
    pump = {"hs": "8413919010", "usmca_claimed": True, "metal_share": {"steel": 0.5}}
    assert us(day="2025-10-31", **pump) == pytest.approx(0.25), "0 owed on the part: steel is free to take 50% of half"
    assert us(day="2025-11-01", **pump) == 0.0, "still subject to the vehicles' proclamation: steel gives way"


def test_e5_the_solar_safeguard_takes_14_percent_in_its_eighth_year() -> None:
    """The schedule goes on printing the 30% of the first year."""
    found = duty(importer="USA", exporter="MYS", hs="8541430010", date="2025-03-01")
    assert found.rate == pytest.approx(0.14)
    assert us("8541430010", "2025-02-15", usmca_claimed=True) == 0.0


def test_e6_section_338_starts_on_22_august() -> None:
    """Proclamation 11056: 'shall be 12:01 a.m. eastern time on August 22, 2026'."""
    assert us(WHISKY, "2026-08-21", usmca_claimed=True) == 0.0
    assert us(WHISKY, "2026-08-22", usmca_claimed=True) == pytest.approx(0.50)


@pytest.mark.parametrize(
    ("hs", "legal", "posted", "rate"),
    [(CARDBOARD, "2025-03-04", "2025-02-04", 0.25), (CAR, "2025-04-03", "2025-03-12", 0.25)],
)
def test_e7_a_posting_date_is_not_a_legal_date(hs: str, legal: str, posted: str, rate: float) -> None:
    day = date.fromisoformat(legal)
    assert us(hs, legal, usmca_claimed=True) == pytest.approx(rate)
    assert us(hs, str(day - timedelta(days=1)), usmca_claimed=True) == 0.0
    assert us(hs, posted, usmca_claimed=True) == 0.0


def test_e8_e9_rows_that_rest_on_one_page_or_memory_are_shown_as_such() -> None:
    found = duty(importer="CAN", exporter="USA", hs="720810", date="2025-03-13", facts={"usmca_claimed": True})
    assert found.confidence in "SM"
    assert any("not verified" in flag for flag in found.flags)
    assert any(one.confidence == "S" for one in shipped_book().measures)


def test_e10_an_exemption_has_its_days() -> None:
    """EO 14231 lowers potash from 7 March: on the three days before, it owes the general 25%."""
    assert us("31042000", "2025-03-06") == pytest.approx(0.25)
    assert us("31042000", "2025-03-07") == pytest.approx(0.10)
    assert us("31042000", "2025-08-01") == pytest.approx(0.10)


@pytest.mark.parametrize(
    ("hs", "day", "known", "rate"),
    [
        (WHISKY, "2026-08-20", "2026-08-10", 0.50),
        (WHISKY, "2026-08-20", "2026-08-20", 0.00),
        (CABINET, "2026-01-15", "2025-11-15", 0.50),
        (CABINET, "2026-01-15", "2026-01-15", 0.25),
        (CARDBOARD, "2025-02-10", "2025-02-02", 0.25),
        (CARDBOARD, "2025-02-10", "2025-02-03", 0.00),
    ],
)
def test_what_was_known_decides(hs: str, day: str, known: str, rate: float) -> None:
    assert us(hs, day, known, usmca_claimed=True) == pytest.approx(rate)


def test_the_order_of_stacking_from_4_march_was_made_known_on_29_april() -> None:
    """EO 14289 applies 'retroactively to all entries ... on or after March 4, 2025'."""
    assert us(HOT_ROLLED, "2025-04-20", "2025-04-20", usmca_claimed=False) == pytest.approx(0.50)
    assert us(HOT_ROLLED, "2025-04-20", "2025-06-20", usmca_claimed=False) == pytest.approx(0.25)


def test_a_measure_not_known_yet_is_not_law_as_known() -> None:
    assert us(HOT_ROLLED, "2025-06-10", "2025-05-01", usmca_claimed=True) == pytest.approx(0.25)
    assert us(HOT_ROLLED, "2025-06-10", "2025-06-03", usmca_claimed=True) == pytest.approx(0.50)


def test_floors_are_taken_on_the_base_after_preference() -> None:
    """Proclamation 11021 cl. 5: the sum of column 1 and the additional duty is 15%, with or without the claim."""
    assert us("85042300", "2026-05-01", usmca_claimed=False) == pytest.approx(0.15)
    assert us("85042300", "2026-05-01", usmca_claimed=True) == pytest.approx(0.15)


def test_content_based_duties_leave_the_rest_to_other_measures() -> None:
    """Proclamation 10947 cl. 6: what is not steel owes 'any other applicable tariffs', so 50% of 0.8 and 35% of 0.2."""
    rate = us("73269086", "2025-09-01", usmca_claimed=False, metal_share={"steel": 0.8})
    assert rate == pytest.approx(0.029 + 0.50 * 0.8 + 0.35 * 0.2)


def test_deposits_by_firm_are_shown_beside_the_duty() -> None:
    found = duty(importer="USA", exporter="CAN", hs=LUMBER, date="2025-10-20", facts={"usmca_claimed": True})
    assert found.rate == pytest.approx(0.10)
    assert any("softwood" in one.id for one in found.deposits)


def test_a_duty_by_weight_is_flagged() -> None:
    milk = duty(importer="USA", exporter="CAN", hs="04021010", date="2025-01-15")
    assert any("weight or count" in flag for flag in milk.flags)


def _boundaries() -> list:
    """Every first day of a counting measure of the book that is plain: on full value, of one partner or all."""
    return sorted(
        (
            one
            for one in shipped_book().measures
            if one.kind == "add" and one.basis == "full" and one.counts and not one.when and one.known_to == date.max
        ),
        key=lambda one: one.id,
    )


@pytest.mark.parametrize("one", _boundaries(), ids=lambda one: one.id)
def test_a_measure_begins_on_its_first_day_and_not_the_day_before(one) -> None:
    from reciprocity.regime.law import rows_in_force

    eve, end = one.valid_from - timedelta(days=1), one.valid_to
    assert one in rows_in_force(shipped_book(), one.importer, one.valid_from, None)[0]
    assert one not in rows_in_force(shipped_book(), one.importer, eve, None)[0]
    if end < date.max:
        assert one not in rows_in_force(shipped_book(), one.importer, end, None)[0]
        assert one in rows_in_force(shipped_book(), one.importer, end - timedelta(days=1), None)[0]
