"""Passages in many styles, held against one person's annotation: the bars the reader must keep."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["passages.toml", "mended.txt", "unseen.txt", "whole_mended.txt", "whole_unseen.txt"])
def texts(accuracy, request):
    return accuracy.passages() if request.param == "passages.toml" else accuracy.marked(request.param)


def test_statements_of_the_passages(accuracy, texts):
    score = accuracy.measure(texts, "rules")
    precision, recall = score.found / score.proposed, score.found / score.gold
    assert 2 * precision * recall / (precision + recall) >= 0.55
    assert score.quoted / score.quoted_gold >= 0.95
    assert score.sourced / score.sources >= 0.9


@pytest.mark.parametrize("kind", ["mended", "unseen"])
def test_promises_ties_and_times_of_the_passages(accuracy, kind):
    promises, links, times = accuracy.ties(f"promises_{kind}.txt", f"whole_{kind}.txt")
    assert promises.true / promises.proposed >= 0.75
    assert promises.recall >= 0.7
    assert links.true / links.proposed >= 0.75
    assert links.recall >= 0.7
    assert times.recall >= 0.85


def said(accuracy, text):
    return accuracy.read_document(accuracy.document_of(text, published="2025-10-09")).statements


def test_a_speech_over_paragraphs_is_whose_name_comes_at_its_end(accuracy):
    text = "“They were told to wait in March.\n\n“They are done waiting.\n\n“We will fight it,” Gail Stroud said."
    assert [one.speakers for one in said(accuracy, text)] == [("gail_stroud",)] * 3


def test_a_paragraph_without_speech_brings_on_the_next_speaker(accuracy):
    text = (
        "“No,” said John Carver.\n\nThe union’s president, Gail Stroud, was blunt.\n\n“My members have waited enough.”"
    )
    assert [one.speakers for one in said(accuracy, text)] == [("john_carver",), ("gail_stroud",)]


def test_who_answers_is_named_before_the_questions(accuracy):
    turns = "Q: Is it dead?\n\nA: No.\n\nQ: And then?\n\nA: We wait."
    known = said(accuracy, f"The Chronicle met the negotiator Philippa Grange in Ottawa.\n\n{turns}")
    assert {one.speakers for one in known[1::2]} == {("philippa_grange",)}
    (unknown,) = {one.speakers for one in said(accuracy, turns)[1::2]}
    assert unknown[0].startswith("unnamed")


def test_a_turn_is_told_apart_by_what_it_does(accuracy):
    text = "ANCHOR: Will you sign?\n\nLEE: We will sign in May.\n\nANCHOR: And then?\n\nLEE: Steel was first."
    assert [one.act for one in said(accuracy, text)] == ["question", "commitment", "question", "assertion"]


def test_what_is_expected_has_no_speaker(accuracy):
    (one,) = said(accuracy, "The minister is expected to announce the list on Friday.")
    assert (one.by, one.speakers, one.source) == ("rule:hearsay", (), None)


def test_what_somebody_says_somebody_said_hangs_on_it(accuracy):
    outer, inner = said(accuracy, "The premier said Ann Carmichael had told him the pipeline was back on the table.")
    assert (inner.parent, inner.speakers, inner.chain) == (outer.id, ("ann_carmichael",), outer.speakers)


def test_simple_french(accuracy):
    text = (
        "Le ministre du Commerce, Jean-Marc Pelletier, a déclaré que les discussions avançaient.\n\n"
        "« Nous ne signerons pas à n’importe quel prix », a-t-il ajouté.\n\n"
        "Selon la ministre des Finances, la hausse des droits coûte cher aux entreprises du pays."
    )
    first, second, third = said(accuracy, text)
    assert first.exact == "que les discussions avançaient"
    assert first.speakers == second.speakers == ("jean_marc_pelletier",)
    assert second.exact == "« Nous ne signerons pas à n’importe quel prix »"
    assert third.exact == "la hausse des droits coûte cher aux entreprises du pays"


FRENCH = """Le gouvernement du Canada s'engage à publier la liste d'ici le 31 octobre 2025, a déclaré la ministre mardi.

« Nous lèverons nos mesures dans les prochaines semaines, en échange d'un allègement sur l'acier », a-t-elle dit.

Les pays ont convenu de reprendre les travaux d'ici 30 jours, a dit Jean Roy. C'était prêt il y a deux mois."""


def test_promises_times_and_ties_in_simple_french(accuracy):
    reading = accuracy.read_document(accuracy.document_of(FRENCH, published="2025-10-09"))
    assert [one.source.exact for one in reading.statements] == ["la ministre", "a-t-elle", "Jean Roy"]
    assert [(one.span.exact, one.window.latest) for one in reading.times] == [
        ("31 octobre 2025", "2025-10-31"),
        ("mardi", "2025-10-07"),
        ("dans les prochaines semaines", "2025-12-04"),
        ("d'ici 30 jours", "2025-11-08"),
        ("il y a deux mois", "2025-08-09"),
    ]
    assert [(one.strength, one.due.latest) for one in reading.commitments] == [
        ("firm", "2025-10-31"),
        ("firm", "2025-12-04"),
        ("agreed", "2025-11-08"),
    ]
    assert [(one.kind, one.issues_b) for one in reading.links] == [("exchange", ("steel",))]


def test_she_who_goes_on_in_french_is_the_one_who_spoke(accuracy):
    text = "La ministre a déclaré mardi que rien ne changerait. « C'est réglé », a-t-elle dit à la presse."
    first, second = said(accuracy, text)
    assert first.speakers == second.speakers != ()


def test_what_somebody_undertakes_in_french(accuracy):
    text = "Ottawa s'engage à déposer sa liste d'ici 30 jours. La ministre a promis de ne pas céder sur le lait."
    reading = accuracy.read_document(accuracy.document_of(text, published="2025-10-09"))
    assert [one.exact for one in reading.statements] == [
        "à déposer sa liste d'ici 30 jours",
        "de ne pas céder sur le lait",
    ]
    assert [(one.strength, one.due.latest if one.due else "") for one in reading.commitments] == [
        ("firm", "2025-11-08"),
        ("firm", ""),
    ]


def test_english_has_no_french_times(accuracy):
    text = "He flew from Mars to Mardi Gras in August and said the mission was a success for the team of ten."
    reading = accuracy.read_document(accuracy.document_of(text, published="2025-10-09"))
    assert [one.span.exact for one in reading.times] == ["August"]
