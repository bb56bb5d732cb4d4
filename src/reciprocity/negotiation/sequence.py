"""Staged deals: what is signed first moves what happens if the next stage fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from reciprocity.deal import Deal
from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.negotiation.answers import Settled, settle, settle_over
from reciprocity.negotiation.bargain import NOTHING, Rule
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
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import Stage, find_table
from reciprocity.negotiation.threat import ThreatPoint, threat_over, threat_point

Fallback = Literal["signed", "threat"]
FALLBACKS: tuple[str, ...] = get_args(Fallback)


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
    signed, before, rows = read.deal, point.values, []
    last: tuple[Deal, Array] | None = None
    for stage in stages:
        found = _settle(sitting, signed, before, stage, rule)
        alone = _settle(sitting, *last, stage, rule) if last else None
        if found.acceptable:
            last, signed = (signed, before), found.deal
            before = sitting.values(found.world)
            if fallback == "threat":
                before = threat_over(sitting, point, signed)
        rows.append(_row(sitting, stage, found, alone, before - point.values))
    deal = signed.model_copy(update={"title": f"{read.title}, stage by stage"})
    world = sitting.world(deal)
    surplus = sitting.values(world) - point.values
    acceptable = last is not None and bool(surplus.min() > -NOTHING)
    whole = settle(read, threat=threat, rule=rule)
    return {
        **heading(read, sitting),
        "rule": rule,
        "fallback": fallback,
        "threat": threat_block(point, sitting),
        "acceptable": acceptable,
        "words": _words(sitting, surplus, any_signed=last is not None),
        "stages": rows,
        "never_settled": [one.id for one in read.open if one.id not in held],
        "sides": sides_block(sitting, world, surplus),
        "third_parties": third_parties(sitting, world),
        "at_once": sides_block(whole.sitting, whole.world, whole.surplus),
        "deal": deal_block(deal) if acceptable else None,
        "nearest": None if acceptable else deal_block(deal),
        "reproduce": reproduce(
            "sequence", path, f"--threat {point.name} --rule {rule} --fallback {fallback}", answer_sequence,
            f"threat={point.name!r}, rule={rule!r}, fallback={fallback!r}",
        ),
    }  # fmt: skip


def _settle(sitting: Sitting, signed: Deal, before: Array, stage: Stage, rule: Rule) -> Settled:
    """A stage settled by a rule beside what is signed already, over what each side has if it fails."""
    table = sitting.table
    opened = tuple(one for one in table.open if one.id in stage.clauses)
    narrow = table.model_copy(update={"open": opened, "agreed": signed.clauses})
    held = sit(narrow, idle=True)
    return settle_over(
        held, ThreatPoint(stage.name, f"'{stage.name}' unsigned", before, sitting.standing.equilibrium), rule=rule
    )


def _row(sitting: Sitting, stage: Stage, found: Settled, alone: Settled | None, left: Array) -> dict[str, Any]:
    """A stage as JSON has it: its clauses, what it brings, what each side falls back to after it."""
    names, x = found.sitting.instruments.names, found.sitting.written(found.bargain.spot.x)
    return {
        "stage": stage.name,
        "clauses": dict(zip(names, x.tolist(), strict=True)),
        "acceptable": found.acceptable,
        "sides": sides_block(found.sitting, found.world, found.surplus),
        "without_last": None if alone is None else {
            "acceptable": alone.acceptable,
            "surplus_musd": {one.name: musd(sitting, k, float(alone.surplus[k]))
                             for k, one in enumerate(sitting.sides)},
        },
        "falls_back_to_musd": {one.name: musd(sitting, k, float(left[k])) for k, one in enumerate(sitting.sides)},
        "certificate": certificate_block(found.bargain.certificate),
    }  # fmt: skip


def _words(sitting: Sitting, surplus: Array, *, any_signed: bool) -> str:
    """Why the stages together are no deal; empty where they are one."""
    if not any_signed:
        return "no stage leaves both sides as well off as its failure would"
    losing = [one.name for one, gain in zip(sitting.sides, surplus, strict=True) if gain <= -NOTHING]
    if losing:
        return (
            f"each stage serves both once it is reached, but together they leave {', '.join(losing)} below the threat"
        )
    return ""
