"""The algorithm most programs use, as CP2015 has it: wages outside, prices and spending inside."""

from __future__ import annotations

import numpy as np

from reciprocity.economy.economy import Array, Economy


def solve_nested(
    economy: Economy, tariff: Array, *, tolerance: float = 1e-6, damping: float = 0.1, most: int = 20_000
) -> tuple[Array, int]:
    """Real income changes and the sweeps they took. Wages move against excess imports until the change is small."""
    pi = economy.trade_share * ((1 + tariff) / (1 + economy.tariff)) ** -economy.trade_elasticity
    gamma, alpha, theta = economy.input_share, economy.consumption_share, economy.trade_elasticity
    wage, sweeps = np.ones(len(economy.regions)), 0
    log_price, X = np.zeros(economy.shape), economy.expenditure.copy()
    for _ in range(most):
        for _ in range(1000):
            log_cost = economy.value_added_share * np.log(wage)[:, None] + np.einsum("ikj,ik->ij", gamma, log_price)
            phi = np.einsum("nij,ij->nj", pi, np.exp(-theta * log_cost))
            new, sweeps = -np.log(phi) / theta, sweeps + 1
            moved = np.abs(new - log_price).max()
            log_price = new
            if moved < tolerance:
                break
        share = pi * np.exp(-theta * log_cost)[None] / phi[:, None]
        net = share / (1 + tariff)
        tariff_part = 1 - net.sum(axis=1)
        for _ in range(1000):
            income = wage * economy.value_added + (tariff_part * X).sum(axis=1) + economy.deficit
            output = np.einsum("nij,nj->ij", net, X)
            new = np.einsum("nkj,nj->nk", gamma, output) + alpha * income[:, None]
            moved, sweeps = np.abs(new - X).max() / new.max(), sweeps + 1
            X = new
            if moved < tolerance:
                break
        flow = (net * X[:, None, :]).sum(axis=2)
        excess = (flow.sum(axis=0) - flow.sum(axis=1) + economy.deficit) / (wage * economy.value_added)
        wage = wage * (1 + damping * excess)
        wage /= (wage @ economy.value_added) / economy.value_added.sum()
        if np.abs(excess).max() < tolerance:
            break
    level = np.exp((alpha * log_price).sum(axis=1))
    income = wage * economy.value_added + (tariff_part * X).sum(axis=1) + economy.deficit
    base = economy.value_added + economy.deficit
    base = base + ((1 - (economy.trade_share / (1 + economy.tariff)).sum(axis=1)) * economy.expenditure).sum(axis=1)
    return income / base / level, sweeps
