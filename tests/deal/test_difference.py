"""The law against a deal, and a deal against another, in the words of their clauses."""

from __future__ import annotations

from datetime import date

import pytest

from reciprocity.deal import Deal
from reciprocity.deal.apply import apply
from reciprocity.regime import regime_on
from reciprocity.regime.diff import compare

DAY = date(2025, 10, 20)
US = "the United States"
WHOLE = "takes its whole duty on"
ALL_IN = "holds its duties, all in, on"


def tonnes(value: float) -> dict:
    return {"value": value, "unit": "tonnes", "source": "s"}


def sentences(*clauses: dict, against: tuple[dict, ...] = ()) -> list[str]:
    """What is said of clauses put over the law, or over the law with others."""
    first, second = (apply(_deal(rows), regime_on(DAY)) for rows in (against, clauses))
    told = compare(first, second, importer="USA", exporter="CAN").words()
    return [one.strip() for one in told if one.strip().startswith("Clause ")]


def _deal(rows: tuple[dict, ...]) -> Deal:
    told = {"importer": "USA", "exporter": "CAN", "statement": "s", "source": "a paper."}
    return Deal.model_validate({"title": "t", "sides": ["CAN", "USA"], "clause": [{**told, **row} for row in rows]})


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (
            {"kind": "tariff", "products": ["7208", "7210"], "rate": 0.15, "measures": ["us.232.steel"]},
            "sets the section 232 duty on steel on goods of HS 7208 and 7210 from Canada at 15%",
        ),
        (
            {"kind": "cap", "sector": "ALUM", "rate": 0.15},
            f"{ALL_IN} aluminum from Canada to at most 15%",
        ),
        (
            {"kind": "lift", "products": ["s232_softwood"], "measures": ["us.232.wood"]},
            "lifts the section 232 duty on lumber on goods of the list s232_softwood from Canada",
        ),
        (
            {"kind": "quota", "products": ["8703"], "rate": 0.025, "share": 0.8},
            f"{ALL_IN} 80% of 2024 trade of goods of HS 8703 from Canada to at most 2.5%",
        ),
        (
            {"kind": "quota", "products": ["74"], "rate": 0.05, "volume": tonnes(5.0), "traded": tonnes(10.0)},
            f"{ALL_IN} 5 tonnes a year, 50% of 2024 trade, of goods of HS 74 from Canada to at most 5%",
        ),
        (
            {"kind": "content", "products": ["8704"], "content": 0.4},
            f"{WHOLE} goods of HS 8704 from Canada only on the value that is not of {US}, 60% on average",
        ),
        (
            {"kind": "remission", "products": ["72"], "share": 0.5},
            "gives back its whole duty on 50% of 2024 trade of goods of HS 72 from Canada",
        ),
        ({"kind": "ban", "products": ["0404"]}, "forbids imports of goods of HS 0404 from Canada"),
        (
            {"kind": "add", "products": ["9503"], "rate": 0.1},
            "adds 10% to its duties on goods of HS 9503 from Canada",
        ),
    ],
)
def test_a_clause_is_told_as_it_reads(clause: dict, words: str) -> None:
    assert sentences({"id": "it", **clause}) == [f"Clause it begins: {US} {words}. Source: a paper."]


def test_two_deals_are_told_by_what_ends_and_what_begins() -> None:
    low, high = ({"id": "it", "kind": "cap", "sector": "ALUM", "rate": rate} for rate in (0.1, 0.2))
    first, second = sentences(high, against=(low,))
    assert {first.split(":")[0], second.split(":")[0]} == {"Clause it begins", "Clause it ends"}
    assert "at most 10%" in first + second
    assert "at most 20%" in first + second
