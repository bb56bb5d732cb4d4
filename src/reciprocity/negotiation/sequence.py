"""Staged deals: what is signed first moves what happens if the next stage fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.negotiation.answers import settle
from reciprocity.negotiation.bargain import NOTHING, Rule, signed_bargain
from reciprocity.negotiation.blocks import (
    certificate_block,
    deal_block,
    heading,
    musd,
    reproduce,
    sides_block,
    third_parties,
    threat_block,
)
from reciprocity.negotiation.certificate import Certificate
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import Stage, find_table
from reciprocity.negotiation.threat import threat_over, threat_point

Fallback = Literal["signed", "threat"]
FALLBACKS: tuple[str, ...] = get_args(Fallback)


@dataclass(frozen=True, slots=True, eq=False)
class _Settled:
    """A stage settled: the table after it, what each side has there, and whether both were willing."""

    narrow: Sitting
    x: Array
    world: Equilibrium
    surplus: Array
    willing: bool
    certificate: Certificate


def answer_sequence(
    table: str | Path, *, threat: str = "", rule: Rule = "nash", fallback: Fallback = "signed"
) -> dict[str, Any]:
    """A table settled stage by stage, each stage held against what the last one left; and all of it at once.

    A stage that fails leaves what is signed before it, and the first one the threat point. A stage at which no deal
    leaves both sides as well off is passed over, and said. `without_last` is what the same stage would bring if the
    one before it had not been signed: the difference is what today's stage does to tomorrow's.

    Args:
        table: a table's file with stages, or the name of one that ships; one stage a clause where it has none.
        threat: what happens if the first stage fails; the table's own when left out.
        rule: how each stage is settled.
        fallback: what happens if a later stage fails: ``signed``, what is signed stands and the threat is off;
            ``threat``, the threat is carried out over what is signed.
    """
    read, path = find_table(table)
    if fallback not in FALLBACKS:
        seen, allowed = f"'{fallback}' is not one", f"Allowed: {', '.join(FALLBACKS)}"
        raise InputError(Fault("fallback", seen, allowed, did_you_mean(fallback, FALLBACKS)))
    stages = read.stages or tuple(Stage(name=one.id, clauses=(one.id,)) for one in read.open)
    held = [name for stage in stages for name in stage.clauses]
    if len(set(held)) < len(held):
        raise InputError(Fault(f"{path}: stage", "settles a clause twice", remedy="Each clause has one stage"))
    sitting = sit(read)
    point = threat_point(sitting, threat)
    x = sitting.explorer().agenda.at_law()
    before, rows = point.values, []
    last: tuple[Array, Array] | None = None
    for stage in stages:
        found = _settle(sitting, x, before, stage, rule)
        alone = _settle(sitting, *last, stage, rule) if last else None
        if found.willing:
            last, x = (x, before), found.x
            before = sitting.values(found.world)
            if fallback == "threat":
                before = threat_over(sitting, point, sitting.deal_at(x))
        rows.append(_row(sitting, stage, found, alone, before - point.values))
    deal = sitting.deal_at(x)
    world = sitting.world(deal)
    whole = settle(read, threat=threat, rule=rule)
    return {
        **heading(read, sitting),
        "rule": rule,
        "fallback": fallback,
        "threat": threat_block(point, sitting),
        "stages": rows,
        "never_settled": [one.id for one in read.open if one.id not in held],
        "sides": sides_block(sitting, world, sitting.values(world) - point.values),
        "third_parties": third_parties(sitting, world),
        "at_once": sides_block(whole.sitting, whole.world, whole.surplus),
        "deal": deal_block(deal.model_copy(update={"title": f"{read.title}, stage by stage"})),
        "reproduce": reproduce(
            "sequence", path, f"--threat {point.name} --rule {rule} --fallback {fallback}", answer_sequence,
            f"threat={point.name!r}, rule={rule!r}, fallback={fallback!r}",
        ),
    }  # fmt: skip


def _settle(sitting: Sitting, x: Array, before: Array, stage: Stage, rule: Rule) -> _Settled:
    """A stage settled by a rule from a point of the table, over what each side has if it fails."""
    table = sitting.table
    fixed = {name: float(x[k]) for k, name in enumerate(sitting.instruments.names) if name not in stage.clauses}
    narrow = _held(sit(table, around=x), fixed)
    found = signed_bargain(narrow.explorer(), before, rule=rule, power=table.power_by_side)
    world = narrow.world(narrow.deal_at(found.spot.x))
    surplus = narrow.values(world) - before
    willing = bool(found.acceptable and surplus.min() > -NOTHING)
    return _Settled(narrow, found.spot.x, world, surplus, willing, found.certificate)


def _row(sitting: Sitting, stage: Stage, found: _Settled, alone: _Settled | None, left: Array) -> dict[str, Any]:
    """A stage as JSON has it: its clauses, what it brings, what each side falls back to after it."""
    names = [one for one in sitting.instruments.names if one in stage.clauses]
    return {
        "stage": stage.name,
        "clauses": {one: float(found.x[sitting.instruments.position(one)]) for one in names},
        "acceptable": found.willing,
        "sides": sides_block(found.narrow, found.world, found.surplus),
        "without_last": None if alone is None else {
            "acceptable": alone.willing,
            "surplus_musd": {one.name: musd(sitting, k, float(alone.surplus[k]))
                             for k, one in enumerate(sitting.sides)},
        },
        "falls_back_to_musd": {one.name: musd(sitting, k, float(left[k])) for k, one in enumerate(sitting.sides)},
        "certificate": certificate_block(found.certificate),
    }  # fmt: skip


def _held(sitting: Sitting, values: dict[str, float]) -> Sitting:
    """The sitting with some clauses held at values."""
    on = sitting.instruments
    low, high = on.low.copy(), on.high.copy()
    for name, value in values.items():
        low[on.position(name)] = high[on.position(name)] = value
    return replace(sitting, instruments=replace(on, low=low, high=high))
