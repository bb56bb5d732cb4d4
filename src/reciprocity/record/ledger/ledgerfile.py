"""One document of a ledger as text: a line a record, so that a change is a line in a diff.

`record.jsonl` begins with the document, then its line map, then everything read in it, in the order of the text:

    {"document": {"id": "d-...", "published": "2025-10-08", "sha256": "...", "text_sha256": "...", ...}}
    {"line": [1, 0, 236, "body", 0]}
    {"statement": {"id": "s-...", "content": [{"start": 41, "end": 235, "exact": "..."}], ...}}

Spans leave out which document they are of: it is this one. Every span's words are checked against the text on reading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.record.actor import Actor
from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document, Line
from reciprocity.record.link import Link
from reciprocity.record.plain import parse, plain
from reciprocity.record.reading import Reading
from reciprocity.record.statement import Statement
from reciprocity.record.time import Time

RECORDS = {"actor": Actor, "statement": Statement, "commitment": Commitment, "link": Link, "time": Time}
"""What a document's lines may be, by the word each begins with, in the order they are written."""
_SPAN = {"start", "end", "exact"}


def dumps(reading: Reading) -> str:
    """A reading as lines of JSON; the text itself stays beside it."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(reading))


def loads(content: str, text: str, *, where: str) -> Reading:
    """A reading from its lines and its text. Raises InputError naming every line that does not fit the text."""
    rows = list(_parsed(content, where))
    if not rows or "document" not in rows[0][1]:
        raise InputError(Fault(where, "the first line is not the document", '{"document": {...}}'))
    document = _document(rows, text, where)
    found: dict[str, list[Any]] = {word: [] for word in RECORDS}
    faults: list[Fault] = []
    for number, row in rows[1:]:
        [(word, value)] = row.items()
        if word == "line":
            continue
        try:
            found[word].append(parse(RECORDS[word], _with_document(value, document.id), where=f"{where}:{number}"))
        except InputError as error:
            faults.extend(error.faults)
            continue
        faults.extend(_misplaced(found[word][-1], text, f"{where}:{number}"))
    if faults:
        raise InputError(faults)
    head = rows[0][1]["document"]
    return Reading(
        document,
        *(tuple(found[word]) for word in ("actor", "statement", "commitment", "link", "time")),
        reader=head.get("reader", "rules"),
        dropped=head.get("dropped", 0),
        file=head.get("file", ""),
    )


def text_digest(text: str) -> str:
    """The SHA-256 of a text, in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _rows(reading: Reading) -> Iterator[dict[str, Any]]:
    document = reading.document
    head = {key: value for key, value in plain(document).items() if key not in ("text", "lines")}
    yield {
        "document": head
        | {"text_sha256": text_digest(document.text), "reader": reading.reader, "dropped": reading.dropped}
        | {"file": reading.file}
    }
    for line in document.lines:
        yield {"line": [line.number, line.start, line.end, line.kind, line.clean]}
    groups: Iterable[tuple[str, Iterable[Any]]] = (
        ("actor", sorted(reading.actors, key=lambda one: one.id)),
        ("statement", reading.statements),
        ("commitment", reading.commitments),
        ("link", reading.links),
        ("time", reading.times),
    )
    for word, records in groups:
        for record in records:
            yield {word: _without_document(plain(record))}


def _parsed(content: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    faults: list[Fault] = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line:
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            faults.append(Fault(f"{where}:{number}", f"is not JSON: {error}", remedy="Read the document again"))
            continue
        if not isinstance(row, dict) or len(row) != 1 or not {"document", "line", *RECORDS} >= row.keys():
            faults.append(Fault(f"{where}:{number}", "is not a record", f"One of {', '.join(RECORDS)}"))
            continue
        yield number, row
    if faults:
        raise InputError(faults)


def _document(rows: list[tuple[int, dict[str, Any]]], text: str, where: str) -> Document:
    head = dict(rows[0][1]["document"])
    digest = head.pop("text_sha256", "")
    for key in ("reader", "dropped", "file"):
        head.pop(key, None)
    if digest != text_digest(text):
        remedy = "Put the text back, or read the document again"
        raise InputError(Fault(where, "the text beside it is not the text that was read", remedy=remedy))
    lines = [dict(zip(Line.__slots__, row["line"], strict=False)) for _, row in rows if "line" in row]
    return parse(Document, head | {"text": text, "lines": lines}, where=f"{where}:1")


def _misplaced(record: Any, text: str, where: str) -> Iterator[Fault]:
    for span in _spans(plain(record)):
        if text[span["start"] : span["end"]] != span["exact"]:
            yield Fault(where, f"{span['exact']!r:.50} is not at {span['start']}", remedy="Read the document again")


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() >= _SPAN:
            yield value
        for each in value.values():
            yield from _spans(each)
    elif isinstance(value, list):
        for each in value:
            yield from _spans(each)


def _without_document(value: Any) -> Any:
    if isinstance(value, dict):
        span = value.keys() >= _SPAN
        return {key: _without_document(each) for key, each in value.items() if not (span and key == "document")}
    return [_without_document(each) for each in value] if isinstance(value, list) else value


def _with_document(value: Any, document: str) -> Any:
    if isinstance(value, dict):
        whole = {key: _with_document(each, document) for key, each in value.items()}
        return {"document": document, **whole} if value.keys() >= _SPAN else whole
    return [_with_document(each, document) for each in value] if isinstance(value, list) else value
