"""The gradient stays exact where factors change sector with difficulty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from economies import random_economy
from reciprocity.model import Outcome, gradient, solve
from reciprocity.model.sectoral import base_preconditioner


def central(value, step: float) -> float:
    return (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step))) / (12 * step)


@pytest.mark.parametrize("mobility", [0.0, 0.5, np.array([0.0, np.inf, 2.0, 0.3])])
def test_gradient_is_the_central_difference(mobility) -> None:
    economy = random_economy(2)
    draw = np.random.default_rng(7)
    n, j = economy.shape
    abroad = (1.0 - np.eye(n))[:, :, None]
    tariff = draw.uniform(0, 0.5, (n, n, j)) * abroad
    export_tax = draw.uniform(0, 0.2, (n, n, j)) * abroad
    size = economy.value_added.sum()
    outcome = Outcome(
        welfare=draw.normal(size=n),
        wage=draw.normal(size=n),
        price=draw.normal(size=(n, j)),
        tariff_revenue=draw.normal(size=n) / size,
        output=draw.normal(size=(n, j)) / size,
    )

    def at(rate: np.ndarray, theta: np.ndarray = economy.trade_elasticity, tolerance: float = 1e-13) -> float:
        e = solve(
            replace(economy, trade_elasticity=theta), tariff=rate, export_tax=export_tax, mobility=mobility,
            tolerance=tolerance,
        )  # fmt: skip
        return outcome.value(e)

    e = solve(economy, tariff=tariff, export_tax=export_tax, mobility=mobility, tolerance=1e-12)
    g = gradient(e, outcome, tolerance=1e-12)
    for route in ((0, 2, 1), (3, 1, 0)):
        step = np.zeros_like(tariff)
        step[route] = 1.0
        slope = central(lambda h, step=step: at(tariff + h * step), 2e-3)
        assert slope == pytest.approx(g.tariff[route], rel=1e-6, abs=1e-8 * np.abs(g.tariff).max())
    theta = economy.trade_elasticity
    slope = central(lambda h: at(tariff, theta + h * np.array([0.0, 1.0, 0.0])), 2e-3)
    assert slope == pytest.approx(g.elasticity[1], rel=1e-6)


def test_a_preconditioner_and_its_transpose_agree() -> None:
    e = solve(random_economy(1, 7, 5), mobility=0.5)
    assert e.factors is not None
    p = base_preconditioner(e.prepared, e.factors)
    draw = np.random.default_rng(0)
    a, b = draw.normal(size=7 * 5 * 3 + 7), draw.normal(size=7 * 5 * 3 + 7)
    assert a @ p.apply(b) == pytest.approx(b @ p.apply_transposed(a), rel=1e-4)
