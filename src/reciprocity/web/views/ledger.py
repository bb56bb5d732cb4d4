"""The ledger across its documents: what was said, what falls due, who stands where, where it disagrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from reciprocity.errors import Fault, InputError
from reciprocity.record.ledger.said import Said, said
from reciprocity.record.plain import plain
from reciprocity.record.registry import read_registry
from reciprocity.record.views.contradictions import RULES, contradictions
from reciprocity.record.views.due import Due, dated, due
from reciprocity.record.views.positions import Grid, positions
from reciprocity.report.record import tables
from reciprocity.web.asked import a_count, a_day, one_of, today
from reciprocity.web.pages import Csv, as_csv, as_json, language_of
from reciprocity.web.views.shelf import ledger_page, place, shelf_of
from reciprocity.web.words import words_of

router = APIRouter(prefix="/record", tags=["record"])
MOST_SAID = 1000
"""Statements told at once."""
DUE_COLUMNS = (
    "id", "thread", "said_on", "who", "what", "words", "earliest", "nominal", "latest", "phrase", "timing",
    "overdue_since", "days_overdue", "status", "broken_on", "broken_after_days", "broken_words", "moved_to", "source",
    "url",
)  # fmt: skip


class Asked(BaseModel):
    """A question to the statements of a ledger."""

    model_config = ConfigDict(frozen=True)

    q: str = Field(default="", description='Words, "a phrase", beginnings*; accents and spelling do not matter.')
    who: str = Field(default="", description="Actor id, as mark_carney.")
    issue: str = Field(default="", description="Issue id, as steel.")
    since: str = Field(default="", description="First day, as 2025-10-07.")
    until: str = Field(default="", description="Last day.")
    limit: str = Field(default="", description=f"How many at most, 1 to {MOST_SAID}; 50 on the page.")
    rejected: str = Field(default="", description="Anything: also what a person rejected.")


Question = Annotated[Asked, Query()]
Who = Annotated[str, Query(description="Actor id, as mark_carney; may be given several times.")]
Issue = Annotated[str, Query(description="Issue id, as steel; may be given several times.")]
Until = Annotated[str, Query(description="Last day.")]
ENDS = ("on", "document", "line", "exact")
On = Annotated[str, Query(description="The day deadlines are looked at from; today when left out.")]
Undated = Annotated[str, Query(description="Anything: also promises that name no day.")]


@dataclass(frozen=True, slots=True)
class Found:
    """Statements a question finds, and what could be asked."""

    rows: tuple[Said, ...]
    names: Mapping[str, str]
    grid: Grid


def _said(request: Request, asked: Asked, *, most: int) -> Found:
    faults: list[Fault] = []
    days = {"since": asked.since, "until": asked.until}
    first, last = (a_day(day, key, faults) if day else None for key, day in days.items())
    most = a_count(asked.limit, "limit", faults, most=MOST_SAID) if asked.limit else most
    with shelf_of(request).store() as store:
        grid = positions(store)
        if asked.who:
            one_of(asked.who, "who", faults, grid.names, "an actor of this ledger")
        if asked.issue:
            one_of(asked.issue, "issue", faults, grid.issues, "an issue of this ledger")
        if faults:
            raise InputError(faults)
        rows = said(
            store, asked.q.strip(), who=asked.who, issue=asked.issue, since=str(first or ""), until=str(last or ""),
            rejected=bool(asked.rejected), limit=most,
        )  # fmt: skip
    return Found(rows, grid.names, grid)


@router.get("/said", response_class=HTMLResponse)
def said_page(request: Request, asked: Question) -> HTMLResponse:
    """Who said it, when, where, in whose words."""
    found = _said(request, asked, most=50)
    return ledger_page(request, "ledger_said.html", found=found, asked=asked, place=place)


@router.get("/said.json")
def said_json(request: Request, asked: Question) -> Response:
    """Statements as JSON."""
    found = _said(request, asked, most=MOST_SAID)
    return as_json({"said": [plain(row) for row in found.rows]}, name="said")


@router.get("/said.csv", response_class=Csv)
def said_csv(request: Request, asked: Question) -> Response:
    """Statements as CSV."""
    found = _said(request, asked, most=MOST_SAID)
    return as_csv([plain(row) for row in found.rows], name="said", columns=tuple(Said.__slots__))


def _due(request: Request, on: str, undated: str) -> tuple[str, tuple[Due, ...]]:
    faults: list[Fault] = []
    day = a_day(on, "on", faults) if on else today()
    if faults or day is None:
        raise InputError(faults)
    shelf = shelf_of(request)
    rows = due(shelf.threads(), shelf.readings(), on=day)
    return day.isoformat(), rows if undated else dated(rows)


@router.get("/due", response_class=HTMLResponse)
def due_page(request: Request, on: On = "", undated: Undated = "") -> HTMLResponse:
    """Deadlines that moved, as they stand on a day."""
    day, rows = _due(request, on, undated)
    body = tables.deadlines(rows, words_of(language_of(request)), place)
    return ledger_page(request, "ledger_due.html", day=day, undated=undated, body=body)


@router.get("/due.json")
def due_json(request: Request, on: On = "", undated: Undated = "") -> Response:
    """The same as JSON."""
    day, rows = _due(request, on, undated)
    return as_json({"on": day, "due": [plain(row) for row in rows]}, name=f"due-{day}")


@router.get("/due.csv", response_class=Csv)
def due_csv(request: Request, on: On = "", undated: Undated = "") -> Response:
    """The same as CSV."""
    day, rows = _due(request, on, undated)
    return as_csv([_due_row(row) for row in rows], name=f"due-{day}", columns=DUE_COLUMNS)


def _due_row(row: Due) -> dict[str, Any]:
    broken, window = row.broken, row.window
    whole = plain(row) | {
        "earliest": window.earliest, "nominal": window.nominal, "latest": window.latest, "phrase": window.phrase,
        "broken_on": broken.date if broken else "", "broken_after_days": row.broken_after,
        "broken_words": (broken.words or broken.what) if broken else "",
        "moved_to": row.moved_to.nominal if row.moved_to else "",
    }  # fmt: skip
    return {key: whole[key] for key in DUE_COLUMNS}


def _grid(request: Request, until: str) -> Grid:
    faults: list[Fault] = []
    last = a_day(until, "until", faults) if until else None
    asked = request.query_params
    wanted = {key: [one for one in asked.getlist(key) if one] for key in ("who", "issue")}
    with shelf_of(request).store() as store:
        whole = positions(store)
        for one in wanted["who"]:
            one_of(one, "who", faults, whole.names, "an actor of this ledger")
        for one in wanted["issue"]:
            one_of(one, "issue", faults, whole.issues, "an issue of this ledger")
        if faults:
            raise InputError(faults)
        return positions(store, actors=wanted["who"], issues=wanted["issue"], until=str(last or ""))


@router.get("/positions", response_class=HTMLResponse)
def positions_page(request: Request, who: Who = "", issue: Issue = "", until: Until = "") -> HTMLResponse:  # noqa: ARG001
    """Who stands where; `who` and `issue` may be given several times."""
    body = tables.grid(_grid(request, until), words_of(language_of(request)), place)
    return ledger_page(request, "ledger_positions.html", until=until, body=body)


@router.get("/positions.json")
def positions_json(request: Request, who: Who = "", issue: Issue = "", until: Until = "") -> Response:  # noqa: ARG001
    """The same as JSON: every cell, the empty ones too."""
    grid = _grid(request, until)
    cells = [
        {
            "actor": actor,
            "issue": on,
            "statements": grid.counts.get((actor, on), 0),
            "latest": plain(grid.cell(actor, on)),
        }
        for actor in grid.actors
        for on in grid.issues
    ]
    content = {"actors": list(grid.actors), "issues": list(grid.issues), "cells": cells}
    return as_json(content, name="positions")


@router.get("/positions.csv", response_class=Csv)
def positions_csv(request: Request, who: Who = "", issue: Issue = "", until: Until = "") -> Response:  # noqa: ARG001
    """The same as CSV, a row a cell."""
    grid, rows = _grid(request, until), []
    for actor in grid.actors:
        for issue_of in grid.issues:
            one = grid.cell(actor, issue_of)
            latest = {key: getattr(one, key) if one else "" for key in ("on", "act", "exact", "document", "line")}
            head = {"actor": actor, "name": grid.names.get(actor, actor), "issue": issue_of}
            rows.append({**head, "statements": grid.counts.get((actor, issue_of), 0), **latest})
    columns = ("actor", "name", "issue", "statements", "on", "act", "exact", "document", "line")
    return as_csv(rows, name="positions", columns=columns)


@router.get("/contradictions", response_class=HTMLResponse)
def contradictions_page(request: Request) -> HTMLResponse:
    """Where the record disagrees with itself, by rule; none of it is a verdict."""
    found = contradictions(shelf_of(request).readings(), read_registry())
    body = tables.contradictions(found, words_of(language_of(request)), place)
    return ledger_page(request, "ledger_contradictions.html", body=body)


@router.get("/contradictions.json")
def contradictions_json(request: Request) -> Response:
    """The same as JSON."""
    found = contradictions(shelf_of(request).readings(), read_registry())
    return as_json({"rules": RULES, "contradictions": [plain(one) for one in found]}, name="contradictions")


@router.get("/contradictions.csv", response_class=Csv)
def contradictions_csv(request: Request) -> Response:
    """The same as CSV."""
    rows = []
    for one in contradictions(shelf_of(request).readings(), read_registry()):
        row: dict[str, Any] = {"rule": one.rule, "differs": one.differs, "side": one.side, "issues": one.issues}
        for name, end in (("first", one.first), ("second", one.second)):
            told = (end.on, end.document, end.line, end.span.exact) if end else ("", "", "", "")
            row |= {
                f"{name}_{key}": value for key, value in zip(("on", "document", "line", "exact"), told, strict=True)
            }
        rows.append(row)
    ends = tuple(f"{name}_{key}" for name in ("first", "second") for key in ENDS)
    return as_csv(rows, name="contradictions", columns=("rule", "differs", "side", "issues", *ends))
