"""A batch is the loop it replaces: same answers, same order, failures as values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from economies import random_economy
from reciprocity.model import Case, Failed, Shock, Solved, probe_uniqueness, solve, solve_many


def shocks(economy, count: int) -> list[Shock]:
    n, j = economy.shape
    draw = np.random.default_rng(3)
    abroad = (1 - np.eye(n))[:, :, None]
    return [Shock(tariff=draw.uniform(0, 0.6, (n, n, j)) * abroad) for _ in range(count)]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_batch_is_its_single_solves_in_order(processes: int) -> None:
    economy = random_economy(0, 5, 4)
    seen: list[tuple[int, int]] = []
    batch = shocks(economy, 9)
    answers = solve_many(economy, batch, processes=processes, progress=lambda *at: seen.append(at), tolerance=1e-12)
    assert seen[-1] == (9, 9)
    for number, (answer, shock) in enumerate(zip(answers, batch, strict=True)):
        assert isinstance(answer, Solved)
        assert answer.number == number
        single = solve(economy, tariff=shock.tariff, tolerance=1e-12)
        np.testing.assert_allclose(answer.welfare_hat, single.welfare_hat, rtol=1e-10)
        np.testing.assert_allclose(answer.output, single.output, rtol=1e-10)


def test_a_member_that_fails_fails_alone_and_is_told() -> None:
    economy = random_economy(1, 5, 4)
    batch = shocks(economy, 4)
    closed = np.full((5, 5, 4), np.inf)
    closed[range(5), range(5)] = 1.0
    batch[1] = Shock(iceberg_hat=closed)  # autarky, yet with deficits to run
    batch[2] = Shock(tariff=np.zeros((2, 2)))
    answers = solve_many(economy, batch)
    assert [type(answer).__name__ for answer in answers] == ["Solved", "Failed", "Failed", "Solved"]
    assert isinstance(answers[1], Failed)
    assert answers[1].kind == "InfeasibleDeficits"
    assert isinstance(answers[2], Failed)
    assert answers[2].kind == "InputError"
    assert "shape" in answers[2].message


@pytest.mark.parametrize("exact", [True, False])
def test_draws_of_elasticities_are_economies_of_their_own(exact: bool) -> None:
    economy = random_economy(2, 5, 4)
    if not exact:
        economy = replace(economy, value_added=economy.value_added * np.linspace(0.9, 1.1, 5))
    draw = np.random.default_rng(0)
    cases = [Case(shock, draw.uniform(2, 8, 4)) for shock in shocks(economy, 4)]
    for answer, case in zip(solve_many(economy, cases, tolerance=1e-12), cases, strict=True):
        assert isinstance(answer, Solved)
        alone = replace(economy, trade_elasticity=case.trade_elasticity)
        single = solve(alone, tariff=case.shock.tariff, tolerance=1e-12)
        np.testing.assert_allclose(answer.welfare_hat, single.welfare_hat, rtol=1e-10)


def test_many_starts_arrive_at_one_place() -> None:
    economy = random_economy(4)
    probe = probe_uniqueness(solve(economy, tariff=shocks(economy, 1)[0].tariff), starts=6)
    assert probe.arrived == 6
    assert probe.unique_as_far_as_seen
    assert probe.furthest < 1e-8
