"""The names people use for a fact, and the words for a use of goods, by those the rows of the acts ask for."""

from __future__ import annotations

import re
from collections.abc import Collection

METAL_WORDS = frozenset({"share", "content", "metal", "value", "of", "part"})
"""Words beside a metal's that say how much of the good it is: 'steel_share', 'metal_share_steel'."""
ORIGIN_VERBS = {
    "melt_origin": frozenset({"melt", "melted"}),
    "smelt_origin": frozenset({"smelt", "smelted"}),
}
"""Where metal was made, by the words that ask for it."""
ORIGIN_WORDS = frozenset({"and", "pour", "poured", "cast", "in", "country", "of", "origin"})
"""Words that may stand beside those: 'melted_and_poured_in', 'country_of_melt'."""
ALIASES = {
    "cusma_claimed": "usmca_claimed",
    "usmca": "usmca_claimed",
    "cusma": "usmca_claimed",
    "claimed": "usmca_claimed",
    "claims_usmca": "usmca_claimed",
    "claims_cusma": "usmca_claimed",
    "claim_usmca": "usmca_claimed",
    "usmca_preference": "usmca_claimed",
    "cusma_preference": "usmca_claimed",
    "usmca_preference_claimed": "usmca_claimed",
    "cusma_preference_claimed": "usmca_claimed",
    "fta_claimed": "preference_claimed",
    "agreement_claimed": "preference_claimed",
    "korus_claimed": "preference_claimed",
    "us_origin_metal_weight": "us_metal_weight_share",
    "us_origin_metal": "us_metal_weight_share",
    "us_metal": "us_metal_weight_share",
    "metal_us_origin": "us_metal_weight_share",
    "wholly_us_metal": "us_metal_weight_share",
    "entirely_us_metal": "us_metal_weight_share",
    "metal_share_of_weight": "metal_weight_share",
    "metal_weight": "metal_weight_share",
    "us_value_content": "us_content",
    "approved": "us_content_approved",
    "content_approved": "us_content_approved",
    "secretary_approved": "us_content_approved",
    "non_ca_mx": "non_ca_mx_content",
    "non_canada_mexico_content": "non_ca_mx_content",
    "non_cusma_content": "non_ca_mx_content",
    "non_usmca_content": "non_ca_mx_content",
    "overstated": "us_content_overstated",
    "content_overstated": "us_content_overstated",
    "overstated_us_content": "us_content_overstated",
    "us_content_overstatement": "us_content_overstated",
    "in_trq": "in_quota",
    "inside_quota": "in_quota",
    "within_quota": "in_quota",
    "within_trq": "in_quota",
    "bulk": "in_bulk",
    "aircraft": "civil_aircraft",
    "civil_aircraft_article": "civil_aircraft",
    "civil_aircraft_part": "civil_aircraft",
    "civil_aircraft_use": "civil_aircraft",
    "for_civil_aircraft": "civil_aircraft",
    "aircraft_use": "civil_aircraft",
    "age": "vehicle_age",
    "vehicle_age_years": "vehicle_age",
    "age_years": "vehicle_age",
    "year_of_manufacture": "model_year",
    "manufacture_year": "model_year",
    "manufactured_year": "model_year",
    "vehicle_year": "model_year",
    "build_year": "model_year",
    "year_built": "model_year",
    "technical_gate": "gate",
    "meets_technical_gate": "gate",
    "passes_gate": "gate",
    "covered_product": "gate",
    "advanced_chip": "gate",
    "annex_iii_company": "listed_company",
    "annex_3_company": "listed_company",
    "company_in_annex_iii": "listed_company",
    "approved_onshoring_plan": "onshoring_plan",
    "onshoring_plan_approved": "onshoring_plan",
    "mfn_agreement": "pricing_agreement",
    "mfn_pricing_agreement": "pricing_agreement",
    "thermal_imager": "thermal_imaging",
    "thermal_imagers": "thermal_imaging",
    "transhipped": "transshipped",
    "transshipment": "transshipped",
    "remission": "in_remission_quota",
    "remission_quota": "in_remission_quota",
    "within_remission_quota": "in_remission_quota",
    "donation": "section_1702b",
    "informational_materials": "section_1702b",
    "accompanied_baggage": "section_1702b",
    "personal_baggage": "section_1702b",
    "kit": "knock_down_kit",
    "kd_kit": "knock_down_kit",
    "knockdown_kit": "knock_down_kit",
    "parts_compilation": "knock_down_kit",
    "metal_shares": "metal_share",
    "metal_content": "metal_share",
    "use": "end_use",
    "value_usd": "value",
    "customs_value": "value",
}
"""Other names of a fact, by the name the acts' rows ask for."""
TURNED = {
    "non_us_content": "us_content",
    "ca_mx_content": "non_ca_mx_content",
    "cusma_content": "non_ca_mx_content",
    "usmca_content": "non_ca_mx_content",
    "over_quota": "in_quota",
    "over_trq": "in_quota",
    "out_of_quota": "in_quota",
    "outside_quota": "in_quota",
    "generic": "patented",
}
"""Names that say the opposite: a share becomes what it leaves, a yes becomes a no."""
USES = {
    "datacenter": "data center",
    "data centers": "data center",
    "repairs": "repair",
    "repairs or replacements": "repair",
    "replacement": "repair",
    "research and development": "research",
    "r&d": "research",
    "startups": "startup",
    "consumer applications": "consumer",
    "civil industrial": "industrial",
    "government": "public sector",
    "auto": "automobile",
    "autos": "automobile",
    "automobiles": "automobile",
    "motor vehicle": "motor vehicles",
    "pharmaceuticals": "pharmaceutical",
    "drone": "unmanned aircraft",
    "drone component": "unmanned aircraft component",
}
"""Other words for a use, by those the rows ask for."""


def name_of(given: str, known: Collection[str]) -> str:
    """A fact's name as the rows write it: 'US content', 'us-content', 'usContent' and 'us_content_share' are one.

    A name that is not `known`, nor another name of one that is, comes back as it was told, in the rows' spelling.
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", given.strip())
    plain = re.sub(r"[^a-z0-9]+", "_", parted.casefold()).strip("_").replace("aluminium", "aluminum")
    stem = plain.removeprefix("is_")
    for name in (plain, stem, stem.removesuffix("_share"), f"{stem}_share"):
        if name in known or name in TURNED or name in ALIASES:
            return ALIASES.get(name, name)
    return plain


def metal_of(name: str, metals: Collection[str]) -> str | None:
    """The metal whose part of value a name asks for, if it asks for one's: 'steel_content', 'metal_share_steel'."""
    words = frozenset(name.split("_"))
    found = words & frozenset(metals)
    return next(iter(found)) if len(found) == 1 and words - found <= METAL_WORDS else None


def origin_of(name: str) -> tuple[str, bool] | None:
    """Which origin of metal a name asks for, and whether it is American: 'us_melted_and_poured'."""
    words = frozenset(name.split("_"))
    for fact, verbs in ORIGIN_VERBS.items():
        rest = words - verbs - ORIGIN_WORDS
        if words & verbs and rest <= {"us"}:
            return fact, bool(rest)
    return None


def use_of(word: str) -> str:
    """A use as the rows write it: 'US data centre', 'data_center' and 'data centers' are one."""
    plain = word.strip().casefold().replace("_", " ").replace("centre", "center")
    for country in ("u.s. ", "us ", "united states "):
        plain = plain.removeprefix(country)
    return USES.get(plain, plain)
