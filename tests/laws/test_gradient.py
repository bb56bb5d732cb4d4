"""The gradient is the derivative: against central differences, its own transpose, and automatic differentiation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from economies import random_economy
from reciprocity.economy.economy import Economy
from reciprocity.model import Outcome, Routes, gradient, gradients, solve
from reciprocity.model.jacobian import backward, forward, linearise

CLOSURES = ["world_share", "own_share", "zero"]


def policy(economy: Economy, seed: int) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)
    n, j = economy.shape
    abroad = (1.0 - np.eye(n))[:, :, None]
    return {
        "tariff": draw.uniform(0, 0.5, (n, n, j)) * abroad,
        "iceberg_hat": np.exp(draw.uniform(-0.2, 0.3, (n, n, j)) * abroad),
        "export_tax": draw.uniform(-0.05, 0.2, (n, n, j)) * abroad,
    }


def mixed_outcome(economy: Economy, seed: int) -> Outcome:
    draw = np.random.default_rng(seed)
    n, j = economy.shape
    size = economy.value_added.sum()
    return Outcome(
        welfare=draw.normal(size=n),
        real_wage=draw.normal(size=n),
        wage=draw.normal(size=n),
        price=draw.normal(size=(n, j)),
        income=draw.normal(size=n) / size,
        tariff_revenue=draw.normal(size=n) / size,
        export_revenue=draw.normal(size=n) / size,
        output=draw.normal(size=(n, j)) / size,
        expenditure=draw.normal(size=(n, j)) / size,
    )


def central(value, step: float) -> float:
    """The central difference of fourth order."""
    return (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step))) / (12 * step)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("numeraire", ["world", "R2"])
@pytest.mark.parametrize("closure", [*CLOSURES, "nominal"])
def test_gradient_is_the_central_difference(seed: int, closure: str, numeraire: str) -> None:
    economy = random_economy(seed)
    shock, outcome = policy(economy, seed), mixed_outcome(economy, seed)
    options = {"closure": closure, "numeraire": numeraire, "convention": "automatic"}
    g = gradient(solve(economy, **shock, **options, tolerance=1e-12), outcome, tolerance=1e-12)

    def at(**changed) -> float:
        return outcome.value(solve(economy, **{**shock, **changed}, **options, tolerance=3e-14))

    n, i, j = 0, 2, 1
    scale = np.abs(g.tariff).max()

    def moved(name: str, amount: float) -> np.ndarray:
        array = shock[name].copy()
        array[n, i, j] = array[n, i, j] * np.exp(amount) if name == "iceberg_hat" else array[n, i, j] + amount
        return array

    for name, exact in (("tariff", g.tariff), ("export_tax", g.export_tax), ("iceberg_hat", g.iceberg)):
        slope = central(lambda h, name=name: at(**{name: moved(name, h)}), 2e-3)
        assert slope == pytest.approx(exact[n, i, j], rel=1e-6, abs=1e-8 * scale), name


@pytest.mark.parametrize("closure", [*CLOSURES, "nominal"])
def test_gradient_by_deficit_is_the_central_difference(closure: str) -> None:
    economy = random_economy(3)
    shock, outcome = policy(economy, 3), mixed_outcome(economy, 3)
    options = {"closure": closure, "numeraire": "R1"}
    base = solve(economy, **shock, **options, tolerance=1e-12)
    g = gradient(base, outcome, tolerance=1e-12)
    direction = np.array([1.0, -0.7, -0.5, 0.2])

    def at(h: float) -> float:
        deficit = base.economy.deficit + h * direction
        return outcome.value(solve(economy, **shock, deficit=deficit, **options, tolerance=3e-14))

    assert central(at, 1e-2) == pytest.approx(g.deficit @ direction, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_gradient_by_elasticity_is_the_central_difference(seed: int) -> None:
    economy = random_economy(seed)
    shock, outcome = policy(economy, seed), mixed_outcome(economy, seed)
    g = gradient(solve(economy, **shock, tolerance=1e-12), outcome, tolerance=1e-12)

    def at(h: float) -> float:
        theta = economy.trade_elasticity.copy()
        theta[1] += h
        return outcome.value(solve(replace(economy, trade_elasticity=theta), **shock, tolerance=3e-14))

    assert central(at, 2e-3) == pytest.approx(g.elasticity[1], rel=1e-6)


@pytest.mark.parametrize("taxed", [False, True])
@pytest.mark.parametrize("closure", CLOSURES)
def test_the_transpose_is_the_transpose(closure: str, taxed: bool) -> None:
    economy = random_economy(1, 7, 5)
    shock = policy(economy, 1)
    if not taxed:
        shock.pop("export_tax")
    e = solve(economy, **shock, closure=closure)
    rule = e.prepared.deficits()
    at = linearise(e.prepared.technology, e.kernel, rule, e.point)
    draw = np.random.default_rng(5)
    n, j = economy.shape
    v = [draw.normal(size=(n, j, 1)), draw.normal(size=(n, j, 1)), draw.normal(size=(n, 1))]
    a = [draw.normal(size=(n, j, 1)), draw.normal(size=(n, j, 1)), draw.normal(size=(n, 1))]
    image, pulled = forward(at, *v), backward(at, *a)
    left = sum(float((x * y).sum()) for x, y in zip(a, image, strict=True))
    right = sum(float((x * y).sum()) for x, y in zip(v, (pulled.p, pulled.X, pulled.u), strict=True))
    size = sum(float(np.abs(x * y).sum()) for x, y in zip(a, image, strict=True))
    assert abs(left - right) < 1e-13 * size


def test_a_preconditioner_and_its_transpose_agree() -> None:
    p = solve(random_economy(1, 7, 5)).prepared.preconditioner
    draw = np.random.default_rng(0)
    a, b = draw.normal(size=77), draw.normal(size=77)
    assert a @ p.apply(b) == pytest.approx(b @ p.apply_transposed(a), rel=1e-4)


def test_rows_on_demand_are_the_rows_written_out() -> None:
    economy = random_economy(2)
    g = gradient(solve(economy, **policy(economy, 2)), mixed_outcome(economy, 2))
    draw = np.random.default_rng(0)
    n, i, j = draw.integers(0, 4, 40), draw.integers(0, 4, 40), draw.integers(0, 3, 40)
    np.testing.assert_allclose(g.tariff_at(n, i, j), g.tariff[n, i, j], rtol=1e-13)
    np.testing.assert_allclose(g.iceberg_at(n, i, j), g.iceberg[n, i, j], rtol=1e-13)
    routes = Routes(n, i, j, draw.integers(0, 6, 40), draw.normal(size=40), 6)
    dense = np.zeros(6)
    np.add.at(dense, routes.instrument, routes.weight * g.tariff[n, i, j])
    np.testing.assert_allclose(g.by_tariff_instrument(routes), dense, rtol=1e-12)


def test_several_outcomes_at_once_are_each_alone() -> None:
    economy = random_economy(2)
    e = solve(economy, **policy(economy, 2))
    outcomes = [mixed_outcome(economy, s) for s in range(3)]
    for together, outcome in zip(gradients(e, outcomes), outcomes, strict=True):
        np.testing.assert_allclose(together.tariff, gradient(e, outcome).tariff, rtol=1e-12)
