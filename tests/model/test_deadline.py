"""A limit on time: none unless it is set, looked at by every evaluation, never taken for want of an equilibrium."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from economies import random_economy
from reciprocity.errors import OutOfTime, SolveError
from reciprocity.model import solve
from reciprocity.model.batch import solve_many
from reciprocity.model.deadline import at_most, check_time
from reciprocity.model.shock import Shock
from reciprocity.negotiation.answers import answer_frontier


def ticking():
    """A clock that moves a second each time it is looked at."""
    seconds = count()
    return lambda: float(next(seconds))


@pytest.fixture
def shocked():
    economy = random_economy(3)
    return economy, np.where(economy.tariff >= 0, 0.3, 0.0) * (1 - np.eye(len(economy.regions)))[:, :, None]


def evaluations(economy, tariff, **named) -> int:
    return solve(economy, tariff=tariff, **named).certificate.evaluations


@pytest.mark.parametrize("mobility", [np.inf, 0.0])
def test_a_solve_that_looks_at_the_clock_too_often_is_given_up(shocked, mobility):
    economy, tariff = shocked
    needed = evaluations(economy, tariff, mobility=mobility)
    with at_most(needed + 50, clock=ticking()):
        assert evaluations(economy, tariff, mobility=mobility) == needed
    with pytest.raises(OutOfTime, match="no answer in 3 seconds"), at_most(3, clock=ticking()):
        solve(economy, tariff=tariff, mobility=mobility)


def test_without_a_limit_nothing_looks_at_a_clock(shocked):
    economy, tariff = shocked
    with pytest.raises(OutOfTime), at_most(3, clock=ticking()):
        solve(economy, tariff=tariff)
    solve(economy, tariff=tariff)
    check_time()


@pytest.mark.parametrize(("outer", "inner"), [(3, 1000), (1000, 3)])
def test_of_two_limits_the_first_to_end_counts(shocked, outer, inner):
    economy, tariff = shocked
    clock = ticking()
    with (
        at_most(outer, clock=clock),
        at_most(inner, clock=clock),
        pytest.raises(OutOfTime, match="in 3 seconds"),
    ):
        solve(economy, tariff=tariff)


def test_a_batch_is_given_up_whole(shocked):
    economy, tariff = shocked
    with pytest.raises(OutOfTime), at_most(20, clock=ticking()):
        solve_many(economy, [Shock(tariff=tariff)] * 40)


def test_a_search_does_not_take_it_for_a_place_without_equilibrium():
    assert not issubclass(OutOfTime, SolveError)
    with pytest.raises(OutOfTime), at_most(60, clock=ticking()):
        answer_frontier("metals_for_energy")
