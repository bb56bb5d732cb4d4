"""What a table is carried away as: the brief in every form, the deal as a file, one page that computes offline."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from reciprocity import flow
from reciprocity.deal.write import deal_text
from reciprocity.report import formats, offline
from reciprocity.report.reading import in_language
from reciprocity.web.fields import table_query
from reciprocity.web.pages import TOML, file_name, gives, language_of
from reciprocity.web.solving import EXACT, SOLVES, whole_answer_of
from reciprocity.web.state import State, read_state

router = APIRouter(tags=["carry"])
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/brief.html", response_class=HTMLResponse, openapi_extra=table_query())
def brief_html(request: Request) -> HTMLResponse:
    """The brief of a table, one self-contained page."""
    return HTMLResponse(_brief(request, "html"))


@router.get("/brief.{form}", response_class=Response, responses=gives(*KINDS.values()), openapi_extra=table_query())
def brief_file(request: Request, form: str) -> Response:
    """The same as pdf, docx, pptx or xlsx."""
    if form not in KINDS:
        raise HTTPException(404)
    return _file(_brief(request, form), KINDS[form], f"{_name(_state(request))}.{form}")


@router.get("/deal.toml", response_class=Response, responses=gives(TOML), openapi_extra=table_query())
def deal_file(request: Request) -> Response:
    """The deal on the table as a file that the command line reads."""
    state = _state(request)
    return _file(deal_text(state.deal), f"{TOML}; charset=utf-8", f"{_name(state)}.toml")


@router.get("/export.html", response_class=HTMLResponse, openapi_extra=table_query())
def export_file(request: Request) -> Response:
    """One page that runs the model on this deal with no network."""
    state, language = _state(request), language_of(request)
    with SOLVES.turn():
        valuation = flow.value(
            state.deal, on=state.on, known=state.known, horizons=EXACT, elasticity_set=state.elasticity_set
        )
        text = offline.html(valuation, language=language)
    return _file(text, "text/html; charset=utf-8", f"{_name(state)}.html")


def _brief(request: Request, form: str) -> str | bytes:
    language = language_of(request)
    answer = in_language(whole_answer_of(_state(request)), language)
    return formats.made([answer], form, language=language)


def _state(request: Request) -> State:
    return read_state(dict(request.query_params))


def _name(state: State) -> str:
    return file_name(state.template.id)


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
