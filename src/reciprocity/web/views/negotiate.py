"""The negotiation: what each clause is worth, what would serve both, and the tables that ship with their frontier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity import flow
from reciprocity.errors import Fault, InputError
from reciprocity.report import charts
from reciprocity.scenario import stand
from reciprocity.web.fields import TABLE_FIELDS, fields_of, form_body, table_query
from reciprocity.web.pages import fragment, language_of
from reciprocity.web.proposal import after
from reciprocity.web.state import read_state
from reciprocity.web.views.live import SOLVES
from reciprocity.web.words import words_of

router = APIRouter()
MOST_SHARED = 7
"""Clauses whose worth is worked out on the page: 2 to this power solves."""
RULES = {"nash": "nash", "equal": "egalitarian", "ks": "kalai-smorodinsky"}


@router.post("/improve", openapi_extra=form_body({**TABLE_FIELDS, "rule": f"One of {', '.join(RULES)}."}))
async def improve(request: Request) -> Response:
    """The terms a rule picks over the clauses on the table; back to the table with them on it."""
    form = await fields_of(request)
    return await run_in_threadpool(_improve, form)


def _improve(form: Mapping[str, str]) -> Response:
    rule = RULES.get(form.get("rule", "nash"))
    if rule is None:
        raise InputError(Fault("rule", f"'{form['rule']}' is not a rule", f"Rules are {', '.join(RULES)}"))
    state = read_state(form)
    law = stand(state.on, state.known, state.elasticity_set, "long").regime
    with SOLVES:
        found = after(state, rule, law)  # type: ignore[arg-type]
    return RedirectResponse(f"/?{found.address()}", 303)


@router.get("/clauses", response_class=HTMLResponse, openapi_extra=table_query())
def clauses(request: Request) -> HTMLResponse:
    """What each clause is worth to each side: order-free, adding up to the whole."""
    state = read_state(dict(request.query_params))
    if not 1 <= len(state.deal.clauses) <= MOST_SHARED:
        allowed = f"1 to {MOST_SHARED} are shared out here"
        remedy = "Switch clauses off, or use `reciprocity value DEAL --by-clause`"
        raise InputError(Fault("deal", f"{len(state.deal.clauses)} clauses are on the table", allowed, remedy))
    words = words_of(language_of(request))
    with SOLVES:
        valuation = flow.value(
            state.deal, on=state.on, known=state.known, horizons=("long",), elasticity_set=state.elasticity_set
        )
        answer: dict[str, Any] = valuation.to_dict()
        answer["by_clause"] = {"horizon": "long", **flow.by_clause(valuation).to_dict(state.deal)}
    figures = [charts.by_clause(answer, side, words) for side in state.deal.sides]
    return HTMLResponse(fragment("figures.html", words, figures=figures))
