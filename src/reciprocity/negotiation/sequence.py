"""Staged deals: what is signed first moves what happens if the next stage fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.negotiation.answers import settle
from reciprocity.negotiation.bargain import NOTHING, Rule, signed_bargain
from reciprocity.negotiation.blocks import (
    certificate_block,
    deal_block,
    heading,
    reproduce,
    sides_block,
    third_parties,
    threat_block,
)
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import Stage, find_table
from reciprocity.negotiation.threat import threat_point


def answer_sequence(table: str | Path, *, threat: str = "", rule: Rule = "nash") -> dict[str, Any]:
    """A table settled stage by stage, each stage held against what the last one left; and all of it at once.

    A stage that fails leaves the world of the stages before it, and the first one the threat point. A stage at which
    no deal leaves both sides as well off is passed over, and said.

    Args:
        table: a table's file with stages, or the name of one that ships; one stage a clause where it has none.
        threat: what happens if the first stage fails; the table's own when left out.
        rule: how each stage is settled.
    """
    read, path = find_table(table)
    stages = read.stages or tuple(Stage(name=one.id, clauses=(one.id,)) for one in read.open)
    held = [name for stage in stages for name in stage.clauses]
    if len(set(held)) < len(held):
        raise InputError(Fault(f"{path}: stage", "settles a clause twice", remedy="Each clause has one stage"))
    sitting = sit(read)
    point = threat_point(sitting, threat)
    x = sitting.explorer().agenda.at_law()
    before, rows = point.values, []
    for stage in stages:
        free = {one.id for one in read.open if one.id in stage.clauses}
        start = {one: float(x[k]) for k, one in enumerate(sitting.instruments.names) if one not in free}
        narrow = _held(sit(read, around=x), start)
        found = signed_bargain(narrow.explorer(), before, rule=rule, power=read.power_by_side)
        world = narrow.world(narrow.deal_at(found.spot.x))
        surplus = narrow.values(world) - before
        willing = bool(found.acceptable and surplus.min() > -NOTHING)
        if willing:
            x = found.spot.x
            before = narrow.values(world)
        rows.append(
            {
                "stage": stage.name,
                "clauses": {one: float(x[narrow.instruments.position(one)]) for one in sorted(free)},
                "acceptable": willing,
                "sides": sides_block(narrow, world, surplus),
                "certificate": certificate_block(found.certificate),
            }
        )
    deal = sitting.deal_at(x)
    world = sitting.world(deal)
    whole = settle(read, threat=threat, rule=rule)
    return {
        **heading(read, sitting),
        "rule": rule,
        "threat": threat_block(point, sitting),
        "stages": rows,
        "sides": sides_block(sitting, world, sitting.values(world) - point.values),
        "third_parties": third_parties(sitting, world),
        "at_once": sides_block(whole.sitting, whole.world, whole.surplus),
        "deal": deal_block(deal.model_copy(update={"title": f"{read.title}, stage by stage"})),
        "reproduce": reproduce(
            "sequence", path, f"--threat {point.name} --rule {rule}", answer_sequence,
            f"threat={point.name!r}, rule={rule!r}",
        ),
    }  # fmt: skip


def _held(sitting: Sitting, values: dict[str, float]) -> Sitting:
    """The sitting with some clauses held at values."""
    on = sitting.instruments
    low, high = on.low.copy(), on.high.copy()
    for name, value in values.items():
        low[on.position(name)] = high[on.position(name)] = value
    return replace(sitting, instruments=replace(on, low=low, high=high))
