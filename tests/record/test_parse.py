"""The extra `parse` gives the same kind of reading, and is skipped by name where it is not installed."""

from __future__ import annotations

import pytest

from reciprocity.record.parse import is_installed
from reciprocity.record.read import document_of, read_document

needs_parser = pytest.mark.skipif(not is_installed(), reason="needs spaCy and an English model (extra parse)")


@needs_parser
def test_the_parser_advises_the_same_rules():
    text = "The minister said the plan would work.\n"
    reading = read_document(document_of(text), reader="parse")
    assert reading.reader == "parse"
    assert reading.statements[-1].exact == "the plan would work"


def test_auto_is_rules_where_no_parser_is_installed():
    reading = read_document(document_of("The minister said the plan would work.\n"), reader="auto")
    assert reading.reader == ("parse" if is_installed() else "rules")
    assert len(reading.statements) == 1
