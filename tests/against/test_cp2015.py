"""Caliendo and Parro (2015), NAFTA: the authors' published numbers, with every digit their data give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reciprocity import Economy, solve
from reciprocity.model import paper_convention

pytestmark = pytest.mark.shared
MEX_CAN_USA = [19, 4, 29]


@pytest.fixture(scope="module")
def data(shared: Path) -> dict[str, np.ndarray]:
    with np.load(shared / "against" / "cp2015" / "cp2015_model.npz", allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def economy_of(data: dict[str, np.ndarray], *, deficits: bool) -> Economy:
    return Economy.from_shares(
        trade_share=data["pi"],
        tariff=data["tariff_1993"],
        input_share=data["gamma"],
        value_added_share=data["va_share"],
        consumption_share=data["alpha"],
        value_added=data["labour_income_usd"],
        trade_elasticity=data["theta"],
        deficit=data["deficit_usd"] if deficits else None,
        regions=[str(name) for name in data["iso3"]],
        unit="USD",
        year=1993,
    )


def test_nafta_balanced_to_the_last_published_digit(data: dict[str, np.ndarray]) -> None:
    e = solve(economy_of(data, deficits=False), tariff=data["tariff_nafta"])
    per_cent = 100.0 * (e.welfare_hat - 1.0)[MEX_CAN_USA]
    np.testing.assert_allclose(per_cent, [0.0073231605, -0.1101044937, 0.0741462713], atol=1e-8)
    per_cent = 100.0 * (e.real_wage_hat - 1.0)[MEX_CAN_USA]
    np.testing.assert_allclose(per_cent, [1.7153229133, 0.3228290269, 0.1124427521], atol=1e-8)
    first_order = 100.0 * paper_convention(e).total[MEX_CAN_USA]
    np.testing.assert_allclose(first_order, [1.3121136984, -0.0638163143, 0.0847533170], atol=1e-8)
    assert e.certificate.convention == "ratio of two solves"
    assert e.certificate.evaluations <= 15


def test_the_table_given_as_values_is_the_same_economy(data: dict[str, np.ndarray]) -> None:
    economy = Economy.from_arrays(
        regions=[str(name) for name in data["iso3"]],
        sectors=[str(name) for name in data["sectors"]],
        trade=data["trade_usd"],
        tariffs=data["tariff_1993"],
        intermediate=data["intermediate_usd"],
        final=data["final_usd"],
        value_added=data["value_added_usd"],
        theta=data["theta"],
        deficit=np.zeros(31),
        convention="ratio of two solves",
        unit="USD",
    )
    e = solve(economy, tariff=data["tariff_nafta"])
    per_cent = 100.0 * (e.welfare_hat - 1.0)[MEX_CAN_USA]
    np.testing.assert_allclose(per_cent, [0.0073231605, -0.1101044937, 0.0741462713], atol=1e-8)


@pytest.mark.parametrize("deficits", [False, True])
@pytest.mark.parametrize("scenario", ["tariff_nafta", "tariff_world2005", "tariff_world2005_no_nafta"])
def test_hats_are_the_ratio_of_two_solves(data: dict[str, np.ndarray], scenario: str, *, deficits: bool) -> None:
    """The convention of the paper, worked out by hand from levels that no re-based economy has touched."""
    from reciprocity.model.prepare import prepare
    from reciprocity.model.shock import Shock
    from reciprocity.model.solver import solve_prepared

    economy = economy_of(data, deficits=deficits)
    raw = prepare(economy)
    base, new = (solve_prepared(raw, Shock(tariff=data[name]), tolerance=1e-12) for name in ("tariff_1993", scenario))
    e = solve(economy, tariff=data[scenario])
    for name in ("welfare_hat", "real_wage_hat", "wage_hat", "price_hat"):
        np.testing.assert_allclose(getattr(e, name), getattr(new, name) / getattr(base, name), rtol=1e-9)
