"""The ledger on the server: what its files say is what its pages, its JSON and its CSV say."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from reciprocity.cli.root import build
from reciprocity.errors import InputError
from reciprocity.record.ledger.ledger import add_reading, open_ledger
from reciprocity.record.ledger.review import Review, append_review
from reciprocity.record.reading import Reading
from reciprocity.web.app import create_app
from reciprocity.web.settings import Settings
from record.samples import ANN, TEXT, document, reading, statement

NOUNS = ["said", "due", "positions", "contradictions", "documents", "commitments", "links", "times"]
PAGES = ["said", "due", "positions", "contradictions", "documents", "check"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = open_ledger(tmp_path_factory.mktemp("web") / "ledger", create=True)
    read = reading()
    bob = replace(read.statements[-1], issues=("steel",))
    add_reading(made, replace(read, statements=(*read.statements[:-1], bob)), TEXT.encode())
    return made


@pytest.fixture(scope="module")
def client(folder):
    return TestClient(create_app(Settings(ledger=str(folder.root))), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def bare():
    return TestClient(create_app(), raise_server_exceptions=False)


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("noun", PAGES)
def test_every_page_answers_with_a_ledger_and_without(client, bare, noun, language):
    for one in (client, bare):
        page = one.get(f"/record/{noun}?lang={language}")
        assert page.status_code == 200, page.text
        assert "<h1>" in page.text


@pytest.mark.parametrize("noun", NOUNS)
def test_json_and_csv_have_as_many_rows(client, bare, noun):
    for one in (client, bare):
        answer, table = one.get(f"/record/{noun}.json"), one.get(f"/record/{noun}.csv")
        assert (answer.status_code, table.status_code) == (200, 200)
        assert table.headers["content-type"].startswith("text/csv")
        assert "filename=" in table.headers["content-disposition"]
        key = {"positions": "cells"}.get(noun, noun)
        assert len(answer.json()[key]) == len(rows_of(table))


def test_words_actors_issues_and_days_narrow_what_was_said(client):
    def asked(query: str) -> list[str]:
        return [row["exact"] for row in client.get(f"/record/said.json?{query}").json()["said"]]

    assert len(asked("")) == 5
    assert asked("q=energie") == ["“L’énergie, c’est autre chose,”"]
    assert asked("who=bob_lee") == ["“a start.”"]
    assert len(asked("issue=steel")) == 3
    assert asked("since=2025-10-09") == []
    assert len(asked("limit=2")) == 2


def test_a_click_on_what_was_said_goes_to_the_line(client):
    page = client.get("/record/said?lang=en").text
    (address, anchor) = re.search(r'href="(/record/documents/[^"#]+)#([^"]+)"', page).groups()
    assert f'id="{anchor}"' in client.get(address).text


def test_every_statement_has_an_address_that_stays(client):
    one = client.get("/record/said.json").json()["said"][0]
    moved = client.get(f"/record/statements/{one['statement']}", follow_redirects=False)
    assert moved.status_code == 303
    address, anchor = moved.headers["location"].split("#")
    assert f'id="{anchor}"' in client.get(address).text
    assert client.get("/record/statements/s-none").status_code == 404


def test_deadlines_of_the_shipped_case_are_those_of_the_command_line(bare, capsys):
    capsys.readouterr()
    build()(["record", "due", "--on", "2025-12-03", "--json"], standalone_mode=False)
    told = json.loads(capsys.readouterr().out)
    answer = bare.get("/record/due.json?on=2025-12-03").json()
    assert answer == told
    page = bare.get("/record/due?on=2025-12-03&lang=en").text
    assert "ALL TRADE NEGOTIATIONS WITH CANADA ARE HEREBY TERMINATED" in page
    assert "moved to 2025-07-16" in page


def test_a_day_before_the_words_that_broke_it_does_not_know_them(bare):
    page = bare.get("/record/due?on=2025-10-22").text
    assert "HEREBY TERMINATED" not in page


def test_empty_cells_are_cells(client):
    answer = client.get("/record/positions.json").json()
    assert len(answer["cells"]) == len(answer["actors"]) * len(answer["issues"])
    assert any(cell["latest"] is None for cell in answer["cells"])
    assert '<td class="empty">·</td>' in client.get("/record/positions").text


def test_a_quote_is_held_against_the_whole_ledger(client):
    found = client.get("/record/check.json", params={"quote": "We will settle aluminum in the coming weeks"}).json()
    (one,) = found["checks"]
    assert (one["status"], one["accepted"], one["line"]) == ("same words", True, 3)
    assert [change["kind"] for change in one["changes"]] == ["spelling"]
    page = client.get("/record/check", params={"quote": "We will never sign a thing", "lang": "fr"})
    assert "introuvable" in page.text


def test_a_verdict_reaches_the_page_without_a_restart(folder, client):
    before = client.get("/record/said.json?q=autos").json()["said"]
    append_review(folder.reviews, Review(before[0]["statement"], "rejected", "ann", "2025-10-09T12:00:00Z"))
    assert client.get("/record/said.json?q=autos").json()["said"] == []
    assert len(client.get("/record/said.json?q=autos&rejected=1").json()["said"]) == 1


def test_a_document_added_while_the_server_runs_is_there(folder, client):
    page = document("Ann Roy said lumber is next.", published="2025-12-01", title="Lumber")
    add_reading(folder, Reading(page, (), (), (), (), ()), page.text.encode())
    assert page.id in [one["id"] for one in client.get("/record/documents.json").json()["documents"]]
    assert client.get(f"/record/documents/{page.id}?lang=fr").status_code == 200


def test_nothing_somebody_else_wrote_is_live_or_a_formula(tmp_path):
    made = open_ledger(tmp_path / "ledger", create=True)
    text = "=HYPERLINK(1) <script>alert(1)</script> Ann Roy said \u202eno."
    page = document(text, title="<b>=1+1</b>")
    add_reading(made, Reading(page, (ANN,), (statement(page, text),), (), (), ()), text.encode())
    client = TestClient(create_app(Settings(ledger=str(made.root))))
    for address in ("/record/said", "/record/documents", f"/record/documents/{page.id}"):
        got = client.get(address).text
        assert "<script>alert" not in got
        assert "\u202e" not in got
        assert "<b>=1" not in got
    (row,) = rows_of(client.get("/record/said.csv"))
    assert row["exact"].startswith("'=")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("said?since=yesterday", "is not a date"),
        ("said?since=2025-02-30", "is not a date"),
        ("said?limit=0", "is not a whole number"),
        ("said?limit=1e3", "is not a whole number"),
        ("said?who=bob", "is not an actor of this ledger"),
        ("said?issue=steal", "Did you mean"),
        ("said?q=%2A", "words to look for"),
        ("due?on=1e999", "is not a date"),
        ("check?quote=x&document=d-none", "is not a document of this ledger"),
        ("positions?who=ann_roi", "Did you mean"),
    ],
)
def test_bad_questions_are_told(client, query, said):
    page = client.get(f"/record/{query}&lang=en")
    assert page.status_code == 400
    assert said in page.text


def test_a_folder_that_is_no_ledger_stops_the_start(tmp_path):
    with pytest.raises(InputError, match="is not a ledger"):
        create_app(Settings(ledger=str(tmp_path)))
    with pytest.raises(InputError, match="Give the folder with --ledger"):
        create_app(Settings(ledger="postgresql://localhost/talks"))
