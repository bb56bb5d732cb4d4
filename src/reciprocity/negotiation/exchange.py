"""The price of a concession: marginal rates between clauses, and the clause that is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import root_scalar

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError
from reciprocity.negotiation.blocks import deal_block, heading, reproduce, sides_block, terms_block, third_parties
from reciprocity.negotiation.opening import RATES
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import find_table
from reciprocity.negotiation.threat import threat_point

UNITS = {"amount_busd": "one billion USD", "value_musd": "one million USD a year"}
EXACT = 1e-9  # of income: how well the missing clause makes a side whole


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """What one more unit of each clause is worth to each side, and how clauses exchange.

    Attributes:
        names: of the clauses.
        units: what one unit is, in words.
        worth: million USD a year of one unit more (clause, side).
        rate: units of the second clause that leave a side where one unit of the first would move it; nan where the
            second moves nothing (side, first, second).
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    worth: Array
    rate: Array


def marginal_rates(sitting: Sitting, x: Array) -> Rates:
    """Marginal rates of exchange at a point of the table."""
    explorer = sitting.explorer()
    slopes = explorer.slopes(explorer.spot(x))  # (side, instrument), shares of income by x
    income = np.array([_income(sitting, k) for k in range(len(sitting.sides))])
    size, units = _unit(sitting)
    worth = (slopes * income[:, None]).T * size[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = -worth.T[:, :, None] / worth.T[:, None, :]
    return Rates(sitting.instruments.names, units, worth, np.where(np.isfinite(rate), rate, np.nan))


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """The clause that is missing.

    Attributes:
        names: clauses moved together from the law towards what the other side wants.
        status: ``found``; ``already``, where nothing need be given; ``not enough``, where all of it does not do.
        part: how far they move, 0 to 1.
        x: the whole table at that point.
        target: the gain asked for, a share of the side's income.
        surplus: each side's gain there, through the law itself (side).
        missing: what is still missing where it is not enough, a share of the side's income.
    """

    names: tuple[str, ...]
    status: str
    part: float
    x: Array
    target: float
    surplus: Array
    missing: float


def missing_clause(
    sitting: Sitting, wanted: Mapping[str, float], give: Sequence[str], threat: Array, *, split: float | None = None
) -> Missing:
    """How far clauses must move so that the side that gives what is wanted is whole, or the gain is split as asked.

    Args:
        sitting: the table.
        wanted: clause to value: what is asked for.
        give: clauses offered in return, moved together from the law to the bound the other side prefers.
        threat: what each side gets without a deal (side).
        split: part of the joint gain in money that the giver of what is wanted shall have; whole when left out.

    Raises:
        InputError: unknown clauses, a value outside its bounds, a clause both wanted and given, several givers.
    """
    on, payee, start = sitting.instruments, *_asked(sitting, wanted, give)
    moved = {*wanted, *give}
    ends = start.copy()
    slopes = sitting.explorer()
    gain_at = slopes.slopes(slopes.spot(start))[payee]
    for name in give:
        k = on.position(name)
        ends[k] = on.high[k] if gain_at[k] > 0 else on.low[k]

    def point(part: float) -> tuple[float, Array]:
        world = sitting.world(sitting.deal_at(start + part * (ends - start), only=moved))
        surplus = sitting.values(world) - threat
        return _short_of(sitting, surplus, payee, split), surplus

    nothing, everything = point(0.0), point(1.0)
    if nothing[0] >= -EXACT and split is None:
        part, status, surplus = 0.0, "already", nothing[1]
    elif nothing[0] * everything[0] > 0:
        part, status, surplus = 1.0, "not enough", everything[1]
    else:
        part = root_of(lambda p: point(p)[0])
        status, surplus = "found", point(part)[1]
    short = max(-_short_of(sitting, surplus, payee, split), 0.0)
    target = float(surplus[payee] - _short_of(sitting, surplus, payee, split))
    return Missing(tuple(give), status, part, start + part * (ends - start), target, surplus,
                   short if status == "not enough" else 0.0)  # fmt: skip


def answer_exchange(
    table: str | Path,
    want: Mapping[str, float],
    give: Sequence[str] = (),
    *,
    threat: str = "",
    split: float | None = None,
) -> dict[str, Any]:
    """What a concession costs: the clause that pays for it, alone and together, and marginal rates at that point.

    Args:
        table: a table's file, or the name of one that ships.
        want: clause to value asked for, as ``{"steel": 0.25}``.
        give: clauses offered in return; every other clause of the other side when left out.
        threat: what happens otherwise; the table's own when left out.
        split: part of the joint gain that the side asked shall have, 0 to 1; it is made whole when left out.
    """
    if split is not None and not 0 <= split <= 1:
        raise InputError(Fault("split", f"is {split:g}", "Allowed: between 0 and 1, the part of the side asked"))
    read, path = find_table(table)
    sitting = sit(read)
    threatened = threat_point(sitting, threat)
    payee = sitting.table.sides[_asked(sitting, want, give)[0]]
    offered = list(give) or [
        name for name, giver in zip(sitting.instruments.names, sitting.instruments.givers, strict=True)
        if giver != payee and name not in want
    ]  # fmt: skip
    together = missing_clause(sitting, want, offered, threatened.values, split=split)
    alone = [missing_clause(sitting, want, [one], threatened.values, split=split) for one in offered]
    rates = marginal_rates(sitting, together.x)
    deal = sitting.deal_at(together.x, only={*want, *offered})
    acceptable = bool(together.surplus.min() > -EXACT)
    asked = f"--want {','.join(f'{name}={value!r}' for name, value in want.items())} --give {','.join(offered)}"
    asked += "" if split is None else f" --split {split!r}"
    return {
        **heading(read, sitting),
        "want": dict(want),
        "side_asked": payee,
        "asked_for": "to be made whole" if split is None else f"{split:.0%} of the joint gain",
        "threat": threatened.name,
        "status": together.status,
        "acceptable": acceptable,
        "together": _missing_block(sitting, together),
        "alone": [_missing_block(sitting, one) for one in alone],
        "sides": sides_block(sitting, sitting.world(deal), together.surplus),
        "third_parties": third_parties(sitting, sitting.world(deal)),
        "terms": terms_block(sitting, deal),
        "deal": deal_block(deal) if acceptable else None,
        "nearest": None if acceptable else deal_block(deal),
        "marginal": {
            "at": "the deal above",
            "clauses": list(rates.names),
            "units": dict(zip(rates.names, rates.units, strict=True)),
            "worth_musd": {
                name: dict(zip(read.sides, row.tolist(), strict=True))
                for name, row in zip(rates.names, rates.worth, strict=True)
            },
            "rates": {side: _matrix(rates, k) for k, side in enumerate(read.sides)},
        },
        "reproduce": reproduce("exchange", path, f"{asked} --threat {threatened.name}", answer_exchange,
                               f"{dict(want)!r}, {offered!r}, threat={threatened.name!r}, split={split!r}"),
    }  # fmt: skip


def root_of(function: Callable[[float], float]) -> float:
    """Where a function of [0, 1] that changes sign is zero."""
    return float(root_scalar(function, bracket=(0.0, 1.0), method="brentq", xtol=1e-10).root)


def _missing_block(sitting: Sitting, one: Missing) -> dict[str, Any]:
    on = sitting.instruments
    return {
        "give": {name: float(one.x[on.position(name)]) for name in one.names},
        "status": one.status,
        "part": one.part,
        "surplus": dict(zip(sitting.table.sides, one.surplus.tolist(), strict=True)),
        "missing": one.missing,
    }


def _matrix(rates: Rates, side: int) -> dict[str, dict[str, float | None]]:
    table = rates.rate[side]
    return {
        first: {second: None if np.isnan(table[a, b]) else float(table[a, b]) for b, second in enumerate(rates.names)}
        for a, first in enumerate(rates.names)
    }


def _short_of(sitting: Sitting, surplus: Array, payee: int, split: float | None) -> float:
    """The payee's gain beyond what is asked for it, a share of its income; negative is too little."""
    if split is None:
        return float(surplus[payee])
    income = np.array([_income(sitting, k) for k in range(len(sitting.sides))])
    joint = float(income @ surplus)
    return float(surplus[payee] - split * joint / income[payee])


def _asked(sitting: Sitting, wanted: Mapping[str, float], give: Sequence[str]) -> tuple[int, Array]:
    """Which side gives what is wanted, and the table with that and nothing else moved."""
    on, faults = sitting.instruments, []
    x = sitting.explorer().agenda.at_law()
    for name in (*wanted, *give):
        on.position(name)
    for name, value in wanted.items():
        k = on.position(name)
        if not on.low[k] <= value <= on.high[k]:
            bounds = f"The table has it between {on.low[k]:g} and {on.high[k]:g}"
            faults.append(Fault(f"want {name}", f"{value:g} is outside its bounds", bounds))
        if name in give:
            faults.append(Fault(f"give {name}", "is wanted too", remedy="Offer another clause"))
        x[k] = value
    givers = {on.givers[on.position(name)] for name in wanted}
    if len(givers) != 1:
        seen = f"is given by {', '.join(sorted(givers))}" if givers else "names no clause"
        faults.append(Fault("want", seen, "Clauses of one side", "Ask one side at a time"))
    if faults:
        raise InputError(faults)
    return sitting.table.sides.index(givers.pop()), x


def _income(sitting: Sitting, k: int) -> float:
    n = sitting.standing.economy.regions.index(sitting.sides[k].name)
    return float(sitting.standing.equilibrium.base_income[n])


def _unit(sitting: Sitting) -> tuple[Array, tuple[str, ...]]:
    """How much of x one unit is: a percentage point of a rate, one of anything else; and its words."""
    size, words = [], []
    for one in sitting.table.open:
        size.append(0.01 if one.key in RATES else 1.0)
        if one.key == "share":
            words.append("one percentage point of trade")
        elif one.key in RATES:
            words.append("one percentage point")
        elif one.key == "capacity":
            words.append(f"one {one.clause['capacity'].get('unit', 'unit')}")
        else:
            words.append(UNITS.get(one.key, "the whole clause"))
    return np.array(size), tuple(words)
