"""The brief asks for nothing, escapes everything, and says what the numbers say."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from reciprocity.errors import InputError
from reciprocity.report import brief, charts, clauses, findings, payers, reading
from reciprocity.report.wording import wording
from report import synthetic

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Reader(HTMLParser):
    """Collects what a page asks for, its headings, ids and whether its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        for key, value in attrs:
            if key in {"src", "data", "action"} or (key == "href" and tag != "a"):
                self.asked.append(value)
            if key == "id":
                self.ids.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("values", [[synthetic.answer()], synthetic.three()], ids=["one", "three"])
def test_the_page_is_whole_and_asks_for_nothing(values, language):
    page = brief.html(values, language=language)
    reader = read(page)
    assert reader.asked == []
    assert "script" not in reader.tags
    assert "@import" not in page
    assert "url(http" not in page
    assert len(set(reader.ids)) == len(reader.ids)
    assert reader.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(reader.levels, reader.levels[1:], strict=False))


def test_page_one_has_what_a_reader_asks_first():
    page = brief.html([synthetic.answer()])
    front = page.split("</article>")[0]
    for said in (
        "+0.31%",
        "+US$6.0\u00a0billion",
        "+0.04%",
        "+US$9.9\u00a0billion",
        "50% to 10%",
        "to at most 25%",
        "Who would pay",
    ):
        assert said in front


def test_what_people_wrote_is_never_markup():
    value = synthetic.answer()
    value["deal"]["title"] = "<script>alert(1)</script>"
    value["deal"]["clauses"][0]["words"] = '<img src="http://x/">'
    value["situation"][0]["source"] = "javascript:alert(1)"
    value["notes"] = ["{0} {x} </style><b>"]
    reader = read(brief.html([value]))
    assert "script" not in reader.tags
    assert "img" not in reader.tags
    assert "b" not in reader.tags
    assert 'href="javascript' not in brief.html([value])


@pytest.mark.parametrize(
    ("canada", "united_states", "said"),
    [
        (0.003, 0.001, "Both sides would gain"),
        (-0.003, -0.001, "Both sides would lose"),
        (0.003, -0.001, "Canada would gain, the United States would lose"),
        (-0.003, 0.001, "The United States would gain, Canada would lose"),
        (0.003, 1e-6, "Canada would gain and the United States would hardly move"),
        (0.0, -0.003, "The United States would lose and Canada would hardly move"),
        (0.0, 0.0, "Neither side would move"),
    ],
)
def test_the_headline_follows_the_signs(canada, united_states, said):
    value = synthetic.answer(canada=canada, united_states=united_states)
    assert findings.headline(value, wording("en")).startswith(said)
    read(brief.html([value]))


def test_several_deals_are_compared():
    said = findings.comparison(synthetic.three(), wording("en"))
    assert said.startswith("2 of 3 deals would leave both sides better off; “All sectoral")


def test_an_answer_with_little_in_it_still_makes_a_page():
    value = synthetic.answer()
    value.update(
        horizons={}, law=[], third_parties=[], sectors=[], situation=[], notes=[], certificate={}, provenance={}
    )
    value["deal"] = {"id": "none", "title": "No change", "clauses": []}
    value["known"] = None
    for language in ("en", "fr"):
        read(brief.html([value], language=language))


def test_the_same_answer_makes_the_same_page():
    assert brief.html(synthetic.three()) == brief.html(synthetic.three())


def test_no_deal_is_one_clear_message():
    with pytest.raises(InputError, match="no deal"):
        brief.html([])


def test_it_is_written_whole(tmp_path):
    brief.write([synthetic.answer()], tmp_path / "out" / "brief.html")
    assert [path.name for path in (tmp_path / "out").glob("[!.]*")] == ["brief.html"]


def test_deals_of_several_days_are_told_day_by_day():
    later = synthetic.answer(title="Metals for energy", canada=0.002)
    later["on"] = "2026-09-29"
    page = brief.html([*synthetic.three(), later])
    read(page)
    assert "Law on October\u00a08, 2025 and September\u00a029, 2026" in page
    assert "3 deals, told for both sides" in page


def test_other_sides_than_canada_and_the_united_states():
    value = synthetic.answer()
    del value["by_clause"]
    for block in (value, *value["horizons"].values()):
        block["sides"] = {"MEX": {**block["sides"]["CAN"], "name": "Mexico"}, "EU27": block["sides"]["USA"]}
    page = brief.html([value])
    read(page)
    assert "Mexico +0.31%, the European Union +0.04%" in page
    assert 'class="side other"' in page


def test_a_page_says_what_is_not_known_for_sure():
    value = synthetic.answer()
    said = payers.certainty(value, wording("en"))
    assert "rest on an estimate or on law not read in its own text: 1 of 3" in said[2]
    value["law"][0]["confidence"] = "M"
    assert payers.certainty(value, wording("en"))[2].endswith("2 of 3.")


def test_only_what_moves_is_told_as_changed():
    assert [row["sector"] for row in reading.changed_law(synthetic.answer())] == ["ALUM", "STEEL"]
    drawn = charts.rates(synthetic.answer(), wording("en"))
    assert drawn.title == "2 rates would change; aluminum into the United States most, 50% to 10%."


@pytest.mark.parametrize("kind", ["tariff", "cap", "lift", "ban", "add", "preference", "end_preference"])
def test_a_border_clause_is_told_in_french(kind):
    clause = {**synthetic.answer()["deal"]["clauses"][0], "kind": kind, "utilisation_rate": 0.9}
    told = clauses.in_words(clause, wording("fr"))
    assert told.startswith("États-Unis\u202f:")
    assert "fer et acier" in told
    assert told.endswith(", à partir du 1er\u00a0novembre 2025.")


def test_a_route_and_an_investment_are_told_in_french():
    words = wording("fr")
    assert "Canada\u202f: 830\u202fmilliers de barils par jour" in clauses.in_words(
        synthetic.answer()["deal"]["clauses"][2], words
    )
    trade_cost = {
        "id": "x",
        "kind": "trade_cost",
        "importer": "USA",
        "exporter": "CAN",
        "sector": "AUTO",
        "change": -0.02,
    }
    assert "\u22122,00\u202f%" in clauses.in_words(trade_cost, words)
    pledge = {"id": "x", "kind": "investment", "investor": "CAN", "host": "USA", "amount_busd": 70, "years": 5}
    assert "70,0\u202fmilliards $\u00a0US" in clauses.in_words(pledge, words)


def test_a_clause_with_a_value_is_told_against_the_law():
    clause = {"id": "x", "words": "w", "value": 0.25, "law_value": 0.5, "unit": "fraction"}
    assert clauses.against_law(clause, wording("en")) == "law 50% → deal 25%"


def test_clauses_add_up_to_the_deal_in_the_picture():
    value = synthetic.answer()
    drawn = charts.by_clause(value, "CAN", wording("en"))
    assert drawn.title.startswith("Canada: “Steel” would be worth most, +US$2.8\u00a0billion a year; “Alum” would")
    assert sum(worth for _, worth in drawn.steps) == pytest.approx(0.0031 * 1e6)
    assert "Clause by clause" in brief.html([value])
    del value["by_clause"]
    assert "Clause by clause" not in brief.html([value])


def test_every_heading_of_a_table_has_words_and_every_wide_table_a_keyboard_reaches():
    page = brief.html(synthetic.three())
    assert not re.search(r"<th[^>]*></th>", page)
    wide = re.findall(r'<div class="scroll"([^>]*)>', page)
    assert wide
    assert all('tabindex="0"' in told and re.search(r'aria-label="[^"]+"', told) for told in wide)


def test_a_ban_is_told_as_one_and_not_as_a_lower_duty():
    value = synthetic.answer()
    value["law"][0].update(rate_after=None, flow_equivalent_after=None)
    assert (
        findings.law(value, wording("en"))
        == "2 rates would change; iron and steel into the United States most, 50% to forbidden"
    )
    drawn = charts.rates(value, wording("en")).svg(460)
    assert "nan" not in drawn
    assert "inf" not in drawn.replace("information", "")
    assert "forbidden" in brief.html([value])


def test_rounding_is_not_drawn_as_a_change():
    value = synthetic.answer(canada=1e-16, united_states=-1e-16)
    page = brief.html([value])
    assert charts.both_sides(value, wording("en")).rows == []
    assert page.count('<span class="way">◆</span>') == 2
    assert "Neither side would lose real income." in page
