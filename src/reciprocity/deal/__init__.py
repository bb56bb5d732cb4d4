"""The deal: a list of clauses, each with who, what, value, dates and the statement it rests on."""

from reciprocity.deal.clauses import (
    Ban,
    Capacity,
    CapTariff,
    Clause,
    Figure,
    Investment,
    LiftMeasures,
    Preference,
    SetTariff,
    TradeCost,
)
from reciprocity.deal.deal import Deal, read_deal

__all__ = [
    "Ban",
    "CapTariff",
    "Capacity",
    "Clause",
    "Deal",
    "Figure",
    "Investment",
    "LiftMeasures",
    "Preference",
    "SetTariff",
    "TradeCost",
    "read_deal",
]
