"""Saved scenarios: deal, day and headline as it was, under a short address. SQLite, or PostgreSQL by URL."""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, Text, create_engine, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from reciprocity.errors import Fault, InputError

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
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        identity = b32encode(sha256(text.encode()).digest())[:10].decode().lower()
        row = {"id": identity, "saved_at": datetime.now(UTC).isoformat(timespec="seconds"), "content": text}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(SCENARIO).values(**row))
        except IntegrityError:
            pass  # it is there already
        return identity

    def read(self, identity: str) -> Saved | None:
        """The scenario at an address, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(SCENARIO).where(SCENARIO.c.id == identity)).one_or_none()
        return Saved(row.id, row.saved_at, json.loads(row.content)) if row else None

    def latest(self, most: int = 50) -> list[Saved]:
        """The last ones saved, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(SCENARIO).order_by(SCENARIO.c.saved_at.desc(), SCENARIO.c.id).limit(most))
            return [Saved(row.id, row.saved_at, json.loads(row.content)) for row in rows]


def _engine(url: str) -> Engine:
    """A database; SQLite keeps what it has written when the machine stops, and in memory it is one for all threads."""
    if url in {"sqlite://", "sqlite:///:memory:"}:
        return create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    return create_engine(url, pool_pre_ping=True)
