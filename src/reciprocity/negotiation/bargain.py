"""The bargain: which deal both would sign, by Nash's product, Kalai and Smorodinsky's share or equal gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError
from reciprocity.model.threads import one_thread
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.instruments import bounded
from reciprocity.negotiation.programme import Goal, Place, Programme, Solved, solve_programme

Rule = Literal["nash", "kalai-smorodinsky", "egalitarian"]
RULES: tuple[str, ...] = get_args(Rule)
NOTHING = 1e-9  # a surplus of this share of income is none
ENOUGH = 1e-6  # a gain for all of this share of income is inside enough to look for the rule's own point


@dataclass(frozen=True, slots=True, eq=False)
class Bargain:
    """The deal a rule picks, or how far apart the sides are.

    Attributes:
        rule: which one.
        spot: the point of the table; where nothing is acceptable, the point at which the sides are nearest.
        threat: what each side gets without a deal, objective (side).
        surplus: gain over it, a share of the side's base income (side).
        power: bargaining power, summing to 1 (side).
        ideal: most each side could get with the others at their threat point, over its own (side); empty where the
            rule does not ask.
        acceptable: whether every side gains, or at least none loses and one gains.
        apart: the smallest gain of any side at the nearest point; negative is how far apart they are.
        score: what the rule maximises, in its own unit.
        certificate: what shows that it is the rule's point.
    """

    rule: str
    spot: Spot
    threat: Array
    surplus: Array
    power: Array
    ideal: Array
    acceptable: bool
    apart: float
    score: float
    certificate: Certificate


@one_thread
def bargain(
    explorer: Explorer,
    threat: Array,
    *,
    rule: Rule = "nash",
    power: Sequence[float] | None = None,
    starts: Sequence[Array] = (),
) -> Bargain:
    """The deal a rule picks.

    Args:
        explorer: the table.
        threat: what each side gets without a deal, objective (side).
        rule: ``nash`` maximises the product of gains raised to power; ``kalai-smorodinsky`` gives each the same share
            of the most it could get; ``egalitarian`` the same gain, both in proportion to power.
        power: of each side; equal when left out.
        starts: points to search from; the law and the middle of the bounds when left out.
    """
    n = len(explorer.sides)
    if rule not in RULES:
        raise InputError(Fault("rule", f"'{rule}' is not a rule", f"Allowed: {', '.join(RULES)}"))
    weight = _power(power, n)
    points = list(starts) or starting_points(explorer)
    inside = _most_equal(explorer, threat, np.ones(n), points[0], enough=ENOUGH if rule != "egalitarian" else np.inf)
    if inside.spare <= NOTHING:
        others = [_most_equal(explorer, threat, np.ones(n), start) for start in points[1:]]
        inside = max([inside, *others], key=lambda one: one.spare if one.gap < 1e-7 else -np.inf)
    acceptable, ideal = bool(inside.spare > NOTHING), np.zeros(0)
    found = [inside]
    if acceptable:
        share = weight * n
        if rule == "kalai-smorodinsky":
            ideal = ideals(explorer, threat, inside.place)
            share = share * ideal / ideal.mean()
        firsts: list[Array | Place] = [inside.place, *points[1:]]
        if rule == "nash":
            found = [_nash_product(explorer, threat, weight, start, unit=inside.spare) for start in firsts]
        else:
            found = [_most_equal(explorer, threat, share, start) for start in firsts]
    best = max(found, key=lambda one: one.goal if one.gap < 1e-7 else -np.inf)
    certificate = Certificate(
        slope=best.slope, deviation_gain=0.0, starts=len(points),
        agreement=float(max(np.abs(one.spot.values - best.spot.values).max() for one in found)),
        solves=explorer.solves, adjoints=explorer.adjoints, stopped_short=best.stopped_short,
    )  # fmt: skip
    surplus = best.spot.values - threat
    return Bargain(
        rule=rule, spot=best.spot, threat=threat, surplus=surplus, power=weight, ideal=ideal, acceptable=acceptable,
        apart=float(surplus.min()), score=float(best.goal), certificate=certificate,
    )  # fmt: skip


def signed_bargain(
    explorer: Explorer, threat: Array, *, rule: Rule = "nash", power: Sequence[float] | None = None
) -> Bargain:
    """The deal a rule picks where some clauses are signed or not: branch and bound over those, with the rule inside.

    Whole clauses are first let go between 0 and 1. Where the best point signs one in part, both ways are searched, and
    a branch whose best is no better than a deal already found is left.
    """
    found: Bargain | None = None
    branches = [(explorer.agenda.instruments.low, explorer.agenda.instruments.high)]
    solves = adjoints = 0
    while branches:
        low, high = branches.pop()
        walk = Explorer(
            replace(explorer.agenda, instruments=bounded(explorer.agenda.instruments, low, high)), explorer.sides
        )
        best = bargain(walk, threat, rule=rule, power=power)
        solves, adjoints = solves + walk.solves, adjoints + walk.adjoints
        if found is not None and (best.acceptable, best.score) <= (found.acceptable, found.score):
            continue
        part = _signed_in_part(explorer, best.spot.x)
        if part is None:
            found = best
            continue
        for end in (low[part], high[part]):
            one_low, one_high = low.copy(), high.copy()
            one_low[part] = one_high[part] = end
            branches.append((one_low, one_high))
    assert found is not None  # noqa: S101 - the last branch has nothing left to sign in part
    explorer.solves, explorer.adjoints = explorer.solves + solves, explorer.adjoints + adjoints
    return replace(found, certificate=replace(found.certificate, solves=solves, adjoints=adjoints))


def _signed_in_part(explorer: Explorer, x: Array) -> int | None:
    """The whole clause furthest from being signed or not; None where there is none."""
    on = explorer.agenda.instruments
    room = np.where(on.high > on.low, on.high - on.low, 1.0)
    away = np.where(on.whole, np.minimum(x - on.low, on.high - x) / room, 0.0)
    worst = int(np.argmax(away)) if away.size else 0
    return worst if away.size and away[worst] > 1e-4 else None


def ideals(explorer: Explorer, threat: Array, start: Array | Place) -> Array:
    """Most each side could gain with every other at its threat point (side)."""
    found = []
    for k in range(len(explorer.sides)):
        floors = threat.copy()
        floors[k] = -np.inf
        end = solve_programme(explorer, start, Programme(one_side(k, len(explorer.sides)), floors))
        found.append(end.spot.values[k] - threat[k])
    return np.array(found)


def one_side(k: int, n: int) -> Goal:
    """The goal that is one side's own."""

    def goal(values: Array) -> tuple[float, Array]:
        return float(values[k]), np.eye(n)[k]

    return goal


def starting_points(explorer: Explorer) -> list[Array]:
    """The law, and half way from there to nothing: no duty, half of every package."""
    on, law = explorer.agenda.instruments, explorer.agenda.at_law()
    half = np.where(on.rates, 0.5 * law, 0.5 * (on.low + on.high))
    return [law, np.clip(half, on.low, on.high)]


def _most_equal(
    explorer: Explorer, threat: Array, share: Array, start: Array | Place, *, enough: float = np.inf
) -> Solved:
    """Maximise u with values >= threat + share u, or stop where u is enough."""
    n = len(threat)

    def goal(values: Array) -> tuple[float, Array]:
        return float(values[n]), np.eye(n + 1)[n]

    return solve_programme(explorer, start, Programme(goal, threat, share), enough=enough)


def _nash_product(explorer: Explorer, threat: Array, power: Array, start: Array | Place, *, unit: float) -> Solved:
    """Maximise sum a log(W - d), in units of a gain known to be there for all, so that one unit bends alike."""
    least = 1e-3 * unit

    def goal(values: Array) -> tuple[float, Array]:
        gain = values - threat
        inside = np.maximum(gain, least)
        beyond = np.minimum(gain - least, 0.0)  # goes on straight below the least gain, so that a search comes back
        value = unit * float(power @ (np.log(inside / unit) + beyond / least))
        return value, unit * power / inside

    return solve_programme(explorer, start, Programme(goal, threat + least))


def _power(power: Sequence[float] | None, n: int) -> Array:
    if power is None:
        return np.full(n, 1.0 / n)
    weight = np.asarray(power, dtype=np.float64)
    if weight.shape != (n,) or not np.all(weight > 0) or not np.all(np.isfinite(weight)):
        raise InputError(Fault("power", f"is {list(power)}", f"Allowed: {n} numbers above 0, one a side"))
    return weight / weight.sum()
