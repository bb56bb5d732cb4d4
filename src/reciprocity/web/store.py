"""Saved scenarios: deal, day and headline as it was, under a short address. SQLite, or PostgreSQL by URL."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, Text, create_engine, event, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from reciprocity.errors import Fault, InputError
from reciprocity.web.kept import name_of, text_of

SECONDS_TO_WAIT = 30
"""For another who writes to the same file."""
_NAME = re.compile(r"[a-z2-7]{10}")
_META = MetaData()
SCENARIO = Table(
    "scenario",
    _META,
    Column("id", String(16), primary_key=True),
    Column("saved_at", String(32), nullable=False),
    Column("content", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A scenario as it was saved; `content` holds deal, day, elasticities, versions and the headline."""

    id: str
    saved_at: str
    content: Mapping[str, Any]


class Scenarios:
    """The saved scenarios of one database. Equal content has one address, so saving twice changes nothing."""

    def __init__(self, url: str) -> None:
        try:
            self._engine: Engine = _engine(url)
            _META.create_all(self._engine)
        except (SQLAlchemyError, ImportError) as error:
            remedy = "Give a URL as sqlite:///scenarios.db or postgresql+psycopg://user@host/name"
            raise InputError(
                Fault("--store", f"cannot be opened: {str(error).splitlines()[0]}", remedy=remedy)
            ) from error

    def save(self, content: Mapping[str, Any]) -> str:
        """Keep a scenario; its address."""
        identity = name_of(content)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"id": identity, "saved_at": now, "content": text_of(content)}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(SCENARIO).values(**row))
        except IntegrityError:
            pass  # it is there already
        return identity

    def read(self, identity: str) -> Saved | None:
        """The scenario at an address, or None."""
        if not _NAME.fullmatch(identity):
            return None
        with self._engine.connect() as connection:
            row = connection.execute(select(SCENARIO).where(SCENARIO.c.id == identity)).one_or_none()
        return Saved(row.id, row.saved_at, json.loads(row.content)) if row else None

    def latest(self, most: int = 50) -> list[Saved]:
        """The last ones saved, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(SCENARIO).order_by(SCENARIO.c.saved_at.desc(), SCENARIO.c.id).limit(most))
            return [Saved(row.id, row.saved_at, json.loads(row.content)) for row in rows]

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _engine(url: str) -> Engine:
    """A database; SQLite keeps what it has written when the machine stops, and in memory it is one for all threads."""
    if url in {"sqlite://", "sqlite:///:memory:"}:
        return create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    if url.startswith("sqlite:"):
        engine = create_engine(url, connect_args={"timeout": SECONDS_TO_WAIT})
        event.listen(engine, "connect", _durable)
        return engine
    if url.startswith(("postgresql://", "postgres://")):
        url = f"postgresql+psycopg://{url.partition('://')[2]}"
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name != "postgresql":
        raise ArgumentError(f"{engine.dialect.name} is not known here")
    return engine


def _durable(connection: Any, _record: Any) -> None:
    """What is committed is on the disk, and those who read do not wait for those who write."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()
