"""The record: a pasted document read on this machine, and a quote held against it. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity.errors import Fault, InputError
from reciprocity.record.quotes import check_quote, searched
from reciprocity.record.read import document_of, read_document
from reciprocity.record.reading import Reading
from reciprocity.web.pages import page

router = APIRouter(prefix="/record")
LONGEST = 400_000
"""Characters of a pasted document."""


@router.get("", response_class=HTMLResponse)
def record(request: Request) -> HTMLResponse:
    """The empty form."""
    return page(request, "record.html", reading=None, text="", published="", quote="", check=None, names={}, pieces=[])


@router.post("", response_class=HTMLResponse)
async def read(request: Request) -> Response:
    """A pasted document, read."""
    form = {key: str(value) for key, value in (await request.form()).items()}
    return await run_in_threadpool(_read_page, request, form)


@router.post(".json")
async def read_json(request: Request) -> Response:
    """The same as JSON: fields `text`, `published` and, to check one, `quote`."""
    form = {key: str(value) for key, value in (await request.form()).items()}
    reading, check = await run_in_threadpool(_read, form)
    content = asdict(reading)
    return JSONResponse({**content, "check": asdict(check) if check else None})


def _read_page(request: Request, form: Mapping[str, str]) -> HTMLResponse:
    reading, check = _read(form)
    names = {actor.id: actor.name for actor in reading.actors}
    return page(
        request,
        "record.html",
        reading=reading,
        check=check,
        names=names,
        pieces=pieces(reading),
        text=form.get("text", ""),
        published=form.get("published", ""),
        quote=form.get("quote", ""),
    )


def _read(form: Mapping[str, str]) -> tuple[Reading, Any]:
    text, published, quote = (form.get(key, "").strip() for key in ("text", "published", "quote"))
    faults = []
    if not text:
        faults.append(Fault("text", "is empty", remedy="Paste an article, a readout or a transcript"))
    if len(text) > LONGEST:
        faults.append(Fault("text", f"has {len(text):,} characters", f"At most {LONGEST:,} are read here"))
    try:
        date.fromisoformat(published)
    except ValueError:
        faults.append(Fault("published", f"'{published}' is not a date", "Every 'Tuesday' hangs on it: 2025-10-08"))
    if faults:
        raise InputError(faults)
    document = document_of(text, published=published)
    reading = read_document(document)
    return reading, check_quote(quote, searched(document)) if quote else None


def pieces(reading: Reading) -> list[tuple[str, str]]:
    """The text cut at what people said: (words, id of the statement or nothing), in order and without overlap."""
    spans = sorted((span.start, span.end, one.id) for one in reading.statements for span in one.content)
    text, at, cut = reading.document.text, 0, []
    for start, end, identity in spans:
        if start < at:
            continue
        cut += [(text[at:start], ""), (text[start:end], identity)]
        at = end
    return [*cut, (text[at:], "")]
