"""The live table: both sides of a table, and what a move of the hand does to each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyio import from_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity.deal.cases import case_deals
from reciprocity.economy import elasticities, elasticity_names
from reciprocity.report import charts
from reciprocity.report.reading import in_language
from reciprocity.report.wording import Wording
from reciprocity.scenario import stand
from reciprocity.web.fields import TABLE_FIELDS, fields_of, form_body, table_query
from reciprocity.web.kept import kept_of, packed
from reciprocity.web.pages import Csv, as_csv, as_json, fragment, language_of, page
from reciprocity.web.rows import Row, grouped, rows_of
from reciprocity.web.solving import answer_of, pair_of
from reciprocity.web.state import State, read_state, template_of
from reciprocity.web.words import words_of

router = APIRouter()
MODE = "coarse: the pair of gains in the long run alone; anything else: all of it."
LEFT, RIGHT = (charts.both_sides, charts.rates), (charts.partners, charts.areas)
"""What is drawn under the table, in two columns."""


@router.get("/", response_class=HTMLResponse, openapi_extra=table_query(guess="Anything: a guess is asked for first."))
def live(request: Request) -> HTMLResponse:
    """The table."""
    return table_page(request, read_state(dict(request.query_params)))


def table_page(request: Request, state: State, **more: Any) -> HTMLResponse:
    """The live table of a state."""
    words = words_of(language_of(request))
    rows = table_rows(state, words.language)
    return page(
        request,
        "live.html",
        **_told(state, answer_of(state), rows, words),
        groups=grouped(rows),
        title=state.template.in_language(words.language).title,
        sets=[elasticities(name) for name in elasticity_names()],
        theta=elasticities(state.elasticity_set),
        **{"guess": "guess" in request.query_params, "saved": None, **more},
    )


def table_rows(state: State, language: str = "en") -> list[Row]:
    """The clauses of a table as rows of the page."""
    return rows_of(state, stand(state.on, state.known, state.elasticity_set, "long").regime, language)


def gone(request: Request) -> bool:
    """Whether the browser has dropped its question; for one that runs in a thread."""
    return from_thread.run(request.is_disconnected)


@router.post("/answer", response_class=HTMLResponse, openapi_extra=form_body({**TABLE_FIELDS, "mode": MODE}))
async def answer(request: Request) -> Response:
    """The parts of the page that a move changes; `mode=coarse` while the hand is on the slider."""
    form = await fields_of(request)
    return await run_in_threadpool(_answer, request, form)


def _answer(request: Request, form: Mapping[str, str]) -> Response:
    state, words = read_state(form), words_of(language_of(request))
    if form.get("mode") == "coarse":
        pair = pair_of(state, left=lambda: gone(request))
        return HTMLResponse(fragment("pair.html", words, answer=pair))
    found = answer_of(state, left=lambda: gone(request))
    return HTMLResponse(fragment("answer.html", words, **_told(state, found, table_rows(state, words.language), words)))


def _told(state: State, found: Mapping[str, Any], rows: list[Row], words: Wording) -> dict[str, Any]:
    """What both the page and its parts tell of an answer."""
    shown = in_language(found, words.language)
    return {
        "state": state,
        "answer": shown,
        "rows": rows,
        "columns": [[draw(shown, words) for draw in column] for column in (LEFT, RIGHT)],
        "cases": [(name, template_of(name).in_language(words.language).title) for name in case_deals()],
        "still": not any(row.differs for row in rows),
        "link": packed(kept_of(state.deal, found)),
    }


@router.get("/answer.json", openapi_extra=table_query())
def answer_json(request: Request) -> Response:
    """The whole answer."""
    return as_json(answer_of(read_state(dict(request.query_params))), name="answer")


@router.get("/answer.csv", response_class=Csv, openapi_extra=table_query())
def answer_csv(request: Request) -> Response:
    """Every sector of every country."""
    return as_csv(answer_of(read_state(dict(request.query_params)))["sectors"], name="answer")
