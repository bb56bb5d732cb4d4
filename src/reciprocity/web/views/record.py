"""The record: a pasted document read on this machine, and a quote held against it. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity.errors import Fault, InputError
from reciprocity.record.caption import caption
from reciprocity.record.quotes.check import Check
from reciprocity.record.quotes.quotes import check_quote, searched
from reciprocity.record.read import document_of, read_document
from reciprocity.record.reading import Reading
from reciprocity.record.views.presented import presented
from reciprocity.report.record.article import article, line_address
from reciprocity.report.record.tables import changes
from reciprocity.web.asked import a_day
from reciprocity.web.fields import fields_of, form_body
from reciprocity.web.pages import as_json, language_of
from reciprocity.web.views.shelf import ledger_page
from reciprocity.web.words import words_of

router = APIRouter(prefix="/record")
FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""Days a document can be of: its deadlines stay days that a calendar has."""
LONGEST, LONGEST_QUOTE = 400_000, 5000
"""Characters of a pasted document, and of a quote."""
FIELDS = {
    "text": "An article, a readout or a transcript.",
    "published": "The day it was published, as 2025-10-08.",
    "quote": "A quote to hold against it.",
}


@router.get("", response_class=HTMLResponse)
def record(request: Request) -> HTMLResponse:
    """The empty form."""
    return ledger_page(request, "record.html", text="", published="", quote="", check=None, body="", nothing=False)


@router.post("", response_class=HTMLResponse, openapi_extra=form_body(FIELDS, required=("text", "published")))
async def read(request: Request) -> Response:
    """A pasted document, read."""
    form = await fields_of(request)
    return await run_in_threadpool(_read_page, request, form)


@router.post(".json", openapi_extra=form_body(FIELDS, required=("text", "published")))
async def read_json(request: Request) -> Response:
    """The same as JSON: fields `text`, `published` and, to check one, `quote`."""
    form = await fields_of(request)
    reading, check = await run_in_threadpool(_read, form)
    return as_json({**presented(reading), "check": asdict(check) if check else None}, name="reading")


def _read_page(request: Request, form: Mapping[str, str]) -> HTMLResponse:
    reading, check = _read(form)
    words = words_of(language_of(request))
    line = reading.document.line_of(check.span.start).number if check and check.span else 0
    return ledger_page(
        request,
        "record.html",
        body=article(reading, words),
        nothing=not (reading.statements or reading.commitments or reading.links),
        check=check,
        changes=list(changes(check, words)) if check else (),
        line=line,
        said_in=caption(reading.document),
        where=line_address(reading.document.id, line),
        text=form.get("text", ""),
        published=form.get("published", ""),
        quote=form.get("quote", ""),
    )


def _read(form: Mapping[str, str]) -> tuple[Reading, Check | None]:
    text, published, quote = (form.get(key, "").strip() for key in ("text", "published", "quote"))
    faults = []
    if not text:
        faults.append(Fault("text", "is empty", remedy="Paste an article, a readout or a transcript"))
    if len(text) > LONGEST:
        faults.append(Fault("text", f"has {len(text):,} characters", f"At most {LONGEST:,} are read here"))
    a_day(published, "published", faults, first=FIRST, last=LAST, what="what is read here")
    if len(quote) > LONGEST_QUOTE:
        faults.append(Fault("quote", f"has {len(quote):,} characters", f"At most {LONGEST_QUOTE:,} are checked here"))
    if faults:
        raise InputError(faults)
    document = document_of(text, published=published)
    reading = read_document(document)
    return reading, check_quote(quote, searched(document)) if quote else None
