"""From a file to its reading: the one way in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path

from reciprocity.errors import Fault, InputError
from reciprocity.record.document import Document, content_id
from reciprocity.record.grammar.lexicon import lexicon
from reciprocity.record.people.cast import Cast
from reciprocity.record.people.turns import Turn, spoken_statements, turns_of, whole_turn
from reciprocity.record.promises.commitments import commitments_of
from reciprocity.record.promises.linkages import links_of
from reciprocity.record.reading import Progress, Reading
from reciprocity.record.registry import Registry, read_registry
from reciprocity.record.speech.author import author_of, speaks_in_person
from reciprocity.record.speech.paragraph import Advice, Paragraph, narration, paragraph
from reciprocity.record.speech.statements import statements_of
from reciprocity.record.text.blocks import Block, blocks_of
from reciprocity.record.text.decode import Decoded, decode
from reciprocity.record.text.frontmatter import split_front_matter
from reciprocity.record.text.kinds import kind_of
from reciprocity.record.text.lines import line_map, mark_lines
from reciprocity.record.text.markup import looks_like_html, page_date, read_page
from reciprocity.record.when.times import times_of

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
"""What a folder is searched for."""
_LARGEST = 8_000_000
"""Bytes of a file. One that is all speech takes a gigabyte of memory to read at this size."""
_PARSED = 1_000_000
"""Letters up to which `auto` asks a parser, which takes a minute for as many."""
_UNDATED = (
    "No publication date is known: words like “Tuesday” or “the coming weeks” stay without days. "
    "Give --published YYYY-MM-DD."
)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOW_AND_THEN = 100
"""Paragraphs between two calls of `progress`."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's text and what it says of itself, before its lines are told apart."""

    text: str
    keys: dict[str, str]
    kinds: tuple[str, ...]
    body_from: int
    dated_from: str
    notices: tuple[str, ...]


def read_file(
    path: Path,
    *,
    published: str = "",
    registry: Registry | None = None,
    reader: str = "rules",
    progress: Progress | None = None,
) -> Reading:
    """Everything said in one file. Raises InputError when it cannot be read as text."""
    document = document_from(path, published=published)
    reading = read_document(document, registry=registry, reader=reader, progress=progress)
    return replace(reading, file=path.name)


def texts_in(folder: Path) -> tuple[Path, ...]:
    """Every text, Markdown and HTML file under a folder, in the order of their names. Raises InputError for none."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if not paths:
        raise InputError(Fault(str(folder), "no document is in this folder", f"Files ending in {', '.join(SUFFIXES)}"))
    return tuple(paths)


def read_folder(
    folder: Path,
    *,
    published: str = "",
    registry: Registry | None = None,
    reader: str = "rules",
    progress: Progress | None = None,
) -> tuple[tuple[Reading, ...], tuple[Fault, ...]]:
    """Every document of a folder, and what could not be read."""
    paths = texts_in(folder)
    readings: list[Reading] = []
    faults: list[Fault] = []
    for done, path in enumerate(paths):
        if progress:
            progress(done, len(paths))
        try:
            readings.append(read_file(path, published=published, registry=registry, reader=reader))
        except InputError as error:
            faults.extend(error.faults)
    return tuple(readings), tuple(faults)


def document_from(path: Path, *, published: str = "") -> Document:
    """A file as a document: text, line map, title and publication date. Raises InputError."""
    where = str(path)
    if path.is_dir():
        raise InputError(Fault(where, "this is a folder", "A file", "Read a folder with `reciprocity record read`"))
    if path.exists() and not path.is_file():
        raise InputError(Fault(where, "this is a device or a pipe", "A file on disk", "Save its text in a file"))
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            limit = f"A document is at most {_LARGEST // 1_000_000} MB"
            raise InputError(Fault(where, f"the file has {size / 1e6:.1f} MB", limit, "Split it into its documents"))
        data = path.read_bytes()
    except OSError as error:
        raise InputError(Fault(where, f"cannot be read: {error.strerror}", remedy="Give a file that exists")) from error
    decoded = decode(data, where=where)
    sha256 = hashlib.sha256(data).hexdigest()
    return _document(decoded, published=published, sha256=sha256, suffix=path.suffix.lower())


def document_of(text: str, *, published: str = "") -> Document:
    """A text held in memory as a document; its sha256 is that of its UTF-8 bytes."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _document(Decoded(text, "utf-8", ()), published=published, sha256=sha256, suffix="")


def _document(decoded: Decoded, *, published: str, sha256: str, suffix: str) -> Document:
    source = _page(decoded) if looks_like_html(decoded.text, suffix) else _plain(decoded)
    keys = source.keys
    when, when_from, notices = _published(published, source)
    lines = mark_lines(source.text, source.kinds) if source.kinds else line_map(source.text, body_from=source.body_from)
    draft = Document(
        id=content_id("d", source.text, when),
        kind="article",
        title=keys.get("title", ""),
        publisher=keys.get("publisher", ""),
        published=when,
        published_from=when_from,
        url=keys.get("source_url", keys.get("url", "")),
        rights=keys.get("rights", ""),
        sha256=sha256,
        text=source.text,
        lines=lines,
        notices=(*source.notices, *notices),
    )
    return _with_kind(draft, keys.get("tags", ""))


def _with_kind(draft: Document, tags: str) -> Document:
    blocks = blocks_of(draft)
    heading = next((draft.text[block.start : block.end] for block in blocks[:2] if block.heading), "")
    title = draft.title or heading.strip("#* ")
    body = next((block for block in blocks if not block.heading), None)
    opening = draft.text[body.start : body.start + 1500] if body else ""
    return replace(draft, title=title, kind=kind_of(title, tags, opening, turns=len(turns_of(draft, blocks))))


def _plain(decoded: Decoded) -> _Source:
    keys, body_from = split_front_matter(decoded.text)
    return _Source(decoded.text, keys, (), body_from, "front matter", decoded.notices)


def _page(decoded: Decoded) -> _Source:
    page = read_page(decoded.text)
    meta = page.meta
    keys = {
        "title": meta.get("headline") or meta.get("og:title") or meta.get("title", ""),
        "publisher": meta.get("publisher") or meta.get("og:site_name", ""),
        "url": meta.get("canonical") or meta.get("og:url", ""),
        "date": page_date(meta),
        "rights": meta.get("copyright") or meta.get("dc.rights", ""),
    }
    text = "\n\n".join(words for words, _ in page.paragraphs)
    kinds = tuple(one for _, kind in page.paragraphs for one in (kind, "blank"))
    return _Source(text, keys, kinds[:-1] or ("blank",), 0, "metadata", decoded.notices)


def _published(option: str, source: _Source) -> tuple[str, str, tuple[str, ...]]:
    """The publication day, where it comes from, and what to say when it is missing or contradicted."""
    inside = ""
    for key in ("date", "published", "published_time"):
        match = _ISO_DATE.search(source.keys.get(key, ""))
        if match and not inside:
            inside = match[0] if _is_day(match[0]) else ""
    if option:
        day = parse_date(option, where="--published")
        differs = (f"The file says {inside}; {day} was given and is used.",) if inside and inside != day else ()
        return day, "option", differs
    if inside:
        return inside, source.dated_from, ()
    return "", "", (_UNDATED,)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def parse_date(text: str, *, where: str) -> str:
    """An ISO date a person gave, checked. Raises InputError."""
    if not _ISO_DATE.fullmatch(text) or not _is_day(text):
        raise InputError(Fault(where, f"'{text}' is not a date", "A day is written 2025-10-08"))
    return text


def read_document(
    document: Document, *, registry: Registry | None = None, reader: str = "rules", progress: Progress | None = None
) -> Reading:
    """Everything said in one document.

    `reader` is `rules` (standard library only), `parse` (spaCy advises the rules) or `auto` (`parse` where installed,
    for a text no longer than a book). `progress` is told how many paragraphs are read.
    """
    known = registry or read_registry()
    blocks = blocks_of(document)
    advise = _advice(reader, document.text, blocks)
    times = times_of(document, blocks)
    cast = Cast(document.id, document.published, known, document.text)
    turns = _turns(document, blocks)
    author = None if turns else author_of(document, blocks)
    if author and speaks_in_person(document, blocks):
        turns = (whole_turn(blocks, author),)
    if turns:
        cast.meet([(block.start, block.end) for block in blocks])
        statements = spoken_statements(document, turns, cast, known)
    else:
        paragraphs: list[Paragraph] = []
        for at, block in enumerate(blocks):
            if progress and at % _NOW_AND_THEN == 0:
                progress(at, len(blocks))
            paragraphs.append(paragraph(document.text, block, lexicon(), advise, heads=at == 0))
            cast.meet(narration(paragraphs[-1]))
        if author:
            cast.resolve(document.text[slice(*author)], author[0])
        statements = statements_of(document, paragraphs, cast, times, known)
    bodies = {one.id for one in cast.actors.values() if one.kind in ("body", "office")}
    commitments = commitments_of(document, blocks, statements, times, known, bodies=bodies)
    links = links_of(document, blocks, statements, known)
    bound = (known.actor(who) for one in commitments for who in one.who if who not in cast.actors)
    actors = tuple({one.id: one for one in (*cast.actors.values(), *bound) if one}.values())
    name = "parse" if advise else "rules"
    return Reading(document, actors, tuple(statements), tuple(commitments), tuple(links), times, name)


def _turns(document: Document, blocks: tuple[Block, ...]) -> tuple[Turn, ...]:
    return turns_of(document, blocks) if document.kind in ("transcript", "debate") else ()


def _advice(reader: str, text: str, blocks: Iterable[Block]) -> Advice | None:
    if reader not in ("rules", "parse", "auto"):
        raise InputError(Fault("--reader", f"'{reader}' is not a reader", "One of auto, rules, parse"))
    if reader == "rules":
        return None
    parse = import_module("reciprocity.record.speech.parse")
    wanted = reader == "parse" or (len(text) <= _PARSED and parse.is_installed())
    return parse.Parsed(text, ((block.start, block.end) for block in blocks)) if wanted else None
