"""Best replies and Nash equilibria against published numbers and what theory says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import root

from economies import random_economy
from reciprocity import Economy, InputError, solve
from reciprocity.economy import default
from reciprocity.negotiation import (
    Explorer,
    agenda,
    best_reply,
    joined,
    nash,
    own_tariffs,
    package,
    side,
    tariffs,
    trade_cost,
    transfer,
)


def armington(share: np.ndarray, spending: np.ndarray, tariff: np.ndarray, theta: float, names=None) -> Economy:
    """One sector, no inputs, balanced trade: (importer, exporter) shares of spending."""
    n = len(spending)
    return Economy(
        regions=tuple(names or (f"R{k}" for k in range(n))), sectors=("ALL",), trade_share=share[:, :, None],
        tariff=tariff[:, :, None], input_share=np.zeros((n, 1, 1)), value_added_share=np.ones((n, 1)),
        consumption_share=np.ones((n, 1)), value_added=(share * spending[:, None] / (1 + tariff)).sum(axis=0),
        trade_elasticity=np.array([theta]), deficit=np.zeros(n), expenditure=spending[:, None],
    )  # fmt: skip


@pytest.mark.shared
def test_chinas_optimum_is_the_published_one(shared: Path) -> None:
    """Armington, 36 countries, 2001: China +1.08087373%, Canada -0.24577595% (published teaching material)."""
    data = np.load(shared / "against" / "armington36" / "inputs.npz")
    names = [str(name) for name in data["countries"]]
    economy = armington(data["lam_bal"].T, data["Y_bal"], data["tariff"].T, float(data["sigma"]) - 1.0, names)
    reply = best_reply(economy, "CHN", bounds=(np.exp(-1) - 1, 50.0), closure="zero")
    change = dict(zip(names, 100 * reply.welfare_change, strict=True))
    assert change["CHN"] == pytest.approx(1.08087373, abs=5e-9)
    assert change["CAN"] == pytest.approx(-0.24577595, abs=2e-7)
    assert reply.certificate.holds
    assert reply.certificate.solves < 40
    own = best_reply(economy, "USA", bounds=(np.exp(-1) - 1, 50.0), closure="zero").welfare_change[names.index("USA")]
    assert 100 * own == pytest.approx(1.5878, abs=5e-5)


def real_income(economy: Economy, tariff: np.ndarray) -> np.ndarray:
    """Real income of one-sector Armington countries under a tariff (importer, exporter), by wages alone."""
    theta, labour = float(economy.trade_elasticity[0]), economy.value_added
    share, before = economy.trade_share[:, :, 0], economy.tariff[:, :, 0]

    def world(log_wage: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        wage = np.exp(log_wage)
        cost = share * (wage[None, :] * (1 + tariff) / (1 + before)) ** -theta
        price = cost.sum(axis=1) ** (-1 / theta)
        now = cost / cost.sum(axis=1, keepdims=True)
        spending = wage * labour / (now / (1 + tariff)).sum(axis=1)  # what is left after duties come home
        return (now / (1 + tariff) * spending[:, None]).sum(axis=0) - wage * labour, spending / price

    # trade balances, so spending net of duty abroad is what the world pays a country's workers
    found = root(lambda rest: world(np.append(0.0, rest))[0][1:], np.zeros(len(labour) - 1), tol=1e-13)
    return world(np.append(0.0, found.x))[1]


@pytest.mark.shared
def test_the_tariff_war_of_the_united_states_and_china_holds_in_a_model_of_wages_alone(shared: Path) -> None:
    data = np.load(shared / "against" / "armington36" / "inputs.npz")
    names = [str(name) for name in data["countries"]]
    economy = armington(data["lam_bal"].T, data["Y_bal"], data["tariff"].T, float(data["sigma"]) - 1.0, names)
    found = nash(economy, ["USA", "CHN"], bounds=(np.exp(-1) - 1, 50.0), closure="zero")
    assert found.certificate.holds
    assert found.certificate.starts == 2
    assert found.certificate.agreement < 1e-9
    base = real_income(economy, economy.tariff[:, :, 0])
    war = found.after.tariff[:, :, 0]
    np.testing.assert_allclose(real_income(economy, war) / base - 1, found.welfare_change, atol=1e-9)
    draw = np.random.default_rng(3)
    for name in ("USA", "CHN"):
        k = names.index(name)
        for size in (0.01, 0.1, 0.5):
            other = war.copy()
            other[k] = (1 + war[k]) * np.exp(size * draw.normal(size=len(names))) - 1
            other[k, k] = 0.0
            assert real_income(economy, other)[k] / base[k] - 1 < found.welfare_change[k]


@pytest.mark.parametrize("theta", [2.0, 4.0, 8.0])
def test_a_small_open_economys_optimal_tariff_is_one_over_theta(theta: float) -> None:
    size = 1e-7
    share = np.array([[0.7, 0.3], [0.3 * size, 1.0 - 0.3 * size]])
    economy = armington(share, np.array([size, 1.0]), np.zeros((2, 2)), theta)
    reply = best_reply(economy, "R0", closure="zero")
    assert reply.values[0] == pytest.approx(1.0 / theta, rel=1e-5)


def test_two_symmetric_countries_have_a_symmetric_nash() -> None:
    share = np.array([[0.8, 0.2], [0.2, 0.8]])
    economy = armington(share, np.ones(2), np.zeros((2, 2)), 4.0)
    found = nash(economy, ["R0", "R1"], closure="zero")
    assert found.values[0] == pytest.approx(found.values[1], rel=1e-7)
    assert found.gain[0] == pytest.approx(found.gain[1], abs=1e-12)
    assert found.gain[0] < 0  # the prisoners' dilemma
    assert found.values[0] > 0.25  # above 1/theta: the partner is not small
    assert found.certificate.deviation_gain < 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_nobody_gains_by_leaving_a_nash_equilibrium(seed: int) -> None:
    economy = random_economy(seed)
    found = nash(economy, ["R0", "R1"])
    assert found.certificate.holds
    assert found.certificate.deviation_gain < 1e-9
    draw = np.random.default_rng(seed)
    explorer = Explorer(agenda(economy, found.instruments), found.sides)
    here = explorer.spot(found.x).values
    for k, one in enumerate(found.sides):
        own = found.instruments.given_by(one.name)
        for _ in range(20):
            x = np.where(own, np.clip(found.x + draw.normal(0, 0.1, found.x.size), found.instruments.low, 2), found.x)
            assert explorer.spot(x).values[k] <= here[k] + 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_the_objectives_gradient_is_its_difference_quotient(seed: int) -> None:
    """Every part of an objective and every kind of instrument."""
    economy = random_economy(seed)
    law = economy.tariff
    who = side(economy, ["R0", "R2"], earnings={"S1": 0.4}, jobs={"S2": 0.3}, revenue=0.2, ceilings={"S0": 1.1})
    table = joined([
        tariffs(economy, "R0", exporters=["R1"]), tariffs(economy, "R1", sectors=["S0", "S1"], together="all"),
        package(economy, "R3", name="off", law=law), transfer(economy, "R1", "R0", name="pay", high=2.0),
        trade_cost(economy, "R2", "R3", "S2", name="port", change=-0.1),
    ])  # fmt: skip
    explorer = Explorer(agenda(economy, table), (who,))
    x = 0.5 * (np.minimum(table.high, 0.5) + table.low)
    spot = explorer.spot(x)
    slopes, slack = explorer.slopes(spot)[0], explorer.slack_slopes(spot)
    for k in range(len(table)):
        step = 1e-4 * np.eye(len(table))[k]
        up, down = explorer.spot(x + step), explorer.spot(x - step)
        assert slopes[k] == pytest.approx((up.values[0] - down.values[0]) / 2e-4, rel=1e-4, abs=1e-8)
        by_difference = (explorer.slack(up) - explorer.slack(down)) / 2e-4
        np.testing.assert_allclose(slack[:, k], by_difference, rtol=1e-4, atol=1e-8)


def test_instruments_at_the_law_are_the_law() -> None:
    economy = random_economy(1)
    explorer = Explorer(agenda(economy, own_tariffs(economy, side(economy, "R0"))), (side(economy, "R0"),))
    spot = explorer.spot(explorer.agenda.at_law())
    np.testing.assert_allclose(spot.equilibrium.welfare_hat, solve(economy).welfare_hat, atol=1e-10)


def test_optimum_over_every_partner_and_good_of_the_shipped_table() -> None:
    """799 duties; the budget is evaluations, which a busy machine cannot change."""
    economy = default()
    reply = best_reply(economy, "USA")
    assert len(reply.instruments) > 700
    assert reply.certificate.solves <= 25
    assert reply.certificate.holds
    guess = replace(economy)  # the same arrays: a second start agrees
    other = best_reply(guess, "USA", starts=2)
    assert other.certificate.agreement < 1e-9


def test_what_is_wrong_is_said() -> None:
    economy = random_economy(0)
    with pytest.raises(InputError, match=r"bounds 0\.5 and 0\.2"):
        tariffs(economy, "R0", low=0.5, high=0.2)
    with pytest.raises(InputError, match="'R9' is not a region"):
        tariffs(economy, "R0", exporters=["R9"])
    with pytest.raises(InputError, match="importer and exporter"):
        tariffs(economy, "R0", exporters=["R0"])
    with pytest.raises(InputError, match="on the table twice"):
        joined([tariffs(economy, "R0"), tariffs(economy, "R0")])
    with pytest.raises(InputError, match="R2: has no instrument"):
        nash(economy, ["R1", "R2"], tariffs(economy, "R1"))
    with pytest.raises(InputError, match="two or more"):
        nash(economy, ["R1"])
