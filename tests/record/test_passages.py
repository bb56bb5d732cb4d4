"""Passages in many styles, held against one person's annotation: the bars the reader must keep."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["passages.toml", "mended.txt", "unseen.txt"])
def texts(accuracy, request):
    return accuracy.passages() if request.param == "passages.toml" else accuracy.marked(request.param)


def test_statements_of_the_passages(accuracy, texts):
    score = accuracy.measure(texts, "rules")
    precision, recall = score.found / score.proposed, score.found / score.gold
    assert 2 * precision * recall / (precision + recall) >= 0.55
    assert score.quoted / score.quoted_gold >= 0.95
    assert score.sourced / score.sources >= 0.9


@pytest.mark.parametrize("name", ["promises_mended.txt", "promises_unseen.txt"])
def test_promises_ties_and_times_of_the_passages(accuracy, name):
    promises, links, times = accuracy.ties(name)
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
