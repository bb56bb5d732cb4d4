"""No deal is lost or silently wrong: every one ends in a certified equilibrium or an error that names a country."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from economies import random_economy
from reciprocity.economy import Economy, default
from reciprocity.errors import InfeasibleDeficits
from reciprocity.model import Equilibrium, solve

CLOSURES = ("zero", "world_share", "own_share", "nominal")


def random_deal(economy: Economy, seed: int) -> dict[str, np.ndarray]:
    """Tariffs from 0 to 200%, wars, liberalisations, trade costs and cuts in deficits."""
    draw = np.random.default_rng(seed)
    n, j = economy.shape
    kind = draw.choice(["some", "war", "free", "cost", "cut", "mixed", "all"])
    tariff, deal = economy.tariff.copy(), {}
    if kind in {"some", "mixed"}:
        importers = draw.choice(n, draw.integers(1, 4), replace=False)
        exporters = draw.choice(n, draw.integers(1, n), replace=False)
        sectors = draw.choice(j, draw.integers(1, j + 1), replace=False)
        tariff[np.ix_(importers, exporters, sectors)] = draw.uniform(0, 2, (len(importers), len(exporters), 1))
    if kind == "war":
        tariff = np.maximum(tariff, draw.uniform(0, 2) * (draw.random((n, n, 1)) < draw.uniform(0.2, 1)))
    if kind == "all":
        tariff = draw.uniform(0, 2, (n, n, j))
    if kind == "free":
        tariff = tariff * draw.uniform(0, 1)
    abroad = (1.0 - np.eye(n))[:, :, None]
    deal["tariff"] = tariff * abroad
    if kind in {"cost", "mixed"}:
        cost = np.ones((n, n, j))
        countries = draw.choice(n, draw.integers(1, 6), replace=False)
        cost[countries] = np.exp(draw.uniform(-0.7, 1.2, (len(countries), n, j)))
        deal["iceberg_hat"] = np.where(abroad > 0, cost, 1.0)
    if kind in {"cut", "mixed"}:
        deal["deficit"] = economy.deficit * draw.uniform(0, 1)
    return deal


def assert_sound(e: Equilibrium) -> None:
    c = e.certificate
    assert max(c.price_residual, c.spending_residual, c.wage_residual) <= c.tolerance
    assert c.walras_gap < 1e-8
    assert c.error_estimate < 10 * c.tolerance
    assert e.income.min() > 0
    assert e.expenditure.min() >= 0


def embargo(economy: Economy, country: str, cost: float = np.inf) -> np.ndarray:
    n, j = economy.shape
    k = economy.regions.index(country)
    iceberg_hat = np.ones((n, n, j))
    iceberg_hat[k] = iceberg_hat[:, k] = cost
    iceberg_hat[k, k] = 1.0
    return iceberg_hat


@pytest.fixture(scope="module")
def economy() -> Economy:
    return default()


@pytest.mark.parametrize("seed", range(40))
def test_random_deals_all_solve(economy: Economy, seed: int) -> None:
    e = solve(economy, **random_deal(economy, seed))
    assert_sound(e)
    assert e.certificate.evaluations <= 60


@pytest.mark.parametrize("closure", CLOSURES)
def test_no_shock_changes_nothing_under_any_closure(economy: Economy, closure: str) -> None:
    e = solve(economy, closure=closure, numeraire="CAN")
    np.testing.assert_allclose(e.welfare_hat, 1.0, atol=1e-12)
    np.testing.assert_allclose(e.wage_hat, 1.0, atol=1e-12)


def test_a_thousand_per_cent_everywhere(economy: Economy) -> None:
    n, _ = economy.shape
    tariff = economy.tariff + 10.0 * (1.0 - np.eye(n))[:, :, None]
    assert_sound(solve(economy, tariff=tariff, closure="zero"))
    with pytest.raises(InfeasibleDeficits, match="NOR"):  # the largest surplus for its size
        solve(economy, tariff=tariff)


@pytest.mark.parametrize("seed", range(3))
def test_a_solution_with_negative_income_is_no_equilibrium(seed: int) -> None:
    """All residuals fall below tolerance here, with less than nothing for one country to spend."""
    economy = random_economy(seed)
    value_added = economy.value_added
    surplus = 1.1 * value_added[1]
    deficit = surplus * value_added / (value_added.sum() - value_added[1])
    deficit[1] = -surplus
    with pytest.raises(InfeasibleDeficits, match="R1"):
        solve(economy, deficit=deficit)


@pytest.mark.parametrize("cost", [3.0, 30.0, 1e6, np.inf])
def test_an_embargo_leaves_a_country_to_itself(economy: Economy, cost: float) -> None:
    e = solve(economy, iceberg_hat=embargo(economy, "CAN", cost), closure="zero")
    assert_sound(e)
    can = economy.regions.index("CAN")
    assert e.welfare_hat[can] < 0.92
    assert e.welfare_hat.argmin() == can
    if cost > 1e5:
        assert e.trade_share[can, can].min() > 1 - 1e-9
        assert np.all(np.isfinite(e.price_hat))


def test_an_embargoed_country_cannot_run_a_deficit(economy: Economy) -> None:
    with pytest.raises(InfeasibleDeficits, match="JPN"):
        solve(economy, iceberg_hat=embargo(economy, "JPN"))


@pytest.mark.shared
def test_prohibitive_tariffs_with_fixed_deficits_on_81_countries(shared: Path) -> None:
    """200% on everything, services too: a solver that takes negative income for an answer would return one here."""
    economy = full_economy(shared)
    n, _ = economy.shape
    tariff = economy.tariff + 2.0 * (1.0 - np.eye(n))[:, :, None]
    with pytest.raises(InfeasibleDeficits, match="LUX"):
        solve(economy, tariff=tariff)
    assert_sound(solve(economy, tariff=tariff, closure="zero"))


@pytest.mark.shared
def test_81_countries_in_few_evaluations(shared: Path) -> None:
    economy = full_economy(shared)
    tariff = economy.tariff.copy()
    usa, can = (economy.regions.index(name) for name in ("USA", "CAN"))
    tariff[usa, :, :25] = 0.1
    tariff[can, usa, :25] = 0.25
    tariff[usa, usa] = 0.0
    e = solve(economy, tariff=tariff)
    assert_sound(e)
    assert e.certificate.evaluations <= 15


def full_economy(shared: Path) -> Economy:
    """The full table, 81 x 50, one elasticity for every sector."""
    with np.load(shared / "economy" / "icio2022_full_81x50.npz", allow_pickle=False) as archive:
        trade = archive["X"].astype(float).transpose(1, 0, 2)
        inputs = archive["Z"].astype(float)
        names = ([str(r) for r in archive["regions"]], [str(s) for s in archive["industries"]])
    output = trade.sum(axis=0)
    return Economy.from_arrays(
        regions=names[0],
        sectors=names[1],
        trade=trade,
        tariffs=np.zeros_like(trade),
        intermediate=inputs,
        final=trade.sum(axis=1) - inputs.sum(axis=2),
        value_added=output - inputs.sum(axis=1),
        theta=5.0,
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_warm_start_arrives_at_the_same_place(seed: int) -> None:
    economy = random_economy(seed, 6, 4)
    draw = np.random.default_rng(seed)
    tariff = draw.uniform(0, 0.4, (6, 6, 4)) * (1 - np.eye(6))[:, :, None]
    near = solve(economy, tariff=0.98 * tariff)
    cold, warm = solve(economy, tariff=tariff, tolerance=1e-12), solve(economy, tariff=tariff, start=near)
    np.testing.assert_allclose(warm.welfare_hat, cold.welfare_hat, rtol=1e-9)
    assert warm.certificate.evaluations < cold.certificate.evaluations
