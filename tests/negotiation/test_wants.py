"""What sides want beside income: jobs and earnings in named provinces and states, and tables that ask for them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from economies import random_economy
from reciprocity import InputError, flow
from reciprocity.economy import areas_of
from reciprocity.model.shock import Shock
from reciprocity.negotiation import Explorer, agenda, bargain, joined, package, side
from reciprocity.negotiation.answers import answer_bargain, answer_frontier
from reciprocity.negotiation.bargain import signed_bargain
from reciprocity.negotiation.instruments import bounded
from reciprocity.negotiation.sitting import sit
from reciprocity.negotiation.table import find_table, read_table
from reciprocity.results import by_area

TABLE = """
title = "Aluminum against metals surtaxes"
sides = ["CAN", "USA"]
on = 2025-10-08
{more}

[[instrument]]
id = "aluminum"
kind = "{kind}"
importer = "USA"
exporter = "CAN"
products = ["76"]
measures = ["us.232.aluminum", "us.232.metals"]
{amount}
low = 0.0
high = {high}
statement = "A test."
source = "A test."

[[instrument]]
id = "surtaxes"
kind = "lift"
importer = "CAN"
exporter = "USA"
measures = ["ca.surtax.metals"]
statement = "A test."
source = "A test."
{extra}
"""


def one_more(what: str, *keys: str, importer: str = "USA", exporter: str = "CAN") -> str:
    sides = (f'importer = "{importer}"', f'exporter = "{exporter}"', 'statement = "t"', 'source = "t"')
    return "\n".join([f"[[{what}]]", *keys, *sides, ""])


def table(folder: Path, *, more: str = "", kind: str = "cap", amount: str = "", high: float = 0.5, extra: str = ""):
    path = folder / "a table.toml"
    path.write_text(TABLE.format(more=more, kind=kind, amount=amount, high=high, extra=extra), encoding="utf-8")
    return path


def test_jobs_in_a_province_are_the_change_that_value_tells(tmp_path: Path) -> None:
    """One unit of weight moves the objective by the province's part of all Canadian jobs."""
    plain = sit(read_table(table(tmp_path)))
    wanted = sit(read_table(table(tmp_path, more='wants = {CAN = {jobs_in = {Quebec = 1.0}, source = "a test"}}')))
    deal = plain.deal_at(np.array([0.0, 1.0]))
    worlds = [one.world(deal) for one in (plain, wanted)]
    law = [one.values(one.standing.equilibrium) for one in (plain, wanted)]
    extra = (wanted.values(worlds[1]) - law[1])[0] - (plain.values(worlds[0]) - law[0])[0]
    outcome = flow.value(deal, on=plain.table.on, horizons=("long",)).outcome
    quebec = next(one for one in by_area(outcome, "CAN") if one.code == "QC")
    assert extra == pytest.approx(quebec.jobs_change / areas_of("CAN").jobs.sum(), rel=1e-6)


def test_the_slope_of_wants_by_area_is_their_difference(tmp_path: Path) -> None:
    canada = '{jobs_in = {QC = 0.7}, earnings_in = {ON = 0.4}, source = "t"}'
    more = f'wants = {{CAN = {canada}, USA = {{jobs_in = {{OH = 2.0}}, source = "t"}}}}'
    sitting = sit(read_table(table(tmp_path, more=more)))
    walk = sitting.explorer()
    x, step = np.array([0.2, 0.5]), np.array([1e-4, 0.0])
    slope = walk.slopes(walk.spot(x))[:, 0]
    moved = (walk.spot(x + step).values - walk.spot(x - step).values) / 2e-4
    np.testing.assert_allclose(slope, moved, rtol=2e-3)


def test_a_side_that_wants_jobs_in_quebec_gives_more_for_aluminum(tmp_path: Path) -> None:
    plain = answer_bargain(table(tmp_path))
    wanted = answer_bargain(table(tmp_path, more='wants = {USA = {jobs_in = {IN = 60.0}, source = "assumed"}}'))
    duty = [next(one["value"] for one in answer["terms"] if one["id"] == "aluminum") for answer in (plain, wanted)]
    assert duty[1] > duty[0]
    assert wanted["wants"]["USA"]["jobs_in"] == {"IN": 60.0}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('wants = {CAN = {jobs_in = {Quebex = 1.0}, source = "t"}}', "Quebec"),
        ('wants = {CAN = {jobs_in = {OH = 1.0}, source = "t"}}', "Ohio belongs to USA"),
        ("wants = {CAN = {jobs_in = {QC = 1.0}}}", "without a source"),
    ],
)
def test_wrong_areas_are_refused(more: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read_table(table(tmp_path, more=more))


def test_a_quota_is_bargained_over_by_its_quantity_or_its_rate(tmp_path: Path) -> None:
    size = answer_bargain(table(tmp_path, kind="quota", amount="rate = 0.0", high=1.0))
    assert size["acceptable"]
    assert size["certificate"]["holds"]
    term = next(one for one in size["terms"] if one["id"] == "aluminum")
    assert 0.0 < term["value"] <= 1.0
    assert "of 2024 trade" in term["words"]


def test_a_quota_of_all_trade_is_a_ceiling_on_all_duties_together(tmp_path: Path) -> None:
    def all_in(**asked: str) -> dict:
        path = table(tmp_path, **asked)
        text = path.read_text(encoding="utf-8").replace('measures = ["us.232.aluminum", "us.232.metals"]\n', "")
        path.write_text(text, encoding="utf-8")
        return answer_bargain(path)

    inside, cap = all_in(kind="quota", amount="share = 1.0"), all_in(kind="cap")
    for code in ("CAN", "USA"):
        assert inside["sides"][code]["surplus"] == pytest.approx(cap["sides"][code]["surplus"], abs=2e-7)


def test_a_yes_or_no_clause_is_settled_as_trying_both_would(tmp_path: Path) -> None:
    extra = one_more("instrument", 'id = "coal"', 'kind = "ban"', 'sector = "COAL"', importer="CAN", exporter="USA")
    answer = answer_bargain(table(tmp_path, extra=extra))
    by_id = {one["id"]: one["value"] for one in answer["terms"]}
    assert by_id["coal"] == 0.0
    assert by_id["surtaxes"] == 1.0


def test_branch_and_bound_signs_what_trying_every_set_would() -> None:
    """Three clauses that are signed or not: the answer is the best of all eight ways, each bargained over by itself."""
    sitting = sit(find_table("offer_2026_08_21")[0])
    explorer, threat = sitting.explorer(), sitting.values(sitting.standing.equilibrium)
    on = explorer.agenda.instruments
    found = signed_bargain(explorer, threat)
    whole = np.flatnonzero(on.whole)
    products = []
    for signed in product((0.0, 1.0), repeat=len(whole)):
        low, high = on.low.copy(), on.high.copy()
        low[whole] = high[whole] = signed
        held = replace(explorer.agenda, instruments=bounded(on, low, high))
        one = bargain(Explorer(held, explorer.sides), threat)
        products.append(float(np.prod(one.surplus)) if one.acceptable else 0.0)
    assert float(np.prod(found.surplus)) == pytest.approx(max(products), rel=1e-5)


@pytest.mark.parametrize("rule", ["nash", "kalai-smorodinsky", "egalitarian"])
def test_whole_clauses_that_fight_each_other_are_signed_as_trying_every_set_would(rule: str) -> None:
    """Bans and lifted surtaxes on a small world: five clauses, every set of them valued, the rule's own best among."""
    economy = random_economy(3)
    law = economy.tariff.copy()
    law[0, 1] = law[1, 0] = 0.4
    parts = [
        package(economy, one, name=f"{one}-{goods}", law=law, exporters=[other], sectors=[goods], whole=True)
        for one, other, sectors in (("R0", "R1", ("S0", "S1", "S2")), ("R1", "R0", ("S0", "S1")))
        for goods in sectors
    ]
    explorer = Explorer(
        agenda(economy, joined(parts), law=Shock(tariff=law)), (side(economy, "R0"), side(economy, "R1"))
    )
    threat = explorer.law().values
    gains = np.array([explorer.spot(np.array(way)).values - threat for way in product((0.0, 1.0), repeat=5)])
    willing = gains[(gains > -1e-12).all(axis=1)]
    most = willing.max(axis=0)
    scores = {
        "nash": np.sqrt(np.maximum(gains, 0).prod(axis=1)),
        "egalitarian": gains.min(axis=1),
        "kalai-smorodinsky": (gains / most).min(axis=1),
    }[rule]
    found = signed_bargain(explorer, threat, rule=rule)  # type: ignore[arg-type]
    np.testing.assert_allclose(found.surplus, gains[int(np.argmax(scores))], atol=1e-8)


def test_no_deal_of_a_frontier_signs_a_clause_in_part(tmp_path: Path) -> None:
    """Canada's surtaxes are worth keeping at one end and lifting at the other; in between, one or the other."""
    pledge = """[[instrument]]
id = "pledge"
kind = "investment"
investor = "CAN"
host = "USA"
years = 5
low = 0
high = 25
statement = "t"
source = "t"
"""
    more = 'wants = {CAN = {earnings = {STEEL = 0.5, ALUM = 0.5}, source = "a test"}}'
    answer = answer_frontier(table(tmp_path, more=more, extra=pledge), points=4)
    assert len(answer["points"]) > 1
    assert {round(point["values"]["surtaxes"], 3) for point in answer["points"]} <= {0.0, 1.0}
    gains = [tuple(point["surplus"].values()) for point in answer["points"]]
    assert not any(a[0] > b[0] + 1e-8 and a[1] > b[1] + 1e-8 for a in gains for b in gains)
    assert answer["certificate"]["holds"]


BAN = one_more("instrument", 'id = "none"', 'kind = "ban"', 'products = ["76", "72"]')
TWICE = one_more("clause", 'id = "again"', 'kind = "tariff"', 'products = ["76"]', "rate = 0.1")


@pytest.mark.parametrize(
    ("kind", "extra", "said"),
    [("cap", BAN, "'none' forbids the goods whose duty 'aluminum' sets"), ("tariff", TWICE, "both set the duty")],
)
def test_clauses_that_contradict_are_refused(kind: str, extra: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read_table(table(tmp_path, kind=kind, extra=extra))


def test_shipped_tables_hold_no_contradiction() -> None:
    for name in ("metals_for_energy", "cusma_renewal", "offer_2026_08_21"):
        assert find_table(name)[0].open
