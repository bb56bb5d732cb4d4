"""The deal: a list of clauses, each with who, what, value, dates and the statement it rests on."""

from reciprocity.deal.apply import apply
from reciprocity.deal.clauses import (
    AddTariff,
    Ban,
    Capacity,
    CapTariff,
    Clause,
    EndPreference,
    Figure,
    Investment,
    LiftMeasures,
    Quota,
    SetTariff,
    TradeCost,
)
from reciprocity.deal.deal import Deal, read_deal
from reciprocity.deal.wording import assumptions, in_words, scope

__all__ = [
    "AddTariff",
    "Ban",
    "CapTariff",
    "Capacity",
    "Clause",
    "Deal",
    "EndPreference",
    "Figure",
    "Investment",
    "LiftMeasures",
    "Quota",
    "SetTariff",
    "TradeCost",
    "apply",
    "assumptions",
    "in_words",
    "read_deal",
    "scope",
]
