"""What a clause sets, beside what the law has today, in one unit."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.deal import (
    AddTariff,
    Ban,
    Capacity,
    CapTariff,
    Clause,
    EndPreference,
    Investment,
    LiftMeasures,
    Quota,
    SetTariff,
    TradeCost,
)
from reciprocity.deal.apply import override
from reciprocity.regime import Regime


@dataclass(frozen=True, slots=True)
class Terms:
    """A clause's value and the law's, both in `unit`; None where there is no single number.

    Attributes:
        value: what the clause sets.
        law_value: what stands today: for duties the highest rate of the measures the clause names.
        unit: 'fraction' of value, or what the figure's source gives.
    """

    value: float | None
    law_value: float | None
    unit: str


def terms(clause: Clause, law: Regime) -> Terms:  # noqa: PLR0911 - one answer a kind
    """The terms of a clause against the law of a day."""
    match clause:
        case SetTariff() | CapTariff() | Quota():
            return Terms(clause.rate, _highest(clause, law), "fraction")
        case LiftMeasures():
            return Terms(0.0, _highest(clause, law), "fraction")
        case AddTariff():
            return Terms(clause.rate, 0.0, "fraction")
        case TradeCost():
            return Terms(clause.change, 0.0, "fraction")
        case Capacity():
            return Terms(clause.capacity.value, 0.0, clause.capacity.unit)
        case Investment():
            return Terms(clause.amount_busd, 0.0, "billion USD")
        case Ban() | EndPreference():
            return Terms(None, None, "")


def _highest(clause: SetTariff | CapTariff | LiftMeasures | Quota, law: Regime) -> float | None:
    """The highest rate that the measures a clause names ask of ordinary goods; None when none is in force."""
    row = override(clause)
    rates = [
        one.rate
        for one in law.measures(clause.importer, clause.exporter)
        if one.rate is not None and one.kind in {"add", "total"} and row.picks(one) and not one.when
    ]
    return max(rates, default=None)
