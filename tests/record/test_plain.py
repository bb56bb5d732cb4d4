"""Records go to plain dictionaries and back without loss."""

from __future__ import annotations

import pytest

from reciprocity.errors import InputError
from reciprocity.record.commitment import Amount, Commitment, Event
from reciprocity.record.document import Span
from reciprocity.record.plain import parse, plain
from reciprocity.record.time import Window


def promise() -> Commitment:
    span = Span("d-1", 3, 7, "will")
    due = Window("2025-10-08", "2025-11-05", "2025-12-03", "in the coming weeks", "weeks")
    return Commitment(
        "c-1", ("s-1",), span, ("pmo",), "we", "act", "firm", False, "", Amount(1e12, "$", "$1 trillion"), due,
        ("steel",), "rule:will", history=(Event("2025-10-23", "abandoned", span, "words", "source"),),
    )  # fmt: skip


def test_read_of_write_is_the_same_record():
    assert parse(Commitment, plain(promise())) == promise()


def test_every_key_that_does_not_fit_is_named():
    row = plain(promise()) | {"strenght": "firm"}
    del row["who"]
    row["negated"] = "no"
    with pytest.raises(InputError) as caught:
        parse(Commitment, row)
    message = str(caught.value)
    assert "strenght" in message
    assert "Did you mean 'strength'?" in message
    assert "who" in message
    assert "negated" in message
