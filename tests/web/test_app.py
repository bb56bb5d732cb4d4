"""The web app as a program meets it: every page, every data address, and everything it must turn away."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

import pytest
from starlette.testclient import TestClient

from reciprocity.errors import InputError
from reciprocity.flow import value
from reciprocity.web import solving
from reciprocity.web.app import create_app
from reciprocity.web.proposal import after, opened, reach_of
from reciprocity.web.rows import grouped
from reciprocity.web.settings import LARGEST_BODY, Settings
from reciprocity.web.solving import answer_of, band_of, pair_of, published, worth_of
from reciprocity.web.state import read_state
from reciprocity.web.turns import Gone
from reciprocity.web.views.live import table_rows
from reciprocity.web.words import LANGUAGES, phrases

TABLE = "/?deal=metals_for_energy&on=2025-10-08"


@pytest.fixture(scope="module")
def served():
    return TestClient(create_app(), raise_server_exceptions=False)


@pytest.fixture
def client(served):
    """A visitor who was not here before: no language is kept from another test."""
    served.cookies.clear()
    return served


PAGES = [
    "/", TABLE, "/negotiate", "/deals", "/deals/metals_for_energy", "/regime", "/regime?hs=7208.10.15", "/record", "/s",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_both_languages(client, address, language):
    page = client.get(address + ("&" if "?" in address else "?") + f"lang={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for outside in ("http://", "https://", "//cdn"):
        assert f'src="{outside}' not in page.text


def test_both_languages_have_the_same_phrases_and_variables():
    def variables(said: str) -> list[str]:
        return sorted(part.split("}")[0] for part in said.split("{")[1:])

    en, fr = phrases("en"), phrases("fr")
    assert set(en) == set(fr)
    assert {key: variables(said) for key, said in en.items()} == {key: variables(said) for key, said in fr.items()}


def test_the_page_and_the_command_line_give_one_answer(client):
    page = client.get("/answer.json?deal=metals_for_energy&on=2025-10-08").json()
    assert page["sides"] == value("metals_for_energy", on=date(2025, 10, 8)).to_dict()["sides"]


def test_an_edited_table_is_in_its_address(client):
    form = {"edited": "1", "deal": "metals_for_energy", "on": "2025-10-08", "on.steel": "1", "p.steel": "10"}
    moved = client.post("/answer", data={**form, "mode": "exact"})
    assert moved.status_code == 200
    address = moved.text.split('data-address="')[1].split('"')[0].replace("&amp;", "&")
    again = client.get("/answer.json" + address[1:]).json()
    assert [(clause["id"], clause["value"]) for clause in again["deal"]["clauses"]] == [("steel", 0.1)]


def test_a_coarse_answer_has_the_pair_and_nothing_else(client):
    form = {"deal": "metals_for_energy", "on": "2025-10-08", "mode": "coarse"}
    text = client.post("/answer", data=form).text
    assert 'data-swap="head-1"' in text
    assert 'data-swap="head-2"' in text
    assert "<svg" not in text


def test_a_coarse_answer_has_the_numbers_of_the_exact_one():
    for name in ("metals_for_energy", "cusma_lapses"):
        state = read_state({"deal": name, "on": "2026-09-29"})
        whole = answer_of(state)["horizons"]["long"]["sides"]
        pair = pair_of(state)["horizons"]["long"]["sides"]
        for code, side in pair.items():
            assert side == {key: whole[code][key] for key in side}


def test_who_left_while_waiting_costs_no_solve(monkeypatch):
    state = read_state({"deal": "metals_for_energy"})
    monkeypatch.setattr(solving, "stand", lambda *asked: pytest.fail("it was solved"))
    with pytest.raises(Gone):
        pair_of(state, left=lambda: True)


def test_csv_has_every_sector_of_every_country(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/answer.csv?deal=metals_for_energy&on=2025-10-08").text)))
    assert len(rows) == 21 * 40


def test_saved_twice_is_kept_once_and_read_back(client):
    form = {"edited": "1", "deal": "metals_for_energy", "on": "2025-10-08", "on.steel": "1", "v.steel": "0.2"}
    one, two = (client.post("/s", data=form, follow_redirects=False) for _ in range(2))
    assert one.status_code == 303
    assert one.headers["location"] == two.headers["location"]
    kept = client.get(one.headers["location"] + ".json").json()
    assert kept["same"] is True
    assert kept["deal"]["clause"][0]["rate"] == 0.2
    page = client.get(one.headers["location"] + "?lang=en")
    assert page.status_code == 200
    assert "Saved on" in page.text
    compared = client.get("/compare?id=" + one.headers["location"].removeprefix("/s/"))
    assert compared.status_code == 200


def test_a_saved_answer_that_no_longer_holds_says_so(client):
    scenarios = client.app.state.scenarios
    form = {"edited": "1", "deal": "metals_for_energy", "on": "2025-10-08", "on.steel": "1", "v.steel": "0.3"}
    place = client.post("/s", data=form, follow_redirects=False).headers["location"]
    content = json.loads(json.dumps(scenarios.read(place.removeprefix("/s/")).content))
    content["headline"]["long"]["CAN"]["real_income_change"] += 1e-4
    changed = scenarios.save(content)
    assert client.get(f"/s/{changed}.json").json()["same"] is False
    assert "differs" in client.get(f"/s/{changed}?lang=en").text


def test_what_was_saved_outlives_the_server(tmp_path):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    form = {"edited": "1", "deal": "metals_for_energy", "on": "2025-10-08", "on.steel": "1"}
    place = (
        TestClient(create_app(Settings(store=url))).post("/s", data=form, follow_redirects=False).headers["location"]
    )
    assert TestClient(create_app(Settings(store=url))).get(place).status_code == 200


def test_a_document_is_read_and_a_quote_checked(client):
    text = '"We will sign the agreement in the coming weeks," Prime Minister Mark Carney said on Tuesday in Ottawa.'
    read = client.post("/record", data={"text": text, "published": "2025-10-08", "quote": "We will sign the agreement"})
    assert read.status_code == 200
    assert 'class="note' in read.text
    assert "Mark Carney" in read.text
    invented = client.post("/record", data={"text": text, "published": "2025-10-08", "quote": "We will never sign"})
    assert "not found" in invented.text or "edited" in invented.text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?on=8+October", "is not a date"),
        ("/?on=1900-01-01", "outside the book of law"),
        ("/?deal=nothing_here", "is neither a file nor a case"),
        ("/?deal=..%2F..%2Fetc%2Fpasswd", "is not the name of a case"),
        ("/?deal=%2Fetc%2Fpasswd", "is not the name of a case"),
        ("/?theta=CP2014", "Did you mean"),
        ("/?deal=metals_for_energy&edited=1&on.steel=1&v.steel=25", "is not a fraction"),
        ("/?deal=metals_for_energy&edited=1&on.steel=1&v.steel=abc", "is not a number"),
        ("/?deal=metals_for_energy&edited=1&on.steel=1&v.steel=nan", "finite number"),
        ("/regime?importer=Atlantis", "is not a region"),
        ("/regime?importer=MEX", "no tariff law of MEX"),
        ("/compare", "0 scenarios"),
    ],
)
def test_bad_input_is_told_and_nothing_runs(client, address, said):
    page = client.get(address)
    assert page.status_code == 400
    assert said.replace("'", "&#39;") in page.text


@pytest.mark.parametrize(
    "address", ["/nothing", "/s/zzzz", "/deals/nothing", "/deals/..%2Fsecret.toml", "/static/..%2Fapp.py"]
)
def test_what_is_not_there_is_404(client, address):
    assert client.get(address).status_code == 404


def test_what_people_write_is_shown_and_never_run(client):
    attack = '<script>alert("x")</script>'
    page = client.get("/", params={"on": attack})
    assert attack not in page.text
    assert "&lt;script&gt;" in page.text
    read = client.post("/record", data={"text": attack, "published": "2025-10-08"})
    assert attack not in read.text


def test_an_elasticity_of_ones_own_is_solved_with_kept_in_the_address_and_shared(client):
    asked = {"deal": "metals_for_energy", "on": "2025-10-08", "theta": "FGO2022", "theta.STEEL": "30", "theta.ALUM": ""}
    page = client.get("/", params=asked | {"lang": "en"}).text
    assert '<option value="FGO2022" selected>FGO2022 + 1 of your own</option>' in page
    assert re.search(r'name="theta.STEEL"[^>]* value="30"', page)
    assert "theta=FGO2022+STEEL%3D30" in page
    assert "Elasticities set by hand, in place of the paper's: STEEL 30." in page
    own = client.get("/answer.json", params=asked).json()
    assert own["provenance"]["elasticities"] == "FGO2022 STEEL=30"
    assert client.get("/answer.json?" + TABLE[2:] + "&theta=FGO2022+STEEL%3D30").json()["sides"] == own["sides"]
    form = {**asked, "edited": "1", "on.steel": "1"}
    saved = client.post("/s", data=form, follow_redirects=False).headers["location"]
    kept = client.get(saved + ".json").json()
    assert "FGO2022 STEEL=30" in json.dumps(kept)
    assert client.get(saved).status_code == 200


@pytest.mark.parametrize("bad", ["x", "0", "-3", "nan", "1e9", "<b>"])
def test_an_elasticity_that_is_none_is_told(client, bad):
    page = client.get("/", params={"deal": "metals_for_energy", "theta.STEEL": bad, "lang": "fr"})
    assert page.status_code == 400
    assert "STEEL" in page.text
    assert "n’est pas" in page.text
    assert "<b>" not in page.text


def test_a_body_too_large_is_refused(client):
    assert client.post("/record", data={"text": "x" * (LARGEST_BODY + 1), "published": "2025-10-08"}).status_code == 413


def test_a_change_from_another_page_is_refused(client):
    refused = client.post("/s", data={"deal": "metals_for_energy"}, headers={"origin": "https://elsewhere.example"})
    assert refused.status_code == 403


def test_another_host_name_is_refused(client):
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_server_that_others_reach_asks_for_its_token():
    with pytest.raises(InputError, match="A token is asked for there"):
        Settings(host="0.0.0.0")  # noqa: S104
    guarded = TestClient(create_app(Settings(host="0.0.0.0", token="secret")))  # noqa: S104, S106
    assert guarded.get("/deals").status_code == 401
    assert guarded.get("/deals?token=wrong").status_code == 401
    assert guarded.get("/deals", headers={"authorization": "Bearer secret"}).status_code == 200
    assert guarded.get("/deals?token=secret").status_code == 200


def test_drafts_of_two_people_do_not_meet(client):
    form = {"edited": "1", "deal": "metals_for_energy", "on": "2025-10-08", "on.steel": "1", "mode": "exact"}
    client.post("/answer", data={**form, "p.steel": "5"})
    other = client.get("/answer.json?deal=metals_for_energy&on=2025-10-08").json()
    assert other["deal"]["clauses"][0]["value"] == 0.25


def test_improving_for_both_leaves_both_better_off(client):
    form = {"deal": "metals_for_energy", "on": "2025-10-08", "rule": "nash"}
    moved = client.post("/improve", data=form, follow_redirects=False)
    assert moved.status_code == 303
    answer = client.get("/answer.json" + moved.headers["location"][1:]).json()
    assert all(side["real_income_change"] > 0 for side in answer["sides"].values())


def test_balancing_shares_the_gain_more_evenly(client):
    form = {"deal": "metals_for_energy", "on": "2025-10-08"}

    def spread(rule: str) -> float:
        place = client.post("/improve", data={**form, "rule": rule}, follow_redirects=False).headers["location"]
        sides = client.get("/answer.json" + place[1:]).json()["sides"].values()
        gains = [side["real_income_change"] for side in sides]
        return max(gains) - min(gains)

    assert spread("equal") <= spread("nash") + 1e-9


def test_a_table_where_nothing_can_be_negotiated_says_so(client):
    refused = client.post("/improve", data={"edited": "1", "deal": "metals_for_energy", "on": "2025-10-08"})
    assert refused.status_code == 400
    assert "no clause can be negotiated" in refused.text


def test_what_each_clause_is_worth_is_drawn_for_both(client):
    drawn = client.post("/worth?lang=en", data={"deal": "metals_for_energy", "on": "2025-10-08"})
    assert drawn.status_code == 200
    assert drawn.text.count("<svg") == 2
    assert 'data-swap="end-1.steel"' in drawn.text
    told = client.post("/range?lang=en", data={"deal": "metals_for_energy", "on": "2025-10-08"}).text
    assert told.count("published sets of elasticities") == 2


def test_the_range_holds_the_answer_of_every_published_set():
    state = read_state({"deal": "metals_for_energy", "on": "2025-10-08"})
    band = band_of(state)
    assert len(published()) == 6
    for name in published():
        sides = pair_of(replace(state, elasticity_set=name))["horizons"]["long"]["sides"]
        for code, side in sides.items():
            assert band[code][0] <= side["real_income_change"] <= band[code][1]


def test_a_clause_at_the_law_is_worth_nothing_and_not_counted():
    form = {"deal": "metals_for_energy", "on": "2025-10-08", "edited": "1", "on.steel": "1", "v.steel": "0.5",
            "on.aluminum": "1", "v.aluminum": "0.25"}  # fmt: skip
    state = read_state(form)
    found = worth_of(state, table_rows(state))
    assert [one["id"] for one in found["clauses"]] == ["aluminum"]
    whole = answer_of(state)["sides"]["CAN"]["real_income_musd"]
    assert found["total"]["CAN"]["real_income_musd"] == pytest.approx(whole, rel=1e-9)


def test_worth_adds_up_where_a_row_seems_to_be_at_the_law_and_is_not():
    state = read_state({"deal": "metals_for_energy", "on": "2025-10-08"})
    rows = [replace(row, differs=row.id == "steel") for row in table_rows(state)]
    found = worth_of(state, rows)
    whole = answer_of(state)["sides"]["CAN"]["real_income_musd"]
    assert found["total"]["CAN"]["real_income_musd"] == pytest.approx(whole, rel=1e-9)


def test_the_frontier_has_the_law_this_deal_and_the_bargain(client):
    drawn = client.post("/reach?lang=en", data={"deal": "metals_for_energy", "on": "2025-10-08"}).text
    assert "this deal" in drawn
    assert "Nash bargain" in drawn
    nothing = client.post("/reach?lang=fr", data={"deal": "metals_for_energy", "edited": "1"}).text
    assert "aucune clause ne peut être négociée" in nothing
    assert "<svg" not in nothing


def test_the_point_of_this_deal_is_on_the_frontier_where_the_bargain_is():
    """The law's own equilibrium is what both are measured from: the bargain put on the table stands on its own mark."""
    state = read_state({"deal": "metals_for_energy", "on": "2025-10-08"})
    rows = table_rows(state)
    chosen = reach_of(opened(state, rows)).chosen
    there = pair_of(after(state, rows, "nash"))["horizons"]["long"]["sides"]
    assert chosen == pytest.approx([there[side]["real_income_change"] for side in state.deal.sides], abs=2e-6)


def test_a_table_of_the_negotiation_has_its_frontier(client):
    page = client.get("/negotiate/metals_for_energy?lang=en")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert re.search(r"the Nash deal would give Canada \+0\.\d+% and the United States \+0\.\d+%\.", page.text)
    assert client.get("/negotiate/nothing").status_code == 404


@pytest.mark.parametrize(
    "address", ["/deals", "/deals/metals_for_energy", TABLE, "/brief.html" + TABLE[1:], "/negotiate"]
)
def test_a_french_page_has_the_deals_own_words_in_french(client, address):
    page = client.get(address + ("&" if "?" in address else "?") + "lang=fr").text
    assert "Métaux contre énergie" in page
    assert "Metals for energy" not in page
    assert "The United States halves" not in page


BEGINNINGS = {"pdf": b"%PDF", "docx": b"PK", "pptx": b"PK", "xlsx": b"PK"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_every_form_of_the_brief_is_given_out_under_the_deals_name(client, form):
    answer = client.get(f"/brief.{form}?deal=metals_for_energy&on=2025-10-08&lang=fr")
    assert answer.status_code == 200
    assert answer.content.startswith(BEGINNINGS[form])
    assert f'filename="metals_for_energy.{form}"' in answer.headers["content-disposition"]


def test_a_form_the_brief_is_not_written_in_is_not_there(client):
    assert client.get("/brief.odt?deal=metals_for_energy").status_code == 404


def test_the_file_of_an_edited_table_gives_the_tables_answer(client, tmp_path):
    edited = "deal=metals_for_energy&on=2025-10-08&edited=1&on.steel=1&v.steel=0.1&on.pipeline=1"
    file = tmp_path / "deal.toml"
    file.write_text(client.get(f"/deal.toml?{edited}").text, encoding="utf-8")
    page = client.get(f"/answer.json?{edited}").json()
    again = value(file, on=date(2025, 10, 8)).to_dict()
    assert again["deal"]["sha256"] == page["deal"]["sha256"]
    assert again["sides"] == page["sides"]


def test_one_page_that_computes_offline_is_given_out_for_the_table_as_it_stands(client):
    page = client.get("/export.html?deal=metals_for_energy&on=2025-10-08&edited=1&on.steel=1&v.steel=0.1&lang=fr")
    assert page.status_code == 200
    assert "Première année" in page.text
    assert "default-src &#x27;none&#x27;" in page.text


QUOTA = {"deal": "uk_metals_and_cars", "on": "2026-09-29", "edited": "1", "on.cars": "1"}


def test_a_quotas_quantity_is_on_the_table_beside_its_rate(client):
    page = client.get("/?deal=uk_metals_and_cars&on=2026-09-29&lang=en").text
    (name,) = set(re.findall(r'name="(qp?\.[\w-]+)"', page))
    gains = []
    for quantity in ("0.1", "0.9"):
        state = read_state({**QUOTA, f"on.{name.partition('.')[2]}": "1", f"q.{name.partition('.')[2]}": quantity})
        assert f"q.{name.partition('.')[2]}={quantity}" in state.address()
        assert read_state(dict(parse_qsl(state.address()))).deal == state.deal
        gains.append(pair_of(state)["horizons"]["long"]["sides"]["CAN"]["real_income_change"])
    assert gains[1] > gains[0]


def test_a_quotas_quantity_that_is_none_is_refused(client):
    answer = client.get("/answer.json?deal=uk_metals_and_cars&edited=1&on.cars=1&q.cars=much")
    assert answer.status_code == 400
    assert client.get("/answer.json?deal=uk_metals_and_cars&edited=1&on.cars=1&q.cars=-1").status_code == 400


def test_rows_stand_under_the_sector_that_has_most_of_their_trade():
    groups = dict(grouped(table_rows(read_state({"deal": "open_table", "on": "2025-10-08"}))))
    assert [row.id for row in groups["AUTO"]] == ["autos", "canadian-autos"]
    assert [row.id for row in groups["capital"]] == ["investment"]
    assert [row.id for row in groups["OILGAS"]] == ["crude"]
    assert "emergency" in [row.id for row in groups["several"]]


def test_what_was_said_is_told_up_to_the_day_with_its_words_and_sources(client):
    page = client.get("/?deal=metals_for_energy&on=2025-10-08&lang=en").text
    assert "directed their teams to conclude this work in the coming weeks" in page
    assert "HEREBY TERMINATED" not in page
    assert "HEREBY TERMINATED" in client.get("/?deal=metals_for_energy&on=2025-11-01&lang=en").text
