"""Deals under doubt: over draws of elasticities, compliance and retaliation, who still gains, and the least regret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote
from typing import Any

import numpy as np

from reciprocity.deal import Deal, apply
from reciprocity.deal.cases import find_deal
from reciprocity.economy import elasticity_names
from reciprocity.economy.economy import Array
from reciprocity.economy.horizons import horizon
from reciprocity.errors import Fault, InputError
from reciprocity.model.solver import solve
from reciprocity.negotiation.answers import settle
from reciprocity.negotiation.bargain import RULES, Rule
from reciprocity.negotiation.blocks import deal_block, heading, reproduce
from reciprocity.negotiation.logs import flat, shock_of
from reciprocity.negotiation.signed import signed_frontier
from reciprocity.negotiation.sitting import sit
from reciprocity.negotiation.table import Table, find_table
from reciprocity.scenario import Standing, stand

LEAST_COMPLIANCE = 0.5
"""Each side carries out between this part of what it signed and all of it, drawn evenly: an assumption, told."""
RETALIATION = 0.5
"""Probability that the side that carries out more answers in kind, and does no more than the other: an assumption."""
NO_DEAL = "no deal"
LEAST_GAIN = 1e-3
"""Million USD a year; less is the solver's last digit, not a gain."""
QUANTILES = (("p05", 0.05), ("p50", 0.5), ("p95", 0.95))
Progress = Callable[[int, int], None]


def answer_robust(
    table: str | Path,
    *,
    draws: int = 100,
    seed: int = 1,
    threat: str = "",
    compliance: float = LEAST_COMPLIANCE,
    retaliation: float = RETALIATION,
    deals: Sequence[str] = (),
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Candidate deals over draws: the probability that each side gains, and the deal with the least regret.

    Candidates are no deal, the three rules' deals, three points of the frontier, and deals of yours. Each draw takes a
    published set of elasticities, and for each side the part of its clauses it carries out. Regret is the joint gain
    in money that the best candidate of the draw would have brought, less this one's.

    Args:
        table: a table's file, or the name of one that ships.
        draws: how many.
        seed: of the draws.
        threat: what the candidates were struck over; gains are against the law of each draw.
        compliance: least part of its clauses a side carries out, drawn evenly from there to all.
        retaliation: probability that the side that carries out more does no more than the other.
        deals: files, or names of deals that ship, to try beside the others.
        progress: told of how many draws are done.
    """
    _check(draws, compliance, retaliation)
    read, path = find_table(table)
    tried = {NO_DEAL: read.deal, **_candidates(read, threat), **{name: find_deal(name)[0] for name in deals}}
    worlds = {name: stand(read.on, read.known, name, read.horizon) for name in elasticity_names()}
    pieces = {name: [_pieces(one, read, deal) for deal in tried.values()] for name, one in worlds.items()}
    draw = np.random.default_rng(seed)
    names, gains = list(worlds), np.zeros((draws, len(tried), 2))
    drawn = []
    for k in range(draws):
        name, kept = names[draw.integers(len(names))], draw.uniform(compliance, 1.0, 2)
        if draw.uniform() < retaliation:
            kept = np.full(2, kept.min())
        drawn.append(name)
        for d, piece in enumerate(pieces[name]):
            gains[k, d] = _gain(worlds[name], read, piece, kept)
        if progress:
            progress(k + 1, draws)
    joint, won = gains.sum(axis=2), gains > LEAST_GAIN
    regret = joint.max(axis=1, keepdims=True) - joint
    rows = [
        {
            "deal": name,
            "probability_gains": dict(zip(read.sides, won[:, d].mean(axis=0).tolist(), strict=True)),
            "probability_both_gain": float(won[:, d].all(axis=1).mean()),
            "gain_musd": {
                code: {name: float(np.quantile(gains[:, d, s], part)) for name, part in QUANTILES}
                for s, code in enumerate(read.sides)
            },
            "largest_regret_musd": float(regret[:, d].max()),
            "mean_regret_musd": float(regret[:, d].mean()),
        }
        for d, name in enumerate(tried)
    ]  # fmt: skip
    least = min(rows, key=lambda row: row["largest_regret_musd"])["deal"]
    return {
        **heading(read, sit(read)),
        "draws": draws,
        "seed": seed,
        "drawn": {
            "elasticities": {name: drawn.count(name) for name in names},
            "compliance": f"each side carries out {compliance:.0%} to 100% of its clauses, drawn evenly: assumed",
            "retaliation": f"with probability {retaliation:.0%} the better side does no more than the other: assumed",
        },
        "candidates": rows,
        "least_regret": least,
        "deal": None if least == NO_DEAL else deal_block(tried[least]),
        "reproduce": _again(path, draws, seed, threat, compliance, retaliation, deals),
    }


def _check(draws: int, compliance: float, retaliation: float) -> None:
    faults = [] if draws >= 2 else [Fault("draws", f"is {draws}", "Allowed: 2 or more")]
    for name, part in (("compliance", compliance), ("retaliation", retaliation)):
        if not 0 <= part <= 1:
            faults.append(Fault(name, f"is {part:g}", "Allowed: between 0 and 1"))
    if faults:
        raise InputError(faults)


def _again(  # noqa: PLR0917 - what was asked, in the order of the command
    path: Path, draws: int, seed: int, threat: str, compliance: float, retaliation: float, deals: Sequence[str]
) -> dict[str, str]:
    asked = f"--draws {draws} --seed {seed} --compliance {compliance!r} --retaliation {retaliation!r}"
    asked += f" --threat {threat}" if threat else ""
    asked += "".join(f" --deal {quote(name)}" for name in deals)
    arguments = f"draws={draws}, seed={seed}, threat={threat!r}, compliance={compliance!r}, retaliation={retaliation!r}"
    arguments += f", deals={tuple(deals)!r}" if deals else ""
    return reproduce("robust", path, asked, answer_robust, arguments)


def _candidates(table: Table, threat: str) -> dict[str, Deal]:
    """The deals of the three rules, and three of the frontier where there is one."""
    found = {rule: settle(table, threat=threat, rule=rule) for rule in _rules()}
    deals, settled = {rule: one.deal for rule, one in found.items()}, found["nash"]
    if settled.acceptable:
        line = signed_frontier(settled.sitting.explorer(), settled.threat.values, points=3)
        ends = (f"best for {table.sides[0]}", "middle of the frontier", f"best for {table.sides[1]}")
        spots = (line.spots[0], line.spots[len(line.spots) // 2], line.spots[-1])
        deals |= {name: settled.sitting.deal(spot.x) for name, spot in zip(ends, spots, strict=True)}
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
        rows.append(flat(standing.economy, standing.shock(rates, mine.in_force(table.on))) - law)
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
