"""What negotiation takes on the shipped 21 x 40 table, counted; and its answers held against random deals."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from economies import random_economy
from reciprocity.economy import default
from reciprocity.model.shock import Shock
from reciprocity.negotiation import (
    Explorer,
    agenda,
    bargain,
    best_reply,
    frontier,
    joined,
    nash,
    side,
    tariffs,
)
from reciprocity.negotiation.answers import answer_bargain

LARGEST = 10
"""Sectors of either side, the largest of its imports from the other."""


def twenty_tariffs() -> Explorer:
    """Canada and the United States over twenty sector tariffs, each with duties on the other."""
    economy = default()
    ends = {"CAN": "USA", "USA": "CAN"}
    law, parts = economy.tariff.copy(), []
    for one, other in ends.items():
        n, i = economy.regions.index(one), economy.regions.index(other)
        flow = economy.trade_share[n, i] * economy.expenditure[n]
        sectors = [economy.sectors[k] for k in np.argsort(-flow)[:LARGEST]]
        law[n, i] = np.maximum(law[n, i], 0.05 if one == "CAN" else 0.1)
        parts.append(tariffs(economy, one, exporters=[other], sectors=sectors, high=0.6))
    sides = tuple(side(economy, one) for one in ends)
    return Explorer(agenda(economy, joined(parts), law=Shock(tariff=law)), sides)


@cache
def _threat() -> tuple[float, ...]:
    return tuple(twenty_tariffs().law().values)


@pytest.mark.parametrize(("rule", "solves"), [("nash", 20), ("egalitarian", 22), ("kalai-smorodinsky", 40)], ids=str)
def test_a_bargain_over_twenty_tariffs_takes_few_solves(rule: str, solves: int) -> None:
    explorer = twenty_tariffs()
    found = bargain(explorer, np.array(_threat()), rule=rule)  # type: ignore[arg-type]
    assert found.acceptable
    assert found.surplus.min() > 0
    assert found.certificate.holds, found.certificate
    assert found.certificate.agreement < 1e-7
    assert explorer.solves <= solves


def test_a_frontier_of_twenty_one_points_takes_few_solves_a_point() -> None:
    explorer = twenty_tariffs()
    found = frontier(explorer, np.array(_threat()), points=21)
    assert found.certificate.holds, found.certificate
    assert found.certificate.slope < 1e-4
    assert found.certificate.agreement < 1e-7
    assert explorer.solves <= 105
    assert np.all(np.diff(found.surplus[:, 0]) < 0)
    assert np.all(np.diff(found.surplus[:, 1]) > 0)
    assert found.surplus.min() > -1e-8


def test_the_best_reply_over_all_partners_and_goods_takes_few_solves() -> None:
    reply = best_reply(default(), "USA")
    assert reply.certificate.holds
    assert reply.certificate.solves <= 25
    assert reply.certificate.deviation_gain < 1e-12


def test_the_war_of_all_twenty_one_regions_ends_where_nobody_gains_by_leaving() -> None:
    economy = default()
    found = nash(economy, economy.regions)
    assert found.certificate.holds
    assert found.certificate.deviation_gain < 1e-9
    assert found.certificate.solves <= 130
    assert float(np.median(found.welfare_change)) < 0  # the prisoners' dilemma


def test_no_random_deal_out_of_ten_thousand_is_better_for_both_than_a_frontier_point() -> None:
    """Every deal drawn leaves one side at or below what the frontier gives it where the other gets as much."""
    economy = random_economy(0)
    tariff = economy.tariff.copy()
    tariff[0, 1] = tariff[1, 0] = 0.5
    parts = [tariffs(economy, "R0", exporters=["R1"], high=0.6), tariffs(economy, "R1", exporters=["R0"], high=0.6)]
    explorer = Explorer(
        agenda(economy, joined(parts), law=Shock(tariff=tariff)), (side(economy, "R0"), side(economy, "R1"))
    )
    values = np.array([spot.values for spot in frontier(explorer, explorer.law().values, held=False).spots])
    on, draw = explorer.agenda.instruments, np.random.default_rng(7)
    dominated = 0
    for x in draw.uniform(on.low, on.high, (10_000, len(on))):
        other = explorer.spot(x).values
        dominated += bool((values < other - 1e-9).all(axis=1).any())
    assert dominated == 0


GOODS = ("AUTO", "CHEM", "MACH", "REFINE", "OILGAS", "FOOD", "FABMET", "RUBPL", "ELEC", "AGR")
CLAUSE = """
[[instrument]]
id = "{id}"
kind = "tariff"
importer = "{one}"
exporter = "{other}"
sector = "{sector}"
low = 0.0
high = 0.6
statement = "t"
source = "t"
"""


def twenty_in_a_file(folder: Path) -> Path:
    """Twenty clauses of a table, each setting one duty on a sector whose goods owe several under the law."""
    text = 'title = "Twenty"\nsides = ["CAN", "USA"]\non = 2025-10-08\n'
    for one, other in (("CAN", "USA"), ("USA", "CAN")):
        for sector in GOODS:
            text += CLAUSE.format(id=f"{one}-{sector}".lower(), one=one, other=other, sector=sector)
    path = folder / "twenty.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("rule", "solves"), [("nash", 30), ("egalitarian", 35), ("kalai-smorodinsky", 60)], ids=str)
def test_a_table_of_twenty_tariffs_takes_few_solves_too(rule: str, solves: int, tmp_path: Path) -> None:
    answer = answer_bargain(twenty_in_a_file(tmp_path), rule=rule)  # type: ignore[arg-type]
    assert answer["acceptable"]
    assert answer["certificate"]["holds"]
    assert answer["certificate"]["solves"] <= solves
    assert answer["certificate"]["agreement"] < 1e-7
    assert answer["certificate"]["law_gap"] < 3e-6
