"""What is on a stack, by what name, and what is only near it."""

from __future__ import annotations

import pytest

from reciprocity.regime import duty
from reciprocity.regime.shipment import Duty

CLAIMED = {"usmca_claimed": True}
NOT_CLAIMED = {"usmca_claimed": False}


def canadian(hs: str, day: str, **facts: object) -> Duty:
    return duty(importer="USA", exporter="CAN", hs=hs, date=day, facts=facts)


def taking(found: Duty) -> set[tuple[str, float, str, float]]:
    return {
        (one.measure, one.rate, one.basis, one.share) for one in found.stack if one.applies and one.slot != "base"
    } - {("IEEPA Canada (USMCA exemption)", 0.0, "full", 1.0)}


@pytest.mark.parametrize(
    ("hs", "day", "name", "basis"),
    [
        ("7208.10.15", "2025-06-03", "S232 steel", "full"),
        ("7326.90.86", "2025-06-03", "S232 steel derivative", "full"),
        ("7326.90.86", "2025-06-04", "S232 steel derivative", "metal:steel"),
        ("8708.10.3020", "2025-06-03", "S232 steel derivative", "full"),
        ("7606.12.30", "2025-06-03", "S232 aluminum", "full"),
        ("7614.90.50", "2025-06-03", "S232 aluminum derivative", "full"),
        ("7614.90.50", "2025-06-04", "S232 aluminum derivative", "metal:aluminum"),
    ],
)
def test_a_derivative_is_called_one_before_and_after_its_content_alone_is_taxed(
    hs: str, day: str, name: str, basis: str
) -> None:
    """Proclamation 10947 clause 6 changes the part of value, not which articles are derivatives."""
    rate = 0.25 if day < "2025-06-04" else 0.5
    assert taking(canadian(hs, day, usmca_claimed=True)) - {
        ("S232 auto parts (USMCA exemption)", 0.0, "full", 1.0)
    } == {(name, rate, basis, 1.0)}


@pytest.mark.parametrize(
    ("hs", "day", "name"), [("8703.23.01", "2025-04-03", "S232 autos"), ("8704.22.11", "2025-11-01", "S232 trucks")]
)
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"us_content": 0.0},
        {"us_content": 0.45, "us_content_approved": False},
        {"us_content": 0.45, "us_content_approved": True, "us_content_overstated": True},
    ],
)
def test_a_vehicle_without_a_content_that_counts_owes_the_plain_duty(hs: str, day: str, name: str, facts: dict) -> None:
    """Proclamation 10908 clause 2: 'the Secretary may approve'; clause 3: an overstatement costs the full value."""
    assert taking(canadian(hs, day, **CLAIMED, **facts)) == {(name, 0.25, "full", 1.0)}


def test_content_that_counts_is_deducted() -> None:
    found = canadian("8703.23.01", "2025-04-03", **CLAIMED, us_content=0.45, us_content_approved=True)
    assert {(rate, basis) for _, rate, basis, _ in taking(found)} == {(0.25, "non_us")}
    assert found.rate == pytest.approx(0.25 * 0.55)


def test_a_metal_the_good_has_none_of_is_only_near() -> None:
    """Note 16: filing cabinets are derivatives of both metals; one all steel and wood owes nothing for aluminum."""
    found = canadian("9403.10.00", "2025-09-01", **CLAIMED, metal_share={"steel": 0.6})
    assert taking(found) == {("S232 steel derivative", 0.5, "metal:steel", 0.6)}
    assert "none of the value is aluminum" in {
        one.reason for one in found.near if one.measure == "S232 aluminum derivative"
    }


@pytest.mark.parametrize(
    ("hs", "day", "name"),
    [
        ("7208.10.15", "2025-02-15", "S232 steel (Canada and Mexico out)"),
        ("7606.12.30", "2025-02-15", "S232 aluminum (Canada and Mexico out)"),
        ("4819.10.00", "2025-09-01", "IEEPA reciprocal (Canada and Mexico out)"),
    ],
)
def test_a_programme_that_leaves_canada_out_is_near_the_good_and_not_on_its_stack(hs: str, day: str, name: str) -> None:
    found = canadian(hs, day, **CLAIMED)
    assert name not in {one.measure for one in found.stack}
    (entry,) = (one for one in found.near if one.measure == name)
    assert (entry.applies, entry.reason, entry.contribution) == (False, "exempt", 0.0)


def test_the_six_that_ask_may_be_given_in_their_order() -> None:
    asked = ("USA", "CAN", "72081015", "2025-04-20", "2025-04-20", NOT_CLAIMED)
    names = ("importer", "exporter", "hs", "date", "known", "facts")
    assert duty(*asked) == duty(**dict(zip(names, asked, strict=True)))
    assert duty(*asked).rate == pytest.approx(0.5)


def test_a_code_may_be_a_number() -> None:
    assert duty("USA", "CAN", 72081015, "2025-06-03", facts=CLAIMED).rate == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("hs", "day", "names"),
    [
        ("7208.10.15", "2025-03-13", {"CA surtax steel"}),
        ("7208.10.15", "2025-03-12", set()),
        ("8703.23.01", "2025-06-01", {"CA surtax motor vehicles, content"}),
    ],
)
def test_a_base_duty_that_is_not_held_is_not_on_the_stack(hs: str, day: str, names: set[str]) -> None:
    found = duty("CAN", "USA", hs, day, facts=CLAIMED)
    assert {one.measure for one in found.stack if one.applies} == names
    assert "the base schedule of CAN is not held: the base duty is taken as zero" in found.flags
