"""The questions answered by hand from the acts: the rate to a millionth, and the measures that make it up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from reciprocity.regime import duty
from reciprocity.regime.products import compiled_rows

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT.parent / "shared" / "data" / "tariffs" / "golden_sample.json"
QUESTIONS = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else []
OF_THE_SCHEDULE = {"MFN base", "USMCA preference"}


@pytest.mark.shared
@pytest.mark.parametrize("question", QUESTIONS, ids=[one["id"] for one in QUESTIONS])
def test_a_question_answered_by_hand(question: dict) -> None:
    found = duty(
        importer=question["importer"],
        exporter=question["exporter"],
        hs=question["hs"],
        date=question["date"],
        known=question.get("known_on"),
        facts=question["facts"],
    )
    assert found.rate == pytest.approx(question["expected_rate"], abs=1e-6)
    assert found.amount(question["value_usd"]) == pytest.approx(question["expected_duty_usd"], abs=0.005)
    wanted = sorted(
        (round(one["rate"], 6), one["basis"]) for one in question["stack"] if one["rate"] and one.get("applies", True)
    )
    counted = sorted((round(one.rate, 6), one.basis) for one in found.stack if one.applies and one.contribution)
    assert counted == wanted
    for one in question["stack"]:
        if one["measure"] not in OF_THE_SCHEDULE and one["rate"] and one.get("applies", True):
            assert any(entry.measure == one["measure"] for entry in found.stack if entry.applies), one["measure"]


@pytest.mark.shared
@pytest.mark.skipif(not QUESTIONS, reason="needs ../shared/data/tariffs/golden_sample.json")
def test_every_question_is_asked() -> None:
    assert len(QUESTIONS) == 31


def test_a_published_customs_entry_from_china() -> None:
    """7326.90.8688, US$14,172, September 2026: the entry summary shows 77.90% and US$11,039.99."""
    found = duty(importer="USA", exporter="CHN", hs="7326.90.8688", date="2026-09-15")
    assert found.rate == pytest.approx(0.779, abs=1e-9)
    assert found.amount(14172) == 11039.99


@pytest.mark.parametrize(
    ("hs", "day", "owed"),
    [("8431.49.90", "2025-05-01", 1500.0), ("8431.49.90", "2025-09-01", 3000.0), ("7326.90.86", "2026-05-01", 5000.0)],
)
def test_a_steel_derivative_of_ten_thousand_dollars(hs: str, day: str, owed: float) -> None:
    """60% steel: 25% of the steel, then 50% of the steel, and from April 2026 50% of the whole under Annex I-A."""
    facts = {"usmca_claimed": True, "metal_share": {"steel": 0.6}}
    assert duty(importer="USA", exporter="CAN", hs=hs, date=day, facts=facts).amount(10_000) == owed


def test_no_steel_good_is_taxed_on_its_content_in_2025_and_on_its_whole_at_half_in_2026() -> None:
    """Annex I-A holds lines of chapters 72 to 76 alone, whose derivatives owed the full value until 4 June 2025."""
    prefix, _, _ = compiled_rows("s232_metal_annex_1a")
    assert {one[:2] for one in prefix} <= {b"72", b"73", b"74", b"76"}
    facts = {"usmca_claimed": True, "metal_share": {"steel": 0.6}}
    owed = [
        duty(importer="USA", exporter="CAN", hs="7326.90.86", date=day, facts=facts).amount(10_000)
        for day in ("2025-05-01", "2025-09-01", "2026-05-01")
    ]
    assert owed == [2500.0, 3000.0, 5000.0]


@pytest.mark.parametrize(("name", "count"), [("alcohol", 63), ("dairy", 52), ("vehicles", 439)])
def test_the_lists_of_section_338_hold_as_many_codes_as_the_proclamations_say(name: str, count: int) -> None:
    lists = {"alcohol": "s338_ca_alcohol_list", "dairy": "s338_ca_dairy_list", "vehicles": "s338_ca_motor_vehicle_list"}
    prefix, start, _ = compiled_rows(lists[name])
    assert len(set(prefix[start == date(2026, 8, 22).toordinal()])) == count


@pytest.mark.shared
@pytest.mark.parametrize("question", QUESTIONS, ids=[one["id"] for one in QUESTIONS])
def test_the_stack_names_what_applies_at_zero_and_what_only_comes_near(question: dict) -> None:
    found = duty(
        importer=question["importer"],
        exporter=question["exporter"],
        hs=question["hs"],
        date=question["date"],
        known=question.get("known_on"),
        facts=question["facts"],
    )
    applying = {one.measure for one in found.stack if one.applies}
    beside = {one.measure for one in (*found.stack, *found.near) if not one.applies}
    for one in question["stack"]:
        assert one["measure"] in (applying if one.get("applies", True) else beside)
