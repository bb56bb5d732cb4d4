"""Weights, stages, formulas and doubt: each held by what it claims."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reciprocity import InputError
from reciprocity.negotiation import Explorer, side
from reciprocity.negotiation.formula import answer_formula, duties_by_formula
from reciprocity.negotiation.robust import answer_robust
from reciprocity.negotiation.sequence import answer_sequence
from reciprocity.negotiation.sitting import sit
from reciprocity.negotiation.table import find_table
from reciprocity.negotiation.weights import revealed_weights

TABLE = "metals_for_energy"


def test_under_the_inferred_weights_the_duties_in_force_are_a_best_choice() -> None:
    """The slope of the weighted objective by each duty that is explained is zero, and weights are not negative."""
    sitting = sit(find_table(TABLE)[0])
    found = revealed_weights(sitting, "USA")
    assert found.weights.min() >= 0
    assert "ALUM" in found.sectors
    assert found.unexplained < 0.01
    economy = sitting.standing.economy
    plain = side(economy, "USA")
    weighted = side(economy, "USA", earnings=dict(zip(found.sectors, found.weights, strict=True)), inferred=True)
    walk = Explorer(sitting.explorer().agenda, (plain, weighted))
    k = sitting.instruments.position("aluminum")
    spot = walk.spot(walk.agenda.at_law())
    slopes = walk.slopes(spot)[:, k]
    assert abs(slopes[1]) < 0.3 * abs(slopes[0])
    assert replace(plain, inferred=True).inferred


def test_every_stage_leaves_both_sides_willing_and_is_held_against_the_last() -> None:
    answer = answer_sequence(TABLE)
    for stage in answer["stages"]:
        if stage["acceptable"]:
            assert min(one["surplus"] for one in stage["sides"].values()) > -1e-9
    for code, whole in answer["sides"].items():
        parts = sum(s["sides"][code]["surplus_musd"] for s in answer["stages"] if s["acceptable"])
        assert parts == pytest.approx(whole["surplus_musd"], rel=1e-6)


@pytest.mark.parametrize("family", ["cap", "linear", "swiss"])
def test_a_solved_formula_splits_the_gain_as_asked(family: str) -> None:
    answer = answer_formula(TABLE, family, split=0.55)
    assert answer["status"] == "solved"
    musd = {code: one["surplus_musd"] for code, one in answer["sides"].items()}
    assert musd["CAN"] == pytest.approx(0.55 * sum(musd.values()), rel=1e-6)


def test_formulas_are_what_they_are_called() -> None:
    law = np.array([0.0, 0.1, 0.5])
    np.testing.assert_allclose(duties_by_formula("cap", 0.15, law), [0.0, 0.1, 0.15])
    np.testing.assert_allclose(duties_by_formula("linear", 0.5, law), [0.0, 0.05, 0.25])
    np.testing.assert_allclose(duties_by_formula("swiss", 0.25, law), [0.0, 0.025 / 0.35, 0.125 / 0.75])
    with pytest.raises(InputError, match="Did you mean 'swiss'"):
        answer_formula(TABLE, "swis")


def test_probabilities_and_regret() -> None:
    answer = answer_robust(TABLE, draws=4, seed=3)
    assert sum(answer["drawn"]["elasticities"].values()) == 4
    regrets = {one["deal"]: one["largest_regret_musd"] for one in answer["candidates"]}
    assert answer["least_regret"] == min(regrets, key=regrets.__getitem__)
    assert all(0 <= p <= 1 for one in answer["candidates"] for p in one["probability_gains"].values())
    assert min(one["mean_regret_musd"] for one in answer["candidates"]) >= 0
