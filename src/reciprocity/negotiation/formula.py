"""Formulas negotiators use: one number that sets many duties, solved so that the gains are split as asked.

cap     t' = min(t, p)            a ceiling, as the 15% all-in deals of 2025
linear  t' = (1 - p) t            every duty cut by the same part; 0.5 is half the duty
swiss   t' = p t / (p + t)        high duties cut most; p is the highest duty that is left
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.negotiation.answers import (
    deal_block,
    heading,
    reproduce,
    sides_block,
    terms_block,
    third_parties,
)
from reciprocity.negotiation.exchange import root_of
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import find_table
from reciprocity.negotiation.threat import threat_point

Family = Literal["cap", "linear", "swiss"]
FAMILIES: tuple[str, ...] = get_args(Family)
RATES = {"tariff", "cap", "add"}


def duties_by_formula(family: str, p: float, law: Array) -> Array:
    """Duties a formula leaves of those in force, fractions."""
    if family == "cap":
        return np.minimum(law, p)
    if family == "linear":
        return (1.0 - p) * law
    return np.where(law > 0, p * law / np.maximum(p + law, 1e-300), 0.0)


def answer_formula(
    table: str | Path, family: str, *, parameter: float | None = None, split: float = 0.5, threat: str = ""
) -> dict[str, Any]:
    """A formula over every duty on the table, the other clauses signed in full; its parameter solved or given.

    Args:
        table: a table's file, or the name of one that ships.
        family: ``cap``, ``linear`` or ``swiss``.
        parameter: of the formula; solved for when left out, so that the first side has its split of the joint gain.
        split: part of the joint gain, in money, for the first side.
        threat: what happens otherwise; the table's own when left out.
    """
    if family not in FAMILIES:
        seen = f"'{family}' is not a formula"
        raise InputError(Fault("family", seen, f"allowed: {', '.join(FAMILIES)}", did_you_mean(family, FAMILIES)))
    read, path = find_table(table)
    sitting = sit(read)
    point = threat_point(sitting, threat)
    most = {"cap": 1.0, "linear": 1.0, "swiss": 1.0}[family] if parameter is None else parameter
    status = "given"
    if parameter is None:
        parameter, status = _balanced(sitting, family, point.values, split, most)
    x = _table_at(sitting, family, parameter)
    deal = sitting.deal_at(x, title=f"{read.title}: {family} formula at {parameter:.4g}")
    world = sitting.world(deal)
    return {
        **heading(read, sitting),
        "family": family,
        "parameter": parameter,
        "status": status,
        "split": split,
        "threat": point.name,
        "sides": sides_block(sitting, world, sitting.values(world) - point.values),
        "third_parties": third_parties(sitting, world),
        "terms": terms_block(sitting, deal),
        "deal": deal_block(deal),
        "reproduce": reproduce("formula", path, f"--family {family} --split {split:g} --threat {point.name}",
                               "answer_formula", f"{family!r}, split={split:g}, threat={point.name!r}"),
    }  # fmt: skip


def _table_at(sitting: Sitting, family: str, parameter: float) -> Array:
    """Duties by the formula, from those in force; everything else signed in full."""
    law = sitting.explorer().agenda.at_law()
    rates = np.array([one.kind in RATES for one in sitting.table.open])
    on = sitting.instruments
    return np.clip(np.where(rates, duties_by_formula(family, parameter, law), on.high), on.low, on.high)


def _balanced(sitting: Sitting, family: str, threat: Array, split: float, most: float) -> tuple[float, str]:
    """The parameter at which the first side has its split of the joint gain, or the end that comes nearest."""
    economy = sitting.standing.economy
    income = sitting.standing.equilibrium.base_income[economy.positions(sitting.table.sides)]

    def over(part: float) -> float:
        world = sitting.world(sitting.deal_at(_table_at(sitting, family, max(part * most, 1e-9))))
        gain = (sitting.values(world) - threat) * income
        return float((gain[0] - split * gain.sum()) / income.sum())

    ends = over(0.0), over(1.0)
    if ends[0] * ends[1] > 0:
        return (0.0 if abs(ends[0]) < abs(ends[1]) else most), "no parameter splits the gain so: the nearest end"
    return root_of(over) * most, "solved"
