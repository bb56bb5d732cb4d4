"""Nash equilibrium: every side's instruments are its best reply to the others'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.shock import Shock
from reciprocity.model.threads import one_thread
from reciprocity.negotiation.agenda import agenda
from reciprocity.negotiation.ascent import SHARE, accelerated
from reciprocity.negotiation.best_reply import own_tariffs, reply_from
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.explorer import Explorer, Spot
from reciprocity.negotiation.instruments import HIGHEST_RATE, LOWEST_RATE, Instruments, joined
from reciprocity.negotiation.side import Side
from reciprocity.negotiation.side import side as side_of

WORTH = 1e-9  # a gain by deviating alone, a share of income, that sends the search on
JOINT, JOINT_MANY = 1e-9, 2e-6  # largest projected own gradient in scaled variables, few sides and many
NEAR, AFAR = 3e-6, 1e-5  # projected gradients at which deviations sought near and from afar are judged
FEW = 4  # so many sides are held to the finer tolerance, and look for deviations from afar too
MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Nash:
    """A Nash equilibrium.

    Attributes:
        sides: the players.
        instruments: what they set, as `x` and `values` are ordered.
        x: where they set them.
        values: the same as rates (fractions), parts or million USD.
        gain: each side's objective over the law as it stands, shares of its base income (side).
        welfare_change: real income of every region against the law as it stands, a fraction (country).
        before, after: the world under the law and in the equilibrium.
        certificate: what shows that it is one; `deviation_gain` is its epsilon.
    """

    sides: tuple[Side, ...]
    instruments: Instruments
    x: Array
    values: Array
    gain: Array
    welfare_change: Array
    before: Equilibrium
    after: Equilibrium
    certificate: Certificate


def nash(
    economy: Economy,
    sides: Sequence[str | Side],
    instruments: Instruments | None = None,
    *,
    bounds: tuple[float, float] = (LOWEST_RATE, HIGHEST_RATE),
    law: Shock | None = None,
    closure: str = "world_share",
    convention: str = "automatic",
) -> Nash:
    """The Nash equilibrium of two or more sides; everyone else keeps the law as it is.

    Args:
        economy: the base.
        sides: regions that want real income, or sides with their own objectives.
        instruments: what they may set, each by its giver; every side's duties on every partner when left out.
        bounds: lowest and highest duty, fractions, where instruments are left out.
        law: duties, costs and deficits in force; the economy's own when left out.
        closure: what becomes of deficits.
        convention: what changes are against, see `solve`.
    """
    players = tuple(side_of(economy, one) if isinstance(one, str) else one for one in sides)
    if len(players) < 2:
        raise InputError(Fault("nash", f"has {len(players)} side", "Allowed: two or more", "Use best_reply for one"))
    if instruments is None:
        instruments = joined([own_tariffs(economy, one, bounds=bounds) for one in players])
    explorer = Explorer(agenda(economy, instruments, law=law, closure=closure, convention=convention), players)
    before = explorer.law()
    after, certificate = nash_from(explorer, explorer.agenda.optimal_guess())
    return Nash(
        sides=players, instruments=instruments, x=after.x, values=instruments.shown(after.x),
        gain=after.values - before.values,
        welfare_change=after.equilibrium.welfare_hat / before.equilibrium.welfare_hat - 1.0,
        before=before.equilibrium, after=after.equilibrium, certificate=certificate,
    )  # fmt: skip


@one_thread
def nash_from(explorer: Explorer, x: Array) -> tuple[Spot, Certificate]:
    """The Nash equilibrium from a first guess: all own gradients driven to zero at once, then best replies in turn.

    Few sides are sent from the law too; the certificate tells how far apart the two searches ended.
    """
    on = explorer.agenda.instruments
    own = [on.given_by(one.name) for one in explorer.sides]
    for one, mine in zip(explorer.sides, own, strict=True):
        if not mine.any():
            raise InputError(Fault(one.name, "has no instrument on the table", remedy="Give it one, or leave it out"))
    x, slope, deviation = _nobody_leaves(explorer, x, own)
    short = "" if deviation <= WORTH else f"a side still gains {deviation:.1e} of its income by deviating alone"
    starts, agreement = 1, 0.0
    spot = explorer.spot(x)
    if len(own) <= FEW:
        other = explorer.spot(_nobody_leaves(explorer, explorer.agenda.at_law(), own)[0])
        starts, agreement = 2, float(np.abs(other.values - spot.values).max())
    certificate = Certificate(
        slope=slope, deviation_gain=max(deviation, 0.5 * slope**2), starts=starts, agreement=agreement,
        solves=explorer.solves, adjoints=explorer.adjoints, stopped_short=short,
    )  # fmt: skip
    return spot, certificate


def _nobody_leaves(explorer: Explorer, x: Array, own: list[NDArray[np.bool_]]) -> tuple[Array, float, float]:
    """Where no side gains by deviating alone: the point, the own gradients left and the largest gain still there."""
    slope = deviation = np.inf
    for _ in range(MOST_ROUNDS):
        x, slope = _together(explorer, x, own)
        x, deviation = _in_turn(explorer, x, own)
        if deviation <= WORTH:
            break
    return x, slope, deviation


def _in_turn(explorer: Explorer, x: Array, own: list[NDArray[np.bool_]]) -> tuple[Array, float]:
    """Each side's best deviation from x, sought near it and from afar: the point all of them make, the largest gain."""
    on, here = explorer.agenda.instruments, explorer.spot(x)
    better, largest = x.copy(), 0.0
    afar = np.where(on.rates, 0.5 * (x + np.clip(explorer.agenda.at_law(), on.low, on.high)), 0.5 * (on.low + on.high))
    for k, mine in enumerate(own):
        tries = [(x, NEAR), (np.where(mine, afar, x), AFAR)][: 2 if len(own) <= FEW else 1]
        for start, tolerance in tries:
            summit, spot = reply_from(explorer, k, start, mine, tolerance=tolerance)
            gain = summit.value - float(here.values[k])
            if gain > max(largest, WORTH) or (start is x and gain > 0):
                better[mine] = spot.x[mine]
            largest = max(largest, gain)
    return better, largest


def _together(explorer: Explorer, x: Array, own: list[NDArray[np.bool_]]) -> tuple[Array, float]:
    """Every side steps along its own gradient at once, accelerated; returns the best point met."""
    on, scale = explorer.agenda.instruments, explorer.agenda.scale
    low, high = on.low * scale, on.high * scale

    def slopes(z: Array) -> Array:
        return SHARE * explorer.own_slopes(explorer.spot(z / scale), own) / scale

    end, slope = accelerated(slopes, x * scale, low, high, tolerance=JOINT if len(own) <= FEW else JOINT_MANY)
    return np.clip(end / scale, on.low, on.high), slope
