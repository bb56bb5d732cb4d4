"""Quotas whose licences somebody has, taxes on exports, bans: at a table, in a deal, and in what clauses are worth."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from economies import random_economy
from reciprocity import flow, solve
from reciprocity.deal import AddTariff, Ban, CapTariff, Deal, ExportTax, Investment, LiftMeasures, Quota, TradeCost
from reciprocity.errors import InputError
from reciprocity.negotiation import Explorer, agenda, best_reply, export_taxes, joined, side, tariffs
from reciprocity.negotiation.attribution import MOST_EXACT, attribute
from reciprocity.negotiation.sitting import sit
from reciprocity.negotiation.table import Table
from reciprocity.report.offline.payload import payload
from reciprocity.scenario import stand

DAY = date(2025, 10, 8)
SAID = {"statement": "a test", "source": "a test"}
ON_CANADA = {"importer": "USA", "exporter": "CAN", **SAID}


def quota(share: float, rent: float | None, **changes) -> Quota:
    content = {"id": "steel", "kind": "quota", "sector": "STEEL", "rate": 0.0, "share": share, "exporter_rent": rent}
    return Quota(**{**content, **ON_CANADA, **changes})


def worth(*clauses) -> dict[str, float]:
    deal = Deal(title="a test", sides=("CAN", "USA"), clause=clauses)
    outcome = flow.value(deal, on=DAY, horizons=("long",)).outcome
    return {code: outcome.country(code).real_income_musd for code in ("CAN", "USA")}


def test_who_has_the_licences_decides_who_gains() -> None:
    auctioned, shared, given = (worth(quota(0.8, rent)) for rent in (0.0, 0.5, 1.0))
    assert auctioned["USA"] > 0 > given["USA"]
    assert auctioned["USA"] > shared["USA"] > given["USA"]
    assert auctioned["CAN"] < shared["CAN"] < given["CAN"]
    assert sum(auctioned.values()) == pytest.approx(sum(given.values()), rel=0.05)


def test_a_quota_nobody_fills_is_the_inside_rate_for_all() -> None:
    """Far more than is traded: no licence is worth anything, whoever has it."""
    free = worth(quota(1.0, None))
    for rent in (0.0, 1.0):
        assert worth(quota(10.0, rent)) == pytest.approx(free, rel=1e-6, abs=1e-3)


def test_a_quota_of_nothing_is_the_law() -> None:
    assert worth(quota(1e-7, 0.0)) == pytest.approx({"CAN": 0.0, "USA": 0.0}, abs=0.05)


def test_a_tax_on_exports_is_the_importer_s_duty_but_for_who_keeps_it() -> None:
    """Canada's tax on power and an American duty of the same size move trade alike; the money goes the other way."""
    tax = ExportTax(id="tax", kind="export_tax", exporter="CAN", importer="USA", sector="POWER", rate=0.1, **SAID)
    duty = AddTariff(id="duty", kind="add", sector="POWER", rate=0.1, **ON_CANADA)
    assert worth(tax)["CAN"] > worth(duty)["CAN"]
    assert worth(tax)["USA"] < worth(duty)["USA"]


def test_the_page_that_has_no_such_model_refuses_the_deal() -> None:
    deal = Deal(title="a test", sides=("CAN", "USA"), clause=(quota(0.5, 1.0),))
    with pytest.raises(InputError, match="taxes on exports"):
        payload(flow.value(deal, on=DAY, horizons=("long",)))


def everything() -> tuple:
    """One clause of every kind that moves prices, quantities or money."""
    return (
        quota(0.8, 0.3),
        quota(0.6, None, id="aluminum", sector="ALUM"),
        Ban(id="ban", kind="ban", sector="COAL", **ON_CANADA),
        CapTariff(id="cars", kind="cap", sector="AUTO", rate=0.1, **ON_CANADA),
        LiftMeasures(id="lift", kind="lift", importer="CAN", exporter="USA", measures=("ca.surtax.metals",), **SAID),
        ExportTax(id="tax", kind="export_tax", exporter="CAN", importer="USA", sector="POWER", rate=0.05, **SAID),
        Investment(id="pledge", kind="investment", investor="CAN", host="USA", amount_busd=20.0, years=5, **SAID),
    )


@pytest.fixture(scope="module")
def whole():
    standing = stand(DAY, None, flow.elasticities(None).name, "long")
    deal = Deal(title="everything", sides=("CAN", "USA"), clause=everything())
    return standing, deal, attribute(standing, deal, DAY)


def test_values_of_every_kind_add_up_in_any_order(whole) -> None:
    standing, deal, found = whole
    assert found.method == "shapley"
    outcome = flow.value(deal, on=DAY, horizons=("long",)).outcome
    for code in deal.sides:
        total = sum(found.of(code).values())
        assert total == pytest.approx(outcome.country(code).real_income_change, abs=1e-9)
    turned = deal.model_copy(update={"clauses": tuple(reversed(deal.clauses))})
    other = attribute(standing, turned, DAY)
    for code in deal.sides:
        for clause, value in found.of(code).items():
            assert other.of(code)[clause] == pytest.approx(value, abs=1e-9)


def test_beyond_twelve_clauses_the_path_is_taken_and_adds_up(whole) -> None:
    standing, deal, exact = whole
    more = tuple(
        TradeCost(
            id=f"road-{k}", kind="trade_cost", importer="USA", exporter="CAN", sector=sector, change=-0.001, **SAID
        )
        for k, sector in enumerate(("FOOD", "WOOD", "PAPER", "CHEM", "MACH", "RUBPL"))
    )
    longer = deal.model_copy(update={"clauses": (*deal.clauses, *more)})
    found = attribute(standing, longer, DAY)
    assert len(longer.clauses) > MOST_EXACT
    assert found.method == "aumann-shapley"
    np.testing.assert_allclose(found.change.sum(axis=0), found.total, atol=1e-12)
    for code in deal.sides:
        for clause, value in exact.of(code).items():
            assert found.of(code)[clause] == pytest.approx(value, abs=3e-5)


def test_a_quota_s_slope_at_a_table_is_its_difference() -> None:
    content = {key: value for key, value in quota(0.8, 0.5).model_dump().items() if key != "share" and value}
    one = {"low": 0.1, "high": 1.0, "whole": False, "clause": {**content, "kind": "quota", "rate": 0.0}}
    lift = {
        "id": "lift",
        "kind": "lift",
        "importer": "CAN",
        "exporter": "USA",
        "measures": ["ca.surtax.metals"],
        **SAID,
    }
    both = (one, {"low": 0.0, "high": 1.0, "whole": True, "clause": lift})
    table = Table(title="a test", sides=("CAN", "USA"), on=DAY, instrument=both)
    x = np.array([0.6, 1.0])
    sitting = sit(table, around=x)
    walk = sitting.explorer()
    spot = walk.spot(x)
    np.testing.assert_allclose(spot.values, sitting.values(sitting.world(sitting.deal_at(x))), atol=3e-7)
    slope = walk.slopes(spot)[:, 0]
    step = np.array([0.01, 0.0])
    ends = [sitting.values(sitting.world(sitting.deal_at(x + sign * step))) for sign in (1, -1)]
    np.testing.assert_allclose(slope, (ends[0] - ends[1]) / 0.02, rtol=0.1, atol=2e-6)


def test_a_tax_on_all_exports_is_a_duty_on_all_imports() -> None:
    """Lerner's symmetry, on a world whose accounts balance and whose first country takes no duties at first."""
    economy = random_economy(3, deficits=False)
    n = len(economy.regions)
    duty, tax = economy.tariff.copy(), np.zeros_like(economy.tariff)
    duty[0] = 0.0
    before = solve(economy, tariff=duty)
    duty[0, 1:], free = 0.2, duty.copy()
    tax[1:, 0] = 0.2
    by_duty, by_tax = solve(economy, tariff=duty), solve(economy, tariff=free, export_tax=tax)
    change = by_duty.welfare_hat / before.welfare_hat
    np.testing.assert_allclose(by_tax.welfare_hat / before.welfare_hat, change, rtol=1e-8)
    assert n == len(change)


def test_duties_and_taxes_together_are_searched_with_one_route_left_out() -> None:
    """With the largest export untaxed the best reply is found, and nothing is lost by leaving it out."""
    economy = random_economy(3, deficits=False)
    mine = tariffs(economy, "R0", high=4.0)
    taxes = export_taxes(economy, "R0", high=4.0)
    assert len(taxes) == len(export_taxes(economy, "R0", high=4.0, anchored=False)) - 1
    sides = (side(economy, "R0"),)
    alone, both = best_reply(economy, "R0", mine), best_reply(economy, "R0", joined([mine, taxes]))
    assert both.certificate.holds
    assert both.gain >= alone.gain - 1e-9
    x = both.x
    walk = Explorer(agenda(economy, joined([mine, taxes])), sides)
    slope = walk.slopes(walk.spot(np.clip(x, 0.02, 0.4)))[0]
    k = len(mine)
    step = np.zeros(len(x))
    step[k] = 1e-4
    at = np.clip(x, 0.02, 0.4)
    moved = (walk.spot(at + step).values[0] - walk.spot(at - step).values[0]) / 2e-4
    assert slope[k] == pytest.approx(moved, rel=1e-3, abs=1e-7)
