"""Scenarios people keep and share: a short address that carries the answer as it was, and says when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity.deal import Deal
from reciprocity.errors import Fault, InputError
from reciprocity.files import validate
from reciprocity.report import charts
from reciprocity.web.pages import language_of, page
from reciprocity.web.state import State, read_state
from reciprocity.web.store import Saved, Scenarios
from reciprocity.web.views.live import answer_of, table_page
from reciprocity.web.words import words_of

router = APIRouter()
KEPT = ("real_income_change", "real_income_musd")
SAME = 1e-9
MOST_COMPARED = 4


@router.post("/s")
async def save(request: Request) -> Response:
    """Keep a table; go to its address."""
    form = {key: str(value) for key, value in (await request.form()).items()}
    identity = await run_in_threadpool(_save, _scenarios(request), form)
    return RedirectResponse(f"/s/{identity}", 303)


def _save(scenarios: Scenarios, form: Mapping[str, str]) -> str:
    state = read_state(form)
    answer = answer_of(state)
    return scenarios.save(
        {
            "deal": state.deal.model_dump(mode="json", by_alias=True, exclude={"id"}),
            "on": state.on.isoformat(),
            "known": state.known.isoformat() if state.known else None,
            "theta": state.elasticity_set,
            "headline": headline(answer),
            "versions": {key: answer["provenance"][key] for key in VERSIONS},
        }
    )


VERSIONS = ("reciprocity", "economy_sha256", "regime_sha256", "deal_sha256")


def headline(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers that are frozen with a scenario: each side, at each horizon."""
    return {
        horizon: {code: {key: side[key] for key in KEPT} for code, side in block["sides"].items()}
        for horizon, block in answer["horizons"].items()
    }


@router.get("/s", response_class=HTMLResponse)
def all_saved(request: Request) -> HTMLResponse:
    """What has been kept here, newest first."""
    return page(request, "saved.html", scenarios=_scenarios(request).latest())


@router.get("/s.json")
def all_saved_json(request: Request) -> JSONResponse:
    """The same as JSON."""
    return JSONResponse(
        [{"id": one.id, "saved_at": one.saved_at, **one.content} for one in _scenarios(request).latest()]
    )


@router.get("/s/{identity}.json")
def one_saved_json(request: Request, identity: str) -> JSONResponse:
    """One scenario, with today's headline beside the one that was saved."""
    kept = _find(request, identity)
    today = headline(answer_of(state_of(kept)))
    return JSONResponse(
        {
            "id": kept.id,
            "saved_at": kept.saved_at,
            **kept.content,
            "today": today,
            "same": same(kept.content["headline"], today),
        }
    )


@router.get("/s/{identity}", response_class=HTMLResponse)
def one_saved(request: Request, identity: str) -> HTMLResponse:
    """The table as it was saved. An edit in the address is laid over it."""
    kept = _find(request, identity)
    state = state_of(kept, dict(parse_qsl(request.url.query)))
    today = headline(answer_of(state_of(kept)))
    return table_page(request, state, saved=kept, same=same(kept.content["headline"], today))


@router.get("/compare", response_class=HTMLResponse)
def compare(request: Request) -> HTMLResponse:
    """Up to four scenarios side by side: `?id=...&id=...`."""
    asked = request.query_params.getlist("id")
    if not 1 <= len(asked) <= MOST_COMPARED:
        raise InputError(
            Fault("id", f"{len(asked)} scenarios", f"1 to {MOST_COMPARED} are compared", "Add ?id= for each")
        )
    kept = [_find(request, one) for one in asked]
    answers = [answer_of(state_of(one)) for one in kept]
    words = words_of(language_of(request))
    return page(request, "compare.html", answers=answers, kept=kept, figure=charts.by_deal(answers, words))


def state_of(kept: Saved, form: Mapping[str, str] | None = None) -> State:
    """The table of a saved scenario."""
    deal = validate(Deal, {**kept.content["deal"], "id": f"s/{kept.id}"}, where=f"/s/{kept.id}")
    stored = {"on": kept.content["on"], "known": kept.content["known"] or "", "theta": kept.content["theta"]}
    return read_state({**stored, **(form or {})}, saved=deal)


def same(then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether today's headline is the one that was saved."""
    return all(
        abs(then[horizon][code][KEPT[0]] - now[horizon][code][KEPT[0]]) < SAME
        for horizon in then
        for code in then[horizon]
    )


def _scenarios(request: Request) -> Scenarios:
    return request.app.state.scenarios


def _find(request: Request, identity: str) -> Saved:
    kept = _scenarios(request).read(identity)
    if kept is None:
        raise HTTPException(404)
    return kept
