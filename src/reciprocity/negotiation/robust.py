"""Deals under doubt: over draws of elasticities, compliance and retaliation, who still gains, and the least regret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from reciprocity.deal import Deal, apply
from reciprocity.economy import elasticity_names
from reciprocity.economy.economy import Array
from reciprocity.economy.horizons import horizon
from reciprocity.errors import Fault, InputError
from reciprocity.model.solver import solve
from reciprocity.negotiation.answers import settle
from reciprocity.negotiation.bargain import RULES, Rule
from reciprocity.negotiation.blocks import deal_block, heading, reproduce
from reciprocity.negotiation.frontier import frontier
from reciprocity.negotiation.logs import flat, shock_of
from reciprocity.negotiation.sitting import sit
from reciprocity.negotiation.table import Table, find_table
from reciprocity.scenario import Standing, shock_under, stand

LEAST_COMPLIANCE = 0.5
"""Each side carries out between this part of what it signed and all of it, drawn evenly: an assumption, told."""
RETALIATION = 0.5
"""Probability that the side that carries out more answers in kind, and does no more than the other: an assumption."""
QUANTILES = (("p05", 0.05), ("p50", 0.5), ("p95", 0.95))
Progress = Callable[[int, int], None]


def answer_robust(
    table: str | Path, *, draws: int = 100, seed: int = 1, threat: str = "", progress: Progress | None = None
) -> dict[str, Any]:
    """Candidate deals over draws: the probability that each side gains, and the deal with the least regret.

    Candidates are the three rules' deals and three points of the frontier. Each draw takes a published set of
    elasticities, and for each side the part of its clauses it carries out. Regret is the joint gain in money that the
    best candidate of the draw would have brought, less this one's.

    Args:
        table: a table's file, or the name of one that ships.
        draws: how many.
        seed: of the draws.
        threat: what the candidates were struck over; gains are against the law of each draw.
        progress: told of how many draws are done.
    """
    if draws < 2:
        raise InputError(Fault("draws", f"is {draws}", "allowed: 2 or more"))
    read, path = find_table(table)
    deals = _candidates(read, threat)
    worlds = {name: stand(read.on, read.known, name, read.horizon) for name in elasticity_names()}
    pieces = {name: [_pieces(one, read, deal) for deal in deals.values()] for name, one in worlds.items()}
    draw = np.random.default_rng(seed)
    names, gains = list(worlds), np.zeros((draws, len(deals), 2))
    drawn = []
    for k in range(draws):
        name, kept = names[draw.integers(len(names))], draw.uniform(LEAST_COMPLIANCE, 1.0, 2)
        if draw.uniform() < RETALIATION:
            kept = np.full(2, kept.min())
        drawn.append(name)
        for d, piece in enumerate(pieces[name]):
            gains[k, d] = _gain(worlds[name], read, piece, kept)
        if progress:
            progress(k + 1, draws)
    joint = gains.sum(axis=2)
    regret = joint.max(axis=1, keepdims=True) - joint
    rows = [
        {
            "deal": name,
            "probability_gains": {code: float((gains[:, d, s] > 0).mean()) for s, code in enumerate(read.sides)},
            "probability_both_gain": float((gains[:, d] > 0).all(axis=1).mean()),
            "gain_musd": {
                code: {name: float(np.quantile(gains[:, d, s], part)) for name, part in QUANTILES}
                for s, code in enumerate(read.sides)
            },
            "largest_regret_musd": float(regret[:, d].max()),
            "mean_regret_musd": float(regret[:, d].mean()),
        }
        for d, name in enumerate(deals)
    ]  # fmt: skip
    least = min(rows, key=lambda row: row["largest_regret_musd"])["deal"]
    return {
        **heading(read, sit(read)),
        "draws": draws,
        "seed": seed,
        "drawn": {
            "elasticities": {name: drawn.count(name) for name in names},
            "compliance": f"each side carries out {LEAST_COMPLIANCE:.0%} to 100% of its clauses, drawn evenly: assumed",
            "retaliation": f"with probability {RETALIATION:.0%} the better side does no more than the other: assumed",
        },
        "candidates": rows,
        "least_regret": least,
        "deal": deal_block(deals[least]),
        "reproduce": reproduce("robust", path, f"--draws {draws} --seed {seed}", answer_robust,
                               f"draws={draws}, seed={seed}"),
    }  # fmt: skip


def _candidates(table: Table, threat: str) -> dict[str, Deal]:
    deals = {rule: settle(table, threat=threat, rule=rule).deal for rule in _rules()}
    settled = settle(table, threat=threat)
    if settled.acceptable:
        line = frontier(settled.sitting.explorer(), settled.threat.values, points=3)
        ends = (f"best for {table.sides[0]}", "middle of the frontier", f"best for {table.sides[1]}")
        deals |= {name: settled.sitting.deal(spot.x) for name, spot in zip(ends, line.spots, strict=True)}
    return deals


def _rules() -> tuple[Rule, ...]:
    return RULES  # type: ignore[return-value]


def _pieces(standing: Standing, table: Table, deal: Deal) -> Array:
    """What each side's clauses change, in logarithms of cost and in money, against the law (side, number)."""
    law = flat(standing.economy, standing.equilibrium.shock)
    rows = []
    for side in table.sides:
        mine = deal.only({clause.id for clause in deal.clauses if clause.giver == side})
        rates = standing.rates_under(apply(mine, standing.regime))
        rows.append(flat(standing.economy, shock_under(standing.economy, rates.rows, mine.in_force(table.on))) - law)
    return np.array(rows)


def _gain(standing: Standing, table: Table, pieces: Array, kept: Array) -> Array:
    """Each side's real income, million USD a year over the law, where each carries out part of its clauses (side)."""
    economy, law = standing.economy, standing.equilibrium
    at = flat(economy, law.shock) + kept @ pieces
    shock = shock_of(economy, at)
    world = solve(
        economy, tariff=shock.tariff, iceberg_hat=shock.iceberg_hat, export_tax=shock.export_tax,
        deficit=shock.deficit, mobility=horizon(standing.horizon).mobility, start=law,
    )  # fmt: skip
    where = economy.positions(table.sides)
    return (world.welfare_hat - law.welfare_hat)[where] * law.base_income[where]
