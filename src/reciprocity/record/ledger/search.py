"""What a person types to what a server looks for: words, "a phrase", and beginnings*."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, TextClause, func, literal_column
from sqlalchemy import text as sql

from reciprocity.errors import Fault, InputError
from reciprocity.record.text.word import words

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_APART = re.compile(r"[\W_]+")
MOST_TERMS = 32
"""Of one question."""


def folded(text: str) -> str:
    """The words of a text as they are kept in the index and asked of it: no case, no accents, one spelling."""
    return _APART.sub(" ", " ".join(word.key for word in words(text))).casefold().strip()


def terms(question: str) -> tuple[tuple[str, bool], ...]:
    """Every term of a question, folded, and whether it is a beginning. Raises InputError when there is none."""
    found = []
    for phrase, word in _TERM.findall(question.replace("“", '"').replace("”", '"')[:2000]):
        term = folded(phrase or word)
        if term:
            found.append((term, not phrase and word.endswith("*")))
    if not found or len(found) > MOST_TERMS:
        allowed = f'1 to {MOST_TERMS} words; "two words" as a phrase; tarif* for all that begin so'
        raise InputError(Fault("search", f"{question!r:.60} has {len(found)} words to look for", allowed))
    return tuple(found)


def matches(question: str, *, dialect: str) -> ColumnElement[bool] | TextClause:
    """The condition on `statement_words` under which a statement holds every term of a question."""
    asked = terms(question)
    if dialect == "sqlite":
        phrases = " AND ".join(f'"{term}"{"*" if begins else ""}' for term, begins in asked)
        return sql("statement_words MATCH :question").bindparams(question=phrases)
    return literal_column("statement_words.search").op("@@")(_tsquery(asked))


def _tsquery(asked: tuple[tuple[str, bool], ...]) -> ColumnElement:
    parts = [
        func.to_tsquery(
            sql("'simple'"), " <-> ".join(f"{word}{':*' if begins and last else ''}" for word, last in _last(term))
        )
        for term, begins in asked
    ]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.op("&&")(part)
    return whole


def _last(term: str) -> list[tuple[str, bool]]:
    row = term.split()
    return [(word, at == len(row) - 1) for at, word in enumerate(row)]
