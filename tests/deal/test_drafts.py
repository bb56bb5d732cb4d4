"""From words to numbers: an exchange becomes a deal that is valid, cites its statements and can be computed."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reciprocity.cli.root import build
from reciprocity.deal import Deal, read_deal
from reciprocity.deal.drafts import draft_toml, drafts, name_of
from reciprocity.errors import UnknownName
from reciprocity.record.document import content_id
from reciprocity.record.link import Link
from reciprocity.record.read import document_of, read_document
from reciprocity.record.reading import Reading
from reciprocity.record.registry import read_registry
from record.samples import ANN, BOB, document, reading, span, statement

REGISTRY = read_registry()


def exchange(give: str, get: str, *, who: str = "ann_roy", actors=(ANN, BOB)) -> Reading:
    text = f"We offer {give} in exchange for {get}."
    page = document(text)
    said = statement(page, text, who)
    tie = Link(
        id=content_id("l", page.id), kind="exchange", a=span(page, give), b=span(page, get),
        span=span(page, "in exchange for"),
        statements=(said.id,), issues_a=REGISTRY.issues_in(give), issues_b=REGISTRY.issues_in(get), by="rule:test",
    )  # fmt: skip
    return Reading(page, actors, (said,), (), (tie,), ())


def test_each_end_becomes_clauses_of_the_side_that_would_give_it(tmp_path):
    (draft,) = drafts([exchange("a new pipeline", "relief from steel and aluminum tariffs")], REGISTRY)
    assert draft.deal is not None
    assert draft.deal.sides == ("CAN", "USA")
    rows = {clause.id: clause.model_dump(by_alias=True) for clause in draft.deal.clauses}
    assert set(rows) == {"energy", "steel", "aluminum"}
    assert (rows["energy"]["kind"], rows["energy"]["exporter"]) == ("trade_cost", "CAN")
    assert (rows["steel"]["kind"], rows["steel"]["importer"], rows["steel"]["exporter"]) == ("tariff", "USA", "CAN")
    for clause in draft.deal.clauses:
        assert draft.statements[0] in clause.statement
        assert "line 1" in clause.source
        assert "No rate was said" in clause.note or "No size was said" in clause.note
    path = tmp_path / name_of(draft)
    path.write_text(draft_toml(draft), encoding="utf-8")
    assert read_deal(path).model_copy(update={"id": ""}) == draft.deal


def test_numbers_that_were_said_are_used():
    (draft,) = drafts([exchange("$40 billion of investment", "a 15 per cent duty on autos")], REGISTRY)
    assert draft.deal is not None
    capital, autos = (clause.model_dump() for clause in draft.deal.clauses)
    assert (capital["kind"], capital["amount_busd"], capital["investor"]) == ("investment", 40.0, "CAN")
    assert (autos["kind"], autos["rate"], autos["importer"], autos["note"]) == ("tariff", 0.15, "USA", "")


def test_what_is_missing_is_said_and_may_be_given():
    alone = exchange("a pipeline", "relief on steel", actors=(ANN,))
    (draft,) = drafts([alone], REGISTRY)
    assert draft.deal is None
    assert "--sides" in draft.missing
    assert not draft_toml(draft)
    (draft,) = drafts([alone], REGISTRY, sides=("Canada", "Mexico"))
    assert draft.deal is not None
    assert draft.deal.clauses[1].model_dump()["importer"] == "MEX"
    (draft,) = drafts([exchange("good will", "respect")], REGISTRY)
    assert "no industry" in draft.missing
    with pytest.raises(UnknownName, match="Canda"):
        drafts([alone], REGISTRY, sides=("Canda", "USA"))


def test_what_a_person_rejected_is_no_draft():
    made = reading()
    assert len(drafts([made], REGISTRY)) == 1
    assert not drafts([replace(made, links=(replace(made.links[0], review="rejected"),))], REGISTRY)


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=40), st.text(max_size=20))
def test_any_words_go_into_the_file_and_back(title, note):
    (draft,) = drafts([exchange("a pipeline", "relief on steel")], REGISTRY)
    assert draft.deal is not None
    note = note.encode("utf-8", "ignore").decode()
    clause = draft.deal.clauses[0].model_copy(update={"note": note})
    deal = draft.deal.model_copy(update={"title": f"x{title}", "clauses": (clause,)})
    content = tomllib.loads(draft_toml(replace(draft, deal=deal)))
    assert Deal.model_validate(content) == deal


@pytest.mark.parametrize(
    ("text", "sides", "clauses"),
    [
        (
            "Canada has offered to scrap its dairy quotas in return for relief from U.S. tariffs on steel, Lee said.",
            ("CAN", "USA"),
            [("CAN", "FOOD"), ("USA", "STEEL")],
        ),
        (
            "President Donald Trump said Canada could get lower duties on Canadian steel in exchange for dairy.",
            ("USA", "CAN"),
            [("USA", "STEEL"), ("CAN", "FOOD")],
        ),
        (
            "Lutnick suggested swapping a quota on steel for access to the Canadian dairy market.",
            ("USA", "CAN"),
            [("USA", "STEEL"), ("CAN", "FOOD")],
        ),
        (
            "Brussels offered lower duties on American cars in exchange for lower duties on European steel, it said.",
            ("EU27", "USA"),
            [("EU27", "AUTO"), ("USA", "STEEL")],
        ),
        (
            "Beijing would trade canola relief for lower Canadian tariffs on electric vehicles, its envoy said.",
            ("CHN", "CAN"),
            [("CHN", "AGR"), ("CAN", "AUTO")],
        ),
    ],
)
def test_the_words_say_who_gives(text, sides, clauses):
    (draft,) = drafts([read_document(document_of(text, published="2025-10-09"))], REGISTRY)
    assert draft.deal is not None
    assert draft.deal.sides == sides
    rows = [clause.model_dump() for clause in draft.deal.clauses]
    assert [(row["importer"], row["sector"]) for row in rows] == clauses


@pytest.mark.shared
def test_the_seed_s_exchange_becomes_the_case(shared, tmp_path, capsys):
    article = shared / "record" / "seed" / "2025-10-08-article.txt"
    words = ["record", "deals", str(article), "--published", "2025-10-08", "--out", str(tmp_path), "--json"]
    build()(words, standalone_mode=False)
    (found,) = json.loads(capsys.readouterr().out)["deals"]
    assert found["cases"] == ["metals_for_energy"]
    deal = read_deal(next(tmp_path.glob("*.toml")))
    assert {clause.model_dump()["sector"] for clause in deal.clauses} == {"OILGAS", "STEEL", "ALUM"}
    assert all(found["statements"][0] in clause.statement for clause in deal.clauses)
