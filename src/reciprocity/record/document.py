r"""A document as it was received: its text, its line map, and exact spans of it.

Every offset in the record is a Python string index, end exclusive, into `Document.text`: the file decoded, its byte
order mark taken off and its line ends written as `\n` (what Python's `open(...).read()` gives). Nothing is ever cut
out of that text. What is not body (advertising, captions, other headlines, front matter) is marked in `lines`, and
`Document.clean` is the text a reader wants; `clean_offset` and `raw_offset` go from one to the other.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass

KINDS = (
    "article",
    "readout",
    "transcript",
    "proclamation",
    "joint-statement",
    "fact-sheet",
    "statement",
    "post",
    "debate",
    "other",
)
"""What a document can be."""


def content_id(prefix: str, *parts: object) -> str:
    """A short name made from what a thing says, so that reading a file again names it the same."""
    text = "\x1f".join(map(str, parts))
    return f"{prefix}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Exact words of a document: `Document.text[start:end] == exact`."""

    document: str
    start: int
    end: int
    exact: str

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the received text and what it is.

    Args:
        number: Its number, from 1.
        start: Where its words begin in `Document.text`.
        end: Where they end.
        kind: `body`, `heading`, `blank`, `front-matter`, or the kind of boilerplate it is.
        clean: Where it begins in `Document.clean`; None when it was left out.
    """

    number: int
    start: int
    end: int
    kind: str
    clean: int | None

    @property
    def kept(self) -> bool:
        """Whether the line is part of what the document says."""
        return self.clean is not None


@dataclass(frozen=True, slots=True)
class Document:
    """A thing that was published, with its text as received.

    Args:
        id: Content hash of the text and its publication date.
        kind: One of `KINDS`.
        published: ISO date; empty when it is not known (never guessed).
        published_from: Where the date comes from: `option`, `front matter`, `metadata`, `file name`, or empty.
        sha256: Of the file's bytes.
        text: The received text.
        lines: The line map.
        notices: What a reader of the record should be told about this file.
    """

    id: str
    kind: str
    title: str
    publisher: str
    published: str
    published_from: str
    url: str
    rights: str
    sha256: str
    text: str
    lines: tuple[Line, ...]
    notices: tuple[str, ...] = ()

    @property
    def clean(self) -> str:
        """The body alone: lines that follow each other one line end apart, paragraphs two."""
        parts: list[str] = []
        last = 0
        for line in self.lines:
            if line.kept:
                if parts:
                    parts.append("\n" if line.number == last + 1 else "\n\n")
                parts.append(self.text[line.start : line.end])
                last = line.number
        return "".join(parts)

    def span(self, start: int, end: int) -> Span:
        """The exact words between two offsets."""
        return Span(self.id, start, end, self.text[start:end])

    def line_of(self, offset: int) -> Line:
        """The line an offset falls in."""
        return self.lines[max(0, bisect_right(self.lines, offset, key=lambda line: line.start) - 1)]

    def clean_offset(self, offset: int) -> int | None:
        """Where an offset of `text` is in `clean`; None inside what was left out."""
        line = self.line_of(offset)
        if line.clean is None or offset > line.end:
            return None
        return line.clean + offset - line.start

    def raw_offset(self, offset: int) -> int:
        """Where an offset of `clean` is in `text`."""
        kept = [line for line in self.lines if line.kept]
        line = kept[max(0, bisect_right(kept, offset, key=lambda one: one.clean or 0) - 1)]
        return line.start + offset - (line.clean or 0)
