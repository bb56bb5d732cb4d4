"""A sitting: a table's clauses asked of the law, and turned into instruments over the economy of the day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reciprocity.deal import Clause, Deal, SetTariff, apply
from reciprocity.deal.clauses import BORDER
from reciprocity.economy import elasticities
from reciprocity.economy.economy import Array
from reciprocity.economy.horizons import horizon
from reciprocity.errors import Fault, InputError
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.shock import Shock
from reciprocity.negotiation.agenda import agenda
from reciprocity.negotiation.curves import curve
from reciprocity.negotiation.explorer import Explorer
from reciprocity.negotiation.instruments import Instruments, curved, joined, transfer
from reciprocity.negotiation.logs import log_rates, moved_routes
from reciprocity.negotiation.opening import RATES, Open
from reciprocity.negotiation.side import Side, side
from reciprocity.negotiation.table import Table
from reciprocity.results.terms import terms
from reciprocity.scenario import Standing, stand

POINTS = 9
"""How many values of an open clause the law is asked about; between them the effect is interpolated."""
LEAST_MOVE = 1e-12
"""In logarithms of cost: less is nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """A table on the law of its day.

    Attributes:
        table: as written.
        standing: the law of the day, and the world under it.
        sides: with their objectives.
        instruments: the open clauses, in the table's order; x is the clause's own value.
        base: the law with the clauses that are agreed in any case.
    """

    table: Table
    standing: Standing
    sides: tuple[Side, ...]
    instruments: Instruments
    base: Shock

    def explorer(self) -> Explorer:
        """A new walk over the table."""
        return Explorer(
            agenda(
                self.standing.economy, self.instruments, law=self.base, mobility=horizon(self.standing.horizon).mobility
            ),
            self.sides,
        )

    def deal(self, x: Array, *, title: str = "") -> Deal:
        """The deal with every open clause at x, rounded to what a treaty would write."""
        return self.deal_at(self.written(x), title=title)

    def written(self, x: Array) -> Array:
        """x rounded to what a treaty would write."""
        return np.array([tidy(one, float(value)) for one, value in zip(self.table.open, x, strict=True)])

    def deal_at(self, values: Sequence[float] | Array, *, title: str = "", only: Collection[str] | None = None) -> Deal:
        """The deal with open clauses at values, to the last digit: every one, or only some, the others left out."""
        signed = [
            clause for one, value in zip(self.table.open, values, strict=True)
            if (only is None or one.id in only) and (clause := one.at(float(value)))
        ]  # fmt: skip
        deal = self.table.deal
        return deal.model_copy(update={"clauses": (*deal.clauses, *signed), "title": title or deal.title})

    def world(self, deal: Deal) -> Equilibrium:
        """The world under a deal, through the law itself and not the sitting's interpolation of it."""
        rates = self.standing.rates_under(apply(deal, self.standing.regime))
        return self.standing.under(rates, deal.in_force(self.table.on))

    def values(self, world: Equilibrium) -> Array:
        """Each side's objective in a world (side)."""
        return np.array([one.value(world) for one in self.sides])


def tidy(one: Open, value: float) -> float:
    """A value as a treaty would write it: rates to a hundredth of a per cent, amounts to three digits."""
    if one.whole:
        return one.high if value > 0.5 * (one.low + one.high) else one.low
    if one.key in RATES:
        return float(np.clip(round(value, 4), one.low, one.high))
    return float(np.clip(float(f"{value:.4g}"), one.low, one.high))


def sit(table: Table, *, around: Array | None = None, idle: bool = False) -> Sitting:
    """Ask the law about every open clause of a table.

    Clauses that meet in one sector do not simply add. Around a point, each is asked with the others where they stand
    there, so that the sitting is exact at that point; otherwise each is asked alone.

    Args:
        table: as written.
        around: values of the open clauses, in the table's order.
        idle: whether a clause may move nothing, as one can beside others that are agreed.

    Raises:
        InputError: a clause the law or the economy cannot take, or one that moves nothing.
    """
    standing = stand(table.on, table.known, elasticities(table.elasticities).name, table.horizon)
    others: list[list[Clause]] = [[] for _ in table.open]
    base = table.deal
    if around is not None:
        put = [one.at(float(value)) for one, value in zip(table.open, around, strict=True)]
        others = [[clause for m, clause in enumerate(put) if m != k and clause] for k in range(len(put))]
        base = _and(table.deal, [clause for clause in put if clause])
    shock, idle = _shock(standing, base), idle or around is not None
    parts, faults = [], []
    for one, rest in zip(table.open, others, strict=True):
        try:
            parts.append(_instrument(standing, one, shock, _and(table.deal, rest), idle=idle))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return Sitting(
        table,
        standing,
        _sides(table, standing),
        joined(parts),
        replace(shock, deficit=_agreed_deficit(standing, table)),
    )


def _sides(table: Table, standing: Standing) -> tuple[Side, ...]:
    found = []
    for code in table.sides:
        wants = table.wants.get(code)
        if wants is None:
            found.append(side(standing.economy, code))
            continue
        found.append(
            side(standing.economy, code, earnings=wants.earnings, jobs=wants.jobs, earnings_in=wants.earnings_in,
                 jobs_in=wants.jobs_in, revenue=wants.revenue, ceilings=wants.ceilings, inferred=wants.inferred)
        )  # fmt: skip
    return tuple(found)


def _shock(standing: Standing, deal: Deal) -> Shock:
    rates = standing.rates_under(apply(deal, standing.regime))
    return standing.shock(rates, deal.clauses)


def _instrument(standing: Standing, one: Open, base: Shock, others: Deal, *, idle: bool) -> Instruments:
    """An open clause as an instrument over a base, the law asked of it at points with other clauses where they stand.

    Args:
        standing: the law of the day.
        one: the open clause.
        base: what moves are against.
        others: clauses in force beside it.
        idle: whether it may move nothing.
    """
    if one.kind == "investment":
        return _pledge(standing, one)
    economy = standing.economy
    nodes = np.array([one.low, one.high]) if one.whole else np.linspace(one.low, one.high, POINTS)
    put = [one.at(float(value)) for value in nodes]
    shocks = [_shock(standing, _and(others, [] if clause is None else [clause])) for clause in put]
    routes = moved_routes(economy, base, shocks)
    at = [log_rates(economy, shock, routes) for shock in shocks]
    moved = np.array(at) - log_rates(economy, base, routes)  # (point, 3, route)
    if not idle and np.abs(moved).max(initial=0.0) <= LEAST_MOVE:
        raise InputError(Fault(f"instrument '{one.id}'", f"moves nothing between {one.low:g} and {one.high:g}",
                               "It names goods that are traded and measures that are in force",
                               "See `reciprocity regime show`"))  # fmt: skip
    cost = (np.array(at) - log_rates(economy, _shock(standing, others), routes)).sum(axis=1)
    importer, _, sector = routes
    trade = economy.trade_share[routes] * economy.expenditure[importer, sector]
    law = _law_value(standing, one, put[-1], nodes=nodes, cost=cost @ trade)
    moves = curve(routes, nodes, moved, law=law, taxed=bool(moved[:, 2].any()))
    return curved(one.id, getattr(put[-1], "giver", ""), moves, whole=one.whole)


def _pledge(standing: Standing, one: Open) -> Instruments:
    clause = one.at(one.high)
    a_year = getattr(clause, "inflow_musd") / one.high  # noqa: B009 - only an investment has it
    payer, host = getattr(clause, "investor"), getattr(clause, "host")  # noqa: B009
    money = transfer(standing.economy, payer, host, name=one.id, low=one.low, high=one.high)
    reach = money.transfer
    return replace(
        money, transfer=replace(reach, weight=reach.weight * a_year), units=("value",), whole=np.array([one.whole])
    )


def _and(deal: Deal, put: Sequence[Clause]) -> Deal:
    return deal.model_copy(update={"clauses": (*deal.clauses, *put)})


def _agreed_deficit(standing: Standing, table: Table) -> Array | None:
    """Deficits under the agreed clauses alone: open pledges are linear and stand as instruments."""
    return _shock(standing, table.deal).deficit


def _law_value(standing: Standing, one: Open, clause: Clause | None, *, nodes: Array, cost: Array) -> float:
    """The value nearest to the law as it stands: no concession.

    A duty set on goods that owe several is nearest where it costs the trade of today as much as they do together.

    Args:
        standing: the law of the day.
        one: the open clause.
        clause: at its upper bound.
        nodes: values at which the law was asked.
        cost: ln of what the goods cost at those, against the law and weighted by trade (node).
    """
    said_by_law = (one.is_rate and one.kind != "add") or one.key == "utilisation_rate"
    if clause is None or not isinstance(clause, BORDER) or not said_by_law:
        return one.low if one.low >= 0 else 0.0
    if isinstance(clause, SetTariff):
        return float(np.expm1(np.interp(0.0, cost, np.log1p(nodes))))
    value = terms(clause, standing.regime).law_value
    return one.high if value is None else float(np.clip(value, one.low, one.high))
