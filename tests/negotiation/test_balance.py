"""What would balance a deal: held to the law itself, not to what it gave before."""

from __future__ import annotations

from datetime import date

import pytest

from reciprocity.deal import CapTariff, Deal, EndPreference, Investment
from reciprocity.flow import balance, value

DAY = date(2025, 10, 8)
SAID = {"statement": "made up", "source": "made up"}


def cap(name: str, importer: str, sector: str, rate: float) -> CapTariff:
    exporter = "CAN" if importer == "USA" else "USA"
    return CapTariff(id=name, kind="cap", importer=importer, exporter=exporter, sector=sector, rate=rate, **SAID)


def pledge(busd: float) -> Investment:
    return Investment(id="pledge", kind="investment", investor="CAN", host="USA", amount_busd=busd, years=1, **SAID)


def put(deal: Deal, way: dict) -> Deal:
    """The deal with the terms of a way, written by hand."""
    moved = {one["id"]: one for one in way["clauses"]}
    keys = {"cap": "rate", "investment": "amount_busd"}
    clauses = []
    for one in deal.clauses:
        if one.id not in moved:
            clauses.append(one)
        elif not moved[one.id]["left_out"]:
            clauses.append(one.model_copy(update={keys[one.kind]: moved[one.id]["after"]}))
    return deal.model_copy(update={"clauses": tuple(clauses)})


@pytest.fixture(scope="module")
def losing() -> Deal:
    """Canada pays far more than the duty it is spared is worth."""
    return Deal(title="a pledge for steel", sides=("CAN", "USA"), clause=(cap("steel", "USA", "STEEL", 0.1), pledge(5)))


def test_the_losing_side_is_made_whole_by_one_clause(losing):
    found = balance(value(losing, on=DAY, horizons=("long",)))
    assert (found["goal"], found["side"]) == ("whole", "CAN")
    assert [one["id"] for one in found["ways"][0]["clauses"]] == ["pledge"]
    assert found["ways"][0]["clauses"][0]["unit"] == "billion USD"
    again = value(put(losing, found["ways"][0]), on=DAY, horizons=("long",)).outcome
    assert abs(again.country("CAN").real_income_change) < 1e-9
    assert again.country("USA").real_income_change == pytest.approx(
        found["ways"][0]["sides"]["USA"]["real_income_change"], abs=1e-11
    )
    assert again.country("USA").real_income_change > 0


def test_the_gain_is_shared_evenly_in_money():
    deal = Deal(title="steel", sides=("CAN", "USA"), clause=(cap("steel", "USA", "STEEL", 0.1), pledge(0.3)))
    found = balance(value(deal, on=DAY, horizons=("long",)))
    assert found["goal"] == "share"
    for way in found["ways"]:
        again = value(put(deal, way), on=DAY, horizons=("long",)).outcome
        gains = [again.country(code).real_income_musd for code in deal.sides]
        assert gains[0] == pytest.approx(gains[1], rel=1e-6)
        assert min(gains) > 0


def test_a_payment_does_what_it_says(losing):
    answer = balance(value(losing, on=DAY, horizons=("long",)))
    paid = answer["payment"]
    assert (paid["from"], paid["to"]) == ("USA", "CAN")
    money = Investment(id="paid", kind="investment", investor="USA", host="CAN", amount_busd=paid["musd"] / 1000,
                       years=1, **SAID)  # fmt: skip
    again = value(losing.model_copy(update={"clauses": (*losing.clauses, money)}), on=DAY, horizons=("long",)).outcome
    assert abs(again.country("CAN").real_income_change) < 1e-9


def test_nothing_balances_a_deal_that_only_takes():
    deal = Deal(title="a gift", sides=("CAN", "USA"), clause=(pledge(1),))
    found = balance(value(deal, on=DAY, horizons=("long",)))
    assert found["side"] == "CAN"
    assert found["ways"] == []
    assert found["dear"] or found["short_musd"] > 0


def test_terms_that_ruin_the_other_side_are_no_way():
    end = EndPreference(id="end", kind="end_preference", importer="USA", exporter="CAN", **SAID)
    found = balance(value(Deal(title="it ends", sides=("CAN", "USA"), clause=(end,)), on=DAY, horizons=("long",)))
    assert found["ways"] == []
    assert found["dear"]


def test_a_deal_that_moves_nothing_has_nothing_to_balance():
    deal = Deal(title="idle", sides=("CAN", "USA"), clause=(cap("steel", "USA", "STEEL", 3.9),))
    found = balance(value(deal, on=DAY, horizons=("long",)))
    assert (found["goal"], found["side"], found["ways"], found["payment"]) == ("none", None, [], None)


def test_what_balances_holds_at_the_horizon_asked(losing):
    found = balance(value(losing, on=DAY, horizons=("1y",)))
    assert found["horizon"] == "1y"
    again = value(put(losing, found["ways"][0]), on=DAY, horizons=("1y",)).outcome
    assert abs(again.country(found["side"]).real_income_change) < 1e-9
