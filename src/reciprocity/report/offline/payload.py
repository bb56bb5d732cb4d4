"""What the page needs to run the model: the world under the law as a base of its own, and the levers of the deal.

Changes chain: the equilibrium under the law is an exact base, and the deal against it gives the same answer as the two
solves against the data. So the page solves once, and leaving every lever at the law changes nothing.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from reciprocity.deal import Capacity, Clause, Investment, TradeCost
from reciprocity.economy.economy import Economy
from reciprocity.economy.elasticities import GOODS
from reciprocity.errors import Fault, InputError
from reciprocity.model import Equilibrium, prepare, producer_price_hat
from reciprocity.results import Valuation

Lever = dict[str, Any]
Pair = tuple[Equilibrium, Equilibrium]

HORIZONS = ("long", "1y")
"""What the page solves, the first always."""
SHARED = ("input_share", "value_added_share", "consumption_share")
"""What every horizon has alike."""

_STILL = 1e-12
"""A rate or cost that moves by less has not moved."""


def payload(valuation: Valuation) -> dict[str, Any]:
    """The numbers of the page, arrays as base64 of their little-endian bytes: a world a horizon, and what they share.

    Args:
        valuation: with an answer for the long run, and for one year where the page is to have it.
    """
    worlds = {name: _pair(valuation, name) for name in HORIZONS if name in valuation.outcomes}
    economy = worlds["long"][0].economy
    clauses = valuation.deal.in_force(valuation.on)
    return {
        "regions": list(economy.regions),
        "sectors": list(economy.sectors),
        "sides": list(valuation.deal.sides),
        "shared": _packed({name: getattr(economy, name) for name in SHARED}),
        "worlds": {name: _world(valuation, name, before) for name, (before, _) in worlds.items()},
        "levers": [*_routes(valuation, worlds, clauses), *_costs(economy, clauses), *_capital(clauses)],
    }


def _pair(valuation: Valuation, name: str) -> Pair:
    """The law's equilibrium and the deal's at a horizon. Raises InputError where the page's model has no such terms."""
    outcome = valuation.outcomes[name]
    if outcome.after.shock.export_tax is not None:
        allowed = "The page's model has no taxes on exports, nor licences that exporters have"
        raise InputError(Fault(f"deal '{valuation.deal.title}'", "cannot be carried by one file", allowed))
    return outcome.before, outcome.after


def _world(valuation: Valuation, name: str, before: Equilibrium) -> dict[str, Any]:
    """One horizon: its base, and what Python answers for the deal."""
    answer = {one.country: one.real_income_change for one in valuation.outcomes[name].countries}
    return {"arrays": _packed(arrays(under_law(before), before)), "answer": answer}


def under_law(before: Equilibrium) -> Economy:
    """The equilibrium under the law as an economy whose base it is."""
    return replace(
        before.economy,
        trade_share=np.ascontiguousarray(before.trade_share),
        tariff=np.ascontiguousarray(before.tariff),
        value_added=before.point.value_added,
        deficit=before.point.deficit,
        expenditure=before.point.X,
    )


def arrays(base: Economy, before: Equilibrium) -> dict[str, np.ndarray]:
    """The arrays of a horizon: the base, the preconditioner at it, what turns changes into base-year money.

    A premium over the law's own obeys the equation of a premium over the data's, so sectors' wages chain like the rest.
    """
    prepared = prepare(base)
    steer, factors = prepared.preconditioner, before.factors
    return {
        "trade_share": base.trade_share.transpose(2, 0, 1),
        "tariff": base.tariff.transpose(2, 0, 1),
        "trade_elasticity": base.trade_elasticity,
        "value_added": base.value_added,
        "expenditure": base.expenditure,
        "deficit": base.deficit,
        "scale": prepared.scale,
        "real_income": before.base_income * before.welfare_hat,
        "real_output": before.output / producer_price_hat(before),
        "price_level": before.price_level_hat,
        "stickiness": np.zeros(len(base.regions)) if factors is None else factors.stickiness,
        "home": steer.home,
        "coarse": steer.coarse,
        "weight": steer.weight,
        "schur": steer.schur,
        "to_wage": steer.to_wage,
        "from_wage": steer.from_wage,
    }


def _packed(named: Mapping[str, np.ndarray]) -> dict[str, dict[str, str]]:
    return {name: packed(array) for name, array in named.items()}


def packed(array: np.ndarray) -> dict[str, str]:
    """An array as text: its kind, and its bytes in C order."""
    kind = "f4" if array.dtype == np.float32 else "f8"
    content = np.ascontiguousarray(array, dtype=f"<{kind}").tobytes()
    return {"kind": kind, "data": b64encode(content).decode("ascii")}


def _routes(valuation: Valuation, worlds: Mapping[str, Pair], clauses: Sequence[Clause]) -> list[Lever]:
    """One lever for each border of a sector: the duty as the law has it, as buyers feel it and as it is collected.

    The borders that the deal moves come first, the weightiest on top; then the other goods between the two sides. What
    buyers feel hangs on how they answer, so it is told for each horizon.
    """
    before = worlds["long"][0]
    economy, flow = before.economy, before.trade_flow
    felt = {name: _felt(pair, clauses) for name, pair in worlds.items()}
    collected = {name: [one.tariff for one in pair] for name, pair in worlds.items()}
    with np.errstate(invalid="ignore"):  # nothing traded, of something forbidden
        weight = _or_zero(_step(felt["long"]) * flow)
    moved = np.any([_step(pairs[name]) > _STILL for pairs in (felt, collected) for name in worlds], axis=0)
    one, other = economy.positions(valuation.deal.sides)
    between = np.zeros_like(moved)
    between[[one, other], [other, one], :GOODS] = True
    named = [
        {(row.importer, row.exporter, row.sector): row for row in rows} for rows in (valuation.law, valuation.proposed)
    ]
    cells = [tuple(cell) for cell in np.argwhere((moved | between) & (flow > 0)).tolist()]
    levers = []
    for cell in sorted(cells, key=lambda cell: (-weight[cell], -flow[cell])):
        names = _names(economy, cell)
        rows = [one.get((names["importer"], names["exporter"], names["sector"])) for one in named]
        pairs = {name: [float(each[cell]) for each in felt[name]] for name in worlds}
        pair = pairs["long"]
        if not np.isfinite(pair).all():
            levers.append({"kind": "ban", "cell": list(cell), "names": names, "forbidden": not np.isfinite(pair[1])})
            continue
        shown = [pair[at] if row is None else row.revenue_rate for at, row in enumerate(rows)]
        if moved[cell] and abs(shown[1] - shown[0]) <= _STILL:
            shown = pair
        lever = {"kind": "rate", "cell": list(cell), "names": names, "shown": shown, "felt": pairs}
        levers.append({**lever, "collected": {key: [float(one[cell]) for one in collected[key]] for key in worlds}})
    return levers


def _felt(pair: Pair, clauses: Sequence[Clause]) -> list[np.ndarray]:
    """What buyers feel of the duties under the law and under the deal, a fraction (importer, exporter, sector)."""
    costs = [(1.0 + one.tariff) * _iceberg(one) for one in pair]
    for n, i, j, change in _cells(pair[0].economy, clauses):
        costs[1][n, i, j] /= 1.0 + change
    return [cost - 1.0 for cost in costs]


def _step(pair: Sequence[np.ndarray]) -> np.ndarray:
    """How far a pair is apart; nothing where both forbid."""
    with np.errstate(invalid="ignore"):  # infinity less infinity
        return _or_zero(np.abs(pair[1] - pair[0]))


def _costs(economy: Economy, clauses: Iterable[Clause]) -> list[Lever]:
    """One lever for each clause that makes a route cheaper or dearer."""
    return [
        {"kind": "cost", "cell": [n, i, j], "names": _names(economy, (n, i, j)), "change": change}
        for n, i, j, change in _cells(economy, clauses)
    ]


def _capital(clauses: Iterable[Clause]) -> list[Lever]:
    """One lever for each clause that moves capital, million US dollars a year."""
    return [
        {"kind": "capital", "host": one.host, "investor": one.investor, "musd": one.inflow_musd}
        for one in clauses
        if isinstance(one, Investment)
    ]


def _cells(economy: Economy, clauses: Iterable[Clause]) -> list[tuple[int, int, int, float]]:
    return [
        (
            economy.regions.index(one.importer),
            economy.regions.index(one.exporter),
            economy.sectors.index(one.sector),
            one.cost_change if isinstance(one, Capacity) else one.change,
        )
        for one in clauses
        if isinstance(one, Capacity | TradeCost)
    ]


def _names(economy: Economy, cell: tuple[int, ...]) -> dict[str, str]:
    return {
        "importer": economy.regions[cell[0]],
        "exporter": economy.regions[cell[1]],
        "sector": economy.sectors[cell[2]],
    }


def _or_zero(array: np.ndarray) -> np.ndarray:
    """Zero where a value is none."""
    return np.where(np.isnan(array), 0.0, array)


def _iceberg(one: Equilibrium) -> np.ndarray:
    return np.ones_like(one.tariff) if one.shock.iceberg_hat is None else one.shock.iceberg_hat
