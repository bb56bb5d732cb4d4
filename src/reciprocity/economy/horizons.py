"""Time: what a horizon means for trade elasticities and for the mobility of factors, with the source of each number."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.economy.elasticities import DATA, GOODS, elasticities
from reciprocity.errors import Fault, UnknownName, did_you_mean

HorizonName = Literal["1y", "3y", "long"]
HORIZONS: tuple[HorizonName, ...] = ("1y", "3y", "long")
SIDE_BY_SIDE: tuple[HorizonName, ...] = ("1y", "long")
"""What is shown when no horizon is named."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far the world has answered.

    Attributes:
        name: ``1y``, ``3y`` or ``long``.
        title: in words.
        years: since the change; None in the long run.
        elasticity: mean trade elasticity over goods, weighted by trade; None in the long run, where the sector set is
            taken as it is.
        kind: ``published``, ``interpolated`` or ``sector set``: what the elasticity is.
        mobility: elasticity of a sector's effective labour by its relative wage; inf is one wage a country.
        note: what is assumed about mobility.
        citation: of the elasticity path.
    """

    name: HorizonName
    title: str
    years: float | None
    elasticity: float | None
    kind: str
    mobility: float
    note: str
    citation: str


@lru_cache(maxsize=1)
def registry() -> dict:
    """The registry of horizons that ships with the tables."""
    return tomllib.loads(DATA.joinpath("horizons.toml").read_text(encoding="utf-8"))


def elasticity_path(years: float) -> tuple[float, str]:
    """The mean trade elasticity of goods some years after a change, and whether it is published or interpolated.

    Straight between the published points, flat outside them.
    """
    points = registry()["path"]["point"]
    known = [float(point["years"]) for point in points]
    value = float(np.interp(years, known, [point["elasticity"] for point in points]))
    return value, "published" if years in known else "interpolated"


def horizon(name: str) -> Horizon:
    """A horizon by name. Raises UnknownName."""
    known = registry()["horizons"]
    if name not in known:
        seen, remedy = f"'{name}' is not a horizon", did_you_mean(name, known)
        raise UnknownName(Fault("horizon", seen, f"Allowed: {', '.join(HORIZONS)}", remedy))
    facts = known[name]
    years = facts.get("years")
    mean, kind = (None, "sector set") if years is None else elasticity_path(years)
    return Horizon(
        name=name,  # type: ignore[arg-type]
        title=facts["title"],
        years=years,
        elasticity=mean,
        kind=kind,
        mobility=float(facts["mobility"]),
        note=facts["mobility_note"],
        citation=registry()["path"]["citation"],
    )


@lru_cache(maxsize=32)
def economy_at(economy: Economy, name: str) -> Economy:
    """The economy with the trade elasticities of a horizon; the same object in the long run.

    theta_h[j] = theta[j] min(1, e_h / mean(theta)), where e_h is the path's elasticity and the mean is over goods,
    weighted by the base's international trade.

    Args:
        economy: with a long-run elasticity a sector.
        name: ``1y``, ``3y`` or ``long``.

    Raises:
        UnknownName: another name.
    """
    at = horizon(name)
    if at.elasticity is None:
        return economy
    factor = min(1.0, at.elasticity / mean_elasticity(economy))
    source = f"{economy.source} Elasticities for {at.title}: times {factor:.4g}, {at.citation}".strip()
    return replace(economy, trade_elasticity=economy.trade_elasticity * factor, source=source)


def mean_elasticity(economy: Economy) -> float:
    """Mean trade elasticity over goods, weighted by international trade at the base (customs value)."""
    weight = traded(economy)
    return float(weight @ economy.trade_elasticity / weight.sum())


def traded(economy: Economy) -> Array:
    """International trade by sector at the base, million of the unit; services count nothing (sector)."""
    flow = economy.trade_share * economy.expenditure[:, None, :] / (1.0 + economy.tariff)
    abroad = flow.sum(axis=(0, 1)) - np.einsum("nnj->j", flow)
    services = {*elasticities().sectors[GOODS:], "SERV"}
    goods = np.array([sector not in services for sector in economy.sectors])
    return abroad * goods if (abroad * goods).any() else abroad
