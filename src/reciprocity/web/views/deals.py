"""The deals that ship: what each says, and a way to put it on the table."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from reciprocity.deal import Deal
from reciprocity.deal.cases import case_deals, find_deal
from reciprocity.web.pages import TOML, Csv, as_csv, as_json, gives, language_of, page
from reciprocity.web.told import clause_told

router = APIRouter(prefix="/deals", tags=["deals"])
DAYS = (date(2025, 10, 8), date(2026, 9, 29))


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "title": one.title,
            "summary": one.summary,
            "sides": list(one.sides),
            "clauses": len(one.clauses),
            "sha256": one.sha256,
        }
        for one in (find_deal(name, shipped_only=True)[0] for name in case_deals())
    ]


@router.get("", response_class=HTMLResponse)
def deals(request: Request) -> HTMLResponse:
    """Every deal that ships."""
    language = language_of(request)
    found = [find_deal(name, shipped_only=True)[0].in_language(language) for name in case_deals()]
    return page(request, "deals.html", deals=found, days=DAYS)


@router.get(".json")
def deals_json() -> Response:
    """The same as JSON."""
    return as_json(_rows(), name="deals")


@router.get(".csv", response_class=Csv)
def deals_csv() -> Response:
    """The same as CSV."""
    return as_csv(_rows(), name="deals")


@router.get("/{name}.json")
def deal_json(name: str) -> Response:
    """One deal, whole."""
    deal, _ = _find(name)
    return as_json({**deal.model_dump(mode="json", by_alias=True), "sha256": deal.sha256}, name=name)


@router.get("/{name}.csv", response_class=Csv)
def deal_csv(request: Request, name: str) -> Response:
    """One deal as CSV, a row a clause."""
    deal, language = _find(name)[0], language_of(request)
    rows = [
        {
            "id": one.id,
            "kind": one.kind,
            "giver": one.giver,
            "words": clause_told(one, language),
            "statement": one.statement,
            "source": one.source,
        }
        for one in deal.in_language(language).clauses
    ]
    return as_csv(rows, name=name, columns=("id", "kind", "giver", "words", "statement", "source"))


@router.get("/{name}.toml", response_class=FileResponse, responses=gives(TOML))
def deal_toml(name: str) -> FileResponse:
    """One deal, as its file."""
    return FileResponse(_find(name)[1], media_type=f"{TOML}; charset=utf-8", filename=f"{name}.toml")


@router.get("/{name}", response_class=HTMLResponse)
def deal(request: Request, name: str) -> HTMLResponse:
    """One deal in words, with what each clause rests on."""
    language = language_of(request)
    found = _find(name)[0].in_language(language)
    return page(request, "deal.html", deal=found, said=[clause_told(one, language) for one in found.clauses], days=DAYS)


def _find(name: str) -> tuple[Deal, Any]:
    if name not in case_deals():
        raise HTTPException(404)
    return find_deal(name, shipped_only=True)
