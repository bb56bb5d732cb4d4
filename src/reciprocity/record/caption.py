"""What to call a document in a list."""

from __future__ import annotations

import re

from reciprocity.record.document import KINDS, Document

_WORDS = 8
UNTITLED = re.compile(rf"(?P<kind>{'|'.join(KINDS)})(?: of (?P<day>[\d-]+))? “(?P<opening>.*) …”", re.DOTALL)
"""The caption of a document that has no title, for who tells it in another language."""


def caption(document: Document) -> str:
    """Its title, or its kind, day and first words."""
    if document.title:
        return document.title
    opening = document.clean.split(maxsplit=_WORDS)[:_WORDS]
    parts = [document.kind, f"of {document.published}" if document.published else "", f"“{' '.join(opening)} …”"]
    return " ".join(part for part in parts if part)
