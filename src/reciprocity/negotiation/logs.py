"""A shock as logarithms of cost and as money, in which clauses add: ln(1 + t), ln d, ln(1 + e) and deficits.

A forbidden route has no logarithm: it stands at the cost that leaves a ten-billionth of its trade, which the answers,
worked out from the law itself, do not rest on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array, Economy
from reciprocity.model.derivative import Gradient
from reciprocity.model.shock import Shock

CLOSED = 23.0
"""Of theta ln d: exp(-23) is 1e-10 of the trade there was."""


Routes = tuple[NDArray[np.intp], ...]


def log_rates(economy: Economy, shock: Shock, routes: Routes | None = None) -> Array:
    """ln(1 + t), ln d and ln(1 + e) (3, importer, exporter, sector), or on some routes (3, route)."""
    at = slice(None) if routes is None else routes
    tariff, iceberg, export = (part[at] for part in _rates(economy, shock))
    closed = np.broadcast_to(CLOSED / economy.trade_elasticity, economy.tariff.shape)[at]
    with np.errstate(divide="ignore"):
        cost = np.log(iceberg)
    return np.stack([np.log1p(tariff), np.minimum(cost, closed), np.log1p(export)])


def moved_routes(economy: Economy, base: Shock, shocks: Sequence[Shock]) -> Routes:
    """The routes on which any of several shocks differs from a base."""
    before = _rates(economy, base)
    moved = np.zeros(economy.tariff.shape, dtype=bool)
    for shock in shocks:
        for part, was in zip(_rates(economy, shock), before, strict=True):
            moved |= part != was
    return np.nonzero(moved)


def _rates(economy: Economy, shock: Shock) -> tuple[Array, Array, Array]:
    """t, d over its base and e (importer, exporter, sector)."""
    shape = economy.tariff.shape
    return (
        economy.tariff if shock.tariff is None else shock.tariff,
        np.broadcast_to(1.0, shape) if shock.iceberg_hat is None else shock.iceberg_hat,
        np.broadcast_to(0.0, shape) if shock.export_tax is None else shock.export_tax,
    )


def flat(economy: Economy, shock: Shock) -> Array:
    """The same as one row of numbers, deficits last."""
    deficit = economy.deficit if shock.deficit is None else shock.deficit
    return np.concatenate([log_rates(economy, shock).ravel(), deficit])


def shock_of(economy: Economy, numbers: Array) -> Shock:
    """The shock that a row of numbers stands for."""
    shape = economy.tariff.shape
    duty, cost, export = numbers[: -len(economy.regions)].reshape(3, *shape)
    tax = np.expm1(export) if export.any() else None
    return Shock(np.expm1(duty), np.exp(cost), tax, numbers[-len(economy.regions) :])


def flat_slopes(found: Gradient) -> Array:
    """An outcome's gradient by the same numbers."""
    at = found.equilibrium
    export = found.export_tax * (1.0 if at.shock.export_tax is None else 1.0 + at.shock.export_tax)
    parts = [found.tariff * (1.0 + at.tariff), found.iceberg, export]
    return np.concatenate([*(part.ravel() for part in parts), found.deficit])
