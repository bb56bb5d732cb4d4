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


def test_one_sentence_may_bind_two():
    text = (
        "JOINT STATEMENT\n\nCanada will suspend its surtax by November 1, 2025, and the United States will exempt "
        "aluminum within 30 days. The parties agreed to meet in December and that officials will report first."
    )
    made = [(one.bound, one.strength, one.due.latest if one.due else "") for one in read(text).commitments]
    assert made == [
        ("Canada", "firm", "2025-11-01"),
        ("the United States", "firm", "2025-11-08"),
        ("The parties", "agreed", "2025-12-31"),
        ("officials", "firm", ""),
    ]


def test_one_who_is_bound_to_two_things_is_bound_once():
    made = read("READOUT\n\nCanada and Mexico will meet and will sign on steel and aluminum.").commitments
    assert [one.bound for one in made] == ["Canada and Mexico"]


def test_the_day_of_an_order_is_not_its_deadline():
    (one,) = read("The president on Friday directed his trade envoy to close the talks.").commitments
    assert (one.strength, one.due) == ("directed", None)


def test_a_last_day_is_no_condition():
    (one,) = read("NEWS RELEASE\n\nThe fund will stay open until March 31, 2027.").commitments
    assert one.condition == ""
    (one,) = read("Lee said Ottawa would keep the surtax until the duty is lifted.").commitments
    assert one.condition == "until the duty is lifted"


def test_what_is_to_be_done_by_a_day_is_promised():
    (one,) = read("Lee insisted every importer would be repaid by the end of the year.").commitments
    assert (one.bound, one.due.latest) == ("every importer", "2025-12-31")
    assert read("Lee said members would be devastated.").commitments == ()


@pytest.mark.parametrize(
    "title", ["Declaration by the Ministers of Energy", "Communiqué of the ministers", "JOINT STATEMENT"]
)
def test_a_declaration_promises_in_its_own_voice(title):
    (one,) = read(f"{title}\n\nCanada will not restrict exports of uranium.").commitments
    assert (one.bound, one.negated) == ("Canada", True)


def test_a_duty_that_costs_jobs_promises_nothing():
    assert read("Growers warned that a duty due to take effect Nov. 1 would shut two mills.").commitments == ()


def test_a_statement_in_a_ministers_own_words_is_the_ministers():
    text = (
        "Statement by the Minister of Mines, Ann Carmichael, on copper\n\n"
        "I met the producers today. We will publish a list by November 1.\n\nIt is a fair plan."
    )
    reading = read(text)
    assert reading.document.kind == "statement"
    assert {one.speakers for one in reading.statements} == {("ann_carmichael",)}
    assert [(one.who, one.due.latest) for one in reading.commitments] == [(("ann_carmichael",), "2025-11-01")]


def test_a_release_promises_in_its_own_voice():
    text = (
        "Statement by Minister Ann Carmichael on copper\n\nThe government will give $75 million. "
        "It will also waive the fee.\n\n“We stand with them. We will not leave.”"
    )
    reading = read(text)
    assert [one.what for one in reading.commitments] == ["give $75 million", "waive the fee", "leave"]
    assert [one.speakers for one in reading.statements] == [("ann_carmichael",)]


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
