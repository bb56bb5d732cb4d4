"""The bargain and the frontier: what theory says of them."""

from __future__ import annotations

import numpy as np
import pytest

from economies import random_economy
from reciprocity import InputError
from reciprocity.model.shock import Shock
from reciprocity.negotiation import (
    Explorer,
    agenda,
    bargain,
    frontier,
    joined,
    nash,
    side,
    tariffs,
)
from reciprocity.negotiation.bargain import RULES, signed_bargain
from reciprocity.negotiation.instruments import package, transfer


def two_sides(seed: int, *, income: float = 1.0, givers: tuple[str, ...] = ("R0", "R1"), high: float = 0.6) -> Explorer:
    """Two countries with high duties on each other, both able to lower them."""
    economy = random_economy(seed)
    tariff = economy.tariff.copy()
    tariff[0, 1] = tariff[1, 0] = 0.5
    partner = {"R0": "R1", "R1": "R0"}
    table = joined([tariffs(economy, one, exporters=[partner[one]], high=high) for one in givers])
    sides = side(economy, "R0", income=income), side(economy, "R1")
    return Explorer(agenda(economy, table, law=Shock(tariff=tariff)), sides)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", range(2))
def test_no_side_falls_below_its_threat_point(seed: int, rule: str) -> None:
    explorer = two_sides(seed)
    found = bargain(explorer, explorer.law().values, rule=rule)
    assert found.acceptable
    assert found.surplus.min() > -1e-9
    assert found.certificate.holds, found.certificate


@pytest.mark.parametrize("seed", range(2))
def test_each_rule_is_best_at_what_it_maximises(seed: int) -> None:
    explorer = two_sides(seed)
    threat = explorer.law().values
    equal = bargain(explorer, threat, rule="egalitarian").surplus
    shared = bargain(explorer, threat, rule="kalai-smorodinsky")
    product = bargain(explorer, threat, rule="nash").surplus
    assert equal.min() >= max(shared.surplus.min(), product.min()) - 1e-8
    share = shared.surplus / shared.ideal
    assert share.min() >= max((equal / shared.ideal).min(), (product / shared.ideal).min()) - 1e-6
    assert product.prod() >= max(equal.prod(), shared.surplus.prod()) * (1 - 1e-5)
    power = bargain(explorer, threat, rule="nash", power=[0.8, 0.2]).surplus
    assert power[0] > bargain(explorer, threat, rule="nash", power=[0.2, 0.8]).surplus[0] - 1e-9


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("factor", [0.01, 7.0, 1000.0])
def test_a_bargain_is_invariant_to_affine_changes_of_a_sides_objective(seed: int, factor: float) -> None:
    for rule in ("nash", "kalai-smorodinsky"):
        plain, scaled = two_sides(seed), two_sides(seed, income=factor)
        one = bargain(plain, plain.law().values, rule=rule)
        other = bargain(scaled, scaled.law().values, rule=rule)
        np.testing.assert_allclose(other.surplus, one.surplus * [factor, 1.0], rtol=1e-9)
        np.testing.assert_allclose(other.spot.x, one.spot.x, atol=1e-6)


@pytest.mark.parametrize("seed", range(2))
def test_equal_gains_are_equal_on_the_scale_the_objectives_came_in(seed: int) -> None:
    scaled = two_sides(seed, income=7.0)
    threat = scaled.law().values
    equal, product = (bargain(scaled, threat, rule=rule).surplus for rule in ("egalitarian", "nash"))
    assert equal.min() >= product.min() * (1 - 1e-9)


@pytest.mark.parametrize("seed", range(2))
def test_frontier_points_are_undominated_and_their_gradients_collinear(seed: int) -> None:
    explorer = two_sides(seed)
    found = frontier(explorer, explorer.law().values, points=7)
    assert found.certificate.holds
    assert np.all(np.diff(found.surplus[:, 0]) <= 1e-8)
    assert np.all(np.diff(found.surplus[:, 1]) >= -1e-8)
    draw = np.random.default_rng(seed)
    on, values = explorer.agenda.instruments, np.array([spot.values for spot in found.spots])
    for _ in range(150):
        other = explorer.spot(draw.uniform(on.low, on.high)).values
        dominated = (values < other - 1e-7).all(axis=1)
        assert not dominated.any()
    inner = found.spots[3]
    free = (inner.x > on.low + 1e-4) & (inner.x < on.high - 1e-4)
    slopes = (explorer.slopes(inner) / explorer.agenda.scale)[:, free]
    if free.sum() > 1:
        cosine = slopes[0] @ slopes[1] / np.linalg.norm(slopes[0]) / np.linalg.norm(slopes[1])
        assert cosine == pytest.approx(-1.0, abs=1e-3)


@pytest.mark.parametrize("seed", range(2))
def test_a_side_without_instruments_gets_its_threat_point(seed: int) -> None:
    """Where one side alone can move and already does what serves it best, the other has nothing to offer."""
    explorer = two_sides(seed, givers=("R1",), high=3.0)
    economy = explorer.agenda.prepared.economy
    alone = nash_of_one(explorer)
    found = bargain(explorer, alone)
    assert not found.acceptable
    np.testing.assert_allclose(found.surplus, 0.0, atol=1e-6)
    assert economy.regions[0] == "R0"


def nash_of_one(explorer: Explorer) -> np.ndarray:
    from reciprocity.negotiation.best_reply import reply_from

    every = np.ones(len(explorer.agenda.instruments), dtype=bool)
    return reply_from(explorer, 1, explorer.agenda.optimal_guess(), every)[1].values


def test_a_table_with_no_acceptable_deal_says_how_far_apart_the_sides_are() -> None:
    explorer = two_sides(0)
    found = bargain(explorer, explorer.law().values + 0.5)
    assert not found.acceptable
    assert found.apart < -0.3
    assert found.surplus.min() == pytest.approx(found.apart, abs=1e-9)


def test_the_nash_threat_leaves_room_for_a_deal() -> None:
    explorer = two_sides(2, high=3.0)
    economy = explorer.agenda.prepared.economy
    war = nash(economy, explorer.sides, explorer.agenda.instruments, law=explorer.agenda.law)
    found = bargain(explorer, explorer.spot(war.x).values)
    assert found.acceptable
    assert found.surplus.min() > 0


def test_evaluations_are_few() -> None:
    explorer = two_sides(1)
    bargain(explorer, explorer.law().values)
    assert explorer.solves <= 70


def test_what_is_wrong_is_said() -> None:
    explorer = two_sides(0)
    threat = explorer.law().values
    with pytest.raises(InputError, match="'nahs' is not a rule"):
        bargain(explorer, threat, rule="nahs")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="2 numbers above 0"):
        bargain(explorer, threat, power=[1.0])
    with pytest.raises(InputError, match="2 or more"):
        frontier(explorer, threat, points=1)


@pytest.mark.parametrize("seed", [46, 12])
def test_a_clause_signed_or_not_is_turned_over_where_the_best_between_misleads(seed: int) -> None:
    """A side that counts jobs in one trade bends the wrong way: half a package is worse for it than none or all."""
    economy = random_economy(seed, regions=3)
    law = economy.tariff.copy()
    law[0, 1], law[1, 0] = [0.06, 0.22, 0.5], [0.75, 0.07, 0.5]
    table = joined([
        transfer(economy, "R0", "R1", name="money", high=0.02 * float(economy.value_added[0])),
        package(economy, "R1", name="package", law=law, exporters=["R0"], whole=True),
    ])  # fmt: skip
    sides = side(economy, "R0", jobs={"S0": 1.0}, income=0.001), side(economy, "R1", revenue=0.3)
    held = agenda(economy, table, law=Shock(tariff=law))
    walk = Explorer(held, sides)
    threat = walk.law().values
    found = signed_bargain(Explorer(held, sides), threat)
    best = []
    for signed in (0.0, 1.0):
        low, high = held.instruments.low.copy(), held.instruments.high.copy()
        low[1] = high[1] = signed
        one = bargain(walk.between(low, high), threat)
        best.append(one.score if one.acceptable else 0.0)
    assert found.score == pytest.approx(max(best), rel=1e-6, abs=1e-9)
