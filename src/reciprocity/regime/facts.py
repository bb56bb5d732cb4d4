"""The facts a shipment states, by the names people use for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from reciprocity.errors import Fault, InputError, ReciprocityError, UnknownName, did_you_mean
from reciprocity.regime.book import Book
from reciprocity.regime.fact_names import ALIASES, ORIGIN_VERBS, TURNED, metal_of, name_of, origin_of, use_of
from reciprocity.regime.partners import partner
from reciprocity.regime.resolve import Fact
from reciprocity.regime.schedule import METALS
from reciprocity.regime.units import prices

SHARES = ("us_content", "us_metal_weight_share", "metal_weight_share", "non_ca_mx_content")
KNOWN = frozenset({
    "usmca_claimed", "us_content", "us_content_approved", "us_metal_weight_share", "metal_weight_share",
    "non_ca_mx_content", "melt_origin", "smelt_origin", "in_quota", "in_remission_quota", "end_use", "packaged",
    "in_bulk", "knock_down_kit", "civil_aircraft", "vehicle_age", "patented", "listed_company", "gate", "unit_value",
    "in_transit", "transshipped", "section_1702b", "metal_share", "model_year", "preference_claimed", "value",
    "quantity", "unit",
})  # fmt: skip
COUNTED = frozenset({"value", "quantity", "unit", "unit_value"})
"""What a duty by weight or count needs: see `units`."""
BESIDE = frozenset({
    "currency", "weight", "weight_kg", "description", "product", "container", "packaging", "port", "mode", "entry_type",
    "entered_on", "importer_of_record", "drawback", "ftz", "foreign_trade_zone", "note",
})  # fmt: skip
"""What an entry says and no rate on a line turns on: taken, and said to be unused."""
ISO2 = {"US": "USA", "CA": "CAN", "MX": "MEX", "GB": "GBR", "UK": "GBR", "CN": "CHN", "RU": "RUS"}
ORIGINS = tuple(ORIGIN_VERBS)
WORDS = {"true": True, "yes": True, "y": True, "false": False, "no": False, "n": False}
CLAIMS = {
    "usmca": "usmca_claimed", "cusma": "usmca_claimed", "s": "usmca_claimed", "s+": "usmca_claimed",
    "kr": "preference_claimed", "korus": "preference_claimed",
}  # fmt: skip
"""Preferences by the word or the letters an entry claims them under."""


def stated(
    facts: Mapping[str, Any], book: Book, units: Collection[str] = (), *, on: date | None = None
) -> tuple[dict[str, Fact], frozenset[str], tuple[str, ...]]:
    """A shipment's facts in the engine's names, the names of those it told, and what it told that no rate turns on.

    Args:
        facts: name to value: yes or no, a share of 0 to 1, a country, a word; `metal_share` by metal.
        book: the rows that ask.
        units: those of the schedule, which a quantity may be in.
        on: the day of entry, from which a model year has its age.

    Raises:
        UnknownName: for a name no row of the book asks for, since a typo would silently change the duty.
        InputError: for a value the fact cannot have. Every fault is told.
    """
    known = KNOWN | {name for one in book.measures for name, _ in one.when}
    out: dict[str, Fact] = {}
    unused: list[str] = []
    unknown: list[Fault] = []
    faults: list[Fault] = []
    counted: dict[str, Any] = {}
    for given, value in facts.items():
        if value is None:
            continue
        try:
            for name, fact in _read(given, value, known, on):
                if name in COUNTED:
                    counted[name] = fact
                elif name in known or name.startswith("metal:"):
                    out[name] = bool(out.get(name)) or bool(fact) if name == "section_1702b" else fact
                elif name in BESIDE:
                    unused.append(given)
                else:
                    hint = did_you_mean(name, [*known, *ALIASES]) or f"Facts in use: {', '.join(sorted(known))}"
                    unknown.append(Fault(f"facts.{given}", "is not a fact any measure asks for", remedy=hint))
        except ReciprocityError as error:
            faults += getattr(error, "faults", ())
    try:
        out |= prices(counted, units)
    except InputError as error:
        faults += error.faults
    if unknown:
        raise UnknownName([*unknown, *faults])
    if faults:
        raise InputError(faults)
    if not isinstance(counted.get("unit_value", {}), Mapping):
        out["unit_value"] = counted["unit_value"]
    told = frozenset(out)
    return _complete(out), told, tuple(unused)


def _read(given: str, value: Any, known: Collection[str], on: date | None) -> Iterator[tuple[str, Fact]]:
    """A fact as told in the engine's names."""
    stem, per_cent = _without_unit(given)
    name, value = name_of(stem, known), _plain(value, per_cent=per_cent)
    metal, origin = metal_of(name, METALS), origin_of(name)
    if name == "metal_share":
        yield from _metals(given, value)
    elif metal is not None:
        yield f"metal:{metal}", _share(given, value)
    elif name in TURNED:
        yield TURNED[name], (not value if isinstance(value, bool) else 1.0 - _share(given, value))
    elif name in SHARES:
        yield name, _share(given, _of_all_metals(given, name, value))
    elif origin is not None:
        yield from _origin(given, *origin, value)
    elif name == "model_year" and on is not None:
        yield "vehicle_age", float(on.year - int(value))
    elif isinstance(value, str):
        yield from _word(name, value)
    else:
        yield name, value


def _without_unit(given: str) -> tuple[str, bool]:
    """A name without the unit in it, and whether that was per cent: 'us_content_pct'."""
    for unit in ("_pct", "_percent", " %", "%"):
        if given.strip().casefold().endswith(unit):
            return given.strip()[: -len(unit)], True
    return given, False


def _plain(value: Any, *, per_cent: bool = False) -> Any:
    """A value as told: 'yes' is a yes, '60%' and '0.6' are numbers."""
    if isinstance(value, str):
        text = value.strip()
        number = text.removesuffix("%").strip()
        if text.casefold() in WORDS:
            value = WORDS[text.casefold()]
        elif number.replace(".", "", 1).isdigit():
            value, per_cent = float(number), per_cent or text.endswith("%")
    return value / 100 if per_cent and isinstance(value, int | float) else value


def _origin(given: str, name: str, at_home: bool, value: Any) -> Iterator[tuple[str, Fact]]:
    """Where metal was made: a country, or a yes to a name that asks whether it is American."""
    if not at_home:
        yield name, partner(ISO2.get(str(value).strip().upper(), str(value)), where=f"facts.{given}")
    elif value:
        yield name, "USA"


def _word(name: str, value: str) -> Iterator[tuple[str, Fact]]:
    """A fact told in a word: a use, a preference, how goods are packed, a country."""
    plain = value.strip().casefold()
    if name == "end_use" and use_of(value) == "civil aircraft":
        yield "end_use", "aircraft"
        yield "civil_aircraft", True
    elif name == "end_use":
        yield name, use_of(value)
    elif name in ("preference", "spi") and plain in CLAIMS:
        yield CLAIMS[plain], True
    elif name in ("packaging", "container") and plain == "bulk":
        yield "in_bulk", True
    else:
        yield name, ISO2.get(value, value)


def _metals(given: str, value: Any) -> Iterator[tuple[str, Fact]]:
    """Each metal's part of value, as told."""
    if not isinstance(value, Mapping):
        raise InputError(Fault(f"facts.{given}", f"{value!r} is of no metal", "By metal, as {'steel': 0.6}"))
    for key, told in value.items():
        metal, part = str(key).casefold().replace("aluminium", "aluminum"), _plain(told)
        if metal in METALS and part is not None:
            yield f"metal:{metal}", _share(f"{given}.{key}", part)
        elif metal not in (*METALS, "other"):
            allowed, hint = f"Allowed: {', '.join(METALS)}, other", did_you_mean(metal, METALS)
            raise InputError(Fault(f"facts.{given}.{key}", "is not a metal", allowed, hint))


def _of_all_metals(given: str, name: str, value: Any) -> Any:
    """A share told metal by metal as one: of the good's weight their sum, of the metal's weight the least of them."""
    if not isinstance(value, Mapping) or not value or not name.endswith("metal_weight_share"):
        return value
    parts = [_share(f"{given}.{metal}", _plain(part)) for metal, part in value.items()]
    return min(parts) if name == "us_metal_weight_share" else sum(parts)


def _share(given: str, value: Any) -> float:
    if isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    written = f"; {value:g}% is written {value / 100:g}" if isinstance(value, int | float) and value > 1 else ""
    raise InputError(Fault(f"facts.{given}", f"{value!r} is not a share", f"0 to 1{written}"))


def _complete(facts: dict[str, Fact]) -> dict[str, Fact]:
    """What follows from what was said.

    A metal not named is none of a value whose metal is told, and no metal by value is none by weight; metal melted or
    smelted in the United States is American metal; content not approved is content not counted; a medicine, patented
    or not, is for use in medicine.
    """
    facts.setdefault("usmca_claimed", False)
    told = [float(facts[name]) for name in facts if name.startswith("metal:")]
    if sum(told) > 1.0 + 1e-9:
        raise InputError(
            Fault("facts.metal_share", f"comes to {sum(told):g}", "Parts of one value: at most 1 together")
        )
    if told:
        facts |= {name: facts.get(name, 0.0) for name in (f"metal:{metal}" for metal in METALS)}
    if told and not any(told):
        facts.setdefault("metal_weight_share", 0.0)
    if "patented" in facts:
        facts.setdefault("end_use", "pharmaceutical")
    if _all_american(facts):
        facts.setdefault("us_metal_weight_share", 1.0)
    if "us_content" in facts and facts.setdefault("us_content_approved", True) is False:
        del facts["us_content"]
    return facts


def _all_american(facts: Mapping[str, Fact]) -> bool:
    """Whether every metal the good is said to hold was melted and poured, or smelted and cast, in the United States."""
    origins = {name: facts[name] for name in ORIGINS if name in facts}
    held = [metal for metal in METALS if float(facts.get(f"metal:{metal}", 0.0)) > 0.0]
    needed = {"melt_origin" if metal == "steel" else "smelt_origin" for metal in held}
    return bool(origins) and set(origins.values()) == {"USA"} and needed <= set(origins)
