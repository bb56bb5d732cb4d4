"""The facts a shipment states, by the names people use for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reciprocity.errors import Fault, UnknownName, did_you_mean
from reciprocity.regime.book import Book
from reciprocity.regime.resolve import Fact
from reciprocity.regime.schedule import METALS

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
    "in_transit",
})  # fmt: skip
ISO2 = {"US": "USA", "CA": "CAN", "MX": "MEX", "GB": "GBR", "UK": "GBR", "CN": "CHN", "RU": "RUS"}


def stated(facts: Mapping[str, Any], book: Book) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """A shipment's facts in the engine's names, and those no measure asks for.

    Raises UnknownName for a name one slip away from a known one: a typo would silently change the duty.
    """
    known = KNOWN | {name for one in book.measures for name, _ in one.when}
    out: dict[str, Fact] = {}
    unused: list[str] = []
    for given, value in facts.items():
        name = ALIASES.get(given, given)
        if value is None:
            continue
        if name in ("metal_share", "metal_shares"):
            out |= {f"metal:{metal}": float(value.get(metal, 0.0)) for metal in METALS}
        elif name.removesuffix("_share") in METALS:
            out |= {f"metal:{metal}": out.get(f"metal:{metal}", 0.0) for metal in METALS}
            out[f"metal:{name.removesuffix('_share')}"] = float(value)
        elif name in known:
            out[name] = ISO2.get(value, value) if isinstance(value, str) else value
        elif hint := did_you_mean(name, [*known, "metal_share"]):
            raise UnknownName(Fault(f"facts.{given}", "is not a fact any measure asks for", remedy=hint))
        else:
            unused.append(given)
    return _complete(out), tuple(unused)


def _complete(facts: dict[str, Fact]) -> dict[str, Fact]:
    """What follows from what was said: content not approved is content not counted."""
    facts.setdefault("usmca_claimed", False)
    if "us_content" in facts and facts.setdefault("us_content_approved", True) is False:
        del facts["us_content"]
    return facts
