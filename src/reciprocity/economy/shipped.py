"""The economy that ships with the package: OECD ICIO 2022, 21 regions by 40 sectors; and a small one for tests."""

from __future__ import annotations

from dataclasses import fields
from functools import cache, lru_cache
from hashlib import sha256

import numpy as np

from reciprocity.economy.calibrate import calibrate
from reciprocity.economy.economy import Economy
from reciprocity.economy.elasticities import DATA, elasticities, sources
from reciprocity.economy.identities import SHIPPED_TOLERANCE, identities, require
from reciprocity.economy.table import Table, parse_table

DEFAULT = "icio2022_21x40"
SMALL = "icio2022_5x10"


def shipped_table(name: str = DEFAULT) -> Table:
    """A shipped table, its identities checked. Raises UnbalancedTable."""
    table = parse_table(DATA.joinpath(f"{name}.npz").read_bytes(), where=f"{name}.npz")
    require(identities(table, tolerance=SHIPPED_TOLERANCE), where=f"{name}.npz")
    return table


@cache
def shipped_sha256(name: str = DEFAULT) -> str:
    """Hash of a shipped table's file."""
    return sha256(DATA.joinpath(f"{name}.npz").read_bytes()).hexdigest()


@lru_cache(maxsize=8)
def default(elasticity_set: str | None = None) -> Economy:
    """The default economy: 2022 values, million USD, with a published set of elasticities; arrays are read-only."""
    facts = sources()["table"][DEFAULT]
    theta = elasticities(elasticity_set).theta
    economy = calibrate(shipped_table(), theta, unit=facts["unit"], year=facts["year"], source=facts["citation"])
    for field in fields(economy):
        value = getattr(economy, field.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return economy


def small(theta: float = 4.0) -> Economy:
    """The 5 x 10 economy, for tests and teaching, one elasticity for every sector."""
    facts = sources()["table"][SMALL]
    table = shipped_table(SMALL)
    uniform = [theta] * len(table.sectors)
    return calibrate(table, uniform, unit=facts["unit"], year=facts["year"], source=facts["citation"])  # type: ignore[arg-type]
