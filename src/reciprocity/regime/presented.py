"""Law as plain values for other programs: measures in force, the duty on a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from reciprocity import labels
from reciprocity.regime.published import compare_published
from reciprocity.regime.trade import Trade, partners_of, weights

if TYPE_CHECKING:
    from reciprocity.regime.law import Precedence
    from reciprocity.regime.regime import Regime
    from reciprocity.regime.sectors import SectorRate
    from reciprocity.regime.shipment import Duty


def measure_row(one: Any) -> dict[str, Any]:
    """A measure in force. `rate` is a fraction of value, None where it sets none."""
    return {
        "programme": one.slot, "id": one.id, "name": one.name, "kind": one.kind, "rate": one.rate, "basis": one.basis,
        "products": list(one.products), "when": dict(one.when), "valid_from": str(one.valid_from),
        "valid_to": None if one.valid_to.year == 9999 else str(one.valid_to), "known_from": str(one.known_from),
        "source": one.source, "quote": one.quote, "confidence": one.confidence, "counts": one.counts,
        "mark": "?" if one.unverified else "",
    }  # fmt: skip


def rule_row(one: Precedence) -> dict[str, Any]:
    """A rule in force: which programmes give way to which, on what part, on what test."""
    return {
        "id": one.rule.id, "winner": one.winner, "loser": one.loser, "part": one.rule.part, "test": one.rule.test,
        "source": one.rule.source, "quote": one.rule.quote, "confidence": one.rule.confidence,
    }  # fmt: skip


def duty_row(found: Duty) -> dict[str, Any]:
    """A duty with every measure behind it. `rate` is None where the good may not come in."""
    out = asdict(found)
    out |= {"on": str(found.on), "known": day_or_none(found.known), "confidence": found.confidence}
    out["rate"] = None if found.prohibited else found.rate
    return out


def day_or_none(day: date | None) -> str | None:
    """A day as text; None for none."""
    return None if day is None else str(day)


def sectors_answer(
    law: Regime, importer: str, exporter: str, *, theta: float = 4.0, claims_on: date | None = None,
    own: Sequence[Trade] = (), slope: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One direction's rates by sector, and what they stand on: weights, claims, the published rate beside.

    `slopes` are the derivatives of the rates by a number of the deal over the law; `published` is None where nobody we
    hold publishes a rate for that law.
    """
    exponents = {one.code: theta for one in labels.sectors()}
    rates = law.sector_rates(exponents, claims_on=claims_on, own=own)
    rows, total = rates.pair(importer, exporter), rates.total(importer, exporter)
    slopes = [one for one in law.derivatives(slope, exponents) if one.importer == importer] if slope else []
    found = compare_published(importer, exporter, law.on) if not (law.known or law.overrides or own) else None
    held = own[0] if own else weights(law.book, importer, partners_of(importer, exporter)[0])
    return {
        "importer": importer, "exporter": exporter, "on": str(law.on), "known": day_or_none(law.known), "theta": theta,
        "weights": held.source, "claims_on": str(claims_on or law.on), "total": asdict(total),
        "sectors": [asdict(one) for one in rows],
        "unmapped": [asdict(one) for one in rates.outside(importer, exporter)], "in_sectors": _together(rows),
        "slope": slope,
        "slopes": [asdict(one) for one in slopes if one.exporter == exporter],
        "published": found and found.to_dict(),
    }  # fmt: skip


def _together(parts: Sequence[SectorRate]) -> dict[str, float]:
    """The rate of some sectors together."""
    value = sum(one.value_musd for one in parts)
    taken = sum(one.value_musd * one.revenue_rate for one in parts)
    return {"value_musd": value, "revenue_rate": taken / value if value else 0.0}
