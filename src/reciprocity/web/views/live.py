"""The live table: both sides of a table, and what a move of the hand does to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity import flow
from reciprocity.deal.cases import case_deals, find_deal
from reciprocity.economy import elasticities, elasticity_names
from reciprocity.report import brief, charts
from reciprocity.report.reading import in_language
from reciprocity.report.wording import Wording
from reciprocity.scenario import stand
from reciprocity.web.fields import TABLE_FIELDS, fields_of, form_body, table_query
from reciprocity.web.kept import kept_of, packed
from reciprocity.web.pages import as_csv, as_json, fragment, language_of, page
from reciprocity.web.rows import rows_of
from reciprocity.web.settings import LONGEST_WAIT, MOST_AT_ONCE
from reciprocity.web.state import State, read_state
from reciprocity.web.turns import Turns
from reciprocity.web.words import words_of

router = APIRouter()
SOLVES = Turns(MOST_AT_ONCE, LONGEST_WAIT)
MODE = "coarse: the pair of gains in the long run alone; anything else: all of it."
COARSE, EXACT = ("long",), ("1y", "long")


def answer_of(state: State, horizons: Sequence[str] = EXACT) -> dict[str, Any]:
    """The valuation of a table, as JSON has it."""
    with SOLVES:
        valuation = flow.value(
            state.deal, on=state.on, known=state.known, horizons=horizons, elasticity_set=state.elasticity_set
        )
        return valuation.to_dict()


def figures_of(answer: Mapping[str, Any], words: Wording) -> list[Any]:
    """What is drawn under the table."""
    return [draw(answer, words) for draw in (charts.both_sides, charts.partners, charts.rates)]


@router.get("/", response_class=HTMLResponse, openapi_extra=table_query(guess="Anything: a guess is asked for first."))
def live(request: Request) -> HTMLResponse:
    """The table."""
    return table_page(request, read_state(dict(request.query_params)))


def table_page(request: Request, state: State, **more: Any) -> HTMLResponse:
    """The live table of a state."""
    answer = answer_of(state)
    language = language_of(request)
    words = words_of(language)
    law = stand(state.on, state.known, state.elasticity_set, "long").regime
    return page(
        request,
        "live.html",
        state=state,
        rows=rows_of(state, law, language),
        answer=answer,
        figures=figures_of(answer, words),
        title=state.template.in_language(language).title,
        cases=[(name, find_deal(name, shipped_only=True)[0].in_language(language).title) for name in case_deals()],
        sets=[elasticities(name) for name in elasticity_names()],
        link=packed(kept_of(state.deal, answer)),
        **{"guess": "guess" in request.query_params, "saved": None, **more},
    )


@router.post("/answer", response_class=HTMLResponse, openapi_extra=form_body({**TABLE_FIELDS, "mode": MODE}))
async def answer(request: Request) -> Response:
    """The parts of the page that a move changes; `mode=coarse` while the hand is on the slider."""
    form = await fields_of(request)
    return await run_in_threadpool(_answer, request, form)


def _answer(request: Request, form: Mapping[str, str]) -> Response:
    state = read_state(form)
    coarse = form.get("mode") == "coarse"
    words = words_of(language_of(request))
    found = answer_of(state, COARSE if coarse else EXACT)
    content: dict[str, Any] = {"answer": found, "state": state, "coarse": coarse, "figures": []}
    if not coarse:
        law = stand(state.on, state.known, state.elasticity_set, "long").regime
        link = packed(kept_of(state.deal, found))
        content |= {"figures": figures_of(found, words), "rows": rows_of(state, law, words.language), "link": link}
    return HTMLResponse(fragment("answer.html", words, **content))


@router.get("/answer.json", openapi_extra=table_query())
def answer_json(request: Request) -> Response:
    """The whole answer."""
    return as_json(answer_of(read_state(dict(request.query_params))), name="answer")


@router.get("/answer.csv", openapi_extra=table_query())
def answer_csv(request: Request) -> Response:
    """Every sector of every country."""
    return as_csv(answer_of(read_state(dict(request.query_params)))["sectors"], name="answer")


@router.get("/brief.html", response_class=HTMLResponse, openapi_extra=table_query())
def brief_html(request: Request) -> HTMLResponse:
    """The brief of a table, one self-contained page."""
    state = read_state(dict(request.query_params))
    language = language_of(request)
    return HTMLResponse(str(brief.html([in_language(answer_of(state), language)], language=language)))
