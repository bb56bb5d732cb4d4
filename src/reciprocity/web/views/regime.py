"""The law on a day: by sector, by measure, the duty on one product explained, and what differs between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from reciprocity import labels
from reciprocity.deal import apply
from reciprocity.deal.cases import case_deals, find_deal
from reciprocity.errors import Fault, InputError
from reciprocity.regime import Duty, Regime, SectorRate, duty, regime_on
from reciprocity.regime.book import shipped_book
from reciprocity.regime.diff import Difference, compare
from reciprocity.regime.law import law_of
from reciprocity.regime.partners import partner
from reciprocity.regime.presented import duty_row, measure_row
from reciprocity.regime.question import facts_of
from reciprocity.report.numbers import rate
from reciprocity.web.asked import a_day, one_of
from reciprocity.web.pages import Csv, as_csv, as_json, flat, language_of, page
from reciprocity.web.told import clause_told

router = APIRouter(prefix="/regime", tags=["regime"])
DAY = "2025-10-08"
LATER = "2026-09-29"


class Law(BaseModel):
    """A question to the law of one country on goods of another."""

    model_config = ConfigDict(frozen=True)

    on: str = Field(default="", description="The day, as 2025-10-08.")
    known: str = Field(default="", description="The day whose knowledge counts; all that is known when left out.")
    importer: str = Field(default="", description="Whose law: USA or CAN.")
    exporter: str = Field(default="", description="Whose goods; those of the other side when left out.")


class OfSectors(Law):
    """The same, with a product to look at beside."""

    hs: str = Field(default="", description="An HS code of 2 to 10 digits, as 7208.10.")


class OfProduct(OfSectors):
    """The law on one product."""

    fact: list[str] = Field(default=[], description="A fact of the shipment, as usmca_claimed=true. Repeat.")


class Between(Law):
    """Two days of law, or a day's law and a deal."""

    to: str = Field(default="", description="Another day; the same one when left out, with a deal.")
    deal: str = Field(default="", description="Name of a deal that ships: the second law has it.")


def _asked(ask: Law, *, any_partner: bool = False) -> tuple[Regime, str, str]:
    """The law of a question's day and its two countries. Raises InputError with every fault."""
    faults: list[Fault] = []
    day = a_day(ask.on or DAY, "on", faults)
    told = a_day(ask.known, "known", faults) if ask.known else None
    to = _named(ask.importer or "USA", "importer", faults)
    if to not in {"USA", "CAN", ""}:
        faults.append(Fault("importer", f"no tariff law of {to} is held", "USA or CAN"))
    of = _named(ask.exporter or ("CAN" if to == "USA" else "USA"), "exporter", faults, any_partner=any_partner)
    if to and to == of:
        faults.append(Fault("exporter", f"{of} is the importer too", remedy="A duty has two sides"))
    if faults or day is None:
        raise InputError(faults)
    return regime_on(day, told), to, of


def _named(name: str, where: str, faults: list[Fault], *, any_partner: bool = False) -> str:
    try:
        return partner(name, where=where) if any_partner else labels.region(name, where=where).code
    except InputError as error:
        faults += error.faults
        return ""


def _rows(law: Regime, importer: str, exporter: str) -> tuple[SectorRate, ...]:
    return law.sector_rates().pair(importer, exporter)


def _head(law: Regime, importer: str, exporter: str) -> dict[str, Any]:
    known = law.known.isoformat() if law.known else None
    return {"on": law.on.isoformat(), "known": known, "importer": importer, "exporter": exporter}


@router.get("", response_class=HTMLResponse)
def regime(request: Request, ask: Annotated[OfSectors, Query()]) -> HTMLResponse:
    """The law on a day: rates by sector and the measures behind them."""
    law, to, of = _asked(ask)
    product = ask.hs.strip()
    return page(
        request,
        "regime.html",
        law=law,
        importer=to,
        exporter=of,
        rows=_rows(law, to, of),
        total=law.sector_rates().total(to, of),
        measures=sorted(law.measures(to, of), key=lambda one: (one.slot, one.valid_from)),
        hs=product,
        duty=_duty(law, to, of, product) if product else None,
        regions=[one.code for one in labels.regions() if one.code != to],
    )


@router.get(".json")
def regime_json(ask: Annotated[Law, Query()]) -> Response:
    """Rates by sector as JSON."""
    law, to, of = _asked(ask)
    rates = law.sector_rates()
    unmapped = [asdict(one) for one in rates.outside(to, of)]
    content = {"total": asdict(rates.total(to, of)), "sectors": [asdict(row) for row in rates.pair(to, of)]}
    return as_json({**_head(law, to, of), **content, "unmapped": unmapped}, name=f"law-{to}-{of}-{law.on}")


@router.get(".csv", response_class=Csv)
def regime_csv(ask: Annotated[Law, Query()]) -> Response:
    """Rates by sector as CSV."""
    law, to, of = _asked(ask)
    return as_csv([asdict(row) for row in _rows(law, to, of)], name=f"law-{to}-{of}-{law.on}")


def _measures(law: Regime, importer: str, exporter: str) -> list[dict[str, Any]]:
    found = law_of(shipped_book(), importer, exporter, law.on, law.known)
    return [measure_row(one) for group in found.measures for one in group]


@router.get("/measures.json")
def measures_json(ask: Annotated[Law, Query()]) -> Response:
    """The measures in force as JSON; the exporter is any country."""
    law, to, of = _asked(ask, any_partner=True)
    content = {**_head(law, to, of), "measures": _measures(law, to, of)}
    return as_json(content, name=f"measures-{to}-{of}-{law.on}")


@router.get("/measures.csv", response_class=Csv)
def measures_csv(ask: Annotated[Law, Query()]) -> Response:
    """The same as CSV."""
    law, to, of = _asked(ask, any_partner=True)
    rows = [row | {"when": [f"{key}={value}" for key, value in row["when"].items()]} for row in _measures(law, to, of)]
    return as_csv(rows, name=f"measures-{to}-{of}-{law.on}", columns=("programme", "id", "name", "kind", "rate"))


def _duty(law: Regime, importer: str, exporter: str, product: str, facts: Sequence[str] = ()) -> Duty:
    said = facts_of(facts)
    return duty(importer=importer, exporter=exporter, hs=product, date=law.on, known=law.known, facts=said)


def _product(ask: OfProduct) -> tuple[Regime, Duty]:
    if not ask.hs.strip():
        raise InputError(Fault("hs", "is missing", "2, 4, 6, 8 or 10 digits, with or without points, as 7208.10"))
    law, to, of = _asked(ask, any_partner=True)
    return law, _duty(law, to, of, ask.hs.strip(), ask.fact)


@router.get("/product", response_class=HTMLResponse)
def product(request: Request, ask: Annotated[OfProduct, Query()]) -> HTMLResponse:
    """The duty on a product, every measure with its clause, and why others do not count."""
    law, found = _product(ask)
    return page(request, "product.html", law=law, found=found, hs=ask.hs.strip(), ask=ask)


@router.get("/product.json")
def product_json(ask: Annotated[OfProduct, Query()]) -> Response:
    """The same as JSON; the rate is null where the good may not come in."""
    law, found = _product(ask)
    return as_json(duty_row(found), name=f"duty-{found.hs}-{law.on}")


@router.get("/product.csv", response_class=Csv)
def product_csv(ask: Annotated[OfProduct, Query()]) -> Response:
    """The same as CSV, a row a measure."""
    law, found = _product(ask)
    parts = {"counts": found.stack, "near": found.near, "deposit": found.deposits}
    rows = [{"part": part, **flat(asdict(one))} for part, entries in parts.items() for one in entries]
    return as_csv(rows, name=f"duty-{found.hs}-{law.on}")


def _difference(ask: Between) -> tuple[Difference, date, date]:
    faults: list[Fault] = []
    last = a_day(ask.to or (ask.on or DAY if ask.deal else LATER), "to", faults)
    if ask.deal:
        one_of(ask.deal, "deal", faults, case_deals(), "the name of a case")
    law = None
    try:
        law = _asked(ask)
    except InputError as error:
        faults += error.faults
    if faults or law is None or last is None:
        raise InputError(faults)
    first, to, of = law
    after = regime_on(last, first.known)
    after = apply(find_deal(ask.deal, shipped_only=True)[0], after) if ask.deal else after
    return compare(first, after, importer=to, exporter=of), first.on, last


@router.get("/diff", response_class=HTMLResponse)
def diff(request: Request, ask: Annotated[Between, Query()]) -> HTMLResponse:
    """What changed in the law between two days, or what a deal would change."""
    found, first, last = _difference(ask)
    moved = [one for one in found.sectors if rate(one.before) != rate(one.after)]
    language = language_of(request)
    clauses = find_deal(ask.deal, shipped_only=True)[0].clauses if ask.deal else ()
    deals = [(name, find_deal(name, shipped_only=True)[0].in_language(language)) for name in case_deals()]
    return page(
        request,
        "diff.html",
        found=found,
        first=first,
        last=last,
        ask=ask,
        deals=deals,
        moved=moved,
        clauses={f"deal.{one.id}": clause_told(one, language) for one in clauses},
        cited=_cited,
        regions=[one.code for one in labels.regions()],
    )


def _cited(source: str) -> str:
    """An act as it is cited; of a deal's clause, what it says itself."""
    return next((one.citation for one in shipped_book().sources if one.id == source), source)


@router.get("/diff.json")
def diff_json(ask: Annotated[Between, Query()]) -> Response:
    """The same as JSON: in words, by measure and by sector."""
    found, first, last = _difference(ask)
    content = {**found.to_dict(), "words": [line.strip() for line in found.words()]}
    return as_json(content, name=f"diff-{first}-{ask.deal or last}")


@router.get("/diff.csv", response_class=Csv)
def diff_csv(ask: Annotated[Between, Query()]) -> Response:
    """The same as CSV, a row a sector."""
    found, first, last = _difference(ask)
    rows = [
        {
            "importer": found.importer,
            "exporter": found.exporter,
            "sector": one.sector,
            "revenue_rate_before": one.before,
            "revenue_rate_after": one.after,
            "flow_equivalent_rate_before": one.flow_before,
            "flow_equivalent_rate_after": one.flow_after,
        }
        for one in found.sectors
    ]
    return as_csv(rows, name=f"diff-{first}-{ask.deal or last}")
