"""Clause values: they add up, no order is preferred, and a dummy gets nothing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from reciprocity import flow
from reciprocity.deal.cases import find_deal
from reciprocity.negotiation.attribution import attribute, shapley
from reciprocity.scenario import stand

DAY = date(2025, 10, 8)


@pytest.fixture(scope="module")
def standing():
    return stand(DAY, None, flow.elasticities(None).name, "long")


@pytest.mark.parametrize("name", ["metals_for_energy", "cusma_as_written", "cusma_lapses"])
def test_clause_values_sum_to_the_total_of_value(standing, name: str) -> None:
    deal, _ = find_deal(name)
    found = attribute(standing, deal, DAY)
    outcome = flow.value(deal, on=DAY, horizons=("long",)).outcome
    for code in deal.sides:
        k = found.countries.index(code)
        whole = outcome.country(code)
        assert found.change[:, k].sum() == pytest.approx(whole.real_income_change, abs=1e-12)
        assert found.musd[:, k].sum() == pytest.approx(whole.real_income_musd, abs=1e-5)
    np.testing.assert_allclose(found.change.sum(axis=0), found.total, atol=1e-12)


def test_the_order_of_clauses_does_not_matter(standing) -> None:
    deal, _ = find_deal("metals_for_energy")
    turned = deal.model_copy(update={"clauses": tuple(reversed(deal.clauses))})
    one, other = attribute(standing, deal, DAY), attribute(standing, turned, DAY)
    for code in deal.sides:
        mine, theirs = one.of(code), other.of(code)
        assert all(mine[clause] == pytest.approx(theirs[clause], abs=1e-12) for clause in mine)


def test_the_path_adds_up_and_is_near_every_subset(standing) -> None:
    deal, _ = find_deal("metals_for_energy")
    exact = attribute(standing, deal, DAY)
    path = attribute(standing, deal, DAY, most_exact=0)
    assert path.method == "aumann-shapley"
    np.testing.assert_allclose(path.change.sum(axis=0), exact.total, atol=1e-12)
    for code in deal.sides:
        for clause, worth in exact.of(code).items():
            assert path.of(code)[clause] == pytest.approx(worth, abs=2e-6)


def test_shapleys_axioms() -> None:
    """Efficiency, symmetry, the dummy and additivity, on a game with known answers: three players, gloves."""
    players = range(3)  # one left glove, two right ones; a pair is worth one
    worth = np.array([float(s & 1 and (s & 2 or s & 4) and 1) for s in range(8)])
    value = shapley(worth)
    np.testing.assert_allclose(value, [2 / 3, 1 / 6, 1 / 6])
    draw = np.random.default_rng(3)
    game, other = draw.normal(size=16), draw.normal(size=16)
    game[0] = other[0] = 0.0
    assert shapley(game).sum() == pytest.approx(game[-1])
    np.testing.assert_allclose(shapley(game + other), shapley(game) + shapley(other))
    dummy = np.concatenate([game, game])  # a fifth player who changes nothing
    np.testing.assert_allclose(shapley(dummy), [*shapley(game), 0.0], atol=1e-15)
    assert len(value) == len(players)
