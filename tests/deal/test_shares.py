"""Clauses about a part of trade or value, as a person writes them."""

from __future__ import annotations

from datetime import date

import pytest

from reciprocity.deal import Deal, assumptions, in_words, read_deal
from reciprocity.deal.apply import apply
from reciprocity.deal.write import deal_text
from reciprocity.errors import InputError
from reciprocity.regime import regime_on
from reciprocity.report.clauses import in_words as told
from reciprocity.report.wording import wording
from reciprocity.results import terms
from reciprocity.web.rows import rows_of
from reciprocity.web.state import State, amount_of, with_amount

DAY = date(2025, 10, 8)
HEAD = 'title = "x"\nsides = ["CAN", "USA"]\n'
CLAUSES = """
[[clause]]
id = "cars"
kind = "content"
importer = "USA"
exporter = "CAN"
products = ["8703"]
measures = ["us.232.autos"]
origin = ["USA", "CAN"]
content = 0.55
rate = 0.15
content_source = "a study"
statement = "s"
source = "s"

[[clause]]
id = "trucks"
kind = "content"
importer = "CAN"
exporter = "USA"
products = ["8704"]
content = 0.3
threshold = 0.75
spread = 0.1
rate = 0.0
rate_below = 0.2
statement = "s"
source = "s"

[[clause]]
id = "makers"
kind = "remission"
importer = "CAN"
exporter = "USA"
products = ["8703"]
measures = ["ca.surtax.autos"]
until = 2026-12-31
condition = "while they build in Canada"
statement = "s"
source = "s"

[clause.importers]
"Maker One" = 0.4
Two = 0.2

[[clause]]
id = "steel"
kind = "remission"
importer = "USA"
exporter = "CAN"
sector = "STEEL"
statement = "s"
source = "s"

[clause.volume]
value = 3.3
unit = "million tons"
source = "an offer"

[clause.traded]
value = 6.6
unit = "million tons"
source = "a report"
estimated = true

[[clause]]
id = "papers"
kind = "preference"
importer = "USA"
exporter = "CAN"
utilisation_rate = 0.99
statement = "s"
source = "s"
"""


@pytest.fixture
def deal(tmp_path) -> Deal:
    path = tmp_path / "x.toml"
    path.write_text(HEAD + CLAUSES)
    return read_deal(path)


def faults(tmp_path, text: str) -> list[str]:
    path = tmp_path / "x.toml"
    path.write_text(HEAD + text)
    with pytest.raises(InputError) as caught:
        read_deal(path)
    return [str(fault) for fault in caught.value.faults]


def test_written_and_read_it_is_the_same(deal, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(deal_text(deal))
    assert read_deal(path) == deal


def test_each_says_what_it_does(deal):
    cars, trucks, makers, steel, papers = map(in_words, deal.clauses)
    assert cars.endswith("at 15%, only on the value that is not of the United States and Canada, 45% on average")
    assert "at 0% where 75% of value or more is of Canada, and at 20% otherwise" in trucks
    assert "40% of 2024 trade for Maker One and 20% of 2024 trade for Two" in makers
    assert makers.endswith("while they build in Canada until 2026-12-31")
    assert "gives back its whole duty on 3.3 million tons a year, 50% of 2024 trade, of iron and steel" in steel
    assert papers.startswith("The agreement's preference is claimed on 99% of trade in all goods")


def test_what_is_assumed_is_said(deal):
    said = [" ".join(assumptions(clause)) for clause in deal.clauses]
    assert "(a study)" in said[0]
    assert "no source is given" in said[1]
    assert "6.6 million tons is an estimate: a report" in said[3]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_brief_tells_each_in_its_language(deal, language):
    law = regime_on(DAY)
    for clause in deal.clauses:
        at = terms(clause, law)
        row = {**clause.model_dump(mode="json", by_alias=True), "words": in_words(clause), "unit": at.unit}
        sentence = told(row, wording(language))
        assert "{" not in sentence
        assert "None" not in sentence
        if language == "fr":
            assert "United States" not in sentence


def test_each_has_a_slider_that_moves_it(deal):
    law = regime_on(DAY)
    rows = {row.id: row for row in rows_of(State(deal, deal, DAY, None, "default"), law)}
    for clause in deal.clauses:
        amount = amount_of(clause)
        if clause.id == "makers":
            assert amount is None
            continue
        row = rows[clause.id]
        assert row.lowest <= amount <= row.highest
        moved = with_amount(clause, row.lowest)
        assert amount_of(moved) == row.lowest
        assert terms(clause, law).value == amount


def test_by_importer_is_by_share(deal):
    row = apply(deal, regime_on(DAY)).overrides
    assert {one.id: one.quota_share for one in row if one.kind == "remission"} == pytest.approx(
        {"makers": 0.6, "steel": 0.5}
    )


CONTENT = """[[clause]]
id = "a"
kind = "content"
importer = "USA"
exporter = "CAN"
statement = "s"
source = "s"
"""
REMISSION = CONTENT.replace('"content"', '"remission"')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CONTENT, ["clause[1].content: is missing"]),
        (CONTENT + "content = 40\n", ["clause[1].content: 40 is not a share. A share is from 0 to 1; 0.4 is 40%"]),
        (CONTENT + "content = 0.4\nrate_below = 0.1\n", ["rate_below: given without a threshold"]),
        (CONTENT + "content = 0.4\nthreshold = 0.5\n", ["rate_below: no rate hangs on the threshold"]),
        (
            CONTENT + "content = -1\nthreshold = 2.0\nrate = 15\n",
            ["content: -1 is not a share", "rate: 15 is not a fraction", "threshold: 2 is not a share"],
        ),
        (REMISSION, ["measures: the remission has no quantity. Give `share`"]),
        (REMISSION + "share = 1.2\n", ["share: 1.2 is not a share"]),
        (REMISSION + "share = 0.2\nvalue_musd = 5.0\n", ["value_musd: given beside a share"]),
        (REMISSION + "[clause.importers]\nA = 0.7\nB = 0.6\n", ["importers: shares add up to 1.3"]),
        (REMISSION + '[clause.volume]\nvalue = 1\nunit = "t"\nsource = "s"\n', ["the volume has nothing beside it"]),
        (
            REMISSION
            + '[clause.volume]\nvalue = 1\nunit = "t"\nsource = "s"\n'
            + '[clause.traded]\nvalue = 1\nunit = "kg"\nsource = "s"\n',
            ["traded: unit 'kg' is not the volume's 't'"],
        ),
    ],
)
def test_a_wrong_number_is_one_message(tmp_path, text, said):
    found = faults(tmp_path, text)
    assert len(found) == len(said)
    for words in said:
        assert any(words in fault for fault in found), found
