"""Law as plain values for other programs: measures in force, the duty on a product."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def duty_row(found: Duty) -> dict[str, Any]:
    """A duty with every measure behind it. `rate` is None where the good may not come in."""
    out = asdict(found)
    out |= {"on": str(found.on), "known": day_or_none(found.known), "confidence": found.confidence}
    out["rate"] = None if found.prohibited else found.rate
    return out


def day_or_none(day: date | None) -> str | None:
    """A day as text; None for none."""
    return None if day is None else str(day)
