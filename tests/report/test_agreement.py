"""What a sentence counts is what its picture shows, for every deal that ships."""

from __future__ import annotations

import re
from datetime import date

import pytest

from reciprocity import flow
from reciprocity.deal.cases import case_deals
from reciprocity.report import charts, findings
from reciprocity.report.figures import PARTNERS, Tile, TileMap, of_percent
from reciprocity.report.wording import wording
from reciprocity.results import regions_block

DAYS = (date(2025, 10, 8), date(2026, 9, 29))
NUMBERS = {"no": 0, "aucun": 0, "one": 1, "un": 1}
TILE = re.compile(r"<g><title>(.*?)</title>(.*?)</g>")


def counted(said: str) -> int:
    """The number a sentence begins with."""
    first = said.split(maxsplit=1)[0].lower()
    return NUMBERS[first] if first in NUMBERS else int(first)


def tiles(drawn: TileMap, side: str) -> dict[str, bool]:
    """The places of a side that the map draws with a change, and whether it is drawn as a loss."""
    found = {said: inside for said, inside in TILE.findall(drawn.svg(900)) if f"{side} wash" in inside}
    return {said: "fill:url(" in inside for said, inside in found.items()}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", sorted(case_deals()))
def test_as_many_partners_lose_on_the_map_as_in_the_sentence(name, day, language):
    words, answer = wording(language), flow.value(name, on=day).to_dict()
    drawn = charts.partners(answer, words)
    losses = [said for said, loss in tiles(drawn, "third").items() if loss]
    assert len(losses) == counted(findings.third_parties(answer, words))
    assert all("\u2212" in said for said in losses)
    shown = re.findall(r">([^<>]*%)</text>", drawn.svg(900).rpartition("<g>")[0])
    assert all(float(one.strip("\u202f%").replace(",", ".").replace("\u2212", "-")) for one in shown), "no zero is told"


@pytest.mark.parametrize("name", ["metals_for_energy", "open_table"])
def test_the_area_named_as_losing_most_is_drawn_as_a_loss(name):
    found = flow.value(name, on=DAYS[1])
    answer = {**found.to_dict(), "regions": regions_block(found.outcome, found.deal.sides, "long")}
    drawn, said = charts.areas(answer, wording("en")), findings.areas(answer, wording("en"))
    named = {place.partition(":")[0]: loss for side in ("canada", "usa") for place, loss in tiles(drawn, side).items()}
    assert all(loss == (f"{place} would lose" in said) for place, loss in named.items() if f"{place} would" in said)


@pytest.mark.parametrize("width", [400, 900])
def test_a_change_too_small_to_tell_has_no_sign_on_the_map_and_its_number_in_the_table(width):
    places = (Tile("MEX", "Mexico", -0.9e-5), Tile("CHN", "China", -1e-5), Tile("IND", "India", 0.0))
    words = {"title": "t", "description": "d", "heading": "h", "slight_words": "under 0.001%"}
    drawn = TileMap(**words, measure=of_percent("%"), tiles=places, grid=PARTNERS, slight=findings.SLIGHT)
    assert drawn.svg(width).count("≈\u202f0") == 3
    assert drawn.svg(width).count("fill:url(") == 1
    assert "\u22120.0009%" in drawn.table()
    assert "≈\u202f0 under 0.001%" in drawn.svg(width)
