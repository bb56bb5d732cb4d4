"""The tables of the negotiation: each question the command line answers, as a page, JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from reciprocity.errors import Fault, InputError
from reciprocity.negotiation.answers import answer_bargain, answer_frontier
from reciprocity.negotiation.bargain import RULES
from reciprocity.negotiation.exchange import answer_exchange
from reciprocity.negotiation.sequence import answer_sequence
from reciprocity.negotiation.table import Table, case_tables, find_table
from reciprocity.negotiation.table_faults import THREATS
from reciprocity.negotiation.unilateral import answer_best_reply, answer_nash
from reciprocity.negotiation.weights import answer_weights
from reciprocity.report import negotiation
from reciprocity.web.asked import a_count, one_of, short
from reciprocity.web.pages import Csv, as_csv, as_json, flat, language_of, page
from reciprocity.web.solving import SOLVES
from reciprocity.web.words import words_of

router = APIRouter(prefix="/negotiate", tags=["negotiate"])
POINTS, MOST_POINTS = 11, 41
MOST_WORDS = 2000
"""Characters of what is wanted or given."""


class Terms(BaseModel):
    """How a table is settled; each question uses what it needs."""

    model_config = ConfigDict(frozen=True)

    threat: str = Field(default="", description=f"Without a deal: {', '.join(THREATS)}, or a name the table gives.")
    rule: str = Field(default="nash", description=f"One of {', '.join(RULES)}.")
    points: str = Field(default="", description=f"Deals on the frontier, 2 to {MOST_POINTS}.")


class Whole(Terms):
    """What any question may use."""

    side: str = Field(default="", description="Whose best reply or weights; the first side when left out.")
    want: str = Field(default="", description="What is asked for in an exchange, as steel=0.25, several with commas.")
    give: str = Field(default="", description="Clauses offered in return, with commas; all when left out.")


Ask = Annotated[Terms, Query()]
AskAll = Annotated[Whole, Query()]


def _bargain(name: str, ask: Whole) -> dict[str, Any]:
    return answer_bargain(name, threat=ask.threat, rule=ask.rule)  # type: ignore[arg-type]


def _frontier(name: str, ask: Whole) -> dict[str, Any]:
    points = int(ask.points or POINTS)
    return answer_frontier(name, threat=ask.threat, points=points, rule=ask.rule)  # type: ignore[arg-type]


def _exchange(name: str, ask: Whole) -> dict[str, Any]:
    given = [one.strip() for one in ask.give.split(",") if one.strip()]
    return answer_exchange(name, _wanted(ask.want), given, threat=ask.threat)


def _best_reply(name: str, ask: Whole) -> dict[str, Any]:
    return answer_best_reply(name, _side(name, ask))


def _nash(name: str, ask: Whole) -> dict[str, Any]:  # noqa: ARG001 - a tariff war has no terms
    return answer_nash(name)


def _sequence(name: str, ask: Whole) -> dict[str, Any]:
    return answer_sequence(name, threat=ask.threat, rule=ask.rule)  # type: ignore[arg-type]


def _weights(name: str, ask: Whole) -> dict[str, Any]:
    return answer_weights(name, _side(name, ask))


QUESTIONS: Mapping[str, tuple[Callable[[str, Whole], dict[str, Any]], str]] = {
    "bargain": (_bargain, "terms"),
    "frontier": (_frontier, "points"),
    "exchange": (_exchange, "terms"),
    "best-reply": (_best_reply, "tariffs"),
    "nash": (_nash, "tariffs"),
    "sequence": (_sequence, "stages"),
    "weights": (_weights, "weights"),
}
"""Each question by its name: what answers it, and which part of the answer is its CSV."""


def _wanted(text: str) -> dict[str, float]:
    faults: list[Fault] = []
    found: dict[str, float] = {}
    for one in (part.strip() for part in text.split(",") if part.strip()):
        name, _, amount = one.partition("=")
        try:
            found[name.strip()] = float(amount)
        except ValueError:
            faults.append(Fault("want", f"'{short(one)}' is not name=value", "As steel=0.25"))
            continue
        if not isfinite(found[name.strip()]):
            faults.append(Fault("want", f"'{short(one)}' is not a number", "Write it as 0.25"))
    if not found and not faults:
        faults.append(Fault("want", "is missing", "As steel=0.25"))
    if faults:
        raise InputError(faults)
    return found


def _side(name: str, ask: Whole) -> str:
    return ask.side.upper() or find_table(name)[0].sides[0]


def _answer(name: str, question: str, ask: Whole) -> dict[str, Any]:
    """An answer at a table that ships. Raises InputError with every fault of the question."""
    if name not in case_tables() or question not in QUESTIONS:
        raise HTTPException(404)
    table, faults = find_table(name)[0], []
    if ask.threat:
        one_of(ask.threat, "threat", faults, (*THREATS, *table.threats), "a threat")
    one_of(ask.rule, "rule", faults, RULES, "a rule")
    if ask.side:
        one_of(ask.side.upper(), "side", faults, table.sides, "a side of this table")
    if ask.points and a_count(ask.points, "points", faults, most=MOST_POINTS) == 1 and not faults:
        faults.append(Fault("points", "'1' is not a whole number", f"2 to {MOST_POINTS}"))
    faults += [
        Fault(key, f"has {len(text):,} characters", f"At most {MOST_WORDS:,} are read here")
        for key, text in (("want", ask.want), ("give", ask.give))
        if len(text) > MOST_WORDS
    ]
    if faults:
        raise InputError(faults)
    with SOLVES.turn():
        return QUESTIONS[question][0](name, ask)


def _whole(ask: Terms) -> Whole:
    return Whole(**ask.model_dump())


def _rows() -> list[dict[str, Any]]:
    return [_row(name, find_table(name)[0]) for name in case_tables()]


def _row(name: str, one: Table) -> dict[str, Any]:
    on = one.on.isoformat()
    clauses = [each.id for each in one.open]
    return {"id": name, "title": one.title, "summary": one.summary, "on": on, "sides": list(one.sides), "open": clauses}


@router.get("", response_class=HTMLResponse)
def tables(request: Request) -> HTMLResponse:
    """The tables that ship."""
    language = language_of(request)
    found = [(name, find_table(name)[0].in_language(language)) for name in case_tables()]
    return page(request, "tables.html", tables=found)


@router.get(".json")
def tables_json() -> Response:
    """The same as JSON."""
    return as_json(_rows(), name="tables")


@router.get(".csv", response_class=Csv)
def tables_csv() -> Response:
    """The same as CSV."""
    return as_csv(_rows(), name="tables")


@router.get("/{name}.json")
def table_json(name: str, ask: Ask) -> Response:
    """The deal a rule picks at a table, with its certificate."""
    return as_json(_answer(name, "bargain", _whole(ask)), name=name)


@router.get("/{name}.csv", response_class=Csv)
def table_csv(name: str, ask: Ask) -> Response:
    """Its terms as CSV, a row a clause."""
    return as_csv(_answer(name, "bargain", _whole(ask))["terms"], name=name)


@router.get("/{name}/{question}.json")
def question_json(name: str, question: str, ask: AskAll) -> Response:
    """Another question at a table: bargain, frontier, exchange, best-reply, nash, sequence or weights."""
    return as_json(_answer(name, question, ask), name=f"{name}-{question}")


@router.get("/{name}/{question}.csv", response_class=Csv)
def question_csv(name: str, question: str, ask: AskAll) -> Response:
    """Its rows as CSV: terms, points of the frontier, duties, stages or weights."""
    answer = _answer(name, question, ask)
    return as_csv([flat(row) for row in answer[QUESTIONS[question][1]]], name=f"{name}-{question}")


@router.get("/{name}", response_class=HTMLResponse)
def table(request: Request, name: str, ask: Ask) -> HTMLResponse:
    """A table: the deal, each side's surplus, and the frontier."""
    answer = _answer(name, "bargain", _whole(ask))
    found = _answer(name, "frontier", _whole(ask))
    language = language_of(request)
    words, title = words_of(language), find_table(name)[0].in_language(language).title
    answer, found = ({**one, "title": title} for one in (answer, found))
    content = {"name": name, "answer": answer, "questions": list(QUESTIONS)}
    return page(request, "table.html", figures=[negotiation.frontier(found, words)], **content)
