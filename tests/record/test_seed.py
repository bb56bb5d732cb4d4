"""The seed article, held against one annotator's offsets. It was seen: it proves little."""

from __future__ import annotations

import json

import pytest

from reciprocity.record.read import read_file
from reciprocity.record.reading import Reading

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def gold(shared) -> dict:
    return json.loads((shared / "record" / "seed_gold_offsets_only.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reading(shared) -> Reading:
    return read_file(shared / "record" / "seed" / "2025-10-08-article.txt", published="2025-10-08")


def test_every_body_paragraph_is_kept_and_every_line_of_the_page_around_it_left_out(gold, reading):
    kept = {line.number for line in reading.document.lines if line.kept}
    assert [row["line"] for row in gold["body"] if row["line"] not in kept] == []
    assert [row["line"] for row in gold["boilerplate"] if row["line"] in kept] == []


def test_every_quoted_fragment_is_found_with_its_speaker(gold, reading):
    spoken = {(span.start, span.end): set(one.speakers) for one in reading.statements for span in one.words}
    wanted = {(row["start"], row["end"]): set(row["speakers"]) for row in gold["verbatim_fragments"]}
    assert wanted.keys() - spoken.keys() == set()
    assert sum(spoken[place] == speakers for place, speakers in wanted.items()) >= 27


def test_every_time_is_found_and_resolved(gold, reading):
    found = {(time.span.start, time.span.end): time for time in reading.times}
    for row in gold["times"]:
        time = found[(row["start"], row["end"])]
        assert time.value == row["value"], row["exact"]
        if row["value"].startswith("FUTURE"):
            window = {key: getattr(time.window, key) for key in ("earliest", "nominal", "latest")}
            assert window == {key: row["window"][key] for key in window}


def test_commitments_are_proposed_with_few_false_ones(gold, reading):
    places = {row["id"]: [(span["start"], span["end"]) for span in row["content"]] for row in gold["statements"]}
    wanted = [
        [place for statement in row["statements"] for place in places[statement]]
        or [(row["span"]["start"], row["span"]["end"])]
        for row in gold["commitments"]
    ]
    hits = [[any(_meets(one.span, place) for place in row) for row in wanted] for one in reading.commitments]
    assert sum(any(column) for column in zip(*hits, strict=True)) >= 8
    assert sum(not any(row) for row in hits) <= 3


def test_the_directive_has_the_window_of_the_coming_weeks(reading):
    directive = next(one for one in reading.commitments if one.strength == "directed" and one.due and one.due.latest)
    assert (directive.due.earliest, directive.due.nominal, directive.due.latest) == (
        "2025-10-08",
        "2025-11-05",
        "2025-12-03",
    )
    assert len(directive.statements) == 2


def test_every_linkage_is_found(reading):
    kinds = [link.kind for link in reading.links]
    assert kinds.count("sequence") >= 2
    assert {"exchange", "condition", "need", "beside"} <= set(kinds)
    exchange = next(link for link in reading.links if link.kind == "exchange")
    assert "energy" in exchange.issues_a
    assert {"steel", "aluminum"} <= set(exchange.issues_b)


def test_what_an_unnamed_source_says_of_somebody_keeps_its_chain(reading):
    outer = next(one for one in reading.statements if one.record == "unnamed")
    inner = next(one for one in reading.statements if one.parent == outer.id)
    assert inner.speakers == ("mark_carney",)
    assert inner.chain == outer.speakers
    relayed = next(one for one in reading.statements if one.speakers == ("howard_lutnick",))
    assert relayed.record == "second-hand"


def _meets(span, place) -> bool:
    return span.start < place[1] and place[0] < span.end
