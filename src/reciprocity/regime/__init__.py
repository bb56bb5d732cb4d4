"""The regime: what the law is, on both sides, on any date, as known on any date."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reciprocity.regime.book import UNVERIFIED as UNVERIFIED
    from reciprocity.regime.override import Override as Override
    from reciprocity.regime.regime import Regime as Regime
    from reciprocity.regime.regime import regime_on as regime_on
    from reciprocity.regime.sectors import SectorRate as SectorRate
    from reciprocity.regime.sectors import SectorRates as SectorRates
    from reciprocity.regime.shipment import Duty as Duty
    from reciprocity.regime.shipment import duty as duty

_HOME = {
    "Duty": "shipment",
    "Override": "override",
    "Regime": "regime",
    "SectorRate": "sectors",
    "SectorRates": "sectors",
    "UNVERIFIED": "book",
    "duty": "shipment",
    "regime_on": "regime",
}
__all__ = ["UNVERIFIED", "Duty", "Override", "Regime", "SectorRate", "SectorRates", "duty", "regime_on"]


def __getattr__(name: str) -> Any:
    """Bring a public name in when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'reciprocity.regime' has no attribute '{name}'")
    return getattr(import_module(f"reciprocity.regime.{_HOME[name]}"), name)
