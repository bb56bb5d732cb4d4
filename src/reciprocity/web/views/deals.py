"""The deals that ship: what each says, and a way to put it on the table."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from reciprocity.deal import in_words
from reciprocity.deal.cases import case_deals, find_deal
from reciprocity.web.pages import page

router = APIRouter(prefix="/deals")
DAYS = (date(2025, 10, 8), date(2026, 9, 29))


def _rows() -> list[dict]:
    found = [find_deal(name, shipped_only=True)[0] for name in case_deals()]
    return [
        {
            "id": one.id,
            "title": one.title,
            "summary": one.summary,
            "sides": list(one.sides),
            "clauses": len(one.clauses),
        }
        for one in found
    ]


@router.get("", response_class=HTMLResponse)
def deals(request: Request) -> HTMLResponse:
    """Every deal that ships."""
    return page(request, "deals.html", deals=_rows(), days=DAYS)


@router.get(".json")
def deals_json() -> JSONResponse:
    """The same as JSON."""
    return JSONResponse(_rows())


@router.get("/{name}.json")
def deal_json(name: str) -> JSONResponse:
    """One deal, whole."""
    deal, _ = _find(name)
    return JSONResponse({**deal.model_dump(mode="json", by_alias=True), "sha256": deal.sha256})


@router.get("/{name}.toml")
def deal_toml(name: str) -> FileResponse:
    """One deal, as its file."""
    return FileResponse(_find(name)[1], media_type="application/toml; charset=utf-8")


@router.get("/{name}", response_class=HTMLResponse)
def deal(request: Request, name: str) -> HTMLResponse:
    """One deal in words, with what each clause rests on."""
    found, _ = _find(name)
    return page(request, "deal.html", deal=found, said=[in_words(one) for one in found.clauses], days=DAYS)


def _find(name: str):
    if name not in case_deals():
        raise HTTPException(404)
    return find_deal(name, shipped_only=True)
