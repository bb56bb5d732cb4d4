"""Two documents held together: each rule fires where they disagree and is silent where they do not."""

from __future__ import annotations

import pytest

from reciprocity.record.read import document_of, read_document
from reciprocity.record.registry import read_registry
from reciprocity.record.views.contradictions import contradictions

REGISTRY = read_registry()
MARCH = "2025-03-03"
JUNE = "2025-06-03"

DISAGREE = {
    "scope changed": (
        "Prime Minister Mark Carney said Monday he wants relief on steel, aluminum and lumber before anything else.",
        "Carney said Canada is seeking a deal on steel, aluminum and energy first.",
        "- lumber   + energy",
    ),
    "window tightened": (
        "“We will publish the new steel quota in the coming months,” François-Philippe Champagne said.",
        "Champagne said Canada will publish the steel quota by June 10.",
        "2025-09-01 (“the coming months”), then 2025-06-10 (“June 10”)",
    ),
    "window slipped": (
        "The two sides agreed to conclude talks on steel and energy by June 15, the White House said.",
        "The White House said the two sides will conclude the steel and energy talks by August 30.",
        "2025-06-15 (“June 15”), then 2025-08-30 (“August 30”)",
    ),
    "amount changed": (
        "“We will impose a 25 per cent tariff on American autos,” Prime Minister Mark Carney said.",
        "Carney said Canada will impose a 15-per-cent tariff on autos.",
        "25 percent, then 15 percent",
    ),
    "one side only": (
        "Both sides will lower duties on steel and aluminum by May 1, the Prime Minister’s Office said.",
        "The White House said it would keep talking about lumber.",
        "only CA says so",
    ),
}
AGREE = {
    "the same issues in another order": (
        "Prime Minister Mark Carney said he wants relief on steel, aluminum and lumber.",
        "Carney said Canada is seeking relief on lumber, aluminum and steel.",
    ),
    "two sides want two things": (
        "Prime Minister Mark Carney said he wants relief on steel, aluminum and lumber.",
        "U.S. Commerce Secretary Howard Lutnick said Washington wants access for steel and dairy.",
    ),
    "two deadlines of two deeds": (
        "Canada will publish its steel quota by July 1, Champagne said.",
        "Canada will hire 200 steel inspectors by the end of the year, Champagne said.",
    ),
    "one deadline in two forms": (
        "Finance Minister François-Philippe Champagne said Canada will publish the steel quota by July 31.",
        "Champagne said Canada will publish its steel quota by the end of July.",
    ),
    "one amount in two spellings": (
        "Canada will invest $2 billion in its steel industry, Industry Minister Mélanie Joly said.",
        "Joly said Canada will invest $2-billion in the steel industry.",
    ),
    "two amounts for two things": (
        "Canada will invest $2 billion in its steel industry, Industry Minister Mélanie Joly said.",
        "Joly said Canada will lend steel workers $300 million for retraining.",
    ),
}


def found(earlier: str, later: str, published: str = JUNE):
    pages = [document_of(text, published=day) for text, day in ((earlier, MARCH), (later, published))]
    return contradictions([read_document(page) for page in pages], REGISTRY)


@pytest.mark.parametrize("rule", DISAGREE)
def test_a_rule_fires_on_two_documents_that_disagree(rule):
    earlier, later, differs = DISAGREE[rule]
    assert (rule, differs) in {(one.rule, one.differs) for one in found(earlier, later)}


@pytest.mark.parametrize("why", AGREE)
def test_no_rule_fires_on_two_that_agree(why):
    assert found(*AGREE[why]) == ()


def test_what_both_sides_say_within_two_weeks_is_not_one_sided():
    earlier = DISAGREE["one side only"][0]
    later = "The White House said both countries will lower duties on steel and aluminum by May 1."
    assert found(earlier, later, "2025-03-05") == ()
