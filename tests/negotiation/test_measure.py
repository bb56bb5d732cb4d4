"""The variables a search moves in, and when it says that it stopped short."""

from __future__ import annotations

import numpy as np
import pytest

from economies import random_economy
from reciprocity.model.krylov import gmres
from reciprocity.model.shock import Shock
from reciprocity.negotiation import Explorer, agenda, bargain, joined, side, tariffs
from reciprocity.negotiation.bargain import RULES, one_side, starting_points
from reciprocity.negotiation.frontier import exchange_along
from reciprocity.negotiation.programme import Programme, look, solve_programme
from reciprocity.negotiation.signed import signed_frontier
from reciprocity.negotiation.sitting import sit
from reciprocity.negotiation.table import find_table


def duties_between_two(seed: int) -> Explorer:
    """Two countries, each with a duty on every good of the other on the table."""
    economy = random_economy(seed)
    parts = [tariffs(economy, one, exporters=[other], high=0.6) for one, other in (("R0", "R1"), ("R1", "R0"))]
    return Explorer(agenda(economy, joined(parts)), (side(economy, "R0"), side(economy, "R1")))


@pytest.fixture(scope="module")
def shipped() -> Explorer:
    return sit(find_table("metals_for_energy")[0]).explorer()


def test_the_measure_goes_back_to_the_instruments_and_stretches_as_it_says(shipped: Explorer) -> None:
    for explorer in (duties_between_two(0), shipped):
        on, held = explorer.agenda.instruments, explorer.agenda
        for part in (0.0, 0.1, 0.5, 1.0):
            x = on.low + part * (on.high - on.low)
            np.testing.assert_allclose(held.unmeasured(held.measured(x)), x, atol=1e-9)
        x = 0.4 * on.low + 0.6 * on.high
        step = 1e-5 * (on.high - on.low)
        rise = (held.measured(x + step) - held.measured(x - step)) / (2 * step)
        np.testing.assert_allclose(held.stretch(x), rise, rtol=1e-6)
        assert np.all(held.measured(on.high) > held.measured(on.low))


def test_slopes_are_by_the_measure(shipped: Explorer) -> None:
    on, held = shipped.agenda.instruments, shipped.agenda
    here = look(shipped, 0.55 * on.low + 0.45 * on.high)
    for k in range(len(on)):
        step = np.zeros(len(on))
        step[k] = 1e-4 * (held.measured(on.high) - held.measured(on.low))[k]
        up, down = (look(shipped, held.unmeasured(here.z + sign * step)).rows for sign in (1.0, -1.0))
        np.testing.assert_allclose((up - down) / (2 * step[k]), here.slopes[:, k], rtol=2e-3, atol=1e-6)


def test_clauses_that_a_branch_holds_still_push_on_no_condition(shipped: Explorer) -> None:
    """The frontier of a table with clauses that are signed or not ends where first-order conditions hold."""
    assert shipped.agenda.instruments.whole.any()
    found = signed_frontier(shipped, shipped.law().values, points=7)
    assert found.certificate.holds, found.certificate.stopped_short
    assert found.certificate.slope < 5e-4


def test_a_search_between_closer_bounds_is_counted_and_what_it_learned_is_kept() -> None:
    explorer = duties_between_two(0)
    on = explorer.agenda.instruments
    walk = explorer.between(on.low, on.high)
    solve_programme(walk, on.high, Programme(one_side(0, 2), np.full(2, -np.inf)))
    learned = walk.bends(2).copy()
    explorer.learn_of(walk)
    assert explorer.solves == walk.solves > 0
    np.testing.assert_array_equal(explorer.bends(2), learned)


@pytest.mark.parametrize("size", [1, 3, 40])
def test_a_linear_solve_ends_where_it_says(size: int) -> None:
    draw = np.random.default_rng(size)
    matrix, target = np.eye(size) + 0.3 * draw.normal(size=(size, size)) / np.sqrt(size), draw.normal(size=size)
    found, left = gmres(lambda v: matrix @ v, lambda v: v, target, tolerance=1e-10)
    assert left <= 1e-10
    assert np.linalg.norm(target - matrix @ found) / np.linalg.norm(target) == pytest.approx(left, abs=1e-13)


def test_a_linear_solve_that_has_no_answer_says_how_much_is_left() -> None:
    matrix = np.diag([1.0, 2.0, 0.0])
    _, left = gmres(lambda v: matrix @ v, lambda v: v, np.ones(3), tolerance=1e-10)
    assert left == pytest.approx(1 / np.sqrt(3))
    assert gmres(lambda v: 0.0 * v, lambda v: v, np.ones(3), tolerance=1e-10)[1] == 1.0


@pytest.mark.parametrize("rule", RULES)
def test_what_each_side_gets_does_not_hang_on_where_the_search_began(shipped: Explorer, rule: str) -> None:
    """The goal is flat at its top and the sides' gains are not: they are settled to a thousandth of what is written."""
    on, draw = shipped.agenda.instruments, np.random.default_rng(3)
    first = starting_points(shipped)
    gains = []
    for starts in (first, first[::-1], [on.low + draw.uniform(0.2, 0.8, len(on)) * (on.high - on.low)]):
        found = bargain(Explorer(shipped.agenda, shipped.sides), shipped.law().values, rule=rule, starts=starts)
        gains.append(found.surplus)
    assert np.ptp(gains, axis=0).max() < 1e-8


def test_the_rate_of_exchange_is_told_where_points_of_a_frontier_coincide() -> None:
    straight = np.array([[3.0, 1.0], [2.0, 2.0], [2.0, 2.0 + 1e-16], [2.0, 2.0 + 4e-16], [1.0, 3.0]])
    np.testing.assert_allclose(exchange_along(straight), 1.0)
    np.testing.assert_array_equal(exchange_along(np.ones((3, 2))), 0.0)
    np.testing.assert_array_equal(exchange_along(np.zeros((0, 2))), np.zeros(0))


def test_a_ceiling_that_nothing_on_the_table_moves_changes_no_bargain() -> None:
    """With one good its price over consumer prices is always one: a ceiling on that binds and is moved by nothing."""
    economy = random_economy(5, sectors=1)
    law = economy.tariff.copy()
    law[0, 1] = law[1, 0] = 0.5
    table = joined([tariffs(economy, one, exporters=[other]) for one, other in (("R0", "R1"), ("R1", "R0"))])
    held = agenda(economy, table, law=Shock(tariff=law))
    found = []
    for ceilings in ({}, {"S0": 1.0}):
        walk = Explorer(held, (side(economy, "R0", ceilings=ceilings), side(economy, "R1")))
        found.append(bargain(walk, walk.law().values))
    assert found[1].certificate.holds
    np.testing.assert_allclose(found[1].surplus, found[0].surplus, atol=1e-8)
    assert found[1].surplus.min() > 1e-3
