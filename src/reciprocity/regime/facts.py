"""The facts a shipment states, by the names people use for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.regime.book import Book
from reciprocity.regime.resolve import Fact
from reciprocity.regime.schedule import METALS
from reciprocity.regime.units import prices

ALIASES = {
    "cusma_claimed": "usmca_claimed",
    "preference_claimed": "usmca_claimed",
    "usmca": "usmca_claimed",
    "cusma": "usmca_claimed",
    "us_origin_metal_share": "us_metal_weight_share",
    "us_metal_share": "us_metal_weight_share",
    "us_content_share": "us_content",
    "melted_and_poured": "melt_origin",
    "melt_pour_origin": "melt_origin",
    "melt_country": "melt_origin",
    "smelted_and_cast": "smelt_origin",
    "smelt_cast_origin": "smelt_origin",
    "smelt_country": "smelt_origin",
    "in_trq": "in_quota",
    "donation": "section_1702b",
    "informational_materials": "section_1702b",
    "accompanied_baggage": "section_1702b",
    "personal_baggage": "section_1702b",
    "kit": "knock_down_kit",
}
KNOWN = frozenset({
    "usmca_claimed", "us_content", "us_content_approved", "us_metal_weight_share", "metal_weight_share",
    "non_ca_mx_content", "melt_origin", "smelt_origin", "in_quota", "in_remission_quota", "end_use", "packaged",
    "in_bulk", "knock_down_kit", "civil_aircraft", "vehicle_age", "patented", "listed_company", "gate", "unit_value",
    "in_transit", "value", "quantity", "unit",
})  # fmt: skip
COUNTED = frozenset({"value", "quantity", "unit", "unit_value"})
"""What a duty by weight or count needs: see `units`."""
SHARES = frozenset({"us_content", "us_metal_weight_share", "metal_weight_share", "non_ca_mx_content"})
ISO2 = {"US": "USA", "CA": "CAN", "MX": "MEX", "GB": "GBR", "UK": "GBR", "CN": "CHN", "RU": "RUS"}


def stated(
    facts: Mapping[str, Any], book: Book, units: Collection[str] = ()
) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """A shipment's facts in the engine's names, and those no measure asks for.

    `units` are those of the schedule, which a quantity may be in. Raises InputError with every fault: a share that is
    not one, a quantity without its value, and a name one slip away from a known one, since a typo would silently change
    the duty.
    """
    known = KNOWN | {name for one in book.measures for name, _ in one.when}
    faults: list[Fault] = []
    out: dict[str, Fact] = {}
    unused: list[str] = []
    named = {given: ALIASES.get(given, given) for given, value in facts.items() if value is not None}
    for given, name in named.items():
        value, metal = facts[given], name.removesuffix("_share")
        if name in ("metal_share", "metal_shares") or metal in METALS:
            shares = value if metal not in METALS else {**_metals(out), metal: value}
            out |= _metal_shares(given, shares, faults)
        elif name in COUNTED:
            if name == "unit_value" and not isinstance(value, Mapping):
                out[name] = value
        elif name in known:
            out[name] = _plain(given, name, value, faults)
        elif hint := did_you_mean(name, [*known, "metal_share"]):
            faults.append(Fault(f"facts.{given}", "is not a fact any measure asks for", remedy=hint))
        else:
            unused.append(given)
    try:
        out |= prices({name: facts[given] for given, name in named.items()}, units)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    return _complete(out), tuple(unused)


def _plain(given: str, name: str, value: Any, faults: list[Fault]) -> Fact:
    """A fact as the engine holds it: yes and no as truth, a country by its code, a share between 0 and 1."""
    if name in SHARES and not _is_share(value):
        faults.append(_no_share(f"facts.{given}", value))
    if isinstance(value, str):
        word = value.strip().casefold()
        return word in ("true", "yes") if word in ("true", "yes", "false", "no") else ISO2.get(value, value)
    return value


def _metal_shares(given: str, shares: Any, faults: list[Fault]) -> dict[str, Fact]:
    if not isinstance(shares, Mapping):
        faults.append(Fault(f"facts.{given}", f"{shares!r} is of no metal", "By metal, as {'steel': 0.6}"))
        return {}
    for metal, share in shares.items():
        where = f"facts.{given}.{metal}"
        if metal not in METALS:
            faults.append(Fault(where, "is not a metal", f"Allowed: {', '.join(METALS)}", did_you_mean(metal, METALS)))
        elif not _is_share(share):
            faults.append(_no_share(where, share))
    if not faults and sum(shares.values()) > 1.0 + 1e-9:
        faults.append(Fault(f"facts.{given}", f"come to {sum(shares.values()):g}", "At most 1 together"))
    return {f"metal:{metal}": float(shares.get(metal, 0.0)) for metal in METALS} if not faults else {}


def _metals(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """The metal shares said so far."""
    return {one: facts[f"metal:{one}"] for one in METALS if f"metal:{one}" in facts}


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _no_share(where: str, value: Any) -> Fault:
    written = f"; {value:g}% is written {value / 100:g}" if isinstance(value, int | float) and value > 1 else ""
    return Fault(where, f"{value!r} is not a share", f"0 to 1{written}")


def _complete(facts: dict[str, Fact]) -> dict[str, Fact]:
    """What follows from what was said: content not approved is content not counted."""
    facts.setdefault("usmca_claimed", False)
    if "us_content" in facts and facts.setdefault("us_content_approved", True) is False:
        del facts["us_content"]
    return facts
