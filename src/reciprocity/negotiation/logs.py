"""A shock as logarithms of cost and as money, in which clauses add: ln(1 + t), ln d, ln(1 + e) and deficits.

A forbidden route has no logarithm: it stands at the cost that leaves a ten-billionth of its trade, which the answers,
worked out from the law itself, do not rest on.
"""

from __future__ import annotations

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.model.derivative import Gradient
from reciprocity.model.shock import Shock

CLOSED = 23.0
"""Of theta ln d: exp(-23) is 1e-10 of the trade there was."""


def log_rates(economy: Economy, shock: Shock) -> Array:
    """ln(1 + t), ln d and ln(1 + e) (3, importer, exporter, sector)."""
    tariff = economy.tariff if shock.tariff is None else shock.tariff
    nothing = np.zeros_like(tariff)
    with np.errstate(divide="ignore"):
        cost = nothing if shock.iceberg_hat is None else np.log(shock.iceberg_hat)
    closed = CLOSED / economy.trade_elasticity
    export = nothing if shock.export_tax is None else np.log1p(shock.export_tax)
    return np.stack([np.log1p(tariff), np.minimum(cost, closed), export])


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
