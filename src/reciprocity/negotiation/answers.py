"""Answers at a table, as plain values: what `reciprocity negotiate` prints and programs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from reciprocity.deal import Deal
from reciprocity.deal.write import deal_text
from reciprocity.economy.economy import Array
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.negotiation.bargain import NOTHING, Bargain, Rule, signed_bargain
from reciprocity.negotiation.blocks import (
    by_side,
    certificate_block,
    deal_block,
    heading,
    musd,
    reproduce,
    sides_block,
    terms_block,
    third_parties,
    threat_block,
)
from reciprocity.negotiation.efficient import Efficient, efficient_deals
from reciprocity.negotiation.signed import signed_frontier
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import Table, find_table
from reciprocity.negotiation.threat import ThreatPoint, threat_point

NEAR = 3e-6
"""A sitting and the law itself may differ by so much of income before the sitting is held again around the deal."""
MOST_SITTINGS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A bargain at a table, valued through the law itself.

    Attributes:
        sitting: the last one held.
        threat: what each side gets without it.
        bargain: the point.
        deal: with values as a treaty would write them.
        world: under that deal.
        surplus: each side's gain over the threat point there, a share of its base income (side).
        gap: largest difference between the sitting and the law itself under that deal, a share of income.
    """

    sitting: Sitting
    threat: ThreatPoint
    bargain: Bargain
    deal: Deal
    world: Equilibrium
    surplus: Array
    gap: float

    @property
    def acceptable(self) -> bool:
        """Whether no side is below its threat point and one is above."""
        return bool(self.bargain.acceptable and self.surplus.min() > -NOTHING)


def settle(table: Table, *, threat: str = "", rule: Rule = "nash", power: Sequence[float] | None = None) -> Settled:
    """The deal a rule picks at a table, with the sitting held again around the deal until the law agrees with it."""
    sitting = sit(table)
    return settle_over(sitting, threat_point(sitting, threat), rule=rule, power=power)


def settle_over(
    sitting: Sitting, point: ThreatPoint, *, rule: Rule = "nash", power: Sequence[float] | None = None
) -> Settled:
    """The same from a first sitting, over what each side gets without a deal."""
    table, power = sitting.table, power or sitting.table.power_by_side
    tried: list[Settled] = []
    for _ in range(MOST_SITTINGS):
        starts = [tried[-1].bargain.spot.x] if tried else []
        found = signed_bargain(sitting.explorer(), point.values, rule=rule, power=power, starts=starts)
        if tried:
            found = replace(found, certificate=found.certificate.after(tried[-1].bargain.certificate))
        deal = sitting.deal(found.spot.x)
        world = sitting.world(deal)
        law = sitting.values(world)
        gap = float(np.abs(law - sitting.explorer().spot(sitting.written(found.spot.x)).values).max())
        tried.append(Settled(sitting, point, found, deal, world, law - point.values, gap))
        if gap <= NEAR:
            break
        sitting = sit(table, around=found.spot.x)
    return min(tried, key=lambda one: (not one.acceptable, one.gap))


def answer_bargain(
    table: str | Path, *, threat: str = "", rule: Rule = "nash", power: Sequence[float] | None = None
) -> dict[str, Any]:
    """The deal a rule picks at a table: each side's surplus over the threat point, the deal as a file, the certificate.

    Args:
        table: a table's file, or the name of one that ships.
        threat: ``law``, ``nash``, ``mfn``, ``announced`` or a name the table gives; the table's own when left out.
        rule: ``nash``, ``kalai-smorodinsky`` or ``egalitarian``.
        power: of each side; the table's when left out.
    """
    read, path = find_table(table)
    settled = settle(read, threat=threat, rule=rule, power=power)
    asked = f"--threat {settled.threat.name} --rule {rule}"
    if power:
        asked += f" --power {power[0] / sum(power):g}"
    options = f"threat={settled.threat.name!r}, rule={rule!r}" + (f", power={tuple(power)}" if power else "")
    return {
        **heading(read, settled.sitting),
        "rule": rule,
        "power": dict(zip(read.sides, settled.bargain.power.tolist(), strict=True)),
        "threat": threat_block(settled.threat, settled.sitting),
        "acceptable": settled.acceptable,
        "apart": _apart(settled),
        "sides": sides_block(settled.sitting, settled.world, settled.surplus, settled.bargain.ideal),
        "third_parties": third_parties(settled.sitting, settled.world),
        "terms": terms_block(settled.sitting, settled.deal),
        "deal": deal_block(settled.deal) if settled.acceptable else None,
        "nearest": None if settled.acceptable else deal_block(settled.deal),
        "certificate": {**certificate_block(settled.bargain.certificate), "law_gap": settled.gap},
        "reproduce": reproduce("bargain", path, asked, answer_bargain, options),
    }


def answer_frontier(table: str | Path, *, threat: str = "", points: int = 21, rule: Rule = "nash") -> dict[str, Any]:
    """Efficient deals at a table between the two ends, with the law, the threat point and the rule's deal on them."""
    read, path = find_table(table)
    settled = settle(read, threat=threat, rule=rule)
    sitting, point = settled.sitting, settled.threat
    found = signed_frontier(sitting.explorer(), point.values, points=points, held=settled.acceptable)
    inside = sitting.written(settled.bargain.spot.x) if settled.acceptable else None
    deals, gap = efficient_deals(sitting, found, point.values, inside=inside)
    law = sitting.values(sitting.standing.equilibrium) - point.values
    options = f"threat={point.name!r}, points={points}, rule={rule!r}"
    return {
        **heading(read, sitting),
        "rule": rule,
        "threat": threat_block(point, sitting),
        "acceptable": settled.acceptable,
        "points": [_point(sitting, one) for one in deals],
        "status_quo": by_side(read, law),
        "threat_point": by_side(read, np.zeros(2)),
        "chosen": by_side(read, settled.surplus),
        "deal": deal_block(settled.deal) if settled.acceptable else None,
        "certificate": {**certificate_block(found.certificate), "law_gap": gap},
        "reproduce": reproduce(
            "frontier", path, f"--points {points} --threat {point.name} --rule {rule}", answer_frontier, options
        ),
    }


def _apart(settled: Settled) -> dict[str, Any] | None:
    """How far the sides are from a deal: what each would lose at the point where they are nearest."""
    if settled.acceptable:
        return None
    lost = np.maximum(-settled.surplus, 0.0)
    words = "no deal at this table leaves every side at or above its threat point"
    if lost.max() <= NOTHING:
        words = "no deal at this table leaves one side better off than its threat point and none worse"
    return {
        "words": words,
        "smallest_gain": settled.bargain.apart,
        "missing": {one.name: float(lost[k]) for k, one in enumerate(settled.sitting.sides)},
        "missing_musd": {
            one.name: musd(settled.sitting, k, float(lost[k])) for k, one in enumerate(settled.sitting.sides)
        },
    }


def _point(sitting: Sitting, one: Efficient) -> dict[str, Any]:
    """A deal of the frontier as JSON has it; its file where no side is below its threat point."""
    return {
        "surplus": by_side(sitting.table, one.surplus),
        "acceptable": one.acceptable,
        "exchange": one.exchange,
        "values": dict(zip(sitting.instruments.names, one.x.tolist(), strict=True)),
        "deal_toml": deal_text(one.deal) if one.acceptable else None,
    }
