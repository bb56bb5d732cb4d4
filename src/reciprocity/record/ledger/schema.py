"""The tables of the index: one schema for SQLite and PostgreSQL.

`seq` orders statements by the day they were said: day number times a million, and a count within the day. Both servers
walk it backwards to show the latest first without sorting. `statement_words` holds the words by which statements are
found, folded by the same rules as the quote check (case, accents, spelling, names), so both find the same.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy import text as sql
from sqlalchemy.sql.expression import TableClause, column, table

VERSION = "2"
"""Of the schema: an index of another version is made anew."""
tables = MetaData()
"""Every table but the one for words, which each server makes in its own way."""


def _table(name: str, *columns: Column) -> Table:
    return Table(name, tables, *columns)


def _text(name: str) -> Column:
    return Column(name, Text, nullable=False, server_default="")


def _owner(name: str = "document") -> Column:
    return Column(name, String(40), ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True)


about = _table("about", Column("key", String(40), primary_key=True), _text("value"))
document = _table(
    "document", Column("id", String(40), primary_key=True), _text("folder"), _text("stamp"), _text("kind"),
    _text("title"), _text("publisher"), _text("published"), _text("url"), _text("rights"), _text("sha256"),
)  # fmt: skip
actor = _table(
    "actor", Column("document", String(40), ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(200), primary_key=True), _text("name"), _text("kind"), _text("side"),
)  # fmt: skip
statement = _table(
    "statement", Column("seq", BigInteger, primary_key=True, autoincrement=False), Column("id", String(40), index=True),
    _owner(), Column("line", Integer), Column("start", Integer), Column("end", Integer), _text("exact"),
    _text("speakers"), _text("chain"), _text("said_on"), _text("venue"), _text("act"), _text("record"), _text("issues"),
    _text("by"), Column("review", String(12), nullable=False, index=True),
)  # fmt: skip
statement_actor = _table(
    "statement_actor", Column("actor", String(200), primary_key=True),
    Column("seq", BigInteger, ForeignKey("statement.seq", ondelete="CASCADE"), primary_key=True), _text("role"),
)  # fmt: skip
statement_issue = _table(
    "statement_issue", Column("issue", String(80), primary_key=True),
    Column("seq", BigInteger, ForeignKey("statement.seq", ondelete="CASCADE"), primary_key=True),
)  # fmt: skip
Index("statement_actor_seq", statement_actor.c.seq)
Index("statement_issue_seq", statement_issue.c.seq)
commitment = _table(
    "commitment", Column("id", String(40), primary_key=True), _owner(), Column("line", Integer),
    Column("start", Integer), Column("end", Integer), _text("exact"), _text("who"), _text("bound"), _text("what"),
    _text("strength"), Column("negated", Boolean), _text("condition"), Column("amount", Float), _text("unit"),
    _text("earliest"), _text("nominal"), _text("latest"), _text("phrase"), _text("issues"), _text("statements"),
    _text("by"), Column("review", String(12), nullable=False),
)  # fmt: skip
link = _table(
    "link", Column("id", String(40), primary_key=True), _owner(), Column("kind", String(20), index=True), _text("a"),
    _text("b"), _text("exact"), _text("issues_a"), _text("issues_b"), _text("statements"), _text("by"),
    Column("review", String(12), nullable=False),
)  # fmt: skip
review = _table(
    "review", Column("number", Integer, primary_key=True, autoincrement=False),
    Column("record", String(40), index=True), _text("verdict"), _text("by"), _text("at"), _text("exact"),
    _text("changes"), _text("note"),
)  # fmt: skip
statement_words: TableClause = table("statement_words", column("rowid"), column("words"))
"""The words statements are found by; `rowid` is a statement's `seq`."""

_FTS5 = "CREATE VIRTUAL TABLE IF NOT EXISTS statement_words USING fts5(words, tokenize='unicode61 remove_diacritics 2')"
_TSVECTOR = """CREATE TABLE IF NOT EXISTS statement_words (rowid BIGINT PRIMARY KEY, words TEXT NOT NULL,
    search TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED)"""
_WORDS_TABLE = {
    "sqlite": (_FTS5,),
    "postgresql": (
        _TSVECTOR,
        "CREATE INDEX IF NOT EXISTS statement_words_search ON statement_words USING gin (search)",
    ),
}


def create(connection: Connection) -> None:
    """Make the tables that are not there."""
    tables.create_all(connection)
    for command in _WORDS_TABLE[connection.dialect.name]:
        connection.execute(sql(command))


def count_up(connection: Connection) -> None:
    """Let PostgreSQL learn how the words are spread, at once: its plans are a hundred times slower until it does."""
    if connection.dialect.name == "postgresql":
        connection.execute(sql("ANALYZE document, statement, statement_words, statement_actor, statement_issue"))


def drop(connection: Connection) -> None:
    """Take every table of the index away."""
    connection.execute(sql("DROP TABLE IF EXISTS statement_words"))
    tables.drop_all(connection)
