"""A ledger looked at: said, diff, positions, contradictions, review, export; on hand-made readings and on the seed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from reciprocity.errors import InputError
from reciprocity.record.commitment import Amount
from reciprocity.record.ledger.ledger import add_reading, open_ledger, read_ledger
from reciprocity.record.ledger.store import open_store
from reciprocity.record.reading import Reading
from reciprocity.record.registry import read_registry
from reciprocity.record.time import Window
from reciprocity.record.views.compare import compare
from reciprocity.record.views.contradictions import contradictions
from reciprocity.record.views.export import to_csv, to_jsonld
from reciprocity.record.views.positions import positions
from record.samples import TEXT, commitment, document, reading, statement

REGISTRY = read_registry()


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    kept = open_ledger(tmp_path / "ledger", create=True)
    add_reading(kept, reading(), TEXT.encode())
    return kept


def asking(text: str, *, published: str, who: str = "pmo", **given) -> Reading:
    page = document(text, published=published)
    made = statement(page, text, who, act="goal", issues=REGISTRY.issues_in(text))
    promise = commitment(page, text, who, issues=REGISTRY.issues_in(text), **given)
    return Reading(page, (), (made,), (promise,), (), ())


def test_the_issues_that_went_and_came():
    before = asking("We seek deals on steel, aluminum, autos and lumber.", published="2025-10-07")
    after = asking("We will conclude work on steel, aluminium and energy.", published="2025-10-08")
    found = compare(before, after, REGISTRY)
    assert str(found.asked) == "- autos, lumber   + energy"
    assert found.asked.kept == ("steel", "aluminum")
    assert compare(after, before, REGISTRY).asked.gone == found.asked.come
    assert not compare(before, before, REGISTRY).asked.any


def test_contradictions_by_rule():
    weeks = Window("2025-10-08", "2025-11-05", "2025-12-03", "the coming weeks")
    days = Window("2025-10-20", "2025-10-23", "2025-10-27", "the coming days")
    first = asking("Both sides seek steel, aluminum, autos and lumber.", published="2025-10-07")
    second = asking(
        "We will do steel, aluminum and energy.", published="2025-10-08", due=weeks, amount=Amount(1, "CAD", "1")
    )
    third = asking("We will do steel and energy now.", published="2025-10-20", due=days, amount=Amount(2, "CAD", "2"))
    found = contradictions([third, first, second], REGISTRY)
    said = {(one.rule, one.differs) for one in found}
    assert ("scope changed", "- autos, lumber   + energy") in said
    assert ("window tightened", "2025-12-03 (“the coming weeks”), then 2025-10-27 (“the coming days”)") in said
    assert ("amount changed", "1 CAD, then 2 CAD") in said
    assert ("one side only", "only CA says so") in said
    later = replace(days, latest="2026-01-01")
    slipped = asking("We will do steel and energy now.", published="2025-10-20", due=later)
    assert {one.rule for one in contradictions([second, slipped], REGISTRY)} == {"window slipped"}


def test_the_other_side_saying_so_too_answers_it():
    ours = asking("Both sides seek steel and aluminum.", published="2025-10-07")
    theirs = asking("We seek steel and aluminum.", published="2025-10-09", who="donald_trump")
    assert any(one.rule == "one side only" for one in contradictions([ours], REGISTRY))
    assert not contradictions([ours, theirs], REGISTRY)
    late = asking("We seek steel and aluminum.", published="2026-10-09", who="donald_trump")
    assert contradictions([ours, late], REGISTRY)


def test_what_is_rejected_contradicts_nothing():
    one = asking("Both sides seek steel and aluminum.", published="2025-10-07")
    silent = replace(
        one,
        statements=tuple(replace(each, review="rejected") for each in one.statements),
        commitments=tuple(replace(each, review="rejected") for each in one.commitments),
    )
    assert not contradictions([silent], REGISTRY)


def test_positions_have_the_latest_words_and_empty_cells(ledger):
    page = document("Ann Roy said steel must wait.", published="2025-11-01")
    later = statement(page, "steel must wait", issues=("steel",))
    add_reading(ledger, Reading(page, reading().actors, (later,), (), (), ()), page.text.encode())
    with open_store(ledger) as store:
        grid = positions(store)
        found = grid.cell("ann_roy", "steel")
        assert found is not None
        assert found.exact == "steel must wait"
        assert grid.counts["ann_roy", "steel"] == 3
        assert ("ann_roy", "lumber") not in grid.cells
        earlier = positions(store, until="2025-10-31", actors=["ann_roy", "bob_lee"], issues=["steel", "lumber"])
        assert earlier.counts == {("ann_roy", "steel"): 2}
        assert set(earlier.empty) == {("ann_roy", "lumber"), ("bob_lee", "steel"), ("bob_lee", "lumber")}


def test_every_exported_selector_finds_its_words(ledger):
    page = json.loads(to_jsonld(read_ledger(ledger)))
    assert len(page["items"]) == 7
    for item in page["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            quote, place = target["selector"]
            start, end = place["start"], place["end"]
            assert TEXT[start:end] == quote["exact"]
            assert TEXT[:start].endswith(quote["prefix"])
            assert TEXT[end:].startswith(quote["suffix"])


def test_a_spreadsheet_runs_nothing():
    text = "=HYPERLINK(1) and more"
    page = document(text, title="@SUM(1)")
    rows = list(csv.DictReader(io.StringIO(to_csv([Reading(page, (), (statement(page, text),), (), (), ())]))))
    assert rows[0]["exact"] == f"'{text}"
    assert rows[0]["title"] == "'@SUM(1)"


def test_the_commands_over_a_ledger(ledger, record, tmp_path):
    first = reading().statements[0].id
    assert json.loads(record("review", "--json"))["open"][0]["record"] == first
    assert json.loads(record("review", first[:9], "--correct", 'speakers=["pmo"]', "--json"))["written"] is True
    assert json.loads(record("review", first, "--correct", 'speakers=["pmo"]', "--json"))["written"] is False
    (found,) = json.loads(record("said", "autos", "--json"))["said"]
    assert (found["speakers"], found["review"]) == (["pmo"], "corrected")
    record("review", first, "--reject")
    assert not json.loads(record("said", "autos", "--json"))["said"]
    grid = json.loads(record("positions", "--who", "bob_lee", "--issue", "steel", "--json"))
    assert {"actor": "bob_lee", "issue": "steel", "statements": 0, "latest": None} in grid["cells"]
    assert json.loads(record("ledger", "--rebuild", "--json"))["documents"][0]["statements"] == 5
    assert "contradictions" in json.loads(record("contradictions", "--json"))
    record("export", "csv", "--out", tmp_path / "said.csv")
    assert (tmp_path / "said.csv").read_text().startswith("kind,id,")


def test_a_quote_is_held_against_the_whole_ledger_but_its_own_document(ledger, record, tmp_path):
    asked = ("check", "--quote", "We will settle aluminum", "--quote", "we will settle nothing at all", "--json")
    found, invented = json.loads(record(*asked))["checks"]
    assert (found["status"], found["document"], found["found"]["line"]) == ("same words", reading().document.id, 3)
    assert not invented["accepted"]
    (tmp_path / "article.txt").write_text("Ann Roy said on Monday “we will settle aluminium in the coming weeks.”")
    rows = json.loads(record("check", "article.txt", "--json"))["checks"]
    assert [row["accepted"] for row in rows] == [True]
    (tmp_path / "same.txt").write_text(TEXT)
    assert not json.loads(record("check", "same.txt", "--json"))["checks"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check", "--quote", "x", "--ledger", "elsewhere"), "not a ledger"),
        (("check", "--against", "x.txt"), "one of the two"),
        (("review", "s-nothing", "--confirm"), "not a record"),
        (("review", "s-", "--confirm"), "begins the id"),
        (("review", "s-1", "--confirm", "--reject"), "2 verdicts"),
        (("review", "{first}", "--correct", "speaker=x"), "Did you mean 'speakers'"),
        (("review", "{first}", "--correct", "act"), "has no ="),
        (("export", "jsonl"), "Did you mean 'jsonld'"),
        (("said", "x", "--since", "yesterday"), "not a date"),
        (("said", "x", "--ledger", "elsewhere"), "not a ledger"),
    ],
)
def test_what_cannot_be_done_is_said(ledger, record, words, message):
    given = [word.format(first=reading().statements[0].id) for word in words]
    with pytest.raises(InputError, match=message):
        record(*given)


@pytest.mark.shared
def test_the_seed_goes_in_once_and_answers(shared, tmp_path, monkeypatch, record):
    monkeypatch.chdir(tmp_path)
    article = shared / "record" / "seed" / "2025-10-08-article.txt"
    row = json.loads((shared / "record" / "pm_readouts_excerpts.json").read_text(encoding="utf-8"))["readouts"][0]
    (tmp_path / "readout.txt").write_text(f"{row['text']}\n\n{row['quote_from_another_copy']['text']}\n")
    with pytest.raises(InputError, match="does not say when"):
        record("add", article)
    for result in ("new", "unchanged"):
        added = json.loads(record("add", article, "readout.txt", "--published", "2025-10-08", "--json"))["added"]
        assert [one["result"] for one in added] == [result, result]
    assert json.loads(record("said", "CUSMA", "--json"))["said"]
    c01 = next(one for one in json.loads(record("due", "--on", "2025-12-03", "--json"))["due"] if one["id"] == "c01")
    assert (c01["timing"], c01["overdue_since"], c01["broken"]["date"]) == ("overdue", "2025-11-05", "2025-10-23")
    assert len(c01["seen"]) == 2
    found = json.loads(record("contradictions", "--json"))["contradictions"]
    assert ("scope changed", "- autos, lumber   + energy") in {(one["rule"], one["differs"]) for one in found}
    counts = json.loads(record("check", article, "--against", "readout.txt", "--json"))["counts"]
    assert counts == {"word_for_word": 6, "respelled": 1, "edited": 0, "missing": 0, "of_others": 21}
