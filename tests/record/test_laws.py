"""What holds of every reading: spans are exact, reading twice is the same, nothing is lost."""

from __future__ import annotations

import string
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reciprocity.record.plain import parse, plain
from reciprocity.record.read import document_of, read_document
from reciprocity.record.reading import Reading
from reciprocity.record.speech.statements import spans_of

WORDS = (
    "“ ” \" ' ’ ‘ « » , . ; : — ( ) said told that according to he she Carney Trump the minister will if "
    "in exchange for Tuesday next year 30 days $5 billion steel tariffs accused of announced Sen. U.S. not and who "
    "was Q: THE PRESIDENT:"
)
PIECES = st.lists(st.sampled_from([*WORDS.split(), "\n\n", "\n"]) | st.text(string.printable, max_size=6), max_size=60)


def read(text: str) -> Reading:
    return read_document(document_of(text, published="2025-10-08"))


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_every_span_is_found_at_its_place(pieces):
    text = " ".join(pieces)
    reading = read(text)
    spans = [span for one in reading.statements for span in spans_of(one)]
    spans += [time.span for time in reading.times] + [one.span for one in reading.commitments]
    spans += [link.span for link in reading.links if link.span]
    document = reading.document
    assert all(document.text[span.start : span.end] == span.exact and span.exact for span in spans)


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_reading_twice_is_the_same_and_survives_writing(pieces):
    text = " ".join(pieces)
    reading = read(text)
    assert read(text) == reading
    assert parse(Reading, plain(reading)) == reading


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_every_line_has_a_place_and_clean_offsets_lead_back(text):
    document = document_of(text, published="")
    assert len(document.lines) == document.text.count("\n") + 1
    clean = document.clean
    for line in document.lines:
        if line.clean is not None and line.end > line.start:
            assert clean[line.clean] == document.text[line.start]
            assert document.raw_offset(line.clean) == line.start
            assert document.clean_offset(line.start) == line.clean


def test_the_fixtures_of_the_official_texts_read_alike_from_file_and_text(shared):
    path: Path = next((shared / "record" / "us_official").rglob("*2024-11-18-readout*.md"))
    text = path.read_text(encoding="utf-8")
    reading = read(text)
    assert reading.document.text == text
