"""The best reply: what a side would do alone, everyone else's law as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.shock import Shock
from reciprocity.model.threads import one_thread
from reciprocity.negotiation.agenda import Agenda, agenda
from reciprocity.negotiation.ascent import SHARE, TOLERANCE, Climb, Summit, accelerated, climb, projected
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.instruments import HIGHEST_RATE, LOWEST_RATE, Instruments, bounded, joined, tariffs
from reciprocity.negotiation.side import Side
from reciprocity.negotiation.side import side as side_of

FEW = 200  # so many instruments are set to the finer tolerance
FINE = 1e-9  # projected gradient in scaled variables


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """A side's best reply.

    Attributes:
        instruments: what it may set, as `x` and `values` are ordered.
        x: where it sets them.
        values: the same as rates (fractions), parts or million USD.
        gain: over the law as it stands, a share of the side's base income.
        welfare_change: real income of every region against the law as it stands, a fraction (country).
        before, after: the world under the law and under the reply.
        certificate: what shows that it is one.
    """

    instruments: Instruments
    x: Array
    values: Array
    gain: float
    welfare_change: Array
    before: Equilibrium
    after: Equilibrium
    certificate: Certificate


def best_reply(
    economy: Economy,
    side: str | Side,
    instruments: Instruments | None = None,
    *,
    bounds: tuple[float, float] = (LOWEST_RATE, HIGHEST_RATE),
    law: Shock | None = None,
    closure: str = "world_share",
    convention: str = "automatic",
    starts: int = 1,
) -> Reply:
    """The instruments that serve a side best while everyone else's law stays as it is.

    Args:
        economy: the base.
        side: a region that wants real income, or a side with its own objective.
        instruments: what the side may set; its duties on every partner and sector when left out.
        bounds: lowest and highest duty, fractions, where instruments are left out.
        law: duties, costs and deficits in force; the economy's own when left out.
        closure: what becomes of deficits.
        convention: what changes are against, see `solve`.
        starts: how many points to climb from; agreement is reported.

    Raises:
        InputError: a side without an instrument, bounds that contradict, unknown names.
    """
    who = side_of(economy, side) if isinstance(side, str) else side
    if instruments is None:
        instruments = own_tariffs(economy, who, bounds=bounds)
    explorer = Explorer(agenda(economy, instruments, law=law, closure=closure, convention=convention), (who,))
    every = np.ones(len(instruments), dtype=bool)
    before = explorer.law()
    points = starting_points(explorer.agenda, starts)
    found = [reply_from(explorer, 0, x, every) for x in points]
    best = max(range(len(found)), key=lambda k: found[k][0].value)
    summit, after = found[best]
    spread = max(one.value for one, _ in found) - min(one.value for one, _ in found)
    certificate = Certificate(
        slope=summit.slope, deviation_gain=0.5 * summit.slope**2, starts=len(points), agreement=spread,
        solves=explorer.solves, adjoints=explorer.adjoints, stopped_short=summit.stopped_short,
    )  # fmt: skip
    return Reply(
        instruments=instruments, x=after.x, values=instruments.shown(after.x),
        gain=float(after.values[0] - before.values[0]),
        welfare_change=after.equilibrium.welfare_hat / before.equilibrium.welfare_hat - 1.0,
        before=before.equilibrium, after=after.equilibrium, certificate=certificate,
    )  # fmt: skip


def own_tariffs(
    economy: Economy, side: Side, *, bounds: tuple[float, float] = (LOWEST_RATE, HIGHEST_RATE)
) -> Instruments:
    """Every duty a side's members set on goods from outside it."""
    outside = [name for name in economy.regions if name not in side.members]
    if not outside:
        raise InputError(Fault(side.name, "is the whole world", remedy="A duty needs a partner outside the side"))
    low, high = bounds
    return joined([
        tariffs(economy, member, giver=side.name, exporters=outside, low=low, high=high) for member in side.members
    ])  # fmt: skip


@one_thread
def reply_from(
    explorer: Explorer, k: int, x: Array, own: NDArray[np.bool_], *, tolerance: float = TOLERANCE
) -> tuple[Summit, Spot]:
    """Side k's best reply over its own instruments from x, the others' held there."""
    on, scale = explorer.agenda.instruments, explorer.agenda.scale[own]
    if not own.any():
        name = explorer.sides[k].name
        raise InputError(Fault(name, "has no instrument on the table", remedy="Give it one or ask for another threat"))

    def objective(z: Array) -> tuple[float, Array]:
        at = x.copy()
        at[own] = z / scale
        spot = explorer.spot(at)
        return float(spot.values[k]), explorer.slopes(spot, [k], own)[0, own] / scale

    summit = climb(objective, x[own] * scale, on.low[own] * scale, on.high[own] * scale, tolerance=tolerance)
    if own.sum() <= FEW and tolerance <= TOLERANCE:
        summit = _polished(objective, summit, on.low[own] * scale, on.high[own] * scale)
    end = x.copy()
    end[own] = np.clip(summit.z / scale, on.low[own], on.high[own])
    return summit, explorer.spot(end)


def _polished(objective: Climb, summit: Summit, low: Array, high: Array) -> Summit:
    """A few more steps: at the top the objective is flat, but what others get is not."""
    end, slope = accelerated(lambda z: SHARE * objective(z)[1], summit.z, low, high, tolerance=FINE)
    if slope >= SHARE * summit.slope:
        return summit
    value, gradient = objective(end)
    return replace(summit, z=end, value=value, slope=projected(end, gradient, low, high))


def starting_points(agenda: Agenda, count: int) -> list[Array]:
    """The usual guess, the law, then seeded draws between them and the bounds of ordinary duties."""
    on = agenda.instruments
    points = [agenda.optimal_guess(), agenda.at_law()]
    draw = np.random.default_rng(20251008)
    high = np.minimum(on.high, np.where(on.rates, np.log1p(1.0), on.high))
    while len(points) < count:
        points.append(draw.uniform(on.low, np.maximum(high, on.low)))
    return points[:count]


def without(instruments: Instruments, fixed: NDArray[np.bool_], x: Array) -> Instruments:
    """The same instruments, some of them held at x."""
    return bounded(instruments, np.where(fixed, x, instruments.low), np.where(fixed, x, instruments.high))
