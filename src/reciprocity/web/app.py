"""The web app: one function makes it, whole, from its settings."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from reciprocity import __version__
from reciprocity.errors import Fault, InputError, ReciprocityError
from reciprocity.web.ledger import Shelf
from reciprocity.web.pages import page, refused
from reciprocity.web.security import Guard
from reciprocity.web.settings import Settings
from reciprocity.web.store import Scenarios
from reciprocity.web.views import deals, documents, ledger, live, negotiate, record, regime, saved

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app. It asks nothing of any other machine and keeps nothing but what people save."""
    settings = settings or Settings()
    app = FastAPI(title="Reciprocity", version=__version__, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.scenarios = Scenarios(settings.store)
    app.state.shelf = Shelf(settings.ledger, settings.index)
    app.add_middleware(Guard, settings=settings)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for view in (live, deals, negotiate, regime, record, ledger, documents, saved):
        app.include_router(view.router)
    app.add_exception_handler(ReciprocityError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(Exception, _broken)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReciprocityError)  # noqa: S101 - registered for no other
    return refused(request, error, status=400 if isinstance(error, InputError) else 422)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for no other
    faults = [Fault(".".join(map(str, one["loc"][1:])), str(one["msg"])) for one in error.errors()]
    return refused(request, InputError(faults))


async def _broken(request: Request, error: Exception) -> Response:
    faults = [f"{request.url.path}: {type(error).__name__}. The server's own fault; its log has the rest."]
    return page(request, "error.html", status=500, faults=faults)


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return page(request, "error.html", status=404, faults=[f"{request.url.path}: there is no such page"])
    return page(request, "error.html", status=status, faults=[f"{request.url.path}: {error}"])
