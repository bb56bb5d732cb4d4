"""The deals of a frontier as treaties would write them, valued through the law itself, each one acceptable to both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reciprocity.deal import Deal
from reciprocity.economy.economy import Array
from reciprocity.negotiation.bargain import NOTHING
from reciprocity.negotiation.frontier import Frontier, exchange_along
from reciprocity.negotiation.sitting import Sitting

STEPS = (1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0)
"""Parts of the way to a deal known to be acceptable that one that is not goes, until it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Efficient:
    """A deal of the frontier.

    Attributes:
        x: the open clauses, as the deal has them.
        deal: as a treaty would write it.
        surplus: each side's gain over the threat point, through the law itself, a share of base income (side).
        acceptable: whether no side is below its threat point.
        exchange: income share the first side gives up for one share more of the second's.
    """

    x: Array
    deal: Deal
    surplus: Array
    acceptable: bool
    exchange: float


def efficient_deals(
    sitting: Sitting, found: Frontier, threat: Array, *, inside: Array | None
) -> tuple[list[Efficient], float]:
    """The deals of a frontier that none of the others beats, and how far the sitting was from the law at them.

    Rounding, and clauses that meet in one sector, move a deal by a millionth of income or so: enough to put one at a
    threat point below it. Such a deal moves towards one inside until the law itself says that nobody is.

    Args:
        sitting: the table.
        found: its frontier.
        threat: what each side gets without a deal (side).
        inside: a point acceptable to both; None where there is none, and then no deal is held to be.
    """
    valued, gap = [], 0.0
    for spot in found.spots:
        here = _valued(sitting, spot.x, threat)
        gap = max(gap, float(np.abs(here[1] - (spot.values - threat)).max()))
        if inside is not None:
            here = _moved_inside(sitting, here, spot.x, threat, inside)
        valued += [] if here is None else [here]
    kept = _unbeaten(valued)
    surplus = np.array([gain for _, gain in kept])
    rates = exchange_along(surplus)
    deals = [
        Efficient(x, sitting.deal_at(x, title=f"{sitting.table.title}: efficient deal {k}"), gain,
                  bool(gain.min() > -NOTHING), float(rate))
        for k, ((x, gain), rate) in enumerate(zip(kept, rates, strict=True), 1)
    ]  # fmt: skip
    return deals, gap


Valued = tuple[Array, Array]
"""The clauses of a deal, and each side's gain."""


def _valued(sitting: Sitting, x: Array, threat: Array) -> Valued:
    """A point of the table as a treaty would write it, and each side's gain through the law itself."""
    written = sitting.written(x)
    return written, sitting.values(sitting.world(sitting.deal_at(written))) - threat


def _moved_inside(sitting: Sitting, here: Valued, x: Array, threat: Array, inside: Array) -> Valued | None:
    """A deal moved towards one inside as little as it takes; None where it signs what no acceptable deal can."""
    whole = sitting.instruments.whole
    for part in STEPS:
        if here[1].min() > -NOTHING:
            return here
        here = _valued(sitting, np.where(whole, x, x + part * (inside - x)), threat)
    return here if here[1].min() > -NOTHING else None


def _unbeaten(deals: Sequence[Valued]) -> list[Valued]:
    """The deals that no other beats for both, once each, the first side's best first."""
    ordered = sorted(deals, key=lambda one: (-one[1][0], -one[1][1]))
    kept: list[Valued] = []
    for x, gain in ordered:
        if not kept or gain[1] > kept[-1][1][1] + NOTHING:
            kept.append((x, gain))
    return kept
