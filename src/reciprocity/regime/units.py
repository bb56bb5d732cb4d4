"""Units a duty is counted in, and what one of a shipment's is worth: duties by weight or count as fractions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import inf
from typing import Any

from reciprocity.errors import Fault, InputError, did_you_mean

UNITS: dict[str, tuple[str, float]] = {
    "kg": ("kg", 1.0), "g": ("kg", 0.001), "t": ("kg", 1000.0), "lb": ("kg", 0.45359237),
    "each": ("each", 1.0), "doz.": ("each", 12.0), "gross": ("each", 144.0), "1000": ("each", 1000.0),
    "thousand": ("each", 1000.0), "pr.": ("pr.", 1.0), "head": ("head", 1.0), "liter": ("liter", 1.0),
    "bbl": ("liter", 158.987294928), "pf.liter": ("pf.liter", 1.0), "m2": ("m2", 1.0), "m3": ("m3", 1.0),
}  # fmt: skip
"""What each unit is counted in, and how many of those it holds. A unit that is not here is its own."""
SPELLINGS = {
    "kilogram": "kg", "kilograms": "kg", "kgs": "kg", "tonne": "t", "tonnes": "t", "pound": "lb", "pounds": "lb",
    "no": "each", "no.": "each", "number": "each", "unit": "each", "units": "each", "piece": "each", "pieces": "each",
    "pcs": "each", "dozen": "doz.", "doz": "doz.", "pair": "pr.", "pairs": "pr.", "pr": "pr.", "litre": "liter",
    "litres": "liter", "liters": "liter", "l": "liter", "barrel": "bbl", "barrels": "bbl", "proof liter": "pf.liter",
    "proof liters": "pf.liter",
}  # fmt: skip
PRICE = "price:"


def prices(facts: Mapping[str, Any], others: Collection[str]) -> dict[str, float]:
    """What one of each unit of a shipment is worth, USD: `value` over `quantity` by unit, or `unit_value` by unit.

    A quantity is a table by unit, or a number with `unit` beside it.

    Args:
        facts: the shipment's.
        others: units of the schedule beyond the common ones, such as 'kg on drained weight'.

    Raises:
        InputError: with every fault: no value beside a quantity, a unit nobody counts in, a number not above zero.
    """
    faults: list[Fault] = []
    value = _number(facts, "value", faults)
    quantities, worth = (_by_unit(facts, one, others, faults) for one in ("quantity", "unit_value"))
    if quantities and facts.get("value") is None:
        faults.append(Fault("facts.value", "is missing beside a quantity", "The customs value, USD"))
    if faults:
        raise InputError(faults)
    found = {unit: (value or 0.0) / number for unit, number in quantities.items()} | worth
    return {f"{PRICE}{_base(unit)}": price / _held(unit) for unit, price in found.items()}


def price_of(unit: str, facts: Mapping[str, Any]) -> Any:
    """What one of a unit, `kg` or `USD/kg`, is worth, USD; None where the shipment does not say."""
    price = facts.get(PRICE + _base(unit))
    return facts.get("unit_value") if price is None else price * _held(unit)


def _by_unit(facts: Mapping[str, Any], name: str, others: Collection[str], faults: list[Fault]) -> dict[str, float]:
    """A fact given by unit, in the units' names."""
    given = facts.get(name)
    if given is None or (name == "unit_value" and not isinstance(given, Mapping)):
        return {}
    table = given if isinstance(given, Mapping) else {facts.get("unit", ""): given}
    found = {}
    for word, number in table.items():
        unit = _unit(str(word), others)
        if unit is None:
            hint = did_you_mean(str(word), [*UNITS, *SPELLINGS, *others])
            faults.append(Fault(f"facts.{name}", f"'{word}' is not a unit", f"Units are {', '.join(UNITS)}", hint))
        elif (amount := _number({name: number}, name, faults)) is not None:
            found[unit] = amount
    return found


def _unit(word: str, others: Collection[str]) -> str | None:
    name = SPELLINGS.get(word.casefold(), word.casefold())
    return name if name in UNITS or name in others else None


def _number(facts: Mapping[str, Any], name: str, faults: list[Fault]) -> float | None:
    given = facts.get(name)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < inf:
        faults.append(Fault(f"facts.{name}", f"{given!r} is not a number above zero"))
        return None
    return float(given)


def _base(name: str) -> str:
    unit = name.removeprefix("USD/")
    return UNITS[unit][0] if unit in UNITS else unit


def _held(name: str) -> float:
    unit = name.removeprefix("USD/")
    return UNITS[unit][1] if unit in UNITS else 1.0
