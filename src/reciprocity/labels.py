"""Countries, blocs and sectors: names in English and French, codes and aliases, and what to say of a typo."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

from reciprocity.errors import Fault, UnknownName, did_you_mean


@dataclass(frozen=True, slots=True)
class Region:
    """A country or group of countries of the economy."""

    code: str
    en: str
    fr: str
    iso2: str
    members: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bloc:
    """A named set of regions, as an agreement."""

    code: str
    en: str
    fr: str
    regions: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """An industry and its product."""

    code: str
    en: str
    fr: str
    icio: tuple[str, ...]
    naics: tuple[str, ...]
    aliases: tuple[str, ...]


def fold(text: str) -> str:
    """A word without case, accents or typographic apostrophes, for comparing names people write."""
    bare = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    return bare.replace("’", "'").replace("œ", "oe").casefold().strip()


@cache
def regions() -> tuple[Region, ...]:
    """Every region of the default economy, in its order."""
    return tuple(Region(**row) for row in _rows("region"))


@cache
def blocs() -> tuple[Bloc, ...]:
    """Every named set of regions."""
    return tuple(Bloc(**row) for row in _rows("bloc"))


@cache
def sectors() -> tuple[Sector, ...]:
    """Every sector of the default economy, in its order."""
    return tuple(Sector(**row) for row in _rows("sector"))


def region(name: str, *, where: str = "region") -> Region:
    """The region a person means by a code, a name, an alias or a member's ISO code. Raises UnknownName."""
    return regions()[_find(name, _region_index(), "a region", "`reciprocity economy regions`", where)]


def bloc(name: str, *, where: str = "bloc") -> Bloc:
    """The bloc a person means: CUSMA, USMCA and T-MEC are one. Raises UnknownName."""
    return blocs()[_find(name, _bloc_index(), "a bloc", "`reciprocity economy regions`", where)]


def sector(name: str, *, where: str = "sector") -> Sector:
    """The sector a person means by a code, a name in either language or an alias. Raises UnknownName."""
    return sectors()[_find(name, _sector_index(), "a sector", "`reciprocity economy sectors`", where)]


def _find(name: str, index: Mapping[str, int], kind: str, listing: str, where: str) -> int:
    found = index.get(fold(name))
    if found is None:
        remedy = " ".join(part for part in (did_you_mean(fold(name), index), f"See {listing}.") if part)
        raise UnknownName(Fault(where, f"'{name}' is not {kind}", remedy=remedy))
    return found


@cache
def _rows(kind: str) -> tuple[dict, ...]:
    text = files("reciprocity").joinpath("labels.toml").read_text(encoding="utf-8")
    return tuple(
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in tomllib.loads(text)[kind]
    )


@cache
def _region_index() -> dict[str, int]:
    return _index((one.code, one.en, one.fr, one.iso2, *one.members, *one.aliases) for one in regions())


@cache
def _bloc_index() -> dict[str, int]:
    return _index((one.code, one.en, one.fr, *one.aliases) for one in blocs())


@cache
def _sector_index() -> dict[str, int]:
    return _index((one.code, one.en, one.fr, *one.icio, *one.aliases) for one in sectors())


def _index(names: Iterable[tuple[str, ...]]) -> dict[str, int]:
    table: dict[str, int] = {}
    for position, words in enumerate(names):
        for word in words:
            if word:
                table.setdefault(fold(word), position)
    return table
