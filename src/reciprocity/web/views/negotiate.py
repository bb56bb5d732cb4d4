"""From the live table to the negotiation: what each clause is worth, what both can have, what would serve both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity.errors import Fault, InputError
from reciprocity.report import charts
from reciprocity.report.figures import Frontier, Point, of_percent
from reciprocity.report.numbers import percent, percent_digits
from reciprocity.report.wording import Wording
from reciprocity.web.fields import TABLE_FIELDS, fields_of, form_body
from reciprocity.web.french import reasons
from reciprocity.web.pages import fragment, language_of
from reciprocity.web.proposal import Reach, after, opened, reach_of
from reciprocity.web.solving import SOLVES, band_of, pair_of, published, worth_of
from reciprocity.web.state import State, read_state
from reciprocity.web.views.live import gone, table_rows
from reciprocity.web.words import words_of

router = APIRouter()
RULES = {"nash": "nash", "equal": "egalitarian", "ks": "kalai-smorodinsky"}
WIDTH = 276
"""Of a waterfall in a side's own panel."""


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
    with SOLVES.turn():
        found = after(state, table_rows(state), rule)  # type: ignore[arg-type]
    return RedirectResponse(f"/?{found.address()}", 303)


@router.post("/worth", response_class=HTMLResponse, openapi_extra=form_body(TABLE_FIELDS))
async def worth(request: Request) -> Response:
    """What each clause is worth to each side, order-free and adding up: a waterfall a side, and each row's ends."""
    form = await fields_of(request)
    return await run_in_threadpool(_worth, request, form)


def _worth(request: Request, form: Mapping[str, str]) -> Response:
    state, words = read_state(form), words_of(language_of(request))
    found = worth_of(state, table_rows(state), left=lambda: gone(request))
    answer: dict[str, Any] = {"by_clause": found}
    drawn = [charts.by_clause(answer, side, words) for side in state.deal.sides] if found["clauses"] else []
    return HTMLResponse(fragment("worth.html", words, state=state, worth=found, drawn=drawn, width=WIDTH))


@router.post("/range", response_class=HTMLResponse, openapi_extra=form_body(TABLE_FIELDS))
async def span(request: Request) -> Response:
    """The lowest and highest gain of each side over the published sets of elasticities."""
    form = await fields_of(request)
    return await run_in_threadpool(_range, request, form)


def _range(request: Request, form: Mapping[str, str]) -> Response:
    state, words = read_state(form), words_of(language_of(request))
    band = band_of(state, left=lambda: gone(request))
    return HTMLResponse(fragment("range.html", words, told=[_band(*ends, words) for ends in band.values()]))


def _band(low: float, high: float, words: Wording) -> str:
    """A range in words, with the decimals that tell its ends apart."""
    digits = max(percent_digits(one) for one in (low, high, high - low))
    low_words, high_words = (percent(one, digits=digits, language=words.language) for one in (low, high))
    return words["live.band"].format(low=low_words, high=high_words, count=len(published()))


@router.post("/reach", response_class=HTMLResponse, openapi_extra=form_body(TABLE_FIELDS))
async def reach(request: Request) -> Response:
    """What both sides can have with the clauses on the table, and where this deal stands."""
    form = await fields_of(request)
    return await run_in_threadpool(_reach, request, form)


def _reach(request: Request, form: Mapping[str, str]) -> Response:
    state, words = read_state(form), words_of(language_of(request))
    figure, faults = None, []
    try:
        table = opened(state, table_rows(state))
        with SOLVES.turn(lambda: gone(request)):
            found = reach_of(table)
        figure = frontier(state, found, pair_of(state), words)
    except InputError as error:
        faults = reasons(error, words.language)
    return HTMLResponse(fragment("reach.html", words, figure=figure, faults=faults))


def frontier(state: State, found: Reach, pair: Mapping[str, Any], words: Wording) -> Frontier:
    """The deals that leave neither side behind, the law, the deal on the table, and the one a Nash rule picks."""
    left, right = state.deal.sides
    mine = pair["horizons"]["long"]["sides"]
    points = [
        Point(words["frontier.law"].format(day=words.day(state.on.isoformat())), 0.0, 0.0, "status_quo"),
        Point(words["live.here"], mine[left]["real_income_change"], mine[right]["real_income_change"], "deal"),
    ]
    if found.chosen:
        points.append(Point(words["live.balanced"], *found.chosen, "other"))
    return Frontier(
        title=words["live.reach_title" if found.chosen else "live.reach_none"],
        description=words["frontier.about"],
        left=words["frontier.axis"].format(side=words.region(left)),
        right=words["frontier.axis"].format(side=words.region(right)),
        better=words["frontier.better"],
        measure=of_percent(words["frontier.unit"], language=words.language),
        line=found.line,
        points=points,
    )
