"""A deal put over a regime: every border clause becomes a row that overrides the law. The old regime is untouched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from reciprocity.deal.clauses import (
    AddTariff,
    Ban,
    BorderClause,
    CapTariff,
    EndPreference,
    LiftMeasures,
    SetTariff,
)
from reciprocity.deal.deal import Deal
from reciprocity.deal.shares import ContentRule, Quota, Remission, UsePreference
from reciprocity.deal.wording import in_words
from reciprocity.regime import Override, Regime

EVERYTHING = ("all",)
WHOLE = ("base", *EVERYTHING)


def apply(deal: Deal, regime: Regime) -> Regime:
    """The regime as it would be with the deal. Raises InputError naming every clause the law cannot take."""
    where = f"{deal.id}: clause" if deal.id else "clause"
    return regime.overlay([override(clause) for clause in deal.border_clauses], where=where)


def override(clause: BorderClause) -> Override:
    """The row of law a border clause stands for."""
    row = Override(
        id=clause.id,
        importer=clause.importer,
        exporter=clause.exporter,
        products=(clause.sector,) if clause.sector else clause.products or EVERYTHING,
        kind="set",
        valid_from=clause.starts or date.min,
        valid_to=clause.ends or date.max,
        source=clause.source,
        words=in_words(clause),
    )
    return replace(row, **_effect(clause))


def _effect(clause: BorderClause) -> dict[str, Any]:  # noqa: PLR0911 - one effect a kind
    """What the clause does to what it picks."""
    match clause:
        case SetTariff():
            return {"kind": "set", "measures": clause.measures or WHOLE, "rate": clause.rate}
        case CapTariff():
            return {"kind": "cap", "measures": clause.measures or EVERYTHING, "rate": clause.rate}
        case LiftMeasures():
            return {"kind": "suspend", "measures": clause.measures}
        case AddTariff():
            return {"kind": "add", "rate": clause.rate}
        case Quota():
            size = (
                _size(clause) if clause.exporter_rent is None else {"quota_share": 1.0}
            )  # priced beyond by the scenario
            return {"kind": "quota", "measures": clause.measures or EVERYTHING, "rate": clause.rate, **size}
        case ContentRule():
            kept = ("content", "rate", "threshold", "rate_below", "spread")
            numbers = {key: getattr(clause, key) for key in kept}
            origin = clause.origin or (clause.importer,)
            return {"kind": "content", "measures": clause.measures or EVERYTHING, "origin": origin, **numbers}
        case Remission():
            return {"kind": "remission", "measures": clause.measures or EVERYTHING, **_size(clause)}
        case UsePreference():
            return {"kind": "claim", "measures": ("cusma",), "share": clause.utilisation_rate}
        case Ban():
            return {"kind": "prohibit"}
        case EndPreference():
            return {"kind": "suspend", "measures": ("cusma",)}


def quantity(clause: Quota) -> Override:
    """The row of law that holds a quota's quantity, whoever has the licences."""
    return replace(override(clause), **_size(clause))


def _size(clause: Quota | Remission) -> dict[str, float | None]:
    """How much of trade a quantity is, or how much money."""
    return {"quota_share": clause.part, "quota_musd": None if clause.part is not None else clause.value_musd}
