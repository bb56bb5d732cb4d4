"""The public record this server shows: a ledger's folder as it stands now, or the promises of the cases that ship."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from reciprocity.deal.cases import case_threads
from reciprocity.errors import Fault, InputError
from reciprocity.record.ledger.ledger import Ledger, open_ledger, read_record
from reciprocity.record.ledger.review import read_reviews, reviewed, standing
from reciprocity.record.ledger.store import index_of, open_store
from reciprocity.record.reading import Reading
from reciprocity.record.views.due import followed
from reciprocity.record.views.thread import Thread, read_threads

Stamp = tuple[int, int]


class Shelf:
    """A ledger to read from. A document is read again when its files change, and not before."""

    def __init__(self, folder: str, index: str = "") -> None:
        if "://" in folder:
            remedy = "Give the folder with --ledger and the address of its index with --index"
            raise InputError(Fault("--ledger", f"{folder.partition('://')[0]}: is an address", "A folder", remedy))
        self.ledger: Ledger | None = open_ledger(Path(folder)) if folder else None
        self.index = index
        self._read: dict[Path, tuple[Stamp, Reading]] = {}
        self._lock = Lock()

    def readings(self) -> tuple[Reading, ...]:
        """Every document with what was read in it and the verdicts on that, by date; none without a ledger."""
        if self.ledger is None:
            return ()
        verdicts = standing(read_reviews(self.ledger.reviews))
        with self._lock:
            records = self.ledger.records()
            self._read = {record: self._fresh(record) for record in records}
            return tuple(reviewed(self._read[record][1], verdicts) for record in records)

    def reading(self, document: str) -> Reading | None:
        """One document, or None."""
        return next((one for one in self.readings() if one.document.id == document), None)

    def threads(self) -> tuple[Thread, ...]:
        """The promises followed: the ledger's own and those of the cases it touches; without one, those that ship."""
        if self.ledger is None:
            return case_threads()
        return followed(read_threads(self.ledger.threads), case_threads(), self.readings())

    @contextmanager
    def store(self) -> Iterator[Engine]:
        """The index, brought up to date; an empty one without a ledger."""
        if self.ledger is None:
            yield index_of(())
            return
        with self._lock, open_store(self.ledger, self.index) as engine:
            yield engine

    def _fresh(self, record: Path) -> tuple[Stamp, Reading]:
        stat = record.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        kept = self._read.get(record)
        return kept if kept and kept[0] == stamp else (stamp, read_record(record))
