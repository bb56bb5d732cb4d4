"""Outcomes: what each deal that ships does to each side on a day, and all there is to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from reciprocity.deal.cases import case_deals
from reciprocity.errors import Fault, InputError
from reciprocity.report import charts
from reciprocity.report.reading import in_language
from reciprocity.web.asked import one_of
from reciprocity.web.pages import Csv, as_csv, as_json, flat, language_of, page
from reciprocity.web.solving import answer_of
from reciprocity.web.state import State, read_state
from reciprocity.web.words import words_of

router = APIRouter(prefix="/outcomes", tags=["outcomes"])
TABLES = {"sectors": "sectors", "sides": "sides", "partners": "third_parties", "rates": "law"}
"""The tables of an outcome, and where each is in the answer."""


class Day(BaseModel):
    """The day whose law a deal is held against."""

    model_config = ConfigDict(frozen=True)

    on: str = Field(default="", description="The day whose law counts, as 2025-10-08.")
    known: str = Field(default="", description="The day whose knowledge of the law counts.")
    theta: str = Field(default="", description="Set of trade elasticities.")


class OfTable(Day):
    """The same, and which table of the outcome is wanted."""

    table: str = Field(default="sectors", description=f"One of {', '.join(TABLES)}.")


def _state(name: str, ask: Day) -> State:
    if name not in case_deals():
        raise HTTPException(404)
    return read_state({"deal": name, "on": ask.on, "known": ask.known, "theta": ask.theta})


def _all(ask: Day) -> list[dict[str, Any]]:
    return [answer_of(_state(name, ask)) for name in case_deals()]


def _rows(answers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"deal": one["deal"]["id"], "title": one["deal"]["title"], "on": one["on"], "horizon": horizon, **side}
        for one in answers
        for horizon, block in one["horizons"].items()
        for side in block["sides"].values()
    ]


@router.get("", response_class=HTMLResponse)
def outcomes(request: Request, ask: Annotated[Day, Query()]) -> HTMLResponse:
    """What every deal that ships does to each side on a day."""
    language = language_of(request)
    answers = [in_language(one, language) for one in _all(ask)]
    figure = charts.by_deal(answers, words_of(language))
    state = read_state({"on": ask.on, "known": ask.known, "theta": ask.theta})
    return page(request, "outcomes.html", answers=answers, figures=[figure], state=state)


@router.get(".json")
def outcomes_json(ask: Annotated[Day, Query()]) -> Response:
    """The same as JSON, a row a deal, side and horizon."""
    return as_json(_rows(_all(ask)), name="outcomes")


@router.get(".csv", response_class=Csv)
def outcomes_csv(ask: Annotated[Day, Query()]) -> Response:
    """The same as CSV."""
    return as_csv(_rows(_all(ask)), name="outcomes")


@router.get("/{name}.json")
def outcome_json(name: str, ask: Annotated[Day, Query()]) -> Response:
    """One deal valued on a day: everything the command line says."""
    answer = answer_of(_state(name, ask))
    return as_json(answer, name=f"{name}-{answer['on']}")


@router.get("/{name}.csv", response_class=Csv)
def outcome_csv(name: str, ask: Annotated[OfTable, Query()]) -> Response:
    """One table of it: sectors of every country, the two sides, the partners, or the rates the deal changes."""
    faults: list[Fault] = []
    one_of(ask.table, "table", faults, TABLES, "a table of an outcome")
    if faults:
        raise InputError(faults)
    answer = answer_of(_state(name, ask))
    found = answer[TABLES[ask.table]]
    rows = list(found.values()) if isinstance(found, dict) else found
    return as_csv([flat(row) for row in rows], name=f"{name}-{answer['on']}-{ask.table}")


@router.get("/{name}")
def outcome(name: str, ask: Annotated[Day, Query()]) -> RedirectResponse:
    """The page of an outcome is the table with the deal on it."""
    return RedirectResponse(f"/?{_state(name, ask).address()}", 303)
