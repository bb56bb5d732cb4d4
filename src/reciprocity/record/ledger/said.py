"""Who said it, when, where and in whose words: the index asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from reciprocity.record.ledger import schema
from reciprocity.record.ledger.rows import DAY, first_number
from reciprocity.record.ledger.search import matches


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the index tells of it: who, when, where, in whose words."""

    statement: str
    document: str
    title: str
    publisher: str
    published: str
    line: int
    start: int
    end: int
    exact: str
    speakers: tuple[str, ...]
    chain: tuple[str, ...]
    on: str
    where: str
    act: str
    record: str
    issues: tuple[str, ...]
    review: str


def said(
    engine: Engine,
    question: str = "",
    *,
    who: str = "",
    issue: str = "",
    since: str = "",
    until: str = "",
    rejected: bool = False,
    limit: int = 50,
) -> tuple[Said, ...]:
    """Statements that hold every term of a question, latest first.

    Args:
        engine: An index that is up to date.
        question: Words, "phrases" and beginnings*; accents, case and spelling do not matter. Empty asks for all.
        who: Actor id among the speakers or those the words came through.
        issue: Issue id.
        since: First ISO day it was said.
        until: Last ISO day.
        rejected: Whether to show those a person rejected.
        limit: How many at most.
    """
    with engine.connect() as connection:
        rows: Sequence[Any] = ()
        sorts = question and connection.dialect.name == "postgresql"
        for within in (_NEAR * limit, None) if sorts else (None,):
            query = _question(
                connection, question, who=who, issue=issue, since=since, until=until, rejected=rejected, within=within
            )
            rows = connection.execute(query.limit(limit)).mappings().all()
            if len(rows) == limit:
                break
        return tuple(_said(row) for row in rows)


_NEAR = 8
"""How many times as many statements as are asked for PostgreSQL looks at first: the latest, and mostly enough. It sorts
all it finds, where SQLite walks its words from the latest on."""


def said_by_numbers(connection: Connection, numbers: Sequence[int]) -> dict[int, Said]:
    """The statements of some numbers."""
    s, d = schema.statement, schema.document
    query = select(s, d.c.title, d.c.publisher, d.c.published).join(d, d.c.id == s.c.document)
    found: dict[int, Said] = {}
    for at in range(0, len(numbers), 500):
        rows = connection.execute(query.where(s.c.seq.in_(numbers[at : at + 500]))).mappings()
        found.update({row["seq"]: _said(row) for row in rows})
    return found


def _question(
    connection: Connection,
    question: str,
    *,
    who: str,
    issue: str,
    since: str,
    until: str,
    rejected: bool,
    within: int | None,
) -> Select[Any]:
    """The query; `within` looks only at so many of the latest statements that hold the words."""
    s, d = schema.statement, schema.document
    query = select(s, d.c.title, d.c.publisher, d.c.published).join(d, d.c.id == s.c.document)
    order = schema.statement_actor if who else schema.statement_issue if issue else s
    if question:
        # PostgreSQL is told to search the words first: its guess at how rare a word is can be wrong by a thousand.
        rowid = schema.statement_words.c.rowid
        words = select(rowid).where(matches(question, dialect=connection.dialect.name))
        words = words.where(rowid < first_number(until) + DAY) if until else words
        words = words.order_by(rowid.desc()).limit(within) if within else words
        found = words.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
        query = query.join(found, found.c.rowid == s.c.seq).order_by(found.c.rowid.desc())
    else:
        query = query.order_by(order.c.seq.desc())
    for column, value in (
        (schema.statement_actor.c.actor, who),
        (schema.statement_issue.c.issue, issue),
    ):
        if value:
            seq = column.table.c.seq
            asked = select(seq).where(column == value, seq == s.c.seq).exists()
            query = query.where(asked) if question else query.join(column.table, (seq == s.c.seq) & (column == value))
    if since:
        query = query.where(s.c.seq >= first_number(since))
    if until:
        query = query.where(s.c.seq < first_number(until) + DAY)
    return query if rejected else query.where(s.c.review != "rejected")


def _said(row: Any) -> Said:
    lists = {key: tuple(json.loads(row[key])) for key in ("speakers", "chain", "issues")}
    return Said(
        row["id"], row["document"], row["title"], row["publisher"], row["published"], row["line"], row["start"],
        row["end"], row["exact"], lists["speakers"], lists["chain"], row["said_on"], row["venue"], row["act"],
        row["record"], lists["issues"], row["review"],
    )  # fmt: skip
