"""What a shipment states: names, values, and what is said of a typo."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from reciprocity.errors import InputError, UnknownName
from reciprocity.regime import duty

DERIVATIVE = {"importer": "USA", "exporter": "CAN", "hs": "7326.90.86", "date": "2025-07-01"}


def rate(**facts: object) -> float:
    """50% of the steel, and 25% of the rest when CUSMA is not claimed."""
    return duty(**DERIVATIVE, facts=facts).rate


@pytest.mark.parametrize(
    "facts",
    [
        {"usmca_claimed": True, "metal_share": {"steel": 0.4}},
        {"cusma_claimed": True, "metal_share": {"Steel": 0.4, "other": 0.6}},
        {"usmca_claimed": "yes", "steel_share": 0.4},
        {"USMCA_claimed": 1, "steel_content": 0.4},
        {"usmca_claimed": True, "steel_share": 0.4, "aluminium_share": 0.5},
        {"usmca_claimed": True, "metal_share": {"steel": 0.4}, "end_use": None},
    ],
)
def test_one_fact_has_the_names_people_use(facts: dict) -> None:
    assert rate(**facts) == pytest.approx(0.2)


@pytest.mark.parametrize(
    "facts",
    [
        {"USMCA claimed": True, "US content": 0.5, "US content approved": True},
        {"usmca-claimed": "Y", "us-content": "50%"},
        {"usmcaClaimed": "yes", "usContentShare": "0.5", "approved": True},
        {"claims_usmca": True, "us_content_pct": 50},
        {"preference": "USMCA", "us_content_percent": "50"},
        {"spi": "S+", "non_us_content_share": 0.5},
    ],
)
def test_a_name_is_one_however_spelt(facts: dict) -> None:
    car = {"importer": "USA", "exporter": "CAN", "hs": "8703.23.01", "date": "2025-08-01"}
    assert duty(**car, facts=facts).rate == pytest.approx(0.125)


@pytest.mark.parametrize("name", ["steel", "steel_value_share", "share of steel", "metal_share.steel"])
def test_a_metal_share_may_name_its_metal(name: str) -> None:
    assert rate(usmca_claimed=True, **{name: "40%"}) == pytest.approx(0.2)


@pytest.mark.parametrize(
    "name", ["melted_in_us", "us_melt", "melt_and_pour_country", "country_of_melt", "melted_poured_in", "Melted in"]
)
def test_where_metal_was_melted_may_be_asked_in_many_words(name: str) -> None:
    assert rate(usmca_claimed=True, **{name: True if "us" in name.split("_") else "US"}) == 0.0


@pytest.mark.parametrize("name", ["over_trq", "out_of_quota", "outside_quota", "Over quota"])
def test_outside_a_quota_may_be_told_as_such(name: str) -> None:
    assert duty("CAN", "DEU", "7208.39.00", "2025-09-01", facts={name: True}).rate == pytest.approx(0.5)


def test_how_goods_are_packed_and_used_may_be_told_in_a_word() -> None:
    whisky = {"importer": "USA", "exporter": "CAN", "hs": "2208.30.30", "date": "2026-10-05"}
    assert duty(**whisky, facts={"usmca": True, "packaging": "bulk"}).rate == pytest.approx(0.5)
    plastic = {"importer": "USA", "exporter": "CAN", "hs": "3926.90.99", "date": "2026-08-25"}
    assert duty(**plastic, facts={"usmca": True, "end_use": "civil aircraft"}).rate == 0.0
    assert duty(**plastic, facts={"usmca": True}).rate == pytest.approx(0.5)


def test_a_medicine_is_for_use_in_medicine() -> None:
    """'articles exempt only for use in pharmaceutical applications' (note 52(e)): a generic medicine is one."""
    drug = {"importer": "USA", "exporter": "IND", "hs": "2918.99.3000", "date": "2026-09-15"}
    assert duty(**drug, facts={"generic": True}).rate == pytest.approx(0.065)
    assert duty(**drug).rate == pytest.approx(0.165)


def test_content_may_be_told_from_either_side() -> None:
    car = {"importer": "USA", "exporter": "CAN", "hs": "8703.23.01", "date": "2025-05-01"}
    ours = duty(**car, facts={"usmca_claimed": True, "us_content": 0.45}).rate
    theirs = duty(**car, facts={"usmca_claimed": True, "non_us_content": 0.55}).rate
    assert ours == pytest.approx(theirs) == pytest.approx(0.1375)


def test_a_model_year_has_its_age_on_the_day_of_entry() -> None:
    truck = {"importer": "USA", "exporter": "CAN", "hs": "8704.22.51", "date": "2025-11-05"}
    assert duty(**truck, facts={"usmca_claimed": True, "model_year": 2000}).rate == 0.0
    assert duty(**truck, facts={"usmca_claimed": True, "model_year": 2001}).rate == pytest.approx(0.25)


@pytest.mark.parametrize("origin", ["USA", "US", "us", "United States"])
def test_an_origin_is_a_country_however_written(origin: str) -> None:
    assert rate(usmca_claimed=True, melt_origin=origin) == 0.0


def test_whether_the_metal_is_american_may_be_a_yes() -> None:
    assert rate(usmca_claimed=True, us_melted_and_poured=True) == 0.0
    assert rate(usmca_claimed=True, us_melted_and_poured=False) == pytest.approx(0.5)


FITTING = {"importer": "USA", "exporter": "CAN", "hs": "7326.90.8688", "date": "2026-05-01"}


@pytest.mark.parametrize(
    "facts",
    [
        {"us_metal_weight_share": 1.0},
        {"us_metal_weight_share": {"steel": 0.97}},
        {"us_origin_metal": True},
        {"us_melted_and_poured": True},
        {"melt_origin": "US", "metal_share": {"steel": 0.6}},
        {"melt_origin": "US", "smelt_origin": "US", "metal_share": {"steel": 0.5, "aluminum": 0.2}},
    ],
)
def test_metal_made_in_the_united_states_is_american_metal(facts: dict) -> None:
    """'10 percent for derivative articles ... the steel content of which is composed entirely of steel that was melted
    and poured in the United States' (Proclamation 11021 clause 2(c))."""
    assert duty(**FITTING, facts={"usmca_claimed": True, **facts}).rate == pytest.approx(0.10)


@pytest.mark.parametrize(
    "facts",
    [
        {"us_metal_weight_share": {"steel": 1.0, "aluminum": 0.5}},
        {"us_origin_metal": False},
        {"melt_origin": "CAN"},
        {"melt_origin": "US", "metal_share": {"steel": 0.5, "aluminum": 0.2}},
        {"melt_origin": "US", "smelt_origin": "CAN"},
        {"melt_origin": "US", "us_metal_weight_share": 0.5},
    ],
)
def test_metal_made_elsewhere_in_part_is_not_american_metal(facts: dict) -> None:
    assert duty(**FITTING, facts={"usmca_claimed": True, **facts}).rate == pytest.approx(0.50)


def test_no_metal_by_value_is_none_by_weight() -> None:
    """'Goods ... that do not contain any aluminum, steel, or copper content ... shall not be subject to the duties
    imposed in clause (3) and clause (5)' (Proclamation 11021 clause 9)."""
    washer = {"importer": "USA", "exporter": "CAN", "hs": "8450.11.00", "date": "2026-05-01"}
    assert duty(**washer, facts={"metal_share": {"steel": 0.0}}).rate == pytest.approx(0.014 + 0.10)
    assert duty(**washer, facts={"metal_share": {"steel": 0.4}}).rate == pytest.approx(0.014 + 0.25)
    assert duty(**washer, facts={"metal_weight_share": {"steel": 0.1, "copper": 0.02}}).rate == pytest.approx(0.114)


@pytest.mark.parametrize(
    "use", ["data center", "US data centers", "data_centre", "Research and development", "repairs"]
)
def test_a_use_is_one_however_written(use: str) -> None:
    chip = {"importer": "USA", "exporter": "CAN", "hs": "8471.50.01", "date": "2026-01-20"}
    assert duty(**chip, facts={"usmca_claimed": True, "technical_gate": True, "end_use": use}).rate == 0.0


@pytest.mark.parametrize(
    ("hs", "day", "facts", "expected"),
    [
        ("2918.99.3000", "2026-09-29", {"generic": True}, 0.0),
        ("2918.99.3000", "2026-09-29", {"generic": False}, 1.0),
        ("2918.99.3000", "2026-08-15", {"patented": True, "annex_iii_company": True}, 1.0),
        ("8703.23.01", "2026-01-15", {"us_content": 0.4, "us_content_overstated": True}, 0.25),
        ("8702.90.31", "2026-01-15", {"year_of_manufacture": 2000}, 0.0),
        ("3917.21.00", "2026-08-25", {"for_civil_aircraft": True}, 0.0),
    ],
)
def test_other_words_for_a_fact_are_taken(hs: str, day: str, facts: dict, expected: float) -> None:
    found = duty(importer="USA", exporter="CAN", hs=hs, date=day, facts={"usmca_claimed": True, **facts})
    assert found.rate == pytest.approx(expected)


@pytest.mark.parametrize("day", ["2025-07-01", date(2025, 7, 1), datetime(2025, 7, 1, 9, 30), "2025-07-01T09:30"])  # noqa: DTZ001
def test_a_day_is_a_day_however_written(day: object) -> None:
    asked = DERIVATIVE | {"date": day, "exporter": "can", "importer": "usa"}
    assert duty(**asked, facts={"usmca_claimed": True}).rate == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"usmca_claimd": True}, "Did you mean 'usmca_claimed'?"),
        ({"metal_shar": {"steel": 1}}, "Did you mean 'metal_share'?"),
        ({"colour": "red"}, "Facts in use: "),
    ],
)
def test_a_name_no_measure_asks_for_is_refused(facts: dict, words: str) -> None:
    with pytest.raises(UnknownName) as told:
        rate(**facts)
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"metal_share": 0.4}, "is of no metal"),
        ({"metal_share": {"zinc": 0.4}}, "facts.metal_share.zinc: is not a metal"),
        ({"metal_share": {"steel": 40}}, "40% is written 0.4"),
        ({"metal_share": {"steel": 0.7, "aluminum": 0.7}}, "at most 1"),
        ({"us_content": "half"}, "is not a share"),
        ({"us_content": "150%"}, "is not a share"),
        ({"melt_origin": "Atlantis"}, "is not a country"),
    ],
)
def test_a_value_a_fact_cannot_have_is_refused(facts: dict, words: str) -> None:
    with pytest.raises(InputError) as told:
        rate(**facts)
    assert words in str(told.value)


def test_every_fault_of_the_facts_is_told_at_once() -> None:
    with pytest.raises(InputError) as told:
        rate(usmca_claimd=True, us_content=45, melt_origin="Atlantis")
    assert len(told.value.faults) == 3


def test_what_an_entry_says_beside_is_taken_and_named() -> None:
    found = duty(**DERIVATIVE, facts={"usmca_claimed": True, "port": "Buffalo"})
    assert "no duty turns on the fact port" in found.flags


def test_what_is_taken_for_granted_is_said() -> None:
    assert any("metal's part" in one for one in duty(**DERIVATIVE, facts={"usmca_claimed": True}).flags)
    car = {"importer": "USA", "exporter": "CAN", "hs": "8703.23.01", "date": "2025-05-01"}
    assert any("taken as approved" in one for one in duty(**car, facts={"cusma": True, "us_content": 0.4}).flags)
    assert any("no approved US content" in one for one in duty(**car, facts={"cusma": True}).flags)


def test_what_begins_within_a_month_is_near() -> None:
    eve = duty(importer="USA", exporter="CAN", hs="7208.10.15", date="2025-03-11", facts={"usmca_claimed": True})
    assert ("S232 steel", "begins on 2025-03-12") in {(one.measure, one.reason) for one in eve.near}
    unknown = duty(importer="USA", exporter="CAN", hs="7208.10.15", date="2025-03-11", known="2025-02-09")
    assert not any(one.measure == "S232 steel" and "begins" in one.reason for one in unknown.near)
