"""The law on a day: by sector, by measure, and the duty on one product, explained."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from reciprocity import labels
from reciprocity.errors import Fault, InputError
from reciprocity.regime import Regime, SectorRate, duty, regime_on
from reciprocity.web.pages import as_csv, page

router = APIRouter(prefix="/regime")


def _asked(request: Request) -> tuple[Regime, str, str]:
    """Day, known day and the two countries of a question."""
    asked = request.query_params
    on, known = _day(asked.get("on") or "2025-10-08", "on"), asked.get("known")
    importer = labels.region(asked.get("importer") or "USA", where="importer").code
    exporter = labels.region(asked.get("exporter") or ("CAN" if importer == "USA" else "USA"), where="exporter").code
    if importer not in {"USA", "CAN"}:
        raise InputError(Fault("importer", f"no tariff law of {importer} is held", "USA or CAN"))
    return regime_on(on, _day(known, "known") if known else None), importer, exporter


def _day(text: str, key: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(Fault(key, f"'{text}' is not a date", "Write it as 2025-10-08")) from error


def _rows(request: Request) -> tuple[Regime, str, str, tuple[SectorRate, ...]]:
    law, importer, exporter = _asked(request)
    return law, importer, exporter, law.sector_rates().pair(importer, exporter)


@router.get("", response_class=HTMLResponse)
def regime(request: Request) -> HTMLResponse:
    """The law on a day: rates by sector and the measures behind them."""
    law, importer, exporter, rows = _rows(request)
    product = request.query_params.get("hs", "").strip()
    return page(
        request,
        "regime.html",
        law=law,
        importer=importer,
        exporter=exporter,
        rows=rows,
        total=law.sector_rates().total(importer, exporter),
        measures=sorted(law.measures(importer, exporter), key=lambda one: (one.slot, one.valid_from)),
        hs=product,
        duty=_duty(law, importer, exporter, product) if product else None,
        regions=[one.code for one in labels.regions()],
    )


def _duty(law: Regime, importer: str, exporter: str, product: str):
    return duty(importer=importer, exporter=exporter, hs=product, date=law.on, known=law.known, facts={})


@router.get(".json")
def regime_json(request: Request) -> JSONResponse:
    """Rates by sector as JSON."""
    law, importer, exporter, rows = _rows(request)
    return JSONResponse(
        {
            "on": law.on.isoformat(),
            "known": law.known.isoformat() if law.known else None,
            "total": asdict(law.sector_rates().total(importer, exporter)),
            "sectors": [asdict(row) for row in rows],
        }
    )


@router.get(".csv")
def regime_csv(request: Request) -> Response:
    """Rates by sector as CSV."""
    return as_csv([asdict(row) for row in _rows(request)[3]], name="sectors")
