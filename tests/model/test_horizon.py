"""Time: the elasticity path goes through the published numbers, and the long run is the plain model."""

from __future__ import annotations

import numpy as np
import pytest

from economies import random_economy
from reciprocity import solve
from reciprocity.economy import default, economy_at, elasticities, elasticity_names, horizon
from reciprocity.economy.horizons import elasticity_path, mean_elasticity
from reciprocity.errors import UnknownName
from reciprocity.model import effective_labour_hat, solve_at, solve_side_by_side
from reciprocity.model.instruments import Scope, import_quota


def test_the_path_goes_through_the_published_numbers() -> None:
    """Boehm, Levchenko and Pandalai-Nayar (2023, abstract): -0.76 after a year, about -2 after seven to ten."""
    assert elasticity_path(1) == (0.76, "published")
    assert elasticity_path(7) == (2.0, "published")
    assert elasticity_path(10)[0] == 2.0
    three, kind = elasticity_path(3)
    assert three == pytest.approx(0.76 + (2.0 - 0.76) * 2 / 6)
    assert kind == "interpolated"


@pytest.mark.parametrize("name", elasticity_names())
def test_the_mean_passes_the_path_and_never_the_long_run(name: str) -> None:
    economy = default(name)
    for at in ("1y", "3y"):
        there = economy_at(economy, at)
        wanted = min(horizon(at).elasticity or 0.0, mean_elasticity(economy))
        assert mean_elasticity(there) == pytest.approx(wanted)
        assert np.all(there.trade_elasticity <= economy.trade_elasticity)
    assert economy_at(economy, "long") is economy


def test_sectors_keep_their_rank() -> None:
    economy = default()
    assert np.array_equal(
        np.argsort(economy_at(economy, "1y").trade_elasticity, kind="stable"),
        np.argsort(elasticities().theta, kind="stable"),
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_long_run_is_the_plain_model(seed: int) -> None:
    economy = random_economy(seed)
    n, j = economy.shape
    tariff = np.random.default_rng(seed).uniform(0, 0.4, (n, n, j)) * (1 - np.eye(n))[:, :, None]
    plain, long = solve(economy, tariff=tariff), solve_at(economy, horizon_name="long", tariff=tariff).equilibrium
    assert np.array_equal(plain.welfare_hat, long.welfare_hat)
    assert np.array_equal(plain.output, long.output)


def test_one_year_and_the_long_run_side_by_side() -> None:
    """A steelworker is not a banker within a year: effective labour stays, and trade falls by far less."""
    economy = default()
    us, can = economy.positions(["USA", "CAN"])
    steel = economy.sectors.index("STEEL")
    tariff = economy.tariff.copy()
    tariff[us, can, steel] += 0.25
    year, long = solve_side_by_side(economy, tariff=tariff)
    assert (year.horizon.name, long.horizon.name) == ("1y", "long")
    np.testing.assert_allclose(effective_labour_hat(year.equilibrium), 1.0, rtol=1e-8)
    assert effective_labour_hat(long.equilibrium)[can, steel] < 0.9
    base = solve(economy).trade_flow[us, can, steel]
    fall = [1.0 - at.equilibrium.trade_flow[us, can, steel] / base for at in (year, long)]
    assert 0 < 2 * fall[0] < fall[1]


def test_another_horizon_is_refused() -> None:
    with pytest.raises(UnknownName, match="horizon: '2y' is not a horizon"):
        solve_at(random_economy(0), horizon_name="2y")


def test_instruments_have_a_horizon_too() -> None:
    """The same quota is worth more to its holders while trade cannot go elsewhere."""
    quota = import_quota(Scope("USA", "CAN", "STEEL"), 0.8)
    year, long = solve_side_by_side(default(), instruments=[quota])
    assert [at.bounds[0].state for at in (year, long)] == ["binding", "binding"]
    assert year.bounds[0].premium > 2 * long.bounds[0].premium
