"""The web app: one function makes it, whole, from its settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from reciprocity import __version__
from reciprocity.errors import Fault, InputError, OutOfTime, ReciprocityError
from reciprocity.web.french import reasons
from reciprocity.web.ledger import Shelf
from reciprocity.web.pages import language_of, refused
from reciprocity.web.security import Guard
from reciprocity.web.settings import Settings
from reciprocity.web.store import Scenarios
from reciprocity.web.turns import Busy, Gone
from reciprocity.web.views import (
    carry,
    deals,
    documents,
    ledger,
    live,
    negotiate,
    outcomes,
    record,
    regime,
    saved,
    tables,
)
from reciprocity.web.words import words_of

STATIC = Path(__file__).parent / "static"
STATUS: Mapping[type[ReciprocityError], int] = {InputError: 400, Busy: 503, OutOfTime: 503, Gone: 499}
"""What each error answers with; 422 where the question is right and the model has no answer."""
REFUSALS: Mapping[int, str] = {
    400: "What was asked has faults: every one of them, in the reader's language.",
    401: "The server asks for a token.",
    403: "A form of another site.",
    404: "There is no such thing.",
    413: "The body is too large.",
    422: "The question is right and the model has no answer.",
    503: "Too many wait, the answer takes too long, or what is saved cannot be reached.",
}
"""What any address may answer instead, for OpenAPI."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app. It asks nothing of any other machine and keeps nothing but what people save."""
    settings = settings or Settings()
    app = FastAPI(
        title="Reciprocity", version=__version__, docs_url=None, redoc_url=None, lifespan=_life, responses=_refusals()
    )
    app.state.settings = settings
    app.state.scenarios = Scenarios(settings.store)
    app.state.shelf = Shelf(settings.ledger, settings.index)
    app.add_middleware(Guard, settings=settings)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for view in (live, carry, deals, outcomes, negotiate, tables, regime, record, ledger, documents, saved):
        app.include_router(view.router)
    app.add_exception_handler(ReciprocityError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(SQLAlchemyError, _unstored)
    app.add_exception_handler(Exception, _broken)
    return app


def _refusals() -> dict[int | str, dict[str, Any]]:
    """The refusals as OpenAPI has them: a page, or the faults as JSON."""
    faults = {"type": "object", "properties": {"faults": {"type": "array", "items": {"type": "string"}}}}
    content = {"text/html": {"schema": {"type": "string"}}, "application/json": {"schema": faults}}
    return {status: {"description": told, "content": content} for status, told in REFUSALS.items()}


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.scenarios.close()


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReciprocityError)  # noqa: S101 - registered for no other
    status = next((number for kind, number in STATUS.items() if isinstance(error, kind)), 422)
    return refused(request, reasons(error, language_of(request)), status=status)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for no other
    faults = [Fault(".".join(map(str, one["loc"][1:])), str(one["msg"])) for one in error.errors()]
    return refused(request, reasons(InputError(faults), language_of(request)), status=400)


async def _unstored(request: Request, error: Exception) -> Response:  # noqa: ARG001 - its words may hold the address
    return refused(request, [words_of(language_of(request))["error.store"]], status=503)


async def _broken(request: Request, error: Exception) -> Response:
    said = words_of(language_of(request))["error.ours"].format(path=request.url.path, kind=type(error).__name__)
    return refused(request, [said], status=500)


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = words_of(language_of(request))
    said = words.phrases.get(f"error.{status}", words["error.other"]).format(path=request.url.path[:200])
    return refused(request, [said], status=status)
