"""Public replication data of tariff wars without input-output linkages: known welfare numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize

from reciprocity import Economy, solve
from reciprocity.model import Outcome, gradient

pytestmark = pytest.mark.shared


def read(path: Path) -> dict[str, np.ndarray]:
    with np.load(path, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def without_inputs(data: dict[str, np.ndarray], theta: np.ndarray | float) -> tuple[Economy, list[str]]:
    """Balanced shares (exporter first in the data) and factor income as an economy with labour only."""
    countries = [str(name) for name in data["countries"]]
    n = len(countries)
    share, tariff = (data[name].reshape(n, n, -1).transpose(1, 0, 2) for name in ("lam_bal", "tariff"))
    j = share.shape[2]
    economy = Economy.from_shares(
        trade_share=share,
        tariff=tariff,
        input_share=np.zeros((n, j, j)),
        value_added_share=np.ones((n, j)),
        consumption_share=data.get("e_bal", np.ones((n, 1))),
        value_added=data["R_bal"],
        trade_elasticity=theta,
        regions=countries,
    )
    return economy, countries


def test_liberation_day_tariffs_on_81_countries(shared: Path) -> None:
    """USA +0.2136, CAN -0.3968, MEX -0.8801 per cent. Taiwan's entry is the mean of its factual rates: no change."""
    data = read(shared / "against" / "icio28" / "inputs.npz")
    economy, countries = without_inputs(data, data["sigma_IS"] - 1.0)
    usa = countries.index("USA")
    tariff = economy.tariff.copy()
    tariff[usa] = data["t_liberation_us"][:, None]
    for country in ("USA", "TWN"):
        tariff[usa, countries.index(country)] = economy.tariff[usa, countries.index(country)]
    e = solve(economy, tariff=tariff)
    assert e.certificate.convention == "exact base"
    per_cent = 100.0 * (e.welfare_hat[[countries.index(name) for name in ("USA", "CAN", "MEX")]] - 1.0)
    np.testing.assert_allclose(per_cent, [0.2136, -0.3968, -0.8801], atol=5e-5)


def test_the_best_tariffs_of_china_found_by_our_gradient(shared: Path) -> None:
    """Free by partner above exp(-1) - 1, the others factual: China +1.08087373, Canada -0.24577595 per cent."""
    data = read(shared / "against" / "armington36" / "inputs.npz")
    economy, countries = without_inputs(data, float(data["sigma"]) - 1.0)
    china, n = countries.index("CHN"), len(countries)
    partners = [k for k in range(n) if k != china]
    outcome = Outcome(welfare=np.eye(n)[china])

    def at(log_rate: np.ndarray):
        tariff = economy.tariff.copy()
        tariff[china, partners, 0] = np.expm1(log_rate)
        return solve(economy, tariff=tariff)

    def loss(log_rate: np.ndarray) -> tuple[float, np.ndarray]:
        e = at(log_rate)
        slope = gradient(e, outcome).tariff[china, partners, 0] * np.exp(log_rate)
        return -float(np.log(e.welfare_hat[china])), -slope

    start = np.full(n - 1, np.log(1.5))
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=[(-1.0, None)] * (n - 1), options={"ftol": 1e-14, "gtol": 1e-9}
    )
    e = at(found.x)
    per_cent = 100.0 * (e.welfare_hat[[china, countries.index("CAN")]] - 1.0)
    assert per_cent[0] == pytest.approx(1.08087373, abs=1e-8)
    assert per_cent[1] == pytest.approx(-0.24577595, abs=1e-5)  # flat in the optimum of another
