"""Answers at a table, as plain values: what `reciprocity negotiate` prints and programs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from reciprocity.deal import Deal, in_words
from reciprocity.deal.write import deal_text
from reciprocity.economy.economy import Array
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.negotiation.bargain import NOTHING, Bargain, Rule, signed_bargain
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.frontier import Frontier, frontier
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
        gap: largest difference between the sitting and the law itself, a share of income.
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
    point = threat_point(sitting, threat)
    power = power or table.power_by_side
    settled: Settled | None = None
    for _ in range(MOST_SITTINGS):
        found = signed_bargain(sitting.explorer(), point.values, rule=rule, power=power)
        deal = sitting.deal(found.spot.x)
        world = sitting.world(deal)
        surplus = sitting.values(world) - point.values
        gap = float(np.abs(surplus - found.surplus).max())
        settled = Settled(sitting, point, found, deal, world, surplus, gap)
        if gap <= NEAR:
            break
        sitting = sit(table, around=found.spot.x)
    assert settled is not None  # noqa: S101 - there is at least one sitting
    return settled


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
        "reproduce": reproduce("bargain", path, asked, "answer_bargain", options),
    }


def answer_frontier(table: str | Path, *, threat: str = "", points: int = 21, rule: Rule = "nash") -> dict[str, Any]:
    """Efficient deals at a table between the two ends, with the law, the threat point and the rule's deal on them."""
    read, path = find_table(table)
    settled = settle(read, threat=threat, rule=rule)
    sitting, point = settled.sitting, settled.threat
    found = frontier(sitting.explorer(), point.values, points=points, held=settled.acceptable)
    law = sitting.values(sitting.standing.equilibrium) - point.values
    options = f"threat={point.name!r}, points={points}, rule={rule!r}"
    return {
        **heading(read, sitting),
        "rule": rule,
        "threat": threat_block(point, sitting),
        "acceptable": settled.acceptable,
        "points": [_point(sitting, found, k) for k in range(len(found.spots))],
        "status_quo": _by_side(read, law),
        "threat_point": _by_side(read, np.zeros(2)),
        "chosen": _by_side(read, settled.surplus),
        "deal": deal_block(settled.deal) if settled.acceptable else None,
        "certificate": certificate_block(found.certificate),
        "reproduce": reproduce(
            "frontier", path, f"--points {points} --threat {point.name} --rule {rule}", "answer_frontier", options
        ),
    }


def heading(table: Table, sitting: Sitting) -> dict[str, Any]:
    """What every answer begins with."""
    return {
        "table": table.id,
        "title": table.title,
        "on": table.on.isoformat(),
        "known": table.known.isoformat() if table.known else None,
        "horizon": sitting.standing.horizon,
        "unit": "surplus is a share of base-year income (0.001 is 0.1%); musd is million USD a year; + is a gain",
        "wants": {one.name: _wants(table, one.name) for one in sitting.sides},
    }


def _wants(table: Table, side: str) -> dict[str, Any]:
    wants = table.wants.get(side)
    if wants is None:
        return {"income": 1.0}
    return {"income": 1.0, **wants.model_dump(exclude_defaults=True), "inferred": wants.inferred}


def threat_block(point: ThreatPoint, sitting: Sitting) -> dict[str, Any]:
    """The threat point, against the law of the day."""
    law = sitting.values(sitting.standing.equilibrium)
    block = {
        "name": point.name,
        "words": point.words,
        "sides": {
            one.name: {"over_law": float(mine - lawful), "over_law_musd": _musd(sitting, k, float(mine - lawful))}
            for k, (one, mine, lawful) in enumerate(zip(sitting.sides, point.values, law, strict=True))
        },
    }
    if point.certificate:
        block["certificate"] = certificate_block(point.certificate)
    return block


def sides_block(sitting: Sitting, world: Equilibrium, surplus: Array, ideal: Array | None = None) -> dict[str, Any]:
    """Each side: its surplus over the threat point, and its real income against the law."""
    law, found = sitting.standing.equilibrium, {}
    for k, one in enumerate(sitting.sides):
        n = sitting.standing.economy.regions.index(one.name)
        change = float(world.welfare_hat[n] / law.welfare_hat[n] - 1.0)
        found[one.name] = {
            "surplus": float(surplus[k]),
            "surplus_musd": _musd(sitting, k, float(surplus[k])),
            "real_income_change": change,
            "real_income_musd": float(law.base_income[n] * law.welfare_hat[n] * change),
            "binds": bool(surplus[k] < 1e-7),
        }
        if ideal is not None and ideal.size:
            found[one.name]["most"] = float(ideal[k])
    return found


def third_parties(sitting: Sitting, world: Equilibrium) -> list[dict[str, Any]]:
    """Everyone else, against the law, most hurt first."""
    law = sitting.standing.equilibrium
    change = world.welfare_hat / law.welfare_hat - 1.0
    rows = [
        {"country": code, "real_income_change": float(change[n]),
         "real_income_musd": float(law.base_income[n] * law.welfare_hat[n] * change[n])}
        for n, code in enumerate(sitting.standing.economy.regions) if code not in sitting.table.sides
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["real_income_musd"])


def terms_block(sitting: Sitting, deal: Deal) -> list[dict[str, Any]]:
    """Each open clause: where the deal puts it, between which bounds."""
    signed = {clause.id: clause for clause in deal.clauses}
    rows = []
    for one, name, law in zip(sitting.table.open, sitting.instruments.names, _law_x(sitting), strict=True):
        clause = signed.get(name)
        value = sitting_value(one.kind, clause) if clause else (0.0 if one.kind not in {"tariff", "cap"} else None)
        rows.append(
            {
                "id": name,
                "giver": sitting.instruments.givers[len(rows)],
                "kind": one.kind,
                "value": value,
                "low": one.low,
                "high": one.high,
                "law": float(law),
                "words": in_words(clause) if clause else "not signed",
            }
        )
    return rows


def sitting_value(kind: str, clause: Any) -> float:
    """The number a signed clause has on the table."""
    if kind == "capacity":
        return float(clause.capacity.value)
    key = {"investment": "amount_busd", "trade_cost": "change"}.get(kind, "rate")
    return float(getattr(clause, key, 1.0)) if hasattr(clause, key) else 1.0


def deal_block(deal: Deal) -> dict[str, Any]:
    """A deal as JSON, and as the text of its file."""
    content = deal.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"id"})
    return {**content, "sha256": deal.sha256, "toml": deal_text(deal)}


def certificate_block(certificate: Certificate) -> dict[str, Any]:
    """The certificate of a search."""
    return {**asdict(certificate), "holds": certificate.holds}


def reproduce(verb: str, path: Path, options: str, function: str, arguments: str) -> dict[str, str]:
    """The lines that give the answer again."""
    return {
        "command": f"reciprocity negotiate {verb} {path} {options} --json",
        "python": f"from reciprocity.negotiation.answers import {function}\n{function}({str(path)!r}, {arguments})",
    }


def _apart(settled: Settled) -> dict[str, Any] | None:
    """How far the sides are from a deal: what each would lose at the point where they are nearest."""
    if settled.acceptable:
        return None
    lost = np.maximum(-settled.surplus, 0.0)
    return {
        "words": "no deal at this table leaves every side at or above its threat point",
        "smallest_gain": settled.bargain.apart,
        "missing": {one.name: float(lost[k]) for k, one in enumerate(settled.sitting.sides)},
        "missing_musd": {
            one.name: _musd(settled.sitting, k, float(lost[k])) for k, one in enumerate(settled.sitting.sides)
        },
    }


def _point(sitting: Sitting, found: Frontier, k: int) -> dict[str, Any]:
    spot = found.spots[k]
    return {
        "surplus": _by_side(sitting.table, found.surplus[k]),
        "exchange": float(found.exchange[k]),
        "values": dict(zip(sitting.instruments.names, spot.x.tolist(), strict=True)),
        "deal_toml": deal_text(sitting.deal(spot.x, title=f"{sitting.table.title}: efficient deal {k + 1}")),
    }


def _by_side(table: Table, values: Array) -> dict[str, float]:
    return dict(zip(table.sides, values.tolist(), strict=True))


def _musd(sitting: Sitting, k: int, share: float) -> float:
    n = sitting.standing.economy.regions.index(sitting.sides[k].name)
    return share * float(sitting.standing.equilibrium.base_income[n])


def _law_x(sitting: Sitting) -> Array:
    law = np.zeros(len(sitting.instruments))
    for curve in sitting.instruments.curves:
        law[curve.instrument] = curve.law
    return law


def fixed(sitting: Sitting, values: dict[str, float]) -> Sitting:
    """The sitting with some clauses held at values."""
    on = sitting.instruments
    low, high = on.low.copy(), on.high.copy()
    for name, value in values.items():
        low[on.position(name)] = high[on.position(name)] = value
    return replace(sitting, instruments=replace(on, low=low, high=high))
