"""How a page is made: its template and the reader's language; and the same answer as JSON or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reciprocity import __version__
from reciprocity.errors import InputError, ReciprocityError
from reciprocity.report.figures import style
from reciprocity.report.wording import Wording
from reciprocity.web.words import LANGUAGES, words_of


def language_of(request: Request) -> str:
    """The language asked for: in the address, else the cookie, else the browser's own."""
    for asked in (request.query_params.get("lang"), request.cookies.get("lang")):
        if asked in LANGUAGES:
            return str(asked)
    return "fr" if request.headers.get("accept-language", "").lower().startswith("fr") else "en"


def page(request: Request, template: str, *, status: int = 200, **content: Any) -> HTMLResponse:
    """A page from its template."""
    language = language_of(request)
    words = words_of(language)
    text = _templates().get_template(template).render(
        w=words, lang=language, path=request.url.path, query=request.url.query, version=__version__, style=style(),
        **content,
    )  # fmt: skip
    answer = HTMLResponse(text, status)
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie("lang", language, samesite="lax", max_age=31_536_000)
    return answer


def fragment(template: str, words: Wording, **content: Any) -> str:
    """A part of a page."""
    return _templates().get_template(template).render(w=words, lang=words.language, **content)


def as_csv(rows: Sequence[Mapping[str, Any]]) -> PlainTextResponse:
    """Rows as CSV, heads first."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return PlainTextResponse(text.getvalue(), media_type="text/csv; charset=utf-8")


def refused(request: Request, error: ReciprocityError, *, status: int = 400) -> HTMLResponse | JSONResponse:
    """What is wrong, in words, as a page or as JSON."""
    faults = [str(fault) for fault in error.faults] if isinstance(error, InputError) else [str(error)]
    if request.url.path.endswith((".json", ".csv")) or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"faults": faults}, status)
    return page(request, "error.html", status=status, faults=faults)


def _cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet reads as a formula."""
    if isinstance(value, list | tuple):
        value = "; ".join(str(one) for one in value)
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("reciprocity.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["commas"] = _commas
    return made


def _commas(words: Iterable[str]) -> str:
    return ", ".join(words)
