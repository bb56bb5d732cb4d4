"""The bargain: which deal both would sign, by Nash's product, Kalai and Smorodinsky's share or equal gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError
from reciprocity.model.threads import one_thread
from reciprocity.negotiation.branches import best_signed
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.programme import ROUGH, Goal, Place, Programme, Solved, finished, look, solve_programme

Rule = Literal["nash", "kalai-smorodinsky", "egalitarian"]
RULES: tuple[str, ...] = get_args(Rule)
NOTHING = 1e-9  # a surplus of this share of income is none
MOST_MISSED = 1e-7  # a point that misses a ceiling or a floor by this share of income is none
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
        score: what the rule maximises, a share of income: the mean of gains by Nash's product, else the equal gain.
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
    ideal: Array | None = None,
) -> Bargain:
    """The deal a rule picks.

    Args:
        explorer: the table.
        threat: what each side gets without a deal, objective (side).
        rule: ``nash`` maximises the product of gains raised to power; ``kalai-smorodinsky`` gives each the same share
            of the most it could get; ``egalitarian`` the same gain, both in proportion to power.
        power: of each side; equal when left out.
        starts: points to search from; the law and half way to open borders when left out.
        ideal: most each side could get, where it is known, for ``kalai-smorodinsky`` (side).
    """
    n = len(explorer.sides)
    if rule not in RULES:
        raise InputError(Fault("rule", f"'{rule}' is not a rule", f"Allowed: {', '.join(RULES)}"))
    weight = _power(power, n)
    size = np.array([one.size for one in explorer.sides])
    if np.allclose(size, 1.0):
        return _bargain(explorer, threat, rule, weight, starts=starts, ideal=ideal, share=weight * n)
    walk = Explorer(explorer.agenda, tuple(one.scaled(1.0 / one.size) for one in explorer.sides))
    share = weight * n / (size if rule == "egalitarian" else 1.0)  # equal gains are equal on the scales they came in
    known = None if ideal is None else ideal / size
    found = _bargain(walk, threat / size, rule, weight, starts=starts, ideal=known, share=share)
    explorer.solves, explorer.adjoints = explorer.solves + walk.solves, explorer.adjoints + walk.adjoints
    surplus = found.surplus * size
    return replace(
        found, spot=replace(found.spot, values=found.spot.values * size), threat=threat, surplus=surplus,
        ideal=found.ideal * size if found.ideal.size else found.ideal, apart=float(surplus.min()),
    )  # fmt: skip


def _bargain(
    explorer: Explorer, threat: Array, rule: Rule, weight: Array, *, starts: Sequence[Array], ideal: Array | None,
    share: Array,
) -> Bargain:  # fmt: skip
    """The deal a rule picks where a unit of each side's objective is its base income; shares are of the equal gain."""
    n = len(threat)
    points = list(starts) or starting_points(explorer)
    inside = _most_equal(explorer, threat, np.ones(n), points[0], enough=ENOUGH if rule != "egalitarian" else np.inf)
    found = [inside]
    if inside.spare <= NOTHING:
        found += [_most_equal(explorer, threat, np.ones(n), start) for start in points[1:]]
        inside = max(found, key=lambda one: one.spare if one.gap < MOST_MISSED else -np.inf)
    acceptable, most = bool(inside.spare > NOTHING), np.zeros(0)
    if acceptable:
        firsts = [inside.place, *(look(explorer, start) for start in points[1:])]
        if rule == "kalai-smorodinsky":
            most = ideals(explorer, threat, firsts) if ideal is None else ideal
            share = share * most / most.mean()
        if rule == "nash":
            found = [_nash_product(explorer, threat, weight, start, unit=inside.spare) for start in firsts]
        else:
            found = [_most_equal(explorer, threat, share, start) for start in firsts]
    scores = [_score(one, threat, weight if acceptable and rule == "nash" else None) for one in found]
    best, score = max(zip(found, scores, strict=True), key=lambda pair: pair[1])
    best = finished(explorer, best)
    certificate = Certificate(
        slope=best.slope, deviation_gain=0.0, starts=len(found),
        agreement=float(max(np.abs(one.spot.values - best.spot.values).max() for one in found)),
        solves=explorer.solves, adjoints=explorer.adjoints, stopped_short=best.stopped_short,
    )  # fmt: skip
    surplus = best.spot.values - threat
    return Bargain(
        rule=rule, spot=best.spot, threat=threat, surplus=surplus, power=weight, ideal=most, acceptable=acceptable,
        apart=float(surplus.min()), score=score, certificate=certificate,
    )  # fmt: skip


def signed_bargain(
    explorer: Explorer, threat: Array, *, rule: Rule = "nash", power: Sequence[float] | None = None,
    starts: Sequence[Array] = (),
) -> Bargain:  # fmt: skip
    """The deal a rule picks where some clauses are signed or not: branch and bound over those, with the rule inside."""
    ideal = None
    if rule == "kalai-smorodinsky" and explorer.agenda.instruments.whole.any():
        ideal = _signed_ideals(explorer, threat)
    found = best_signed(
        explorer,
        lambda walk, near: bargain(walk, threat, rule=rule, power=power, starts=near or starts, ideal=ideal),
        rank=lambda one: (one.acceptable, one.score), at=lambda one: one.spot.x,
    )  # fmt: skip
    short = found.best.certificate.stopped_short
    if found.short > 0 and not short:
        short = f"{found.searched} ways to sign were searched; those left could bring {found.short:.1e} of income more"
    certificate = replace(
        found.best.certificate, solves=explorer.solves, adjoints=explorer.adjoints, stopped_short=short
    )
    return replace(found.best, certificate=certificate)


def _signed_ideals(explorer: Explorer, threat: Array) -> Array:
    """Most each side could gain with every other at its threat point and every whole clause signed or not (side)."""
    found = []
    for k in range(len(explorer.sides)):
        best = best_signed(
            explorer, lambda walk, near, k=k: _ideal(walk, threat, k, near or starting_points(walk)),
            rank=lambda one: (one.gap < MOST_MISSED, one.goal), at=lambda one: one.spot.x,
        )  # fmt: skip
        found.append(_most_of(best.best, threat, k))
    return np.array(found)


def ideals(explorer: Explorer, threat: Array, starts: Sequence[Array | Place]) -> Array:
    """Most each side could gain with every other at its threat point (side)."""
    return np.array([_most_of(_ideal(explorer, threat, k, starts), threat, k) for k in range(len(explorer.sides))])


def _ideal(explorer: Explorer, threat: Array, k: int, starts: Sequence[Array | Place]) -> Solved:
    """Side k's best with every other at its threat point, of what is reached from several starts."""
    floors = np.where(np.arange(len(threat)) == k, -np.inf, threat)
    wanted = Programme(one_side(k, len(threat)), floors)
    found = [solve_programme(explorer, start, wanted, accuracy=ROUGH) for start in starts]
    return max(found, key=lambda one: (one.gap < MOST_MISSED, one.goal))


def _most_of(found: Solved, threat: Array, k: int) -> float:
    """A side's gain at its best; above nothing, for shares are taken of it."""
    return max(found.goal - float(threat[k]), NOTHING)


def one_side(k: int, n: int) -> Goal:
    """The goal that is one side's own."""

    def goal(values: Array) -> tuple[float, Array]:
        return float(values[k]), np.eye(n)[k]

    return goal


def starting_points(explorer: Explorer) -> list[Array]:
    """The law, and half way from there to open borders: half of every duty, half of every package and payment."""
    on, law = explorer.agenda.instruments, explorer.agenda.at_law()
    half = np.where(on.rates, 0.5 * law, 0.5 * (on.low + on.high))
    for curve in on.curves.each:
        k = curve.instrument
        half[k] = 0.5 * (law[k] + curve.cheapest(float(on.low[k]), float(law[k]), float(on.high[k])))
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
    """Maximise sum a log(W - d), in units of a gain known to be there for all, so that one unit bends alike.

    The first gain known may be far smaller than what the product brings: then again in units of that.
    """
    found = _product(explorer, threat, power, start, unit=unit)
    gain = float(((found.spot.values - threat) / (len(power) * power)).min())
    return _product(explorer, threat, power, found.place, unit=gain) if gain > 2.0 * unit else found


def _product(explorer: Explorer, threat: Array, power: Array, start: Array | Place, *, unit: float) -> Solved:
    least = 1e-3 * unit

    def goal(values: Array) -> tuple[float, Array]:
        gain = values - threat
        inside = np.maximum(gain, least)
        beyond = np.minimum(gain - least, 0.0)  # goes on straight below the least gain, so that a search comes back
        value = unit * float(power @ (np.log(inside / unit) + beyond / least))
        return value, unit * power / inside

    return solve_programme(explorer, start, Programme(goal, threat + least))


def _score(found: Solved, threat: Array, power: Array | None) -> float:
    """How good a point is for a rule: the mean of gains by Nash's product where power is given, else the equal gain."""
    if found.gap >= MOST_MISSED:
        return -np.inf
    if power is None:
        return float(found.spare)
    gain = found.spot.values - threat
    return float(np.exp(power @ np.log(np.maximum(gain, 1e-300))))


def _power(power: Sequence[float] | None, n: int) -> Array:
    if power is None:
        return np.full(n, 1.0 / n)
    weight = np.asarray(power, dtype=np.float64)
    if weight.shape != (n,) or not np.all(weight > 0) or not np.all(np.isfinite(weight)):
        raise InputError(Fault("power", f"is {list(power)}", f"Allowed: {n} numbers above 0, one a side"))
    return weight / weight.sum()
