"""Published sets of trade elasticities, each with its source, and what was filled in."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from reciprocity.errors import Fault, UnknownName, did_you_mean

DATA = files("reciprocity.economy").joinpath("data")
GOODS = 25
"""Sectors before electricity are goods; the sets estimate goods only."""


@dataclass(frozen=True, slots=True, eq=False)
class ElasticitySet:
    """A trade elasticity a sector (theta > 0: percent less spending for a percent more cost, relative to rivals).

    Attributes:
        name: short name.
        sectors: names along `theta`.
        theta: by sector.
        filled: sectors without an estimate in the set, given its median (goods) or the services value.
        horizon: '1y', '7y' or 'long'.
        citation: the paper.
    """

    name: str
    sectors: tuple[str, ...]
    theta: NDArray[np.float64]
    filled: tuple[str, ...]
    horizon: str
    citation: str


@cache
def sources() -> dict:
    """The registry of sources and estimates that ships with the tables."""
    return tomllib.loads(DATA.joinpath("sources.toml").read_text(encoding="utf-8"))


def elasticity_names() -> tuple[str, ...]:
    """The sets that ship."""
    return tuple(sources()["elasticities"]["sets"])


def elasticities(name: str | None = None) -> ElasticitySet:
    """A published set by name; the default one when none is named. Raises UnknownName."""
    registry = sources()["elasticities"]
    name = name or registry["default"]
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


def _fill(theta: NDArray[np.float64], *, services: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Goods without an estimate take the set's median; services the stated value."""
    missing = np.isnan(theta)
    filled = np.where(missing, services, theta)
    goods = np.arange(len(theta)) < GOODS
    found = np.sort(theta[goods & ~missing])
    filled[missing & goods] = (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2.0  # np.median costs 60 ms
    return filled, missing
