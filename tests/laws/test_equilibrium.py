"""Laws every equilibrium obeys, on small random asymmetric economies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from economies import random_economy
from reciprocity import Economy, solve

SEEDS = range(6)


def new_tariffs(economy: Economy, seed: int, most: float = 0.6) -> np.ndarray:
    draw = np.random.default_rng(1000 + seed)
    n, j = economy.shape
    return draw.uniform(0.0, most, (n, n, j)) * (1.0 - np.eye(n))[:, :, None]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_shock_changes_nothing(seed: int) -> None:
    e = solve(random_economy(seed))
    for hat in (e.wage_hat, e.price_hat, e.welfare_hat, e.real_wage_hat):
        np.testing.assert_allclose(hat, 1.0, atol=1e-12, rtol=0)
    assert e.certificate.convention == "exact base"


@pytest.mark.parametrize("seed", SEEDS)
def test_trade_shares_sum_to_one_and_accounts_close(seed: int) -> None:
    economy = random_economy(seed)
    e = solve(economy, tariff=new_tariffs(economy, seed))
    np.testing.assert_allclose(e.trade_share.sum(axis=1), 1.0, rtol=1e-13)
    np.testing.assert_allclose(e.trade_flow.sum(axis=0), e.output, rtol=1e-9)
    revenue = (e.tariff * e.trade_flow).sum(axis=(1, 2))
    np.testing.assert_allclose(e.tariff_revenue, revenue, rtol=1e-9)
    earned = (economy.value_added_share * e.output).sum(axis=1)
    np.testing.assert_allclose(earned, economy.value_added * e.wage_hat, rtol=1e-9)
    np.testing.assert_allclose(e.income, earned + revenue + e.deficit, rtol=1e-9)


@pytest.mark.parametrize("sectors", [1, 2])
def test_the_market_left_out_clears_where_exports_are_taxed_however_few_the_sectors(sectors: int) -> None:
    economy = random_economy(1, sectors=sectors)
    taxed = 0.5 * new_tariffs(economy, 1)
    e = solve(economy, tariff=new_tariffs(economy, 2), export_tax=taxed, tolerance=1e-12)
    assert e.certificate.walras_gap < 1e-9
    sold = e.trade_flow / (1.0 + taxed)  # customs value holds the exporter's tax
    np.testing.assert_allclose(e.export_revenue, (taxed * sold).sum(axis=(0, 2)), rtol=1e-9)
    np.testing.assert_allclose(sold.sum(axis=0), e.output, rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_and_shares_are_those_the_paper_writes(seed: int) -> None:
    """CP (2015) eq. 10 to 12 in levels, written out again from the public numbers."""
    economy = random_economy(seed)
    e = solve(economy, tariff=new_tariffs(economy, seed), tolerance=1e-12)
    theta = economy.trade_elasticity
    inputs = np.prod(e.price_hat[:, :, None] ** economy.input_share, axis=1)
    cost = e.wage_hat[:, None] ** economy.value_added_share * inputs
    dearer = (cost[None] * (1 + e.tariff) / (1 + economy.tariff)) ** -theta * economy.trade_share
    np.testing.assert_allclose(e.price_hat, dearer.sum(axis=1) ** (-1 / theta), rtol=1e-10)
    np.testing.assert_allclose(e.trade_share, dearer * e.price_hat[:, None] ** theta, rtol=1e-9)
    spending = np.einsum("nkj,nj->nk", economy.input_share, e.output) + economy.consumption_share * e.income[:, None]
    np.testing.assert_allclose(e.expenditure, spending, rtol=1e-10)
    level = np.prod(e.price_hat**economy.consumption_share, axis=1)
    np.testing.assert_allclose(e.welfare_hat, e.income / e.base_income / level, rtol=1e-10)
    np.testing.assert_allclose(e.real_wage_hat, e.wage_hat / level, rtol=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_market_nobody_aims_at_clears(seed: int) -> None:
    """Walras: imports less exports are the deficit in every country, though no residual says so."""
    economy = random_economy(seed)
    e = solve(economy, tariff=new_tariffs(economy, seed))
    trade = e.trade_flow.sum(axis=2)
    np.testing.assert_allclose(trade.sum(axis=1) - trade.sum(axis=0), e.deficit, atol=1e-8)
    assert e.certificate.walras_gap < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_unit_of_money_changes_nothing_real(seed: int) -> None:
    economy = random_economy(seed)
    doubled = replace(
        economy,
        value_added=2 * economy.value_added,
        deficit=2 * economy.deficit,
        expenditure=2 * economy.expenditure,
    )
    tariff = new_tariffs(economy, seed)
    one, two = solve(economy, tariff=tariff, tolerance=1e-12), solve(doubled, tariff=tariff, tolerance=1e-12)
    np.testing.assert_allclose(two.welfare_hat, one.welfare_hat, rtol=1e-10)
    np.testing.assert_allclose(two.expenditure, 2 * one.expenditure, rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_names_do_not_matter(seed: int) -> None:
    """Countries and sectors in another order give the same answers in that order."""
    economy = random_economy(seed)
    n, j = economy.shape
    draw = np.random.default_rng(seed)
    c, s = draw.permutation(n), draw.permutation(j)
    moved = Economy(
        regions=tuple(economy.regions[k] for k in c),
        sectors=tuple(economy.sectors[k] for k in s),
        trade_share=economy.trade_share[np.ix_(c, c, s)],
        tariff=economy.tariff[np.ix_(c, c, s)],
        input_share=economy.input_share[np.ix_(c, s, s)],
        value_added_share=economy.value_added_share[np.ix_(c, s)],
        consumption_share=economy.consumption_share[np.ix_(c, s)],
        value_added=economy.value_added[c],
        trade_elasticity=economy.trade_elasticity[s],
        deficit=economy.deficit[c],
        expenditure=economy.expenditure[np.ix_(c, s)],
    )
    tariff = new_tariffs(economy, seed)
    one = solve(economy, tariff=tariff, tolerance=1e-12)
    two = solve(moved, tariff=tariff[np.ix_(c, c, s)], tolerance=1e-12)
    np.testing.assert_allclose(two.welfare_hat, one.welfare_hat[c], rtol=1e-9)
    np.testing.assert_allclose(two.price_hat, one.price_hat[np.ix_(c, s)], rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_transposed_tariff_is_another_policy(seed: int) -> None:
    economy = random_economy(seed)
    tariff = new_tariffs(economy, seed)
    one, two = solve(economy, tariff=tariff), solve(economy, tariff=tariff.transpose(1, 0, 2))
    assert np.abs(one.welfare_hat - two.welfare_hat).max() > 1e-4


@pytest.mark.parametrize("seed", SEEDS)
def test_a_deal_then_its_inverse_returns(seed: int) -> None:
    economy = random_economy(seed)
    there = solve(economy, tariff=new_tariffs(economy, seed), tolerance=1e-12)
    after = replace(
        economy,
        trade_share=there.trade_share,
        tariff=there.tariff,
        value_added=economy.value_added * there.wage_hat,
        deficit=there.deficit,
        expenditure=there.expenditure,
    )
    back = solve(after, tariff=economy.tariff, tolerance=1e-12)
    np.testing.assert_allclose(back.welfare_hat * there.welfare_hat, 1.0, rtol=1e-9)
    np.testing.assert_allclose(back.trade_share, economy.trade_share, rtol=1e-8)


def halves(economy: Economy, k: int) -> Economy:
    """The economy with region k cut into two halves that buy from and sell to each other as from themselves."""
    n, _ = economy.shape
    origin = [*range(n), k]

    def by_country(array: np.ndarray) -> np.ndarray:
        return array[origin].copy()

    share = economy.trade_share[np.ix_(origin, origin)].copy()
    share[:, [k, n]] *= 0.5
    tariff = economy.tariff[np.ix_(origin, origin)].copy()
    value_added, deficit, spending = (
        by_country(a) for a in (economy.value_added, economy.deficit, economy.expenditure)
    )
    for level in (value_added, deficit, spending):
        level[[k, n]] *= 0.5
    return replace(
        economy,
        regions=(*economy.regions, "twin"),
        trade_share=share,
        tariff=tariff,
        input_share=by_country(economy.input_share),
        value_added_share=by_country(economy.value_added_share),
        consumption_share=by_country(economy.consumption_share),
        value_added=value_added,
        deficit=deficit,
        expenditure=spending,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_cutting_a_country_in_two_leaves_everyone_alone(seed: int) -> None:
    economy = random_economy(seed)
    cut = halves(economy, 1)
    n, _ = economy.shape
    tariff = new_tariffs(economy, seed)
    origin = [*range(n), 1]
    one = solve(economy, tariff=tariff, tolerance=1e-12)
    two = solve(cut, tariff=tariff[np.ix_(origin, origin)], tolerance=1e-12)
    np.testing.assert_allclose(two.welfare_hat, one.welfare_hat[origin], rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_small_tariff_moves_welfare_a_little(seed: int) -> None:
    """Continuity at no change, where a peer jumps by 1.29% for a tariff change of 1e-9."""
    economy = random_economy(seed)
    tariff = economy.tariff.copy()
    tariff[0, 1, 0] += 1e-9
    moved = np.abs(solve(economy, tariff=tariff).welfare_hat - 1.0)
    assert moved.max() < 1e-9
    tariff[0, 1, 0] += 1e-6 - 1e-9
    larger = np.abs(solve(economy, tariff=tariff, tolerance=1e-13).welfare_hat - 1.0)
    assert 0 < larger.max() < 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_trade_answers_with_the_elasticity(seed: int) -> None:
    """d ln pi / d ln(1 + t) = -theta (1 - pi) at given costs, and spending on the others moves by +theta pi."""
    economy = random_economy(seed, regions=30, sectors=2)
    n, i, j, step = 7, 3, 1, 1e-6
    tariff = economy.tariff.copy()
    tariff[n, i, j] = (1.0 + tariff[n, i, j]) * np.exp(step) - 1.0
    e = solve(economy, tariff=tariff, tolerance=1e-13)
    # costs move a little too: take them out with the model's own prices, leaving the wedge alone
    log_cost = economy.value_added_share * np.log(e.wage_hat)[:, None] + np.einsum(
        "ikj,ik->ij", economy.input_share, np.log(e.price_hat)
    )
    theta, pi = economy.trade_elasticity[j], economy.trade_share[n, :, j]
    moved = np.log(e.trade_share[n, :, j] / pi) + theta * (log_cost[:, j] - pi @ log_cost[:, j])
    assert moved[i] / step == pytest.approx(-theta * (1 - pi[i]), rel=1e-4)
    assert moved[i - 1] / step == pytest.approx(theta * pi[i], rel=1e-4)


def test_evaluations_are_few() -> None:
    for seed in SEEDS:
        economy = random_economy(seed, regions=12, sectors=10)
        assert solve(economy, tariff=new_tariffs(economy, seed, 0.3)).certificate.evaluations <= 20
