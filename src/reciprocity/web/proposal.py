"""From the live table to the negotiation: its clauses as open terms, and the deal that a rule would pick for both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from reciprocity.deal import (
    Capacity,
    CapTariff,
    Clause,
    ContentRule,
    Deal,
    Investment,
    LiftMeasures,
    Quota,
    Remission,
    SetTariff,
    TradeCost,
)
from reciprocity.errors import Fault, InputError
from reciprocity.negotiation.answers import settle
from reciprocity.negotiation.bargain import Rule
from reciprocity.negotiation.opening import Open
from reciprocity.negotiation.signed import signed_frontier
from reciprocity.negotiation.table import Table
from reciprocity.web.rows import Row
from reciprocity.web.state import State

MOST_OPEN = 8
"""Clauses that are negotiated at once here."""
MOST_POINTS = 11
"""Deals on the line of what both can have."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What both sides can have with the clauses on the table: gains over the law, shares of income (left, right).

    Attributes:
        line: efficient deals, from one end to the other.
        chosen: the deal a Nash rule picks; None where no deal leaves both at or above the law.
    """

    line: tuple[tuple[float, float], ...]
    chosen: tuple[float, float] | None


def proposed(state: State, rows: list[Row], rule: Rule) -> Deal:
    """The deal a rule picks over the clauses that are switched on, against the law of the day.

    Raises:
        InputError: nothing on the table can be negotiated, or no deal leaves both sides better off.
    """
    settled = settle(opened(state, rows), rule=rule)
    if not settled.acceptable:
        allowed = "No terms of these clauses leave both sides better off than the law"
        raise InputError(Fault("deal", "no deal both would sign", allowed, "Put another clause on the table"))
    return settled.deal


def reach_of(table: Table) -> Reach:
    """What both sides can have at a table; remembered, since moving a clause that is open changes nothing of it."""
    return _reach(table.model_dump_json())


@lru_cache(maxsize=64)
def _reach(table: str) -> Reach:
    settled = settle(Table.model_validate_json(table))
    found = signed_frontier(
        settled.sitting.explorer(), settled.threat.values, points=MOST_POINTS, held=settled.acceptable
    )
    under_law = settled.sitting.standing.equilibrium
    places = [under_law.economy.regions.index(side) for side in settled.sitting.table.sides]
    line = tuple(map(tuple, (found.surplus / under_law.welfare_hat[places]).tolist()))
    left, right = (settled.surplus / under_law.welfare_hat[places]).tolist()
    return Reach(line, (left, right) if settled.acceptable else None)


def opened(state: State, rows: list[Row]) -> Table:
    """The clauses that are switched on as a table: those that can move open, the others as they stand.

    Raises:
        InputError: none of them can move.
    """
    movable = [one for clause in state.deal.clauses if (one := _open(clause, rows)) is not None][:MOST_OPEN]
    if not movable:
        raise InputError(Fault("deal", "no clause can be negotiated", "Switch on a clause that changes the law"))
    kept = tuple(clause for clause in state.deal.clauses if clause.id not in {one.id for one in movable})
    return Table(
        title=state.template.title,
        sides=state.deal.sides,
        on=state.on,
        known=state.known,
        elasticities=state.elasticity_set,
        clause=kept,
        instrument=tuple(movable),
    )


def _open(clause: Clause, rows: list[Row]) -> Open | None:  # noqa: PLR0911 - one answer a kind
    """A clause as an open term; None for one that moves nothing here or that is kept as it stands."""
    row = next(one for one in rows if one.id == clause.id)
    content = clause.model_dump(by_alias=True, exclude_defaults=True) | {"kind": clause.kind}
    match clause:
        case SetTariff() | CapTariff() if row.law is not None and row.law > 0:
            content.pop("rate")
            return Open(low=0.0, high=row.law, whole=False, clause=content)
        case Capacity():
            return Open(low=0.0, high=max(clause.capacity.value, 830.0), whole=False, clause=content)
        case TradeCost() if clause.change:
            content.pop("change")
            return Open(low=min(clause.change, 0.0), high=max(clause.change, 0.0), whole=False, clause=content)
        case ContentRule() if clause.threshold is None:
            content.pop("content", None)
            return Open(low=0.0, high=1.0, whole=False, clause=content)
        case Quota() if clause.share is not None:
            content.pop("share", None)
            return Open(low=0.0, high=max(clause.share, 1.0), whole=False, clause=content)
        case Remission() if clause.share is not None:
            content.pop("share")
            return Open(low=0.0, high=1.0, whole=False, clause=content)
        case LiftMeasures() if row.law is not None:
            return Open(low=0.0, high=1.0, whole=True, clause=content)
        case Investment() | _:
            return None


def after(state: State, rows: list[Row], rule: Rule) -> State:
    """The table with the proposed terms on it."""
    deal = proposed(state, rows, rule)
    by_id = {clause.id: clause for clause in deal.clauses}
    ordered = tuple(by_id[clause.id] for clause in state.template.clauses if clause.id in by_id)
    return replace(state, deal=state.template.model_copy(update={"clauses": ordered}))
