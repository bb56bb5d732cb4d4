"""Formulas: each does what it is called, its parameter solves what is asked, and `value` agrees with its deal."""

from __future__ import annotations

from pathlib import Path

import pytest

from reciprocity import InputError, flow
from reciprocity.deal import read_deal
from reciprocity.negotiation.formula import FAMILIES, answer_formula
from reciprocity.negotiation.table import find_table

TABLE = "metals_for_energy"
DAY = find_table(TABLE)[0].on


@pytest.mark.parametrize("family", ["quota", "content", "beyond", "inside"])
def test_a_solved_formula_splits_the_gain_and_value_agrees(family: str, tmp_path: Path) -> None:
    split, share = (0.35 if family == "inside" else 0.5), (0.5 if family == "beyond" else 1.0)
    answer = answer_formula(TABLE, family, split=split, share=share)
    assert answer["status"] == "solved"
    musd = {code: one["surplus_musd"] for code, one in answer["sides"].items()}
    assert musd["CAN"] == pytest.approx(answer["split"] * sum(musd.values()), rel=1e-6)
    file = tmp_path / "deal.toml"
    file.write_text(answer["deal"]["toml"], encoding="utf-8")
    outcome = flow.value(read_deal(file), on=DAY, horizons=("long",)).outcome
    for code, gain in musd.items():
        assert outcome.country(code).real_income_musd == pytest.approx(gain, abs=0.01)


def test_a_quota_of_all_trade_free_of_duty_is_a_ceiling_of_nothing() -> None:
    """Where everything comes in inside, the law beyond is never reached."""
    quota, cap = answer_formula(TABLE, "quota", parameter=1.0), answer_formula(TABLE, "cap", parameter=0.0)
    for code in ("CAN", "USA"):
        assert quota["sides"][code]["surplus"] == pytest.approx(cap["sides"][code]["surplus"], abs=1e-12)


def test_half_inside_free_and_half_beyond_is_charged_the_average() -> None:
    beyond = answer_formula(TABLE, "beyond", parameter=0.2, share=0.5)
    cap = answer_formula(TABLE, "cap", parameter=0.1)
    assert beyond["sides"]["CAN"]["surplus"] == pytest.approx(cap["sides"]["CAN"]["surplus"], abs=1e-12)


def test_half_the_duty_against_capacity_makes_a_side_whole_or_says_it_cannot() -> None:
    """The Canadian side gains by half duties whatever capacity it gives: no part of it makes it whole."""
    none, whole = (answer_formula(TABLE, "half", parameter=part) for part in (0.0, 1.0))
    assert {one["id"] for one in whole["terms"]} - {one["id"] for one in none["terms"]} == {"pipeline"}
    assert all(one["value"] == 0.25 for one in none["terms"] if one["kind"] == "cap")
    answer = answer_formula(TABLE, "half", whole="CAN")
    assert "nearest" in answer["status"]
    assert answer["asked_for"] == "CAN to be made whole"


def test_a_quota_on_the_table_itself_is_set_and_new_burdens_stay_off(tmp_path: Path) -> None:
    source = find_table(TABLE)[1].read_text(encoding="utf-8")
    route = 'importer = "USA"\nexporter = "CAN"\nstatement = "t"\nsource = "t"\n'
    size = '[[instrument]]\nid = "cars"\nkind = "quota"\nsector = "AUTO"\nrate = 0.0\nlow = 0.0\nhigh = 1.0\n'
    tax = '[[instrument]]\nid = "power"\nkind = "export_tax"\nsector = "POWER"\nlow = 0.0\nhigh = 0.2\n'
    file = tmp_path / "more.toml"
    file.write_text(f"{source}\n{size}{route}\n{tax}{route}", encoding="utf-8")
    answer = answer_formula(file, "quota", parameter=0.4)
    by_id = {one["id"]: one["value"] for one in answer["terms"]}
    assert (by_id["cars"], by_id["steel-quota"], by_id["power"]) == (0.4, 0.4, 0.0)


def test_what_a_formula_cannot_do_is_said_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        answer_formula(TABLE, "swis", parameter=2.0, whole="MEX", share=0.0)
    said = str(caught.value)
    assert all(word in said for word in ("Did you mean 'swiss'", "between 0 and 1", "Sides are CAN, USA", "share"))
    source = find_table(TABLE)[1].read_text(encoding="utf-8")
    head, *clauses = source.split("[[instrument]]")
    file = tmp_path / "no_capacity.toml"
    kept = [one for one in clauses if 'id = "pipeline"' not in one]
    route = '\nimporter = "CAN"\nexporter = "USA"\nsector = "COAL"\nstatement = "t"\nsource = "t"\n'
    extra = '\nid = "ban"\nkind = "ban"' + route
    file.write_text("[[instrument]]".join([head, *kept, extra]), encoding="utf-8")
    with pytest.raises(InputError, match="no capacity or investment"):
        answer_formula(file, "half")
    assert set(FAMILIES) == {"cap", "linear", "swiss", "content", "quota", "inside", "beyond", "half"}
