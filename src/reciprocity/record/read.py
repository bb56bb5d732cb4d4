"""From a file to its reading: the one way in."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

from reciprocity.errors import Fault, InputError
from reciprocity.record.blocks import blocks_of
from reciprocity.record.cast import Cast
from reciprocity.record.commitments import commitments_of
from reciprocity.record.decode import decode
from reciprocity.record.document import Document, content_id
from reciprocity.record.frontmatter import split_front_matter
from reciprocity.record.lexicon import lexicon
from reciprocity.record.lines import line_map
from reciprocity.record.linkages import links_of
from reciprocity.record.reading import Reading
from reciprocity.record.registry import Registry, read_registry
from reciprocity.record.statements import narration, paragraph, statements_of
from reciprocity.record.times import times_of

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_file(path: Path, *, published: str = "", registry: Registry | None = None) -> Reading:
    """Everything said in one file. Raises InputError when it cannot be read as text."""
    return read_document(document_from(path, published=published), registry=registry)


def document_from(path: Path, *, published: str = "") -> Document:
    """A file as a document: text, line map, title and publication date. Raises InputError."""
    where = str(path)
    if path.is_dir():
        raise InputError(Fault(where, "this is a folder", "A file", "Read a folder with `reciprocity record read`"))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(Fault(where, f"cannot be read: {error.strerror}", remedy="Give a file that exists")) from error
    decoded = decode(data, where=where)
    keys, body_from = split_front_matter(decoded.text)
    when, when_from = _published(published, keys)
    return Document(
        id=content_id("d", decoded.text, when),
        kind="article",
        title=keys.get("title", ""),
        publisher=keys.get("publisher", ""),
        published=when,
        published_from=when_from,
        url=keys.get("source_url", keys.get("url", "")),
        rights=keys.get("rights", ""),
        sha256=hashlib.sha256(data).hexdigest(),
        text=decoded.text,
        lines=line_map(decoded.text, body_from=body_from),
        notices=decoded.notices,
    )


def read_document(document: Document, *, registry: Registry | None = None) -> Reading:
    """Everything said in one document."""
    known = registry or read_registry()
    cues = lexicon()
    blocks = blocks_of(document)
    times = times_of(document, blocks)
    paragraphs = [paragraph(document.text, block, cues) for block in blocks]
    cast = Cast(document.id, document.published, known, document.text)
    for one in paragraphs:
        cast.meet(narration(one))
    statements = statements_of(document, paragraphs, cast, times, known)
    commitments = commitments_of(document, blocks, statements, times, known)
    links = links_of(document, blocks, statements, known)
    return Reading(document, tuple(cast.actors.values()), tuple(statements), tuple(commitments), tuple(links), times)


def parse_date(text: str, *, where: str) -> str:
    """An ISO date a person gave, checked. Raises InputError."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError(Fault(where, f"'{text}' is not a date", "A day is written 2025-10-08")) from error


def _published(option: str, keys: dict[str, str]) -> tuple[str, str]:
    if option:
        return parse_date(option, where="--published"), "option"
    for key in ("date", "published", "published_time"):
        match = _ISO_DATE.search(keys.get(key, ""))
        if match:
            return match[0], "front matter"
    return "", ""
