"""Small economies for the laws: random, asymmetric, exact equilibria of the model."""

from __future__ import annotations

import numpy as np

from reciprocity.economy.economy import Economy


def random_economy(seed: int, regions: int = 4, sectors: int = 3, *, deficits: bool = True) -> Economy:
    """A random world with different sizes, tastes, tariffs and (asked for) deficits whose accounts close exactly.

    Trade shares, technology and tariffs are drawn; spending, value added and deficits follow from the accounts.
    """
    draw = np.random.default_rng(seed)
    n, j = regions, sectors
    weight = draw.lognormal(0.0, 1.0, (n, n, j)) + 6.0 * np.eye(n)[:, :, None]
    share = weight / weight.sum(axis=1, keepdims=True)
    tariff = draw.uniform(0.0, 0.3, (n, n, j)) * (1.0 - np.eye(n))[:, :, None]
    value_added_share = draw.uniform(0.3, 0.7, (n, j))
    inputs = draw.dirichlet(np.ones(j), (n, j)).transpose(0, 2, 1)
    input_share = inputs * (1.0 - value_added_share)[:, None, :]
    consumption = draw.dirichlet(2.0 * np.ones(j), n)
    net = share / (1.0 + tariff)
    spending, wages, deficit = _balance(net, input_share, value_added_share, consumption, draw, deficits=deficits)
    return Economy(
        regions=tuple(f"R{k}" for k in range(n)),
        sectors=tuple(f"S{k}" for k in range(j)),
        trade_share=share,
        tariff=tariff,
        input_share=input_share,
        value_added_share=value_added_share,
        consumption_share=consumption,
        value_added=wages,
        trade_elasticity=draw.uniform(1.5, 9.0, j),
        deficit=deficit,
        expenditure=spending,
        unit="coins",
        source=f"random, seed {seed}",
    )


def _balance(net, input_share, value_added_share, consumption, draw, *, deficits):
    """X and wL that solve X = Gamma Y + alpha (wL + R + D), wL = beta Y, with deficits proportional to wL."""
    n, j = consumption.shape
    rate = draw.uniform(-0.1, 0.1, n) if deficits else np.zeros(n)
    size = n * j
    identity = np.eye(size)
    sold = np.zeros((n, j, n, j))
    for sector in range(j):
        sold[:, sector, :, sector] = net[:, :, sector].T
    sold = sold.reshape(size, size)  # Y = sold X
    inputs = np.zeros((n, j, n, j))
    earn, spend, revenue = np.zeros((n, n, j)), np.zeros((n, j, n)), np.zeros((n, n, j))
    for c in range(n):
        inputs[c, :, c, :] = input_share[c]
        earn[c, c] = value_added_share[c]
        spend[c, :, c] = consumption[c]
        revenue[c, c] = 1.0 - net[c].sum(axis=0)
    inputs, earn = inputs.reshape(size, size), earn.reshape(n, size)
    spend, revenue = spend.reshape(size, n), revenue.reshape(n, size)
    spent = np.linalg.solve(identity - inputs @ sold - spend @ revenue, spend)  # X by income net of revenue
    wages = draw.lognormal(3.0, 1.0, n)
    for _ in range(5000):
        new = earn @ sold @ spent @ (wages * (1.0 + rate - rate @ wages / wages.sum()))
        new *= 100.0 / new.sum()
        moved = np.abs(new / wages - 1.0).max()
        wages = new
        if moved < 1e-15:
            break
    deficit = wages * (rate - rate @ wages / wages.sum())
    return (spent @ (wages + deficit)).reshape(n, j), wages, deficit
