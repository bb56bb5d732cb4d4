"""Promises and ties that one rule each finds, and their look-alikes."""

from __future__ import annotations

import pytest

from reciprocity.record.read import document_of, read_document


def read(text):
    return read_document(document_of(text, published="2025-10-09"))


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("The minister promised on Wednesday to publish the text by Nov. 7.", "firm"),
        ("A bill will be introduced this fall, the House leader said.", "firm"),
        ("Officials are expected to meet in the next several weeks.", "expected"),
        ("The minister said officials hoped to have a text by next Friday.", "intent"),
        ("The president ordered a pause on new permits.", "directed"),
        ("“You have my word that no mill will close,” Lee said.", "firm"),
        ("Ford Canada said it will not close the plant.", "firm"),
    ],
)
def test_a_promise(text, strength):
    assert [one.strength for one in read(text).commitments] == [strength]


@pytest.mark.parametrize(
    "text",
    [
        "Few analysts think it will last.",
        "The minister hopes to see steel thrive.",
        "Prices will rise, the bank said.",
        "The firm expects it will sell more steel next year.",
    ],
)
def test_no_promise(text):
    assert read(text).commitments == ()


def test_in_an_official_text_a_party_may():
    text = "JOINT STATEMENT\n\nEither Party may suspend the arrangement on 30 days' notice."
    assert [one.strength for one in read(text).commitments] == ["possible"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He described a swap of dairy quota for lumber relief.", "exchange"),
        ("“You give us autos and we give you dairy,” Lee said.", "exchange"),
        ("He wants a metals-for-pipeline bargain.", "exchange"),
        ("The president has tied the steel quota to border security.", "condition"),
        ("Ottawa sees no peace on autos without movement on dairy.", "condition"),
        ("Quebec wants aluminum settled before talks on milk.", "sequence"),
        ("“Let’s do steel first, then autos,” Lee said.", "sequence"),
        ("To restart the mill, the company needs a deal on steel.", "need"),
        ("Ottawa needs a steel deal to restart the mills.", "need"),
        ("The plan pairs relief on steel with new rules on autos.", "beside"),
    ],
)
def test_a_tie(text, kind):
    assert [one.kind for one in read(text).links] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Demand for cars will depend on the weather.",
        "The mill needs paint.",
        "Wheat was sold before the frost.",
        "She drove the truck without stopping.",
        "He tied the boat to the steel pier.",
    ],
)
def test_no_tie(text):
    assert read(text).links == ()


def test_the_two_ends_of_a_tie():
    (tie,) = read("The president has tied the steel quota to border security.").links
    assert (tie.a.exact, tie.b.exact) == ("border security", "tied the steel quota")


OFFICIAL = """FACT SHEET

The United States and Canada are committed to ending the surtax. Canada will support a lasting ban on duties.
President Lee and Prime Minister Roy agreed to detect, track, and counter dumping of steel."""


def test_an_official_text_binds_in_its_own_voice():
    first, second, third = read(OFFICIAL).commitments
    assert (first.bound, first.who) == ("The United States and Canada", ("united_states", "canada"))
    assert (second.what, second.who) == ("support a lasting ban on duties", ("canada",))
    assert third.what.endswith("detect, track, and counter dumping of steel")
    assert {"united_states", "canada"} <= {one.id for one in read(OFFICIAL).actors}


@pytest.mark.parametrize(
    "text",
    ["The vice president met with the steel minister.", "He spoke of an urgent need for steel reform to lift jobs."],
)
def test_a_meeting_and_a_need_tie_nothing(text):
    assert read(text).links == ()
