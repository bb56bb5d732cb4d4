"""The negotiation on the shipped 21 x 40 table, beside general optimisers on the same objectives.

`just bench` writes docs/benchmarks-negotiation.md; `--slow` adds 10,000 random deals and peers that take minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from compare import Row, clock, median_of
from machine import machine
from scipy.optimize import differential_evolution, minimize

from reciprocity.economy import default
from reciprocity.economy.economy import Array
from reciprocity.errors import SolveError
from reciprocity.model.shock import Shock
from reciprocity.negotiation import (
    Explorer,
    agenda,
    bargain,
    best_reply,
    frontier,
    joined,
    nash,
    own_tariffs,
    side,
    tariffs,
)
from reciprocity.negotiation.bargain import RULES

ENDS = {"CAN": "USA", "USA": "CAN"}
LARGEST, HIGHEST = 10, 0.6
"""Sectors of either side that are on the table, and their highest duty."""
POINTS = 21
DEALS = 10_000
BARGAIN = "Canada and the United States over 20 sector tariffs"
REPLY = "United States' best duties on all partners and goods, 799"


def table() -> Explorer:
    """Ten sectors of either side, the largest of its imports from the other, duties of 5% and 10% in force."""
    economy = default()
    law, parts = economy.tariff.copy(), []
    for one, other in ENDS.items():
        n, i = economy.regions.index(one), economy.regions.index(other)
        flow = economy.trade_share[n, i] * economy.expenditure[n]
        sectors = [economy.sectors[k] for k in np.argsort(-flow)[:LARGEST]]
        law[n, i] = np.maximum(law[n, i], 0.05 if one == "CAN" else 0.1)
        parts.append(tariffs(economy, one, exporters=[other], sectors=sectors, high=HIGHEST))
    return Explorer(agenda(economy, joined(parts), law=Shock(tariff=law)), tuple(side(economy, one) for one in ENDS))


def ours() -> list[Row]:
    """Every question of the negotiation, with what it found and what that took."""
    threat = table().law().values
    rows = []
    for rule in RULES:
        found = bargain(table(), threat, rule=rule)  # type: ignore[arg-type]
        note = f"{_gains(found.surplus)}; {found.certificate.solves} equilibria, {found.certificate.starts} starts"
        took = median_of(lambda rule=rule: bargain(table(), threat, rule=rule))  # type: ignore[arg-type]
        rows.append(Row(BARGAIN, f"reciprocity, {rule}", took, None, note))
    line = frontier(table(), threat, points=POINTS)
    took = median_of(lambda: frontier(table(), threat, points=POINTS))
    rows.append(Row(f"{BARGAIN}: frontier", f"reciprocity, {POINTS} points", took, None,
                    f"{line.certificate.solves} equilibria"))  # fmt: skip
    economy = default()
    reply = best_reply(economy, "USA")
    rows.append(Row(REPLY, "reciprocity", median_of(lambda: best_reply(economy, "USA")), None,
                    f"+{reply.gain:.5%} of income; {reply.certificate.solves} equilibria"))  # fmt: skip
    war = nash(economy, economy.regions)
    question = f"Nash equilibrium of all 21 regions, {len(war.instruments):,} duties"
    rows.append(Row(question, "reciprocity",
                    median_of(lambda: nash(economy, economy.regions), seconds=1.0), None,
                    f"no side gains {war.certificate.deviation_gain:.0e} of its income by leaving; "
                    f"{war.certificate.solves} equilibria"))  # fmt: skip
    return rows


def slsqp() -> Row:
    """Nash's product by SLSQP on the duties themselves, differences for slopes, from near the law: a script's way."""
    start = table()
    threat, on = start.law().values, start.agenda.instruments

    def run() -> tuple[Explorer, Array]:
        walk = table()

        def loss(x: Array) -> float:
            return -float(np.log(np.maximum(walk.spot(x).values - threat, 1e-12)).sum())

        bounds = list(zip(on.low, on.high, strict=True))
        found = minimize(loss, walk.agenda.at_law() * 0.9, method="SLSQP", bounds=bounds,
                         options={"maxiter": 100, "ftol": 1e-10})  # fmt: skip
        return walk, walk.spot(found.x).values - threat

    walk, gains = run()
    return Row(BARGAIN, "scipy SLSQP, finite differences", median_of(run, seconds=1.0), None,
               f"{_gains(gains)}; {walk.solves:,} equilibria, 1 start")  # fmt: skip


def evolution() -> Row:
    """Nash's product by differential evolution, told to stop after 60 generations."""
    walk = table()
    threat, on = walk.law().values, walk.agenda.instruments

    def loss(x: Array) -> float:
        try:
            gain = walk.spot(x).values - threat
        except SolveError:
            return 1.0
        return -float(gain.min()) if gain.min() <= 0 else -float(np.sqrt(gain.prod()))

    best: list[Array] = []

    def run() -> None:
        best.append(differential_evolution(loss, list(zip(on.low, on.high, strict=True)), maxiter=60, popsize=8,
                                           seed=1, polish=False, tol=0.0).x)  # fmt: skip

    took = median_of(run, seconds=0.0)
    return Row(BARGAIN, "scipy differential evolution, 60 generations", took, None,
               f"{_gains(walk.spot(best[0]).values - threat)}; {walk.solves:,} equilibria")  # fmt: skip


def unscaled() -> Row:
    """The best reply by L-BFGS-B on the duties themselves with our gradients: what the scale is worth."""
    economy = default()
    who = side(economy, "USA")
    walk = Explorer(agenda(economy, own_tariffs(economy, who)), (who,))
    on, before = walk.agenda.instruments, walk.law().values[0]

    def loss(x: Array) -> tuple[float, Array]:
        spot = walk.spot(x)
        return -float(spot.values[0]), -walk.slopes(spot)[0]

    reached: list[float] = []

    def run() -> None:
        found = minimize(loss, walk.agenda.at_law(), jac=True, method="L-BFGS-B",
                         bounds=list(zip(on.low, on.high, strict=True)),
                         options={"maxiter": 2000, "maxfun": 3000, "gtol": 1e-9, "ftol": 1e-15})  # fmt: skip
        reached.append(-found.fun - before)

    took = median_of(run, seconds=0.0)
    note = f"+{reached[0]:.5%} of income; {walk.solves:,} equilibria"
    return Row(REPLY, "scipy L-BFGS-B, variables as they are, our gradients", took, None, note)


def random_deals() -> Row:
    """Ten thousand random deals held against the frontier: how many of them are better for both than a point of it."""
    walk = table()
    threat = walk.law().values
    line = np.array([spot.values for spot in frontier(table(), threat, points=POINTS, held=False).spots])
    on, draw = walk.agenda.instruments, np.random.default_rng(7)
    beaten = [0]

    def run() -> None:
        for x in draw.uniform(on.low, on.high, (DEALS, len(on))):
            beaten[0] += bool((line < walk.spot(x).values - 1e-9).all(axis=1).any())

    took = median_of(run, seconds=0.0)
    return Row(f"{BARGAIN}: frontier", f"{DEALS:,} random deals", took, None,
               f"{beaten[0]} better for both than a point of the frontier")  # fmt: skip


def _gains(surplus: Array) -> str:
    return "gains " + ", ".join(f"{name} {gain:.5%}" for name, gain in zip(ENDS, surplus, strict=True))


HEAD = """# Benchmarks of the negotiation

Written by `just bench`, on the shipped table of 21 regions and 40 sectors, one core. Times are medians; where the
machine was busy with other things, processor time says more than the clock.

Machine: {where}.

| question | who | clock | processor | found, and what it took |
|---|---|---|---|---|
"""
FOOT = """
Every optimiser asks the same model the same objective over the same bounds. No other program was found that answers
these questions with sectors, partners and inputs, so peers are general optimisers, as a script has them.
"""


def page(rows: list[Row], where: str) -> str:
    lines = [f"| {r.case} | {r.who} | {clock(r.seconds[0])} | {clock(r.seconds[1])} | {r.note} |\n" for r in rows]
    return HEAD.format(where=where) + "".join(lines) + FOOT


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slow", action="store_true", help="run what takes minutes too")
    parser.add_argument("--write", type=Path, help="a Markdown file to write")
    asked = parser.parse_args()
    where = machine()
    peers: list[Callable[[], Row]] = [slsqp, unscaled]
    if asked.slow:
        peers += [evolution, random_deals]
    text = page(sorted(ours() + [peer() for peer in peers], key=lambda row: row.case), where)
    print(text)
    if asked.write:
        asked.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
