"""The extra `parse` gives the same kind of reading, and is skipped by name where it is not installed."""

from __future__ import annotations

import pytest

from reciprocity.errors import InputError
from reciprocity.record.read import document_of, read_document
from reciprocity.record.speech import parse
from reciprocity.record.speech.parse import is_installed
from reciprocity.record.views.presented import presented

needs_parser = pytest.mark.skipif(not is_installed(), reason="needs spaCy and an English model (extra parse)")
TEXT = (
    "The minister said the plan would work.\n\n“We will sign in the coming weeks,” Ann Roy said, "
    "in exchange for relief on steel.\n"
)


@needs_parser
def test_the_parser_advises_the_same_rules():
    reading = read_document(document_of("The minister said the plan would work.\n"), reader="parse")
    assert reading.reader == "parse"
    assert reading.statements[-1].exact == "the plan would work"


def shape(thing):
    """The keys of a JSON answer, at every depth."""
    if isinstance(thing, dict):
        return {key: shape(value) for key, value in thing.items()}
    return [shape(thing[0])] if isinstance(thing, list) and thing else None


@needs_parser
def test_both_readers_answer_in_one_form():
    page = document_of(TEXT, published="2025-10-09")
    rules, parsed = (presented(read_document(page, reader=name)) for name in ("rules", "parse"))
    assert {"statements", "commitments", "links", "times"} <= rules.keys()
    assert shape(rules) == shape(parsed)


@needs_parser
@pytest.mark.parametrize("name", ["mended.txt", "unseen.txt"])
def test_statements_of_the_passages_with_the_parser(accuracy, name):
    score = accuracy.measure(accuracy.marked(name), "parse")
    precision, recall = score.found / score.proposed, score.found / score.gold
    assert 2 * precision * recall / (precision + recall) >= 0.63
    assert score.quoted / score.quoted_gold >= 0.95
    assert score.sourced / score.sources >= 0.9


def test_auto_is_rules_where_no_parser_is_installed():
    reading = read_document(document_of("The minister said the plan would work.\n"), reader="auto")
    assert reading.reader == ("parse" if is_installed() else "rules")
    assert len(reading.statements) == 1


def test_asking_for_a_parser_that_is_not_there_says_what_to_install(monkeypatch):
    parse._pipeline.cache_clear()
    monkeypatch.setattr(parse, "MODELS", ("no_such_model",))
    with pytest.raises(InputError, match="uv sync --extra parse"):
        read_document(document_of(TEXT), reader="parse")
    parse._pipeline.cache_clear()


@needs_parser
def test_a_paragraph_too_long_for_the_model_is_left_to_the_rules(monkeypatch):
    monkeypatch.setattr(parse, "_LONGEST", 60)
    long = "The minister said " + "very " * 20 + "much had changed.\n\n"
    first, second = read_document(document_of(long + "Ann Roy said it was over."), reader="parse").statements
    assert (first.source.exact, second.source.exact) == ("The minister", "Ann Roy")
