"""Factors that change sector with difficulty: the frontier, its two ends, and quantities beside values."""

from __future__ import annotations

import numpy as np
import pytest

from economies import random_economy
from reciprocity import Economy, InputError, solve
from reciprocity.economy import default
from reciprocity.model import decompose, effective_labour_hat, output_volume, trade_volume

SEEDS = range(4)


def shocked(economy: Economy, seed: int, most: float = 0.5) -> np.ndarray:
    n, j = economy.shape
    return np.random.default_rng(50 + seed).uniform(0.0, most, (n, n, j)) * (1.0 - np.eye(n))[:, :, None]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mobility", [0.0, 0.7, 5.0])
def test_no_shock_changes_nothing(seed: int, mobility: float) -> None:
    e = solve(random_economy(seed), mobility=mobility)
    for hat in (e.welfare_hat, e.sector_wage_hat, e.price_hat, effective_labour_hat(e)):
        np.testing.assert_allclose(hat, 1.0, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_free_factors_are_the_plain_model(seed: int) -> None:
    """The long run: mobility without bound is today's model, and a very large one comes close to it."""
    economy = random_economy(seed)
    tariff = shocked(economy, seed)
    plain, free = solve(economy, tariff=tariff), solve(economy, tariff=tariff, mobility=np.inf)
    assert np.array_equal(plain.welfare_hat, free.welfare_hat)
    for mobility in (1e4, 1e8, 1e12):
        near = solve(economy, tariff=tariff, mobility=mobility, tolerance=1e-12)
        np.testing.assert_allclose(near.welfare_hat, plain.welfare_hat, rtol=max(1e-9, 10.0 / mobility))
        np.testing.assert_allclose(near.output, plain.output, rtol=max(1e-9, 100.0 / mobility))


@pytest.mark.parametrize("seed", SEEDS)
def test_fixed_factors_stay_in_their_sector(seed: int) -> None:
    economy = random_economy(seed)
    e = solve(economy, tariff=shocked(economy, seed), mobility=0.0, tolerance=1e-12)
    np.testing.assert_allclose(effective_labour_hat(e), 1.0, rtol=1e-10)
    earned = economy.value_added_share * e.output
    base = economy.value_added_share * e.prepared.point.output
    np.testing.assert_allclose(e.sector_wage_hat, earned / base, rtol=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mobility", [0.3, 2.0])
def test_the_frontier_holds_and_incomes_add_up(seed: int, mobility: float) -> None:
    """e_hat = (w_hat / W_hat)^m, W_hat the mean reward, and a country earns what its sectors earn."""
    economy = random_economy(seed)
    e = solve(economy, tariff=shocked(economy, seed), mobility=mobility, tolerance=1e-12)
    relative = e.sector_wage_hat / e.wage_hat[:, None]
    np.testing.assert_allclose(effective_labour_hat(e), relative**mobility, rtol=1e-9)
    share = economy.value_added_share * e.prepared.point.output / economy.value_added[:, None]
    np.testing.assert_allclose((share * relative ** (1.0 + mobility)).sum(axis=1), 1.0, rtol=1e-9)
    earned = (economy.value_added_share * e.output).sum(axis=1)
    np.testing.assert_allclose(earned, economy.value_added * e.wage_hat, rtol=1e-9)
    np.testing.assert_allclose(e.income, earned + e.tariff_revenue + e.deficit, rtol=1e-9)
    assert e.certificate.walras_gap < 1e-9
    assert e.certificate.premium_residual < 1e-9


def test_mobility_may_differ_by_country() -> None:
    economy = random_economy(1)
    mobility = np.array([0.0, np.inf, 1.0, np.inf])
    e = solve(economy, tariff=shocked(economy, 1), mobility=mobility, tolerance=1e-12)
    labour = effective_labour_hat(e)
    np.testing.assert_allclose(labour[0], 1.0, rtol=1e-9)
    for free in (1, 3):
        np.testing.assert_allclose(e.sector_wage_hat[free], e.wage_hat[free], rtol=1e-12)
    assert np.ptp(e.sector_wage_hat[0]) > np.ptp(e.sector_wage_hat[2]) * 0.1 > 0


def test_the_unit_of_money_and_the_numeraire_change_nothing_real() -> None:
    economy = random_economy(2)
    tariff = shocked(economy, 2)
    one = solve(economy, tariff=tariff, mobility=0.5)
    other = solve(economy, tariff=tariff, mobility=0.5, numeraire=economy.regions[1])
    np.testing.assert_allclose(one.welfare_hat, other.welfare_hat, rtol=1e-9)
    np.testing.assert_allclose(output_volume(one), output_volume(other), rtol=1e-9)


def test_values_are_quantities_times_prices() -> None:
    """At the base volumes are values; a tariff lowers both, and quantity delivered keeps its price."""
    economy = random_economy(3)
    none = solve(economy)
    np.testing.assert_allclose(trade_volume(none), none.trade_flow, rtol=1e-10)
    e = solve(economy, tariff=shocked(economy, 3), iceberg_hat=np.full((4, 4, 3), 1.0))
    np.testing.assert_allclose(trade_volume(e).sum(axis=0), output_volume(e), rtol=1e-10)
    real = e.expenditure / e.price_hat
    spent = trade_volume(e) / none.trade_flow  # quantity ratios, aggregated by CES with elasticity 1 + theta
    sigma = 1.0 + economy.trade_elasticity
    index = (economy.trade_share * spent ** ((sigma - 1) / sigma)).sum(axis=1) ** (sigma / (sigma - 1))
    np.testing.assert_allclose(index, real / economy.expenditure, rtol=1e-9)


def test_bad_mobility_is_refused() -> None:
    economy = random_economy(0)
    with pytest.raises(InputError, match="mobility: -1 is not an elasticity"):
        solve(economy, mobility=-1.0)
    with pytest.raises(InputError, match="one a country"):
        solve(economy, mobility=np.zeros(7))


def test_the_shipped_economy_solves_with_fixed_factors() -> None:
    """A 50% tariff by everyone on everything: far from the base, with no factor free to move."""
    economy = default()
    n, _ = economy.shape
    tariff = economy.tariff + 0.5 * (1.0 - np.eye(n))[:, :, None]
    e = solve(economy, tariff=tariff, mobility=0.0)
    assert e.certificate.premium_residual < 1e-9
    assert e.certificate.evaluations < 100
    assert solve(economy, tariff=tariff).certificate.evaluations < 40


@pytest.mark.parametrize("mobility", [0.0, 0.8])
def test_the_parts_of_welfare_add_up_with_sector_wages(mobility: float) -> None:
    """Premia weighted by income add to nothing along the frontier, so the parts are those of the plain model."""
    economy = random_economy(2)
    e = solve(economy, tariff=shocked(economy, 2), mobility=mobility, tolerance=1e-12)
    parts = decompose(e)
    np.testing.assert_allclose(parts.total, np.log(e.welfare_hat), rtol=1e-6, atol=1e-9)
