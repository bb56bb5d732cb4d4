"""The ledger: a folder of plain text that holds every document, what was read in it, and what people made of that.

    ledger/
      ledger.toml                                   what this folder is
      documents/2025-10-08-a-title-1f2e3d4c/
        received.txt                                the bytes as they came (its SHA-256 is in the record)
        text.txt                                    the text every offset counts in
        clean.txt                                   the body alone, to read
        record.jsonl                                the document, its line map, statements, commitments, links, times
        superseded.toml                             only beside an earlier version: which took its place
      reviews.jsonl                                 verdicts, added at the end and never rewritten
      threads/*.toml                                promises and what became of them
      ledger.db                                     an index made from the rest; delete it when you like

Everything is named by its content: reading the same file again changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.files import read_toml, write_atomically
from reciprocity.labels import fold
from reciprocity.record.document import Document
from reciprocity.record.ledger.ledgerfile import dumps, loads
from reciprocity.record.ledger.lock import locked
from reciprocity.record.ledger.review import Review, append_review, read_reviews, reviewed, standing
from reciprocity.record.ledger.versions import carried, is_superseded, supersede, version_before
from reciprocity.record.reading import Reading

FORMAT = 1
"""The form of the folder."""
_HEAD = f"""# A ledger (docs/how-to/keep-a-ledger.md). Everything here is text; ledger.db is made from it.
format = {FORMAT}
"""
_SUFFIXES = {".txt", ".md", ".html", ".htm", ".json"}
_KEPT = ("confirmed", "corrected")


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger's folder."""

    root: Path

    @property
    def reviews(self) -> Path:
        """The file of verdicts."""
        return self.root / "reviews.jsonl"

    @property
    def index(self) -> Path:
        """The index made from the files."""
        return self.root / "ledger.db"

    @property
    def threads(self) -> Path:
        """The folder of promises followed by hand."""
        return self.root / "threads"

    def records(self) -> tuple[Path, ...]:
        """The `record.jsonl` of every document, in the order of their names: by date; of versions, the last."""
        return tuple(record for record in self.versions() if not is_superseded(record))

    def versions(self) -> tuple[Path, ...]:
        """The `record.jsonl` of every document and of every version before it."""
        return tuple(sorted((self.root / "documents").glob("*/record.jsonl")))


def open_ledger(root: Path, *, create: bool = False) -> Ledger:
    """The ledger in a folder. Raises InputError when there is none, or when it is of a later form than this."""
    head = root / "ledger.toml"
    if not head.is_file():
        if not create:
            remedy = "`reciprocity record add FILE --ledger FOLDER` makes one"
            raise InputError(Fault(str(root), "is not a ledger: it holds no ledger.toml", remedy=remedy))
        if _is_something_else(root) and not head.is_file():
            raise InputError(Fault(str(root), "is something else already", "An empty or a new folder"))
        write_atomically(head, _HEAD)
        write_atomically(root / ".gitignore", "ledger.db*\n.lock\n")
    form = read_toml(head).get("format")
    if form != FORMAT:
        raise InputError(Fault(f"{head}: format", f"{form!r} is not known", f"{FORMAT}", "Use a newer Reciprocity"))
    return Ledger(root)


def _is_something_else(root: Path) -> bool:
    """Whether a path holds anything that shows: a hidden file may be another process at work, or `.git`."""
    if not root.exists():
        return False
    return not root.is_dir() or any(not path.name.startswith(".") for path in root.iterdir())


def add_reading(
    ledger: Ledger,
    reading: Reading,
    received: bytes,
    *,
    suffix: str = ".txt",
    versions: Iterable[Path] | None = None,
) -> str:
    """Write a document and what was read in it. Returns `new`, `edited`, `changed` or `unchanged`.

    What a person has confirmed or corrected stays when a later reader no longer finds it. `edited` is a new version of
    a document that was there: it takes its place, and the verdicts on the words they share are said of it too. It is
    looked for among `versions`, records of the ledger, or among all of them.
    """
    document = reading.document
    if hashlib.sha256(received).hexdigest() != document.sha256:
        raise InputError(Fault(document.id, "the bytes are not those that were read"))
    with locked(ledger.root / ".lock"):
        folder = _folder(ledger, document)
        record = folder / "record.jsonl"
        before = record.read_text(encoding="utf-8") if record.is_file() else ""
        if before:
            there = read_record(record)
            reading = _with_kept(_as_received(reading, there), there, standing(read_reviews(ledger.reviews)))
        after = dumps(reading)
        others = (one for one in (ledger.records() if versions is None else versions) if not is_superseded(one))
        earlier = None if is_superseded(record) else version_before(reading, others)
        if earlier:
            verdicts = standing(read_reviews(ledger.reviews))
            for review in carried(read_record(earlier), reading, verdicts):
                append_review(ledger.reviews, review)
        if after != before:
            if reading.document.sha256 == document.sha256:
                _write_bytes(folder / f"received{suffix if suffix in _SUFFIXES else '.txt'}", received)
            _write(folder, reading, after)
        if earlier:
            supersede(earlier, document)
            return "edited"
    return "new" if not before else "changed" if after != before else "unchanged"


def _as_received(reading: Reading, there: Reading) -> Reading:
    """A reading of a text that was received before, in another encoding or under another name: it stays what it was."""
    first = there.document
    document = replace(
        reading.document, sha256=first.sha256, notices=first.notices, published_from=first.published_from
    )
    return replace(reading, document=document, file=there.file or reading.file)


def _write(folder: Path, reading: Reading, record: str) -> None:
    """One document's files, the record last: without it the folder does not count."""
    write_atomically(folder / "text.txt", reading.document.text)
    write_atomically(folder / "clean.txt", reading.document.clean)
    write_atomically(folder / "record.jsonl", record)


def read_record(record: Path) -> Reading:
    """What one document's `record.jsonl` holds, without verdicts. Raises InputError."""
    text = _text(record.with_name("text.txt"))
    return loads(_text(record), text, where=str(record))


def read_ledger(ledger: Ledger) -> Iterator[Reading]:
    """Every document with what was read in it and the verdicts on that, by date."""
    verdicts = standing(read_reviews(ledger.reviews))
    for record in ledger.records():
        yield reviewed(read_record(record), verdicts)


def unplaced(ledger: Ledger) -> tuple[Review, ...]:
    """Verdicts whose record is in no document any more."""
    known: set[str] = set()
    for record in ledger.versions():
        reading = read_record(record)
        known.update(one.id for one in (*reading.statements, *reading.commitments, *reading.links))
    return tuple(one for name, one in standing(read_reviews(ledger.reviews)).items() if name not in known)


def damage(ledger: Ledger) -> tuple[Fault, ...]:
    """Everything in the folder that is not as it was written: bytes, texts, spans, verdicts."""
    faults: list[Fault] = []
    for record in ledger.versions():
        try:
            reading = read_record(record)
        except InputError as error:
            faults.extend(error.faults)
            continue
        received = sorted(record.parent.glob("received.*"))
        digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in received}
        if reading.document.sha256 not in digests:
            faults.append(Fault(str(record.parent), "the bytes received are gone or changed", remedy="Put them back"))
        if _text(record.with_name("clean.txt")) != reading.document.clean:
            faults.append(Fault(str(record.with_name("clean.txt")), "is not the body of the text"))
    try:
        read_reviews(ledger.reviews)
    except InputError as error:
        faults.extend(error.faults)
    return tuple(faults)


def _folder(ledger: Ledger, document: Document) -> Path:
    """Where a document lives: the folder that ends in its hash, whatever it is called before that."""
    tail = document.id.rpartition("-")[2]
    there = sorted((ledger.root / "documents").glob(f"*-{tail}"))
    if there:
        return there[0]
    title = document.title or next((line for line in document.clean.split("\n") if line.strip()), "")
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)[:200])[:48].strip("-") or document.kind
    return ledger.root / "documents" / f"{document.published or 'undated'}-{words}-{tail}"


def _with_kept(reading: Reading, before: Reading, verdicts: dict[str, Review]) -> Reading:
    def kept(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
        ids = {one.id for one in new}
        return tuple(
            one for one in old if one.id not in ids and one.id in verdicts and verdicts[one.id].verdict in _KEPT
        )

    statements = kept(before.statements, reading.statements)
    commitments = kept(before.commitments, reading.commitments)
    needed = {actor for one in statements for actor in (*one.speakers, *one.chain)} | {
        actor for one in commitments for actor in one.who
    }
    there = {one.id for one in reading.actors}
    return replace(
        reading,
        actors=(*reading.actors, *(one for one in before.actors if one.id in needed - there)),
        statements=(*reading.statements, *statements),
        commitments=(*reading.commitments, *commitments),
        links=(*reading.links, *kept(before.links, reading.links)),
    )


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise InputError(Fault(str(path), f"cannot be read: {error.strerror}", remedy="Put it back")) from error
    except UnicodeDecodeError as error:
        raise InputError(Fault(str(path), f"is not UTF-8 (byte {error.start})", remedy="Put it back")) from error


def _write_bytes(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_bytes(content)
        temporary.replace(path)
