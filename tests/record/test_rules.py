"""What each rule of the reader finds: one short sentence a rule, and one that looks like it and is none."""

from __future__ import annotations

import pytest

from reciprocity.record.read import document_of, read_document


def read(text):
    return read_document(document_of(text, published="2025-10-09")).statements


def rows(text):
    return [(one.source.exact if one.source else "", one.exact) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("As the mill owners noted, duties have doubled.", "the mill owners", "duties have doubled"),
        ("The duty is paid at home, as Ms. Roy put it.", "Ms. Roy", "The duty is paid at home"),
        ("In the words of one envoy, the talks are frozen.", "one envoy", "the talks are frozen"),
        ("The quota, according to growers, will cost jobs.", "growers", "The quota will cost jobs"),
        ("But according to growers, the quota works.", "growers", "the quota works"),
        ("Officials are confident that a deal will come.", "Officials", "that a deal will come"),
        ("Ottawa remains deeply wary of the plan.", "Ottawa", "the plan"),
        ("The premier is reluctant to sign.", "The premier", "to sign"),
        ("The premier has taken a firm stance against the pipeline.", "The premier", "the pipeline"),
        ("The union issued a warning that mills would close.", "The union", "that mills would close"),
        ("Ottawa issued a statement saying the duties are illegal.", "Ottawa", "the duties are illegal"),
        ("Her message to the mills: “Hold on.”", "Her", "“Hold on.”"),
        ("Asked whether he would sign, Lee replied, “We will see.”", "Lee", "“We will see.”"),
        ("The envoy shrugged: “Maybe.”", "The envoy", "“Maybe.”"),
        ("The plan was rejected by the tribunal.", "the tribunal", "The plan"),
        ("It was revealed in March that the mill had closed.", "", "that the mill had closed"),
        ("She raised concerns about dairy.", "She", "concerns about dairy"),
        ("Lee so far has not backed the quota.", "Lee", "the quota"),
        ("Lee called the plan to close all mills in the north “a fraud.”", "Lee", "“a fraud.”"),
        (
            "The union said the quota, which ends in May, is too low.",
            "The union",
            "the quota, which ends in May, is too low",
        ),
        ("Lee said she would close the mill, where 400 people work.", "Lee", "she would close the mill"),
        ("Lee accused the ministry of sleeping.", "Lee", "the ministry of sleeping"),
        ("Lee called the offer “low” and “a waste of paper.”", "Lee", "the offer “low” and “a waste of paper.”"),
        ("The late Sam Roy used to say that a deal is a truce.", "The late Sam Roy", "that a deal is a truce"),
        (
            "A poll published Monday shows most growers would wait.",
            "A poll published",
            "most growers would wait",
        ),
        ("“It is over,” fumed dairyman Rory Pell, 58.", "dairyman Rory Pell, 58", "“It is over,”"),
        ("“No,” said union president Gail Stroud.", "union president Gail Stroud", "“No,”"),
        ("“We will sign,” Lee said on Tuesday.", "Lee", "“We will sign,”"),
        ("Lee said “we will sign” late on Tuesday.", "Lee", "“we will sign”"),
        ("The union has asked the province for an inquiry.", "The union", "the province for an inquiry"),
        ("The firm attributed the closing to “tariffs.”", "The firm", "the closing to “tariffs.”"),
        ("Morin put the figure at 12.", "Morin", "the figure at 12"),
        ("She dared critics to read it.", "She", "critics to read it"),
        ("Growers took aim at a quota that costs them sales.", "Growers", "a quota that costs them sales"),
        ("The union weighed in on the deal.", "The union", "the deal"),
        ("Roy made it clear that the mill would close.", "Roy", "that the mill would close"),
        ("Lee will support the bill despite her doubts.", "Lee", "the bill"),
        (
            "Both leaders echoed a theme: Trade is good for their countries.",
            "Both leaders",
            "Trade is good for their countries",
        ),
        ("As they met in Ottawa, Lee was in Maine, promising to build a wall.", "Lee", "to build a wall"),
        (
            "In a letter released Monday, the union closed its case, arguing that duties cost jobs.",
            "the union",
            "that duties cost jobs",
        ),
        ("Lee Says He Won't Attend Border Meeting", "Lee", "He Won't Attend Border Meeting"),
        ("Lee posted on Truth Social: “The duty stays!”", "Lee", "“The duty stays!”"),
        (
            "The order, issued on Monday, was blunter: “It may not be done by notice.”",
            "The order",
            "“It may not be done by notice.”",
        ),
    ],
)
def test_a_rule_finds_who_said_what(text, source, content):
    assert rows(text) == [(source, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The company raised prices twice.",
        "An added benefit, his stance may help.",
        "Ann Roy leads by 271 pledged delegates.",
        "The leader went on the record recently in an interview.",
        "The mill has not yet responded to the letter, although it did open.",
        "A decision is expected by tomorrow.",
        "Photo: A smelter in the north of the province",
    ],
)
def test_what_looks_like_speech_and_is_none(text):
    assert rows(text) == []


def test_a_paragraph_that_ends_with_a_colon_names_the_speaker_of_the_next():
    first, second = read("The ministry said in a statement:\n\n“The duties are unfair.\n\n“We will answer.”")
    assert (first.source.exact, first.cue.exact) == ("The ministry", "said")
    assert first.speakers == second.speakers == ("ministry",)


def test_a_sentence_ends_with_a_short_quote_inside_it():
    assert rows("Lee said the review is “ongoing.” He said the quota stays.") == [
        ("Lee", "the review is “ongoing.”"),
        ("He", "the quota stays"),
    ]


def test_the_verb_after_and_has_the_subject_of_the_sentence():
    text = "The campaign launched a costly round of visits to mills in the north on Tuesday and announced it would sue."
    assert rows(text) == [("The campaign", "it would sue")]


def test_two_verbs_of_saying_with_a_quote_between_them():
    assert rows("Lee wrote to members saying: “It goes on” and vowing to fight the duty.") == [
        ("Lee", "“It goes on”"),
        ("Lee", "to fight the duty"),
    ]


def test_a_headline_with_a_full_stop_is_read_where_it_heads_the_text():
    heading = "Roy: No outside pressure on the tribunal."
    assert rows(f"{heading}\n\nThe tribunal sits in Ottawa.") == [("Roy", "No outside pressure on the tribunal")]
    assert rows(f"The tribunal sits in Ottawa.\n\n{heading}") == []


def test_a_quote_that_goes_on_points_at_the_name_before_it():
    first, second = read("“It is over,” Ann Roy said.\n\n“We will sell our mill in the spring.”")
    assert second.by == "rule:goes-on"
    assert second.source == first.source


@pytest.mark.parametrize(
    ("opening", "closing"),
    ["“”", '""', "‘’", "''", "«»", "„“", "„”", ("''", "''"), ("``", "''"), ("‘‘", "’’"), ("« ", " »")],
)
def test_quotes_in_every_kind_of_marks(opening, closing):
    said = f"{opening}We don't sell,{closing}"
    (one,) = read(f"{said} Roy said. {opening}Not to them.{closing}")
    assert (one.source.exact, one.cue.exact) == ("Roy", "said")
    assert [span.exact for span in one.content] == [said, f"{opening}Not to them.{closing}"]


@pytest.mark.parametrize("before", ["Ann Roy was blunt. ", "Ann Roy was blunt when she left the room.\n\n"])
def test_a_quote_after_what_somebody_did_points_at_their_name(before):
    (one,) = read(f"The talks went on.\n\n{before}“We do not sell to them.”")
    assert (one.source.exact, one.speakers) == ("Ann Roy", ("ann_roy",))


def test_a_speech_in_single_marks_runs_over_paragraphs():
    first, second = read(
        "‘It is over,’ Roy said. ‘We will sell.\n\n‘Then we will go.’\n\nThe mill's workers’ hall is shut."
    )
    assert second.exact == "‘Then we will go.’"
    assert first.speakers == second.speakers == ("roy",)


def test_a_quote_goes_on_after_what_the_speaker_did():
    (one,) = read("“This,” said Mr. Lee, pointing at the empty hall, “is what it looks like.”")
    assert [span.exact for span in one.content] == ["“This,”", "“is what it looks like.”"]


def test_who_has_only_a_surname_and_an_honorific_is_she():
    (one,) = read("Told of the plan, Ms. Roy laughed. “Good luck,” she said.")
    assert one.speakers == ("roy",)


def test_a_notice_reads_and_a_statement_read():
    assert rows("“The deal is done,” the statement read.") == [("the statement", "“The deal is done,”")]
    assert rows("A sign in the window read “Buy local.”") == [("A sign in the window", "“Buy local.”")]


def test_a_country_is_not_the_firm_that_bears_its_name():
    first, second = read("Cambodia said it would sign. Air Cambodia is growing.\n\nCambodia denied the report.")
    assert first.speakers == second.speakers == ("cambodia",)


def test_the_present_goes_on_with_another_verb():
    text = "Lee says the plan works and warns that delay will cost jobs."
    assert [one.exact for one in read(text)] == ["the plan works", "that delay will cost jobs"]


def test_the_writers_word_for_what_was_said_is_not_said():
    text = "The court ruled that the duty is void, a decision that the ministry said it would appeal."
    assert rows(text) == [("The court", "that the duty is void"), ("the ministry", "it would appeal")]


@pytest.mark.parametrize("joins", ["but would not say whether it", "but declined to say whether it"])
def test_what_somebody_will_not_say_is_told_apart(joins):
    (said, kept) = read(f"The ministry confirmed it had the letter {joins} had answered.")
    assert said.exact == "it had the letter"
    assert kept.exact.endswith("whether it had answered")


@pytest.mark.parametrize("text", ["What they said depends on who is telling it.", "She put the letter at the door."])
def test_what_is_no_attribution(text):
    assert read(text) == ()


def test_a_country_is_no_verb():
    assert read("The surtax will change in May, depending on progress in talks with the United States.") == ()
