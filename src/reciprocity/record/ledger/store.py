"""The index: every ledger searchable in milliseconds, in a file beside it or in a team's PostgreSQL.

The files are the source; the index is made from them and brought up to date by comparing their stamps. One code path
serves both servers; what differs between them is how words are searched (`schema`, `search`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, inspect, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from reciprocity.errors import Fault, InputError
from reciprocity.record.caption import caption
from reciprocity.record.ledger import schema
from reciprocity.record.ledger.ledger import Ledger, read_record
from reciprocity.record.ledger.review import Review, read_reviews, reviewed, standing
from reciprocity.record.ledger.rows import DAY, columns, commitment_row, first_number, link_row, statement_row
from reciprocity.record.ledger.search import folded
from reciprocity.record.plain import plain
from reciprocity.record.reading import Progress, Reading

_SERVERS = ("sqlite", "postgresql")


@contextmanager
def open_store(ledger: Ledger, url: str = "", *, progress: Progress | None = None) -> Iterator[Engine]:
    """The index of a ledger, brought up to date: its own file, or the server an SQLAlchemy URL names."""
    engine = engine_for(url or f"sqlite:///{ledger.index}")
    try:
        refresh(engine, ledger, progress)
        yield engine
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        remedy = "Delete ledger.db to make it anew" if not url else "Check that the server runs and the URL is right"
        raise InputError(Fault(_shown(engine), f"the index cannot be used: {reason}", remedy=remedy)) from error
    finally:
        engine.dispose()


def engine_for(url: str) -> Engine:
    """An engine for a URL. Raises InputError for a URL of another kind or a driver that is not installed."""
    if url.startswith(("postgresql://", "postgres://")):
        url = f"postgresql+psycopg://{url.partition('://')[2]}"
    try:
        engine = create_engine(url)
    except ImportError as error:
        remedy = "Install it: `uv sync --extra postgres`"
        raise InputError(Fault("index", f"the driver is not installed ({error.name})", remedy=remedy)) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise InputError(Fault("index", f"not an address of a database: {error}", "postgresql://host/name")) from error
    if engine.dialect.name not in _SERVERS:
        raise InputError(Fault("index", f"{engine.dialect.name} is not known here", " or ".join(_SERVERS)))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    return engine


def index_of(readings: Iterable[Reading]) -> Engine:
    """An index of some readings, in memory."""
    engine = engine_for("sqlite://")
    with engine.begin() as connection:
        schema.create(connection)
        for at, reading in enumerate(readings):
            add(connection, reading, folder=str(at), stamp="")
    return engine


def clear(ledger: Ledger, url: str = "") -> None:
    """Take the index away; the next opening makes it anew from the files."""
    if url:
        engine = engine_for(url)
        with engine.begin() as connection:
            schema.drop(connection)
        engine.dispose()
        return
    for path in ledger.root.glob(f"{ledger.index.name}*"):
        path.unlink()


def refresh(engine: Engine, ledger: Ledger, progress: Progress | None = None) -> int:
    """Bring the index up to date with the files. Returns how many documents were read anew."""
    verdicts = standing(read_reviews(ledger.reviews))
    with engine.begin() as connection:
        known = _known(connection)
        stamps = {record.parent.name: (record, _stamp(record, ledger.reviews)) for record in ledger.records()}
        stale = [folder for folder, (_, stamp) in stamps.items() if known.get(folder) != stamp]
        _forget(connection, [folder for folder in known if folder not in stamps or folder in stale])
        for done, folder in enumerate(stale, 1):
            record, stamp = stamps[folder]
            if progress:
                progress(done, len(stale))
            add(connection, reviewed(read_record(record), verdicts), folder=folder, stamp=stamp)
        if stale or len(stamps) != len(known):
            _write_reviews(connection, read_reviews(ledger.reviews))
            schema.count_up(connection)
    return len(stale)


def add(connection: Connection, reading: Reading, *, folder: str, stamp: str) -> None:
    """Write one document and what was read in it into the index."""
    document = reading.document
    head = columns(document, schema.document) | {"title": caption(document)}
    connection.execute(insert(schema.document).values(head | {"folder": folder, "stamp": stamp}))
    _many(connection, schema.actor, ({"document": document.id, **columns(one, schema.actor)} for one in reading.actors))
    numbers = _numbers(connection, reading)
    _many(connection, schema.statement, (statement_row(one, seq, reading) for seq, one in numbers))
    _many(connection, schema.statement_words, ({"rowid": seq, "words": folded(one.exact)} for seq, one in numbers))
    _many(
        connection,
        schema.statement_actor,
        (
            {"seq": seq, "actor": who, "role": "speaker" if who in one.speakers else "chain"}
            for seq, one in numbers
            for who in dict.fromkeys((*one.speakers, *one.chain))
        ),
    )
    issues = ({"seq": seq, "issue": issue} for seq, one in numbers for issue in dict.fromkeys(one.issues))
    _many(connection, schema.statement_issue, issues)
    _many(connection, schema.commitment, (commitment_row(one, reading) for one in _once(reading.commitments)))
    _many(connection, schema.link, (link_row(one, reading) for one in _once(reading.links)))


def _known(connection: Connection) -> dict[str, str]:
    """The stamp of every document in the index; the tables are made first, anew when they are of another version."""
    if inspect(connection).has_table("about"):
        version = connection.execute(select(schema.about.c.value).where(schema.about.c.key == "schema")).scalar()
        if version == schema.VERSION:
            found = connection.execute(select(schema.document.c.folder, schema.document.c.stamp)).all()
            return {row.folder: row.stamp for row in found}
        schema.drop(connection)
    schema.create(connection)
    connection.execute(insert(schema.about).values(key="schema", value=schema.VERSION))
    return {}


def _forget(connection: Connection, folders: Sequence[str]) -> None:
    s, d = schema.statement, schema.document
    for folder in folders:
        ids = select(d.c.id).where(d.c.folder == folder)
        numbers = select(s.c.seq).where(s.c.document.in_(ids))
        connection.execute(delete(schema.statement_words).where(schema.statement_words.c.rowid.in_(numbers)))
        for table in (schema.statement_actor, schema.statement_issue):
            connection.execute(delete(table).where(table.c.seq.in_(numbers)))
        for table in (s, schema.actor, schema.commitment, schema.link):
            connection.execute(delete(table).where(table.c.document.in_(ids)))
        connection.execute(delete(d).where(d.c.folder == folder))


def _write_reviews(connection: Connection, reviews: Iterable[Review]) -> None:
    connection.execute(delete(schema.review))
    _many(connection, schema.review, ({"number": at, **plain(one)} for at, one in enumerate(reviews, 1)))


def _numbers(connection: Connection, reading: Reading) -> list[tuple[int, Any]]:
    """Each statement with the number that puts it in order of days."""
    s = schema.statement
    days = [first_number(one.on or reading.document.published) for one in _once(reading.statements)]
    taken: Counter[int] = Counter()
    for first in set(days):
        last = connection.execute(select(func.max(s.c.seq)).where(s.c.seq.between(first, first + DAY - 1))).scalar()
        taken[first] = 0 if last is None else last - first + 1
    numbered = []
    for first, one in zip(days, _once(reading.statements), strict=True):
        numbered.append((first + taken[first], one))
        taken[first] += 1
    return numbered


def _once(records: Iterable[Any]) -> Iterable[Any]:
    return {one.id: one for one in records}.values()


def _many(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        connection.execute(insert(table), found)


def _stamp(record: Path, reviews: Path) -> str:
    parts = [record.stat()] + ([reviews.stat()] if reviews.is_file() else [])
    return " ".join(f"{one.st_mtime_ns}:{one.st_size}" for one in parts)


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
