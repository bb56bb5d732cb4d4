"""What to call a document in a list."""

from __future__ import annotations

from reciprocity.record.document import Document

_WORDS = 8


def caption(document: Document) -> str:
    """Its title, or its kind, day and first words."""
    if document.title:
        return document.title
    opening = document.clean.split(maxsplit=_WORDS)[:_WORDS]
    parts = [document.kind, f"of {document.published}" if document.published else "", f"“{' '.join(opening)} …”"]
    return " ".join(part for part in parts if part)
