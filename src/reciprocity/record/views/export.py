"""The record in forms other programs read: JSON-LD with Web Annotation selectors, and CSV.

Every annotation says which document it is of and where its words are, twice: by the words with what stands around them
(TextQuoteSelector) and by their place (TextPositionSelector), so that either finds them again.
https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document, Span, content_id
from reciprocity.record.link import Link
from reciprocity.record.reading import Reading
from reciprocity.record.statement import Statement

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "rec": "urn:reciprocity:record:",
        "speakers": {"@id": "rec:speakers", "@container": "@list"},
        "chain": {"@id": "rec:chain", "@container": "@list"},
        "issues": {"@id": "rec:issues", "@container": "@set"},
        "act": "rec:act",
        "saidOn": "rec:saidOn",
        "venue": "rec:venue",
        "record": "rec:record",
        "strength": "rec:strength",
        "bound": "rec:bound",
        "condition": "rec:condition",
        "due": "rec:due",
        "earliest": "rec:earliest",
        "nominal": "rec:nominal",
        "latest": "rec:latest",
        "phrase": "rec:phrase",
        "amount": "rec:amount",
        "unit": "rec:unit",
        "quotes": {"@id": "rec:quotes", "@container": "@list"},
        "digest": "rec:digest",
        "linkKind": "rec:linkKind",
        "readBy": "rec:readBy",
        "review": "rec:review",
    },
]
"""The vocabulary: Web Annotation's own, and ours for who, when and how firmly."""
_AROUND = 32
COLUMNS: tuple[str, ...] = (
    "kind", "id", "document", "published", "title", "url", "line", "start", "end", "exact", "who", "chain", "act",
    "said_on", "venue", "record", "issues", "strength", "condition", "amount", "unit", "earliest", "nominal", "latest",
    "due_phrase", "read_by", "review",
)  # fmt: skip
"""Of the CSV; lists are joined with a semicolon."""


def to_jsonld(readings: Iterable[Reading]) -> str:
    """The record as one JSON-LD document, a page of annotations."""
    items = [item for reading in readings for item in _annotations(reading)]
    name = content_id("page", *(item["id"] for item in items))
    page = {"@context": CONTEXT, "id": f"urn:reciprocity:{name}", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def to_csv(readings: Iterable[Reading]) -> str:
    """Statements and commitments as rows. A cell that a spreadsheet would run is made text with an apostrophe."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for reading in readings:
        for row in _rows(reading):
            writer.writerow({key: _harmless(value) for key, value in row.items()})
    return file.getvalue()


FORMS: dict[str, Callable[[Iterable[Reading]], str]] = {"jsonld": to_jsonld, "csv": to_csv}
"""The forms, by name."""


def selectors(document: Document, span: Span) -> list[dict[str, Any]]:
    """The two selectors of a span."""
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.exact,
        "prefix": document.text[max(0, span.start - _AROUND) : span.start],
        "suffix": document.text[span.end : span.end + _AROUND],
    }
    return [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]


def _annotations(reading: Reading) -> Iterator[dict[str, Any]]:
    page = reading.document
    for one in reading.statements:
        body = {
            "speakers": list(one.speakers), "chain": list(one.chain), "act": one.act, "saidOn": one.on,
            "venue": one.where, "record": one.record, "issues": list(one.issues),
            "quotes": [span.exact for span in one.words],
        }  # fmt: skip
        yield _annotation(page, one, one.content, "describing", body)
    for one in reading.commitments:
        amount = {"value": one.amount.value, "unit": one.amount.unit} if one.amount else None
        due = {key: getattr(one.due, key) for key in ("earliest", "nominal", "latest", "phrase")} if one.due else None
        body = {
            "speakers": list(one.who), "bound": one.bound, "strength": one.strength, "condition": one.condition,
            "issues": list(one.issues), "due": due, "amount": amount,
        }  # fmt: skip
        yield _annotation(page, one, (one.span,), "assessing", body)
    for one in reading.links:
        ends = tuple(end for end in (one.a, one.b) if isinstance(end, Span)) or ((one.span,) if one.span else ())
        if ends:
            yield _annotation(page, one, ends, "linking", {"linkKind": one.kind})


def _annotation(
    page: Document, one: Statement | Commitment | Link, spans: tuple[Span, ...], motivation: str, body: dict[str, Any]
) -> dict[str, Any]:
    targets = [{"source": _source(page), "selector": selectors(page, span)} for span in spans]
    said = {key: value for key, value in body.items() if value not in (None, "", [])}
    return {
        "id": f"urn:reciprocity:{one.id}",
        "type": "Annotation",
        "motivation": motivation,
        "body": {"type": "rec:" + type(one).__name__, **said, "readBy": one.by, "review": one.review},
        "target": targets if len(targets) > 1 else targets[0],
    }


def _source(page: Document) -> dict[str, Any]:
    given = {
        "id": page.url or f"urn:sha256:{page.sha256}", "type": "Text", "dc:title": page.title,
        "dc:publisher": page.publisher, "dc:date": page.published, "dc:rights": page.rights,
        "digest": f"sha256:{page.sha256}",
    }  # fmt: skip
    return {key: value for key, value in given.items() if value}


def _rows(reading: Reading) -> Iterator[dict[str, Any]]:
    page = reading.document
    head = {"document": page.id, "published": page.published, "title": page.title, "url": page.url}
    for one in reading.statements:
        first, last = one.content[0], one.content[-1]
        yield head | {
            "kind": "statement", "id": one.id, "line": page.line_of(first.start).number, "start": first.start,
            "end": last.end, "exact": one.exact, "who": ";".join(one.speakers), "chain": ";".join(one.chain),
            "act": one.act, "said_on": one.on, "venue": one.where, "record": one.record,
            "issues": ";".join(one.issues), "read_by": one.by, "review": one.review,
        }  # fmt: skip
    for one in reading.commitments:
        due = one.due
        yield head | {
            "kind": "commitment", "id": one.id, "line": page.line_of(one.span.start).number, "start": one.span.start,
            "end": one.span.end, "exact": one.span.exact, "who": ";".join(one.who), "issues": ";".join(one.issues),
            "strength": one.strength, "condition": one.condition, "amount": one.amount.value if one.amount else "",
            "unit": one.amount.unit if one.amount else "", "earliest": due.earliest if due else "",
            "nominal": due.nominal if due else "", "latest": due.latest if due else "",
            "due_phrase": due.phrase if due else "", "read_by": one.by, "review": one.review,
        }  # fmt: skip


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
