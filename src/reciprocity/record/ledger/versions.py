"""Versions of one document: an edited text takes the place of the one before, and keeps what people made of its words.

The text before stays in the ledger, with a file beside it that says by which document it was superseded; take that file
away and it counts again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from reciprocity.files import write_atomically
from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document
from reciprocity.record.ledger.review import Review
from reciprocity.record.link import Link
from reciprocity.record.reading import Reading
from reciprocity.record.statement import Statement

MARK = "superseded.toml"
"""The file in a document's folder that says what took its place."""
_IN_COMMON = 0.5
"""Share of the longer text's letters that two versions have in sentences they share."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def is_superseded(record: Path) -> bool:
    """Whether a later version has taken the place of the document whose `record.jsonl` this is."""
    return record.with_name(MARK).is_file()


def supersede(record: Path, by: Document) -> None:
    """Say beside a document which one took its place."""
    write_atomically(record.with_name(MARK), f'by = "{by.id}"   # an edited version; take this file away to undo\n')


def by_file(records: Iterable[Path]) -> dict[str, list[Path]]:
    """Documents of a ledger by the name of the file each was read from."""
    found: dict[str, list[Path]] = {}
    for record in records:
        found.setdefault(_head(record).get("file", ""), []).append(record)
    return found


def version_before(reading: Reading, records: Iterable[Path]) -> Path | None:
    """Of some documents, the one this is an edited version of: a file of that name, day and address, half its words."""
    document = reading.document
    wanted = reading.file, document.published, document.publisher, document.url
    for record in records if reading.file else ():
        head = _head(record)
        there = tuple(head.get(key) for key in ("file", "published", "publisher", "url"))
        if head.get("id") != document.id and there == wanted and _share(record, document) >= _IN_COMMON:
            return record
    return None


def _head(record: Path) -> dict[str, Any]:
    """What a document says of itself; nothing where its file is damaged, which `record ledger` tells."""
    try:
        with record.open(encoding="utf-8") as file:
            return json.loads(file.readline())["document"]
    except (ValueError, KeyError, TypeError):
        return {}


def _share(record: Path, document: Document) -> float:
    text = record.with_name("text.txt")
    mine, theirs = _sentences(document.text), _sentences(text.read_text(encoding="utf-8") if text.is_file() else "")
    longer = max(sum(map(len, mine)), sum(map(len, theirs)))
    return sum(map(len, mine & theirs)) / longer if longer else 0.0


def _sentences(text: str) -> set[str]:
    return {" ".join(match[0].split()) for match in _SENTENCE.finditer(text)}


def carried(before: Reading, now: Reading, verdicts: Mapping[str, Review]) -> Iterator[Review]:
    """The verdicts on one version, said of the same words in the next; the n-th of equal words goes with the n-th."""
    there = dict(_by_words(now))
    for words, name in _by_words(before):
        verdict, twin = verdicts.get(name), there.get(words)
        if verdict and twin and twin not in verdicts:
            yield replace(verdict, record=twin, note=f"{verdict.note} (of {name})".strip())


def _by_words(reading: Reading) -> Iterator[tuple[tuple[Any, ...], str]]:
    """What each record says and the how-many-eth it is of those that say so, with its id."""
    seen: dict[tuple[Any, ...], int] = {}
    for one in (*reading.statements, *reading.commitments, *reading.links):
        words = _words(one)
        seen[words] = seen.get(words, 0) + 1
        yield (*words, seen[words]), one.id


def _words(one: Statement | Commitment | Link) -> tuple[Any, ...]:
    if isinstance(one, Statement):
        return ("statement", *(span.exact for span in one.content))
    span = one.span.exact if one.span else ""
    return (one.kind, span, str(getattr(one.a, "exact", one.a))) if isinstance(one, Link) else ("commitment", span)
