"""A deal file is read whole or refused whole, with every fault named by its key."""

from __future__ import annotations

from datetime import date

import pytest

from reciprocity import labels
from reciprocity.deal import SetTariff, in_words, read_deal
from reciprocity.deal.cases import case_deals, find_deal, shipped_deals
from reciprocity.errors import InputError

GOOD = """
title = "Steel at a quarter"
sides = ["Canada", "US"]

[[clause]]
id = "steel"
kind = "tariff"
importer = "United States"
exporter = "CA"
sector = "acier"
rate = 0.25
from = 2025-10-15
until = 2026-01-01
statement = "an offer"
source = "a page"
"""


def written(tmp_path, text, name="deal.toml"):
    path = tmp_path / name
    path.write_text(text)
    return path


def faults(tmp_path, text) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_deal(written(tmp_path, text))
    assert caught.value.exit_status == 2
    return [str(fault) for fault in caught.value.faults]


def test_names_people_write_become_codes(tmp_path):
    deal = read_deal(written(tmp_path, GOOD))
    clause = deal.clauses[0]
    assert deal.sides == ("CAN", "USA")
    assert (clause.importer, clause.exporter, clause.sector, clause.rate) == ("USA", "CAN", "STEEL", 0.25)
    words = in_words(clause)
    assert words.startswith("the United States sets its whole duty on iron and steel from Canada at 25%")
    assert words.endswith("from 2025-10-15 until 2026-01-01")


def test_dates_are_half_open(tmp_path):
    deal = read_deal(written(tmp_path, GOOD))
    in_force = [
        bool(deal.in_force(date.fromisoformat(day))) for day in ("2025-10-14", "2025-10-15", "2025-12-31", "2026-01-01")
    ]
    assert in_force == [False, True, True, False]


def test_equal_content_is_equal_whatever_the_layout(tmp_path):
    one = read_deal(written(tmp_path, GOOD))
    other = read_deal(written(tmp_path, "# a remark\n" + GOOD.replace('"acier"', '"steel"')))
    assert one == other
    assert one.sha256 == other.sha256
    assert one.sha256 != read_deal(written(tmp_path, GOOD.replace("0.25", "0.26"))).sha256


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"acier"',
            '"stel"',
            "clause[1].sector: 'stel' is not a sector. Did you mean 'steel'? See `reciprocity economy sectors`.",
        ),
        ("0.25", "25", "clause[1].rate: 25 is not a fraction. A tariff of 25% is written 0.25."),
        ("0.25", "-0.1", "clause[1].rate: -0.1 is below zero"),
        ("0.25", "nan", "clause[1].rate: nan: should be a finite number"),
        ("2026-01-01", "2025-01-01", "clause[1].until: 2025-01-01 is not after the start 2025-10-15"),
        ('"CA"', '"Atlantis"', "clause[1].exporter: 'Atlantis' is not a region"),
        ('"CA"', '"FRA"', "clause[1].exporter: 'FRA' stands inside EU27 in this economy"),
        ('"CA"', '"USA"', "clause[1].exporter: USA is the importer too"),
        ('kind = "tariff"', 'kind = "tarif"', "clause[1].kind: 'tarif' is not a kind"),
        ('kind = "tariff"', "", "clause[1].kind: is missing"),
        ('source = "a page"', "", "clause[1].source: is missing"),
        ("rate = 0.25", "rate = 0.25\nratio = 1", "clause[1].ratio: is not a key of this table. Its keys are id, from"),
        ('sector = "acier"', 'sector = "acier"\nproducts = ["7208"]', "clause[1].products: given beside a sector"),
        ('sector = "acier"', 'products = ["7"]', "clause[1].products: '7' is not an HS code"),
        ('["Canada", "US"]', '["Canada", "CAN"]', "sides: CAN is both"),
    ],
)
def test_each_fault_names_file_key_and_remedy(tmp_path, old, new, said):
    found = faults(tmp_path, GOOD.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(f"{tmp_path / 'deal.toml'}: {said}")


def test_all_faults_come_at_once(tmp_path):
    found = faults(
        tmp_path, GOOD.replace('"acier"', '"stel"').replace("0.25", "25").replace("2026-01-01", "2020-01-01")
    )
    assert len(found) == 3


def test_a_clause_id_twice_is_a_fault(tmp_path):
    clause = GOOD[GOOD.index("[[clause]]") :]
    assert "'steel' is there twice" in faults(tmp_path, GOOD + clause)[0]


@pytest.mark.parametrize(
    "content", [b"title = ", b"\xff\xfe\x00", b"PK\x03\x04"], ids=["cut short", "not UTF-8", "not TOML"]
)
def test_a_file_that_is_not_toml_says_so(tmp_path, content):
    path = tmp_path / "deal.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"deal\.toml: is not (whole TOML|UTF-8)"):
        read_deal(path)


def test_an_absent_file_says_so(tmp_path):
    with pytest.raises(InputError, match=r"none\.toml: cannot be read: No such file"):
        read_deal(tmp_path / "none.toml")


def test_a_case_is_found_by_name_and_a_typo_is_not():
    assert {"metals_for_energy", "cusma_as_written", "cusma_lapses"} <= set(case_deals())
    deal, path = find_deal("metals_for_energy")
    assert deal.id == path.stem == "metals_for_energy"
    with pytest.raises(InputError, match="Did you mean 'metals_for_energy'"):
        find_deal("metal_for_energy")


def test_precedents_are_deals_to_begin_from_and_say_that_they_are():
    named = {name for name, (_, case) in shipped_deals().items() if case == "precedents"}
    assert named == {
        "allied_ceiling", "aluminum_for_smelters", "metals_monitored", "swiss_framework", "uk_metals_and_cars",
    }  # fmt: skip
    for name, (deal, case) in shipped_deals().items():
        assert deal.title.startswith("Precedent: ") == (case == "precedents"), name


def test_the_precedent_of_2019_frees_metals_up_to_past_trade_and_lifts_the_answer():
    """Joint statement of 2019-05-17: both sides lift; beyond historic volumes the duty may come back."""
    metals, answer = find_deal("metals_monitored")[0].clauses
    assert (metals.rate, metals.share) == (0.0, 1.0)
    assert in_words(answer).startswith("Canada lifts")


def test_capacity_is_what_its_figures_say():
    """830 of 4,100 thousand barrels a day, 92.5% of the sector, 8 of 64.27 dollars saved: worked out by hand."""
    deal, _ = find_deal("metals_for_energy")
    pipeline = next(clause for clause in deal.clauses if clause.id == "pipeline")
    assert pipeline.cost_change == pytest.approx(-0.0233087, abs=1e-7)


def test_every_region_of_the_economy_can_be_party_to_a_clause() -> None:
    """Some codes are those of a member too: CHN, AUS and ROW name the whole region."""
    for one in labels.regions():
        other = "USA" if one.code == "CAN" else "CAN"
        clause = SetTariff(kind="tariff", id="a", importer=other, exporter=one.code, sector="STEEL", rate=0.1,
                           statement="t", source="t")  # fmt: skip
        assert clause.exporter == one.code
