"""Under quotas and capacities the gradient is the central difference, premia and all, away from the kinks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from economies import random_economy
from reciprocity.model import Outcome
from reciprocity.model.instruments import (
    Scope,
    SectorCapacity,
    TariffQuota,
    TradeCost,
    policy_gradient,
    solve_policy,
)

T0, T1 = 0.08, 0.35
ROUTES = Scope("R0", ("R1", "R2"), "S1")
FILLED = {"slack": 1.8, "binding": 0.8, "over": 0.25}


def central(value, step: float) -> float:
    return (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step))) / (12 * step)


def outcome_of(economy) -> Outcome:
    draw = np.random.default_rng(3)
    n, j = economy.shape
    size = economy.value_added.sum()
    return Outcome(
        welfare=draw.normal(size=n), price=draw.normal(size=(n, j)), tariff_revenue=draw.normal(size=n) / size
    )


@pytest.mark.parametrize(
    ("exporter_share", "measure"), [(0.0, "volume"), (0.4, "volume"), (0.4, "value"), (1.0, "value")]
)
@pytest.mark.parametrize("state", FILLED)
def test_a_quota_by_everything(state: str, exporter_share: float, measure) -> None:
    economy = random_economy(1)
    outcome = outcome_of(economy)
    quota = TariffQuota(ROUTES, FILLED[state], T0, T1, exporter_share, measure=measure)
    beside = TariffQuota(Scope("R3", "R0", "S2"), 0.7, exporter_share=1.0)  # a second quota, full
    found = solve_policy(economy, [quota, beside])
    assert found.bounds[0].state == state
    g = policy_gradient(found, outcome, tolerance=1e-12)

    def at(first: TariffQuota, **rates) -> float:
        return outcome.value(solve_policy(economy, [first, beside], tolerance=1e-11, **rates).equilibrium)

    base = found.bounds[0].quantity / FILLED[state]
    scale = abs(g.in_quota[0]) + abs(g.over_quota[0]) + abs(g.quantity[0] * base)

    def check(value, exact: float) -> None:
        assert central(value, 1e-3) == pytest.approx(exact, rel=2e-6, abs=1e-7 * scale)

    check(lambda h: at(replace(quota, quantity=quota.quantity + h)), g.quantity[0] * base)
    check(lambda h: at(replace(quota, in_quota=T0 + h)), g.in_quota[0])
    check(lambda h: at(replace(quota, over_quota=T1 + h)), g.over_quota[0])
    if 0.0 < exporter_share < 1.0:
        check(lambda h: at(replace(quota, exporter_share=exporter_share + h)), g.exporter_share[0])
    for route in ((3, 0, 2), (0, 3, 1)):  # on the other quota's route, and beside the first
        step = np.zeros_like(economy.tariff)
        step[route] = 1.0
        check(lambda h, step=step: at(quota, tariff=economy.tariff + h * step), g.tariff[route])
        check(lambda h, step=step: at(quota, iceberg_hat=np.exp(h * step)), g.iceberg[route])
        check(lambda h, step=step: at(quota, export_tax=h * step), g.export_tax[route])


@pytest.mark.parametrize("mobility", [np.inf, 0.5])
def test_a_capacity_by_its_volume_and_by_trade_costs(mobility: float) -> None:
    economy = random_economy(0)
    outcome = outcome_of(economy)
    instruments = [TradeCost(Scope("R2", "R1", "S1"), -0.1), SectorCapacity("R1", "S1", 0.95)]
    found = solve_policy(economy, instruments, mobility=mobility)
    assert found.bounds[0].state == "binding"
    g = policy_gradient(found, outcome, tolerance=1e-12)

    def at(capacity: float, change: float = -0.1) -> float:
        moved = [TradeCost(Scope("R2", "R1", "S1"), change), SectorCapacity("R1", "S1", capacity)]
        return outcome.value(solve_policy(economy, moved, mobility=mobility, tolerance=1e-11).equilibrium)

    base = found.bounds[0].quantity / 0.95
    assert central(lambda h: at(0.95 + h), 1e-3) == pytest.approx(g.quantity[0] * base, rel=2e-6)
    assert central(lambda h: at(0.95, -0.1 + h), 1e-3) == pytest.approx(g.iceberg[2, 1, 1] / 0.9, rel=2e-6)
