"""Instruments negotiators use, in general equilibrium: rates, quotas, capacity, investment, preference use."""

from reciprocity.model.instruments.gradient import PolicyGradient, policy_gradient
from reciprocity.model.instruments.investment import Investment, InvestmentPath
from reciprocity.model.instruments.policy import Bound, Instrument, Policy
from reciprocity.model.instruments.preference import PreferenceUse
from reciprocity.model.instruments.quota import (
    RouteCapacity,
    SectorCapacity,
    TariffQuota,
    export_quota,
    import_quota,
)
from reciprocity.model.instruments.rates import (
    Ban,
    Cap,
    ExportTax,
    Floor,
    ProductionSubsidy,
    Remission,
    Tariff,
    TradeCost,
)
from reciprocity.model.instruments.scope import Scope
from reciprocity.model.instruments.solve import PolicyEquilibrium, solve_policy
from reciprocity.model.instruments.state import BoundState

__all__ = [
    "Ban",
    "Bound",
    "BoundState",
    "Cap",
    "ExportTax",
    "Floor",
    "Instrument",
    "Investment",
    "InvestmentPath",
    "Policy",
    "PolicyEquilibrium",
    "PolicyGradient",
    "PreferenceUse",
    "ProductionSubsidy",
    "Remission",
    "RouteCapacity",
    "Scope",
    "SectorCapacity",
    "Tariff",
    "TariffQuota",
    "TradeCost",
    "export_quota",
    "import_quota",
    "policy_gradient",
    "solve_policy",
]
