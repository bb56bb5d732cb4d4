"""A clause in the reader's words."""

from __future__ import annotations

from reciprocity.deal import Clause, in_words
from reciprocity.report import clauses
from reciprocity.web.words import words_of


def clause_told(clause: Clause, language: str) -> str:
    """The clause as one sentence: English is the deal's own, French is built from what the clause sets."""
    content = clause.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    row = {**content, "id": clause.id, "kind": clause.kind, "giver": clause.giver, "words": in_words(clause)}
    return clauses.in_words(row, words_of(language)).rstrip(".")
