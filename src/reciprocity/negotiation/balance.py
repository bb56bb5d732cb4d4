"""What would balance a deal: the change of one clause that makes the losing side whole, or shares the gain evenly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal

import numpy as np
from scipy.optimize import root_scalar

from reciprocity.deal import Clause, Deal, Investment, apply, in_words
from reciprocity.economy.economy import Array
from reciprocity.negotiation.movable import Movable, movable
from reciprocity.results.terms import terms
from reciprocity.scenario import Standing

Goal = Literal["whole", "share", "none"]
SLIGHT = 1e-5
"""A change of real income below 0.001% is neither a gain nor a loss."""
EXACT = 1e-9
"""Of income: how well the side that lost is made whole."""
MOST_MOVED = 12
"""Clauses that are tried, the first of the deal."""
_PARTS = (0.25, 0.5, 1.0)
"""Where between the deal and a bound a clause is tried before the exact point is searched for."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One way to balance a deal.

    Attributes:
        moved: clause to the number it has in the deal and the one it would have; None where it is left out.
        change: real income of each side against the law, a fraction (side).
        musd: the same, million USD a year at base-year prices (side).
    """

    moved: tuple[tuple[str, float | None, float | None], ...]
    change: Array
    musd: Array


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """What would balance a deal.

    Attributes:
        goal: ``whole``, where one side loses; ``share``, where none does and the gain is to be shared evenly in money;
            ``none``, where neither side moves.
        payee: place of the side that is to get more.
        ways: one clause moved, the largest gain of both together first; or all that can be, where no single one does.
        nearest: the terms that come nearest where there is no way.
        short_musd: what the payee still misses there, million USD a year.
        payment: money a year from the other side to the payee that would do it alone, million USD a year, and what
            both then have; None where the other side would then lose.
        dear: where there is no way, whether terms that give the payee enough leave the other side with a loss.
    """

    goal: Goal
    payee: int
    ways: tuple[Way, ...]
    nearest: Way | None
    short_musd: float
    payment: tuple[float, Way] | None
    dear: bool = False

    def to_dict(self, deal: Deal, standing: Standing) -> dict[str, Any]:
        """The same as JSON has it: each clause by its id, with its words, its unit and its numbers."""
        by_id = {clause.id: clause for clause in deal.clauses}

        def way(one: Way) -> dict[str, Any]:
            return {
                "clauses": [_moved(by_id[name], was, now, standing) for name, was, now in one.moved],
                "sides": {
                    code: {"real_income_change": float(one.change[k]), "real_income_musd": float(one.musd[k])}
                    for k, code in enumerate(deal.sides)
                },
            }

        return {
            "horizon": standing.horizon,
            "goal": self.goal,
            "side": None if self.goal == "none" else deal.sides[self.payee],
            "ways": [way(one) for one in self.ways],
            "nearest": way(self.nearest) if self.nearest else None,
            "short_musd": self.short_musd,
            "dear": self.dear,
            "payment": {
                "from": deal.sides[1 - self.payee],
                "to": deal.sides[self.payee],
                "musd": self.payment[0],
                **way(self.payment[1]),
            }
            if self.payment
            else None,
        }


def _moved(clause: Clause, was: float | None, now: float | None, standing: Standing) -> dict[str, Any]:
    at = terms(clause, standing.regime)
    unit = "fraction" if (found := movable(clause, at.law_value)) and found.fraction else at.unit
    return {"id": clause.id, "words": in_words(clause), "before": was, "after": now, "unit": unit,
            "left_out": now is None}  # fmt: skip


def balance(standing: Standing, deal: Deal, on: date, *, progress: Callable[[int, int], None] | None = None) -> Balance:
    """What would balance a deal against the law of a day, on the terms of its own clauses.

    Duties move between nothing and the law's rate, quantities and pledges between nothing and twice what is signed,
    shares between nothing and all. The side that gets less is the payee: made whole where it loses, given half of the
    joint gain in money where nobody loses. A way that leaves the other side worse off than the law is none.
    """
    room = _Room(standing, deal, on)
    start = room.at({})
    losers = [k for k in (0, 1) if start.change[k] < -SLIGHT]
    goal: Goal = "whole" if losers else "share" if start.change.max() > SLIGHT else "none"
    payee = losers[0] if len(losers) == 1 else int(np.argmin(start.musd))
    if goal == "none":
        return Balance(goal, payee, (), None, 0.0, None)
    asked = _Asked(goal, payee)
    told = progress or _silent
    tried = [_alone(room, clause, start, asked, partial(told, k, len(room.tried))) for k, clause in
             enumerate(room.tried)]  # fmt: skip
    ways = sorted((one.way for one in tried if one.way), key=lambda way: -float(way.musd.sum()))
    nearest = None
    if not ways:
        best, nearest = _together(room, tried, start, asked)
        ways = [best] if best else []
    short = 0.0 if ways else max(-asked.beyond(nearest or start), 0.0)
    dear = not ways and (any(one.enough for one in tried) or short == 0.0)
    return Balance(goal, payee, tuple(ways), None if ways else nearest, short, _payment(room, start, asked), dear)


def _silent(_done: int, _total: int) -> None:
    """Tells nobody how far it is."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, and how far a way goes beyond it."""

    goal: Goal
    payee: int

    def beyond(self, way: Way) -> float:
        """The payee's gain beyond what is asked, million USD a year; negative is too little."""
        gain = float(way.musd[self.payee])
        return gain if self.goal == "whole" else gain - float(way.musd[1 - self.payee])

    def holds(self, way: Way) -> bool:
        """Whether a way that goes far enough is a deal at all: the other side does not lose, something is gained."""
        other = float(way.change[1 - self.payee])
        return other > SLIGHT if self.goal == "whole" else float(way.change.max()) > SLIGHT and other > 0


@dataclass(frozen=True, slots=True)
class _Tried:
    """One clause moved as far as it goes: the way it gives, the number the payee likes best, whether any is enough."""

    id: str
    start: float | None
    way: Way | None
    best: float | None
    enough: bool = False


class _Room:
    """The deal with some of its clauses at other numbers, valued through the law itself."""

    def __init__(self, standing: Standing, deal: Deal, on: date) -> None:
        self.standing, self.deal, self.on = standing, deal, on
        regions = standing.economy.regions
        self.places = [regions.index(code) for code in deal.sides]
        law = standing.equilibrium
        self.income = (law.base_income * law.welfare_hat)[self.places]
        self.tried = deal.in_force(on)[:MOST_MOVED]

    def open(self, clause: Clause) -> Movable | None:
        """The number of a clause that can move, with its bounds."""
        return movable(clause, terms(clause, self.standing.regime).law_value)

    def at(self, put: dict[str, Clause | None], more: Sequence[Clause] = ()) -> Way:
        """Both sides' gain with clauses replaced, or left out where None stands for them."""
        kept = (put.get(one.id, one) for one in self.deal.clauses)
        deal = self.deal.model_copy(update={"clauses": tuple(one for one in kept if one is not None)})
        rates = self.standing.rates_under(apply(deal, self.standing.regime))
        after = self.standing.under(rates, (*deal.in_force(self.on), *more))
        change = (after.welfare_hat / self.standing.equilibrium.welfare_hat - 1.0)[self.places]
        return Way((), change, change * self.income)


def _alone(room: _Room, clause: Clause, start: Way, asked: _Asked, told: Callable[[], None]) -> _Tried:
    """What one clause can do, the others as they stand: left out, or moved to where what is asked for is met."""
    told()
    opened = room.open(clause)
    if opened is None:
        left = room.at({clause.id: None})
        enough = asked.goal == "whole" and asked.beyond(left) >= -EXACT * float(room.income[asked.payee])
        held = enough and asked.holds(left)
        return _Tried(clause.id, None, _named(left, (clause.id, None, None)) if held else None, None, enough)

    def way(value: float) -> Way:
        return room.at({clause.id: opened.at(value)})

    best, most, found = opened.value, asked.beyond(start), []
    for bound in (opened.low, opened.high):
        last = opened.value
        for part in _PARTS if abs(bound - opened.value) > 0 else ():
            value = opened.value + part * (bound - opened.value)
            here = asked.beyond(way(value))
            if here > most:
                best, most = value, here
            if here >= 0:
                value = _root(lambda v: asked.beyond(way(v)), last, value)
                found.append((abs(value - opened.value) / (opened.high - opened.low), value, way(value)))
                break
            last = value
    held = [(value, one) for _, value, one in sorted(found, key=lambda one: one[0]) if asked.holds(one)]
    ways = [_named(one, (clause.id, opened.value, value)) for value, one in held]
    return _Tried(clause.id, opened.value, ways[0] if ways else None, best, bool(found))


def _together(room: _Room, tried: Sequence[_Tried], start: Way, asked: _Asked) -> tuple[Way | None, Way | None]:
    """All clauses moved at once towards what the payee likes best: the way, or the nearest where it is not enough."""
    by_id = {clause.id: clause for clause in room.tried}
    moves = [one for one in tried if one.start is not None and one.best is not None and one.best != one.start]
    if not moves:
        return None, None

    def way(part: float) -> Way:
        values = {one.id: one.start + part * (one.best - one.start) for one in moves}  # type: ignore[operator]
        put = {name: room.open(by_id[name]).at(value) for name, value in values.items()}  # type: ignore[union-attr]
        return _named(room.at(put), *((one.id, one.start, values[one.id]) for one in moves))

    whole = way(1.0)
    if len(moves) == 1 or asked.beyond(whole) < 0:
        return None, whole if asked.beyond(whole) > asked.beyond(start) else None
    found = way(_root(lambda part: asked.beyond(way(part)), 0.0, 1.0))
    return (found, None) if asked.holds(found) else (None, found)


def _payment(room: _Room, start: Way, asked: _Asked) -> tuple[float, Way] | None:
    """Money a year from the other side that would do it, with the clauses as they stand."""
    payer, payee = room.deal.sides[1 - asked.payee], room.deal.sides[asked.payee]

    def way(busd: float) -> Way:
        money = Investment(id="payment", kind="investment", investor=payer, host=payee, amount_busd=busd, years=1,
                           statement="a payment", source="what would balance the deal")  # fmt: skip
        return room.at({}, (money,))

    missing = -asked.beyond(start) / 1000.0
    most = next((missing * times for times in (1.0, 2.0, 4.0) if asked.beyond(way(missing * times)) >= 0), None)
    if missing <= 0 or most is None:
        return None
    busd = _root(lambda paid: asked.beyond(way(paid)), 0.0, most)
    found = way(busd)
    return (1000.0 * busd, found) if asked.holds(found) else None


def _named(way: Way, *moved: tuple[str, float | None, float | None]) -> Way:
    return Way(moved, way.change, way.musd)


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that is negative at one end and not at the other is zero; the end itself where it is met."""
    if function(high) == 0.0:
        return high
    return float(root_scalar(function, bracket=(low, high), method="brentq", xtol=1e-12 * max(1.0, abs(high)),
                             rtol=1e-13).root)  # fmt: skip
