"""The documents of the ledger: each with its margin, what was read in it, and quotes held against them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from reciprocity.errors import Fault, InputError
from reciprocity.record.caption import caption
from reciprocity.record.plain import plain
from reciprocity.record.quotes.check import Check
from reciprocity.record.quotes.quotes import check_anywhere, searched
from reciprocity.record.reading import Reading
from reciprocity.record.views.export import to_csv
from reciprocity.record.views.presented import presented
from reciprocity.report.record.article import article
from reciprocity.report.record.tables import changes
from reciprocity.web.asked import one_of
from reciprocity.web.pages import Csv, as_csv, as_json, as_text, flat, language_of
from reciprocity.web.views.shelf import ledger_page, place, shelf_of
from reciprocity.web.words import words_of

router = APIRouter(prefix="/record", tags=["record"])
LONGEST_QUOTE = 5000
"""Characters of a quote that is checked."""
COLUMNS = (
    "id", "published", "kind", "title", "publisher", "url", "statements", "commitments", "links", "times", "sha256",
)  # fmt: skip
Quote = Annotated[str, Query(description="The words to look for in every document of the ledger.")]
Source = Annotated[str, Query(description="Id of one document to hold the quote against; all when left out.")]


def _documents(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.document.id, "published": one.document.published, "kind": one.document.kind,
            "title": caption(one.document), "publisher": one.document.publisher, "url": one.document.url,
            "statements": len(one.statements), "commitments": len(one.commitments), "links": len(one.links),
            "times": len(one.times), "sha256": one.document.sha256,
        }
        for one in readings
    ]  # fmt: skip


@router.get("/documents", response_class=HTMLResponse)
def documents_page(request: Request) -> HTMLResponse:
    """Every document of the ledger."""
    return ledger_page(request, "ledger_documents.html", documents=_documents(shelf_of(request).readings()))


@router.get("/documents.json")
def documents_json(request: Request) -> Response:
    """The same as JSON."""
    return as_json({"documents": _documents(shelf_of(request).readings())}, name="documents")


@router.get("/documents.csv", response_class=Csv)
def documents_csv(request: Request) -> Response:
    """The same as CSV."""
    return as_csv(_documents(shelf_of(request).readings()), name="documents", columns=COLUMNS)


@router.get("/documents/{identity}.json")
def document_json(request: Request, identity: str) -> Response:
    """A document with everything read in it, each span with its line."""
    return as_json(presented(_document(request, identity)), name=identity)


@router.get("/documents/{identity}.csv", response_class=Csv)
def document_csv(request: Request, identity: str) -> Response:
    """Its statements and commitments as CSV."""
    return as_text(to_csv([_document(request, identity)]), name=identity)


@router.get("/documents/{identity}", response_class=HTMLResponse)
def document_page(request: Request, identity: str) -> HTMLResponse:
    """A document with its margin: click a note and you are at the line; the address of a line stays."""
    reading = _document(request, identity)
    body = article(reading, words_of(language_of(request)), level="h1")
    return ledger_page(request, "ledger_document.html", reading=reading, title=caption(reading.document), body=body)


def _document(request: Request, identity: str) -> Reading:
    reading = shelf_of(request).reading(identity)
    if reading is None:
        raise HTTPException(404)
    return reading


@router.get("/statements/{identity}")
def statement(request: Request, identity: str) -> RedirectResponse:
    """The address of a statement, commitment or link: its note in the margin of its document."""
    for reading in shelf_of(request).readings():
        if any(one.id == identity for one in (*reading.statements, *reading.commitments, *reading.links)):
            return RedirectResponse(f"/record/documents/{reading.document.id}#note-{identity}", 303)
    raise HTTPException(404)


def _read_in(request: Request, word: str) -> list[dict[str, Any]]:
    """Everything of one sort read in the ledger, with the document it is in."""
    return [
        {"document": one.document.id, **plain(each)}
        for one in shelf_of(request).readings()
        for each in getattr(one, word)
    ]


@router.get("/commitments.json")
def commitments_json(request: Request) -> Response:
    """Every commitment of the ledger."""
    return as_json({"commitments": _read_in(request, "commitments")}, name="commitments")


@router.get("/commitments.csv", response_class=Csv)
def commitments_csv(request: Request) -> Response:
    """The same as CSV."""
    columns = ("document", "id", "who", "what", "strength", "due_nominal")
    return as_csv([flat(row) for row in _read_in(request, "commitments")], name="commitments", columns=columns)


@router.get("/links.json")
def links_json(request: Request) -> Response:
    """Everything tied to something else."""
    return as_json({"links": _read_in(request, "links")}, name="links")


@router.get("/links.csv", response_class=Csv)
def links_csv(request: Request) -> Response:
    """The same as CSV."""
    columns = ("document", "id", "kind", "a", "b")
    return as_csv([flat(row) for row in _read_in(request, "links")], name="links", columns=columns)


@router.get("/times.json")
def times_json(request: Request) -> Response:
    """Every expression of time, with the days it stands for."""
    return as_json({"times": _read_in(request, "times")}, name="times")


@router.get("/times.csv", response_class=Csv)
def times_csv(request: Request) -> Response:
    """The same as CSV."""
    columns = ("document", "id", "kind", "value")
    return as_csv([flat(row) for row in _read_in(request, "times")], name="times", columns=columns)


def _checks(request: Request, quote: str, document: str) -> list[tuple[Check, Reading]]:
    faults: list[Fault] = []
    if not quote.strip():
        faults.append(Fault("quote", "is empty", remedy="Paste the words to look for"))
    if len(quote) > LONGEST_QUOTE:
        faults.append(Fault("quote", f"has {len(quote):,} characters", f"At most {LONGEST_QUOTE:,} are checked here"))
    readings = {one.document.id: one for one in shelf_of(request).readings()}
    if document:
        one_of(document, "document", faults, readings, "a document of this ledger")
    elif not readings:
        faults.append(Fault("quote", "no ledger is open", remedy="Start with `reciprocity serve --ledger FOLDER`"))
    if faults:
        raise InputError(faults)
    against = [readings[document]] if document else list(readings.values())
    best = check_anywhere(quote.strip(), [searched(one.document) for one in against])
    return [(best, readings[best.document])] if best else []


@router.get("/check", response_class=HTMLResponse)
def check_page(request: Request, quote: Quote = "", document: Source = "") -> HTMLResponse:
    """Is this quote in the ledger, where, and what was changed?"""
    found = _checks(request, quote, document) if quote else []
    words = words_of(language_of(request))
    rows = [
        {"check": check, "title": caption(reading.document), "line": _line(check, reading),
         "changes": list(changes(check, words))}
        for check, reading in found
    ]  # fmt: skip
    asked = {"quote": quote, "document": document}
    documents = _documents(shelf_of(request).readings())
    return ledger_page(request, "ledger_check.html", asked=asked, rows=rows, documents=documents, place=place)


@router.get("/check.json")
def check_json(request: Request, quote: Quote = "", document: Source = "") -> Response:
    """The same as JSON."""
    return as_json({"checks": [_check_row(*one) for one in _checks(request, quote, document)]}, name="check")


@router.get("/check.csv", response_class=Csv)
def check_csv(request: Request, quote: Quote = "", document: Source = "") -> Response:
    """The same as CSV, a row a change; one row where nothing was changed."""
    rows = []
    for check, reading in _checks(request, quote, document):
        head = {"quote": check.quote, "status": check.status, "document": check.document, "line": _line(check, reading)}
        nothing = {"kind": "", "quoted": "", "found": ""}
        rows += [{**head, **each} for each in map(plain, check.changes)] or [{**head, **nothing}]
    return as_csv(rows, name="check", columns=("quote", "status", "document", "line", "kind", "quoted", "found"))


def _line(check: Check, reading: Reading) -> int | None:
    return reading.document.line_of(check.span.start).number if check.span else None


def _check_row(check: Check, reading: Reading) -> dict[str, Any]:
    more = {"accepted": check.accepted, "title": caption(reading.document), "line": _line(check, reading)}
    return {**plain(check), **more}
