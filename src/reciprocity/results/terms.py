"""What a clause sets, beside what the law has today, in one unit."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.deal import (
    AddTariff,
    Ban,
    Capacity,
    CapTariff,
    Clause,
    ContentRule,
    EndPreference,
    ExportTax,
    Investment,
    LiftMeasures,
    Quota,
    Remission,
    SetTariff,
    TradeCost,
    UsePreference,
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
        case AddTariff() | ExportTax():
            return Terms(clause.rate, 0.0, "fraction")
        case ContentRule():
            return Terms(clause.content if clause.threshold is None else clause.threshold, 0.0, "fraction")
        case Remission():
            return _given_back(clause)
        case UsePreference():
            return Terms(clause.utilisation_rate, law.claimed(override(clause)), "fraction")
        case TradeCost():
            return Terms(clause.change, 0.0, "fraction")
        case Capacity():
            return Terms(clause.capacity.value, 0.0, clause.capacity.unit)
        case Investment():
            return Terms(clause.amount_busd, 0.0, "billion USD")
        case Ban() | EndPreference():
            return Terms(None, None, "")


def _given_back(clause: Remission) -> Terms:
    """How much of trade a remission is for, in the unit it is told in."""
    if clause.volume is not None:
        return Terms(clause.volume.value, 0.0, f"{clause.volume.unit} a year")
    if clause.value_musd is not None:
        return Terms(clause.value_musd, 0.0, "million USD")
    return Terms(clause.part, 0.0, "fraction")


def _highest(clause: SetTariff | CapTariff | LiftMeasures | Quota, law: Regime) -> float | None:
    """The highest rate that the measures a clause names ask of ordinary goods; None when none is in force."""
    row = override(clause)
    rates = [
        one.rate
        for one in law.measures(clause.importer, clause.exporter)
        if one.rate is not None and one.kind in {"add", "total"} and row.picks(one) and not one.when
    ]
    return max(rates, default=None)
