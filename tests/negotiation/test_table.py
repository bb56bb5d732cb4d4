"""Tables as files, and what is answered at them: through the law itself, on the shipped economy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reciprocity import InputError, flow
from reciprocity.deal import read_deal
from reciprocity.deal.write import deal_text
from reciprocity.negotiation.answers import answer_bargain, answer_frontier
from reciprocity.negotiation.exchange import answer_exchange
from reciprocity.negotiation.sitting import sit
from reciprocity.negotiation.table import case_tables, find_table, read_table
from reciprocity.negotiation.unilateral import answer_best_reply

TABLE = "metals_for_energy"


@pytest.fixture(scope="module")
def bargained() -> dict:
    return answer_bargain(TABLE, threat="law")


@pytest.mark.parametrize("name", sorted(case_tables()))
def test_every_shipped_table_is_read_and_sat_at(name: str) -> None:
    table, _ = find_table(name)
    sitting = sit(table)
    assert len(sitting.instruments) == len(table.open)
    assert set(sitting.instruments.givers) == set(table.sides)


def test_a_bargain_over_the_law_leaves_both_better_off_and_its_file_says_so(bargained: dict, tmp_path: Path) -> None:
    assert bargained["acceptable"]
    assert bargained["certificate"]["holds"]
    file = tmp_path / "deal.toml"
    file.write_text(bargained["deal"]["toml"], encoding="utf-8")
    deal = read_deal(file)
    assert deal.sha256 == bargained["deal"]["sha256"]
    outcome = flow.value(deal, on=find_table(TABLE)[0].on, horizons=("long",)).outcome
    for code, side in bargained["sides"].items():
        assert side["surplus"] > 0
        assert outcome.country(code).real_income_change == pytest.approx(side["real_income_change"], abs=1e-12)
        assert outcome.country(code).real_income_musd == pytest.approx(side["surplus_musd"], abs=0.01)


def test_the_law_itself_agrees_with_the_sitting_and_nothing_near_is_better(bargained: dict) -> None:
    """Nash's product, asked of the law and not of the sitting, is no higher at 40 deals around."""
    assert bargained["certificate"]["law_gap"] < 2e-5
    table, _ = find_table(TABLE)
    sitting = sit(table)
    law = sitting.values(sitting.standing.equilibrium)
    x = np.array([term["value"] for term in bargained["terms"]])
    product = np.prod([side["surplus"] for side in bargained["sides"].values()])
    draw = np.random.default_rng(5)
    for _ in range(40):
        other = np.clip(x + draw.normal(0, [0.05, 0.05, 50.0, 0.0]), sitting.instruments.low, sitting.instruments.high)
        gain = sitting.values(sitting.world(sitting.deal_at(other))) - law
        assert np.prod(np.maximum(gain, 0.0)) <= product * 1.002


def test_a_tariff_war_is_no_threat_this_table_can_buy_off() -> None:
    answer = answer_bargain(TABLE, threat="nash")
    assert answer["threat"]["sides"]["USA"]["over_law"] > 0
    assert not answer["acceptable"]
    assert answer["deal"] is None
    assert answer["nearest"] is not None
    assert answer["apart"]["missing"]["USA"] > 1e-5


def test_the_missing_clause_is_exact() -> None:
    answer = answer_exchange(TABLE, {"pipeline": 830.0}, ["steel", "aluminum"], split=0.5)
    assert answer["status"] == "found"
    musd = {code: side["surplus_musd"] for code, side in answer["sides"].items()}
    assert musd["CAN"] == pytest.approx(musd["USA"], rel=1e-6)
    worth = answer["marginal"]["worth_musd"]
    rate = answer["marginal"]["rates"]["CAN"]["steel"]["aluminum"]
    assert rate == pytest.approx(-worth["steel"]["CAN"] / worth["aluminum"]["CAN"])


def test_the_frontier_holds_the_chosen_deal_between_its_ends() -> None:
    answer = answer_frontier(TABLE, points=7)
    line = np.array([[p["surplus"]["CAN"], p["surplus"]["USA"]] for p in answer["points"]])
    assert np.all(np.diff(line[:, 0]) < 0)
    assert np.all(np.diff(line[:, 1]) > 0)
    assert line[-1, 0] < answer["chosen"]["CAN"] < line[0, 0]
    at = np.interp(-answer["chosen"]["CAN"], -line[:, 0], line[:, 1])
    assert answer["chosen"]["USA"] == pytest.approx(at, abs=5e-6)


def test_a_best_reply_gains_and_its_deal_is_valued_alike(tmp_path: Path) -> None:
    answer = answer_best_reply(TABLE, "USA")
    assert answer["sides"]["USA"]["surplus"] > 0 > answer["sides"]["CAN"]["surplus"]
    file = tmp_path / "alone.toml"
    file.write_text(answer["deal"]["toml"], encoding="utf-8")
    outcome = flow.value(read_deal(file), on=find_table(TABLE)[0].on, horizons=("long",)).outcome
    change = answer["sides"]["USA"]["real_income_change"]
    assert outcome.country("USA").real_income_change == pytest.approx(change, rel=2e-3)


def test_a_deal_written_reads_back_as_itself(tmp_path: Path) -> None:
    from reciprocity.deal.cases import case_deals

    for path in case_deals().values():
        deal, file = read_deal(path), tmp_path / path.name
        file.write_text(deal_text(deal), encoding="utf-8")
        assert read_deal(file) == deal


BAD = """
title = "x"
sides = ["CAN", "USA"]
on = 2025-10-08
threat = "nahs"
power = { MEX = 0.5 }

[[instrument]]
id = "steel"
kind = "cap"
importer = "USA"
exporter = "CAN"
sector = "STEEL"
low = 0.5
high = 0.2
statement = "s"
source = "s"

[[instrument]]
id = "b"
kind = "tarif"

[[instrument]]
id = "c"
kind = "tariff"
importer = "USA"
exporter = "CAN"
sector = "stel"
low = 0.0
high = 25
statement = "s"
source = "s"
"""


def test_every_fault_of_a_table_is_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(BAD, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table(file)
    words = str(caught.value)
    for expected in (
        "0.5 is not below high, 0.2",
        "'tarif' is not a kind",
        "Did you mean 'tariff'",
        "'stel'",
        "25 is not",
    ):
        assert expected in words
    good = BAD.replace("low = 0.5\nhigh = 0.2", "low = 0.0\nhigh = 0.2").replace('tarif"', 'lift"')
    good = good.split('[[instrument]]\nid = "b"')[0]
    file.write_text(good, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table(file)
    words = str(caught.value)
    for expected in ("'nahs' is not a threat point", "power.MEX", "CAN gives nothing"):
        assert expected in words


def test_unknown_clauses_and_values_out_of_bounds_are_said() -> None:
    with pytest.raises(InputError, match="'stel' is not on the table"):
        answer_exchange(TABLE, {"stel": 0.1})
    with pytest.raises(InputError, match="outside its bounds"):
        answer_exchange(TABLE, {"steel": 0.9})
    with pytest.raises(InputError, match="Ask one side at a time"):
        answer_exchange(TABLE, {"steel": 0.1, "pipeline": 10.0})
    with pytest.raises(InputError, match="is neither a file nor a table"):
        find_table("metals")
    with pytest.raises(InputError, match="not told by this table"):
        answer_bargain("cusma_renewal", threat="announced")
