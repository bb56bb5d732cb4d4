"""A deal put over a regime: every border clause becomes a row that overrides the law. The old regime is untouched."""

from __future__ import annotations

from datetime import date

from reciprocity.deal.clauses import (
    BORDER,
    AddTariff,
    Ban,
    CapTariff,
    EndPreference,
    LiftMeasures,
    Quota,
    SetTariff,
)
from reciprocity.deal.deal import Deal
from reciprocity.regime import Override, Regime

EVERYTHING = ("all",)


def apply(deal: Deal, regime: Regime) -> Regime:
    """The regime as it would be with the deal. Raises InputError naming every clause the law cannot take."""
    return regime.overlay([override(clause) for clause in deal.clauses if isinstance(clause, BORDER)])


def override(clause: SetTariff | CapTariff | LiftMeasures | AddTariff | Quota | Ban | EndPreference) -> Override:
    """The row of law a border clause stands for."""
    kind, measures, rate = _effect(clause)
    return Override(
        id=clause.id,
        importer=clause.importer,
        exporter=clause.exporter,
        products=(clause.sector,) if clause.sector else clause.products or EVERYTHING,
        kind=kind,
        measures=measures,
        rate=rate,
        valid_from=clause.starts or date.min,
        valid_to=clause.ends or date.max,
        quota_share=clause.share if isinstance(clause, Quota) else None,
        quota_musd=clause.value_musd if isinstance(clause, Quota) else None,
        source=clause.source,
    )


def _effect(  # noqa: PLR0911 - one effect a kind
    clause: SetTariff | CapTariff | LiftMeasures | AddTariff | Quota | Ban | EndPreference,
):
    match clause:
        case SetTariff():
            return "set", clause.measures or ("base", *EVERYTHING), clause.rate
        case CapTariff():
            return "cap", clause.measures or EVERYTHING, clause.rate
        case LiftMeasures():
            return "suspend", clause.measures, None
        case AddTariff():
            return "add", EVERYTHING, clause.rate
        case Quota():
            return "quota", clause.measures or EVERYTHING, clause.rate
        case Ban():
            return "prohibit", EVERYTHING, None
        case EndPreference():
            return "suspend", ("cusma",), None
