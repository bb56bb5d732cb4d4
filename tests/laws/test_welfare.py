"""Welfare adds up: parts of the exact number, money, and first order only where changes are small."""

from __future__ import annotations

import numpy as np
import pytest

from economies import random_economy
from reciprocity.model import decompose, equivalent_variation, paper_convention, solve
from reciprocity.model.decomposition import chebyshev

ABROAD = (1.0 - np.eye(4))[:, :, None]


def shocks(seed: int) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)
    return {
        "tariff": draw.uniform(0, 0.5, (4, 4, 3)) * ABROAD,
        "iceberg_hat": np.exp(draw.uniform(-0.2, 0.3, (4, 4, 3)) * ABROAD),
        "export_tax": draw.uniform(-0.05, 0.2, (4, 4, 3)) * ABROAD,
    }


@pytest.mark.parametrize("closure", ["world_share", "own_share", "zero"])
@pytest.mark.parametrize("seed", range(3))
def test_parts_add_to_the_exact_number(seed: int, closure: str) -> None:
    economy = random_economy(seed)
    e = solve(economy, **shocks(seed), closure=closure, tolerance=1e-12)
    parts = decompose(e)
    np.testing.assert_allclose(parts.total, np.log(e.welfare_hat), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(parts.total * parts.money, equivalent_variation(e), rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(
        parts.revenue.sum(axis=(1, 2)), e.tariff_revenue - solve(economy, closure=closure).tariff_revenue, atol=1e-8
    )


def test_a_transfer_is_a_part() -> None:
    economy = random_economy(1)
    e = solve(economy, deficit=economy.deficit + np.array([2.0, -1.0, -1.0, 0.0]), tolerance=1e-12)
    parts = decompose(e)
    assert parts.transfer[0] > 0 > parts.transfer[1]
    np.testing.assert_allclose(parts.total, np.log(e.welfare_hat), rtol=1e-6)


def test_terms_of_trade_are_what_the_others_lose() -> None:
    """In money at one point of the path prices are the same for buyer and seller: they cancel over the world."""
    economy = random_economy(2)
    tariff = economy.tariff.copy()
    tariff[0, 1] += 1e-5
    e = solve(economy, tariff=tariff, tolerance=1e-14)
    terms = decompose(e).terms_of_trade.sum(axis=(1, 2)) * e.base_income
    assert abs(terms.sum()) < 1e-5 * np.abs(terms).max()


def test_equivalent_variation_is_what_buys_the_new_life_at_old_prices() -> None:
    economy = random_economy(3)
    e = solve(economy, **shocks(3))
    at_old_prices = e.base_income + equivalent_variation(e)
    at_new_prices = e.income / e.price_level_hat
    np.testing.assert_allclose(at_old_prices, at_new_prices, rtol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_first_order_is_right_to_first_order_only(seed: int) -> None:
    economy = random_economy(seed)
    gaps = []
    for size in (1e-3, 1e-2):
        iceberg_hat = 1.0 + size * np.random.default_rng(seed).uniform(-1, 1, (4, 4, 3)) * ABROAD
        e = solve(economy, tariff=economy.tariff + size * ABROAD, iceberg_hat=iceberg_hat, tolerance=1e-13)
        gaps.append(np.abs(paper_convention(e).total - np.log(e.welfare_hat)).max())
    assert gaps[0] < 1e-5
    assert gaps[1] / gaps[0] > 50  # falls with the square


def test_chebyshev_differentiates_and_integrates_polynomials() -> None:
    s, difference, weight = chebyshev(8)
    np.testing.assert_allclose(difference @ s**5, 5 * s**4, atol=1e-11)
    assert weight @ s**5 == pytest.approx(1 / 6, rel=1e-13)
