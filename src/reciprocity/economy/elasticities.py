"""Published sets of trade elasticities, each with its source and what was filled in; and one's own values in them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from reciprocity.errors import Fault, InputError, UnknownName, did_you_mean

DATA = files("reciprocity.economy").joinpath("data")
GOODS = 25
"""Sectors before electricity are goods; the sets estimate goods only."""
LEAST, MOST = 0.1, 50.0
"""A value of one's own is between these."""


@dataclass(frozen=True, slots=True, eq=False)
class ElasticitySet:
    """A trade elasticity a sector (theta > 0: percent less spending for a percent more cost, relative to rivals).

    Attributes:
        name: short name; with the values of one's own after it: ``FGO2022 STEEL=8``.
        sectors: names along `theta`.
        theta: by sector.
        filled: sectors without an estimate in the set, given its median (goods) or the services value.
        horizon: '1y', '7y' or 'long'.
        citation: the paper.
        own: values of one's own by sector, in place of the paper's.
    """

    name: str
    sectors: tuple[str, ...]
    theta: NDArray[np.float64]
    filled: tuple[str, ...]
    horizon: str
    citation: str
    own: Mapping[str, float] = field(default_factory=dict)

    @property
    def published(self) -> str:
        """The name of the set without values of one's own."""
        return self.name.split()[0]


@cache
def sources() -> dict:
    """The registry of sources and estimates that ships with the tables."""
    return tomllib.loads(DATA.joinpath("sources.toml").read_text(encoding="utf-8"))


def elasticity_names() -> tuple[str, ...]:
    """The sets that ship."""
    return tuple(sources()["elasticities"]["sets"])


def elasticities(name: str | None = None) -> ElasticitySet:
    """A published set by name, the default one when none is named, with values of one's own after it.

    ``FGO2022 STEEL=8 ALUM=5.5`` is the set FGO2022 but for two sectors; a value that is the set's own changes nothing.

    Raises:
        UnknownName: no set has that name.
        InputError: a value is not of a sector, not a number, or not between `LEAST` and `MOST`; all of them.
    """
    published, *own = (name or "").split() or [sources()["elasticities"]["default"]]
    found = _published(published)
    return _with_own(found, own) if own else found


def _published(name: str) -> ElasticitySet:
    registry = sources()["elasticities"]
    if name not in registry["sets"]:
        known = ", ".join(registry["sets"])
        raise UnknownName(
            Fault("elasticities", f"'{name}' is not a set", f"Sets are {known}", did_you_mean(name, registry["sets"]))
        )
    with DATA.joinpath("elasticities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sectors = tuple(row["sector"] for row in rows)
    theta = np.array([float(row[name]) if row[name] else np.nan for row in rows])
    theta, filled = _fill(theta, services=registry["services"])
    facts = registry["sets"][name]
    names = tuple(sector for sector, was_filled in zip(sectors, filled, strict=True) if was_filled)
    return ElasticitySet(name, sectors, theta, names, facts["horizon"], facts["citation"])


def _with_own(found: ElasticitySet, words: Sequence[str]) -> ElasticitySet:
    """The set with other values, each told as STEEL=8."""
    given, faults = {}, []
    for word in words:
        sector, _, told = word.partition("=")
        try:
            given[sector] = _own(sector, told, found.sectors)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    at = dict(zip(found.sectors, found.theta.tolist(), strict=True))
    own = {sector: given[sector] for sector in found.sectors if given.get(sector, at[sector]) != at[sector]}
    name = " ".join([found.name, *(f"{sector}={value:.10g}" for sector, value in own.items())])
    theta = np.array([own.get(sector, value) for sector, value in at.items()])
    return replace(found, name=name, theta=theta, filled=tuple(one for one in found.filled if one not in own), own=own)


def _own(sector: str, told: str, sectors: Sequence[str]) -> float:
    """One value of one's own. Raises InputError."""
    if sector not in sectors:
        known = did_you_mean(sector, sectors)
        raise InputError(Fault("elasticities", f"'{sector[:40]}' is not a sector", "Write it as STEEL=8", known))
    try:
        value = float(told)
    except ValueError as error:
        raise InputError(
            Fault(f"elasticities.{sector}", f"'{told[:40]}' is not a number", "Write it as STEEL=8")
        ) from error
    if not LEAST <= value <= MOST:
        raise InputError(
            Fault(f"elasticities.{sector}", f"{value:g} is not a trade elasticity", f"{LEAST:g} to {MOST:g}")
        )
    return value


def _fill(theta: NDArray[np.float64], *, services: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Goods without an estimate take the set's median; services the stated value."""
    missing = np.isnan(theta)
    filled = np.where(missing, services, theta)
    goods = np.arange(len(theta)) < GOODS
    found = np.sort(theta[goods & ~missing])
    filled[missing & goods] = (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2.0  # np.median costs 60 ms
    return filled, missing
