"""The deal: a list of clauses, each with who, what, value, dates and the statement it rests on."""

from reciprocity.deal.apply import apply
from reciprocity.deal.clauses import (
    AddTariff,
    Ban,
    Capacity,
    CapTariff,
    Clause,
    EndPreference,
    ExportTax,
    Investment,
    LiftMeasures,
    SetTariff,
    TradeCost,
)
from reciprocity.deal.deal import Deal, read_deal
from reciprocity.deal.shape import Figure
from reciprocity.deal.shares import ContentRule, Quota, Remission, UsePreference
from reciprocity.deal.wording import assumptions, in_words, scope

__all__ = [
    "AddTariff",
    "Ban",
    "CapTariff",
    "Capacity",
    "Clause",
    "ContentRule",
    "Deal",
    "EndPreference",
    "ExportTax",
    "Figure",
    "Investment",
    "LiftMeasures",
    "Quota",
    "Remission",
    "SetTariff",
    "TradeCost",
    "UsePreference",
    "apply",
    "assumptions",
    "in_words",
    "read_deal",
    "scope",
]
