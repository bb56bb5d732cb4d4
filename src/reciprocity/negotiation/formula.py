"""Formulas negotiators use: one number that sets many clauses, solved so that the gain is split as asked.

cap      t' = min(t, p)            a ceiling, as the 15% all-in deals of 2025
linear   t' = (1 - p) t            every duty cut by the same part
swiss    t' = p t / (p + t)        high duties cut most; p is the highest duty that is left
content  t' = (1 - p) t            a duty on foreign content alone; p is the importer's content, taken off the value
quota    p is the share of 2024 trade that comes in at the inside rate; beyond it the law stands
inside   p is the duty inside a quota of a given share of 2024 trade; 1 is that year's volume
beyond   p is the duty beyond such a quota, where the law is higher
half     duties at half the law against p of the capacity and investment on the table, 1 is all of it
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from pydantic import TypeAdapter

from reciprocity.deal import CapTariff, Clause, Deal, Quota, in_words
from reciprocity.deal.wording import scope
from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.negotiation.bargain import NOTHING
from reciprocity.negotiation.blocks import deal_block, heading, reproduce, sides_block, third_parties
from reciprocity.negotiation.exchange import root_of
from reciprocity.negotiation.opening import Open
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import find_table, seat
from reciprocity.negotiation.threat import threat_point

Family = Literal["cap", "linear", "swiss", "content", "quota", "inside", "beyond", "half"]
FAMILIES: tuple[str, ...] = get_args(Family)
MEANING = {
    "cap": "highest duty that is left, a fraction",
    "linear": "part of every duty that is cut",
    "swiss": "coefficient, the highest duty that is left, a fraction",
    "content": "importer's content that is taken off the dutiable value, a share",
    "quota": "share of 2024 trade that comes in at the inside rate",
    "inside": "duty inside the quota, a fraction",
    "beyond": "duty beyond the quota, a fraction",
    "half": "part of the capacity and investment on the table that is given",
}
QUOTAS = frozenset({"quota", "inside", "beyond"})
DUTIES = frozenset({"tariff", "cap"})
NEW_BURDENS = frozenset({"add", "export_tax"})
"""Clauses that concede nothing: a formula leaves them at their least."""
PIECES = 8
"""Parts of the parameter's range that are looked at for a change of sign."""
_CLAUSE: TypeAdapter[Clause] = TypeAdapter(Clause)
_SHARED_KEYS = (*(key for key in CapTariff.model_fields if key not in {"kind", "rate"}), "from", "until")


@dataclass(frozen=True, slots=True)
class Asked:
    """A formula, and what it is told beside its parameter.

    Attributes:
        family: one of `FAMILIES`.
        split: part of the joint gain, in money, for the first side.
        whole: a side that shall neither gain nor lose, instead of a split; empty for none.
        share: of 2024 trade that a quota holds.
        inside: duty inside the quota, a fraction; None is half of the law's.
        duty: part of the law's duty that a ``half`` formula leaves.
    """

    family: str
    split: float = 0.5
    whole: str = ""
    share: float = 1.0
    inside: float | None = 0.0
    duty: float = 0.5


def duties_by_formula(family: str, p: float, law: Array) -> Array:
    """Duties a formula leaves of those in force, fractions."""
    if family == "cap":
        return np.minimum(law, p)
    if family in {"linear", "content"}:
        return (1.0 - p) * law
    return np.where(law > 0, p * law / np.maximum(p + law, 1e-300), 0.0)


def answer_formula(
    table: str | Path,
    family: str,
    *,
    parameter: float | None = None,
    split: float = 0.5,
    whole: str = "",
    share: float = 1.0,
    inside: float | None = 0.0,
    threat: str = "",
) -> dict[str, Any]:
    """A formula over every duty on the table, the other clauses signed in full; its parameter solved or given.

    Args:
        table: a table's file, or the name of one that ships.
        family: one of `FAMILIES`.
        parameter: of the formula; solved for when left out.
        split: part of the joint gain, in money, for the first side.
        whole: a side that shall neither gain nor lose, instead of a split.
        share: of 2024 trade in a quota; for ``inside`` and ``beyond``.
        inside: duty inside a quota, a fraction; None is half of the law's; for ``quota`` and ``beyond``.
        threat: what happens otherwise; the table's own when left out.

    Raises:
        InputError: no such formula or side, a parameter outside its range, a table without what the formula moves.
    """
    read, path = find_table(table)
    sitting = sit(read)
    asked = _checked(sitting, Asked(family, split, whole, share, inside), parameter)
    whole = asked.whole
    point, status = threat_point(sitting, threat), "given"
    if parameter is None:
        parameter, status = _balanced(sitting, asked, point.values)
    deal = _deal(sitting, asked, parameter)
    world = sitting.world(deal)
    surplus = sitting.values(world) - point.values
    acceptable = bool(surplus.min() > -NOTHING)
    return {
        **heading(read, sitting),
        "family": family,
        "parameter": parameter,
        "parameter_is": MEANING[family],
        "status": status,
        "asked_for": f"{whole} to be made whole" if whole else f"{split:.0%} of the joint gain for {read.sides[0]}",
        "split": split,
        "threat": point.name,
        "acceptable": acceptable,
        "sides": sides_block(sitting, world, surplus),
        "third_parties": third_parties(sitting, world),
        "terms": [_term(clause) for clause in deal.clauses],
        "deal": deal_block(deal) if acceptable else None,
        "nearest": None if acceptable else deal_block(deal),
        "reproduce": _again(path, asked, parameter if status == "given" else None, point.name),
    }


def _deal(sitting: Sitting, asked: Asked, p: float) -> Deal:
    """Duties by the formula, from those in force; everything else signed in full, capacity as the formula has it."""
    family = asked.family
    law, deal = sitting.explorer().agenda.at_law(), sitting.table.deal
    signed: list[Clause] = []
    for one, rate in zip(sitting.table.open, law, strict=True):
        if one.kind in DUTIES:
            signed += _duty(one, float(rate), asked, p)
        elif one.kind == "quota" and family in QUOTAS:
            signed += _clauses(one.at(_of_quota(one, asked, p)))
        elif one.kind in NEW_BURDENS:
            signed += _clauses(one.at(one.low))
        elif one.kind in {"capacity", "investment"} and family == "half":
            signed += _clauses(one.at(one.low + p * (one.high - one.low)))
        else:
            signed += _clauses(one.at(one.high))
    title = f"{sitting.table.title}: {family} formula at {p:.4g}"
    return deal.model_copy(update={"clauses": (*deal.clauses, *signed), "title": title})


def _of_quota(one: Open, asked: Asked, p: float) -> float:
    """Where a formula puts the open number of a quota that is on the table itself."""
    if one.key == "share":
        return p if asked.family == "quota" else asked.share
    if one.key == "rate":
        return p if asked.family == "inside" else asked.inside if asked.inside is not None else 0.5 * one.high
    return one.high


def _duty(one: Open, law: float, asked: Asked, p: float) -> list[Clause]:
    """The clauses that a formula makes of one duty on the table."""
    family = asked.family
    if family in QUOTAS:
        inside = p if family == "inside" else 0.5 * law if asked.inside is None else asked.inside
        held = _quota(one, p if family == "quota" else asked.share, inside)
        return [_set(one, min(p, law)), *held] if family == "beyond" else held
    if family == "content":
        made = {**_same_goods(one), "id": f"{one.id}-content", "kind": "content", "content": p}
        return [_CLAUSE.validate_python(made)]
    rate = asked.duty * law if family == "half" else float(duties_by_formula(family, p, np.array(law)))
    return _clauses(one.at(min(max(rate, one.low), one.high)))


def _quota(one: Open, share: float, rate: float) -> list[Clause]:
    """A quota on the goods and measures of a duty's clause; none where it holds nothing."""
    if share <= 0:
        return []
    made = {**_same_goods(one), "id": f"{one.id}-quota", "kind": "quota", "share": share, "rate": rate}
    return [_CLAUSE.validate_python(made)]


def _same_goods(one: Open) -> dict[str, Any]:
    """The goods, measures and grounds of a duty's clause, for a clause of another kind."""
    return {key: value for key, value in one.clause.items() if key in _SHARED_KEYS}


def _set(one: Open, rate: float) -> Clause:
    """The measures of a duty's clause at a rate, below which a quota on the same goods can go."""
    return _CLAUSE.validate_python({**_same_goods(one), "id": f"{one.id}-beyond", "kind": "tariff", "rate": rate})


def _clauses(clause: Clause | None) -> list[Clause]:
    return [] if clause is None else [clause]


def _balanced(sitting: Sitting, asked: Asked, threat: Array) -> tuple[float, str]:
    """The parameter at which the gain is split as asked, or a side made whole; else the end that comes nearest."""
    economy = sitting.standing.economy
    income = sitting.standing.equilibrium.base_income[economy.positions(sitting.table.sides)]

    def over(p: float) -> float:
        world = sitting.world(_deal(sitting, asked, max(p, 1e-9)))
        gain = (sitting.values(world) - threat) * income
        side = sitting.table.sides.index(asked.whole) if asked.whole else None
        left = gain[0] - asked.split * gain.sum() if side is None else gain[side]
        return float(left / income.sum())

    points = np.linspace(0.0, _most(sitting, asked.family), PIECES + 1)
    values = [over(float(p)) for p in points]
    for k in range(PIECES):
        if values[k] * values[k + 1] < 0:
            part = root_of(lambda s, k=k: over(float(points[k] + s * (points[k + 1] - points[k]))))
            return float(points[k] + part * (points[k + 1] - points[k])), "solved"
    nearest = int(np.argmin(np.abs(values)))
    return float(points[nearest]), "no parameter does what is asked: the nearest"


def _most(sitting: Sitting, family: str) -> float:
    """The largest parameter that differs: a rate no higher than the law's highest, else 1."""
    if family not in {"cap", "inside", "beyond"}:
        return 1.0
    law = sitting.explorer().agenda.at_law()
    rates = [float(rate) for one, rate in zip(sitting.table.open, law, strict=True) if one.kind in DUTIES]
    return max(rates, default=1.0) or 1.0


def _checked(sitting: Sitting, asked: Asked, parameter: float | None) -> Asked:
    """What is asked, with the side to be made whole by its code. Raises InputError with every fault."""
    faults: list[Fault] = []
    try:
        asked = replace(asked, whole=asked.whole and seat(sitting.table, asked.whole, where="whole"))
    except InputError as error:
        faults += error.faults
    family, split, where = asked.family, asked.split, f"table '{sitting.table.title}'"
    if family not in FAMILIES:
        seen = f"'{family}' is not a formula"
        faults.append(Fault("family", seen, f"Allowed: {', '.join(FAMILIES)}", did_you_mean(family, FAMILIES)))
    if parameter is not None and not 0 <= parameter <= 1:
        faults.append(Fault("parameter", f"is {parameter:g}", "Allowed: between 0 and 1; 0.25 is 25%"))
    if not 0 <= split <= 1:
        faults.append(Fault("split", f"is {split:g}", "Allowed: between 0 and 1, the first side's part"))
    if not 0 < asked.share <= 10:
        faults.append(Fault("share", f"is {asked.share:g}", "Allowed: above 0, up to 10; 1 is the trade of 2024"))
    if asked.inside is not None and not 0 <= asked.inside <= 4:
        faults.append(Fault("inside", f"is {asked.inside:g}", "Allowed: between 0 and 4; 0.1 is 10%"))
    kinds = {one.kind for one in sitting.table.open}
    if not kinds & (DUTIES | {"quota"} if family in {"quota", "inside"} else DUTIES):
        faults.append(Fault(where, "has no duty a formula could set", "Put a tariff or cap on it"))
    faults += [
        Fault(f"instrument '{one.id}'", "names no measures", "A duty beyond a quota is one of named measures")
        for one in sitting.table.open if family == "beyond" and one.kind in DUTIES and not one.clause.get("measures")
    ]  # fmt: skip
    if family == "half" and not kinds & {"capacity", "investment"}:
        seen = "has no capacity or investment to set against the duty"
        faults.append(Fault(where, seen, remedy="Put a clause of either kind on it"))
    if faults:
        raise InputError(faults)
    return asked


def _term(clause: Clause) -> dict[str, Any]:
    """A clause of the deal, as the formula left it."""
    value = clause.share if isinstance(clause, Quota) else getattr(clause, "rate", getattr(clause, "amount_busd", None))
    return {"id": clause.id, "giver": clause.giver, "kind": clause.kind, "value": value, "what": scope(clause),
            "words": in_words(clause)}  # fmt: skip


def _again(path: Path, asked: Asked, parameter: float | None, threat: str) -> dict[str, str]:
    family, split, whole = asked.family, asked.split, asked.whole
    told = [f"--family {family}"]
    arguments = [repr(family)]
    if parameter is not None:
        told.append(f"--parameter {parameter!r}")
        arguments.append(f"parameter={parameter!r}")
    told.append(f"--whole {whole}" if whole else f"--split {split!r}")
    arguments.append(f"whole={whole!r}" if whole else f"split={split!r}")
    if family in {"inside", "beyond"}:
        told.append(f"--share {asked.share!r}")
        arguments.append(f"share={asked.share!r}")
    if family in {"quota", "beyond"}:
        told.append(f"--inside {'half' if asked.inside is None else repr(asked.inside)}")
        arguments.append(f"inside={asked.inside!r}")
    told.append(f"--threat {threat}")
    arguments.append(f"threat={threat!r}")
    return reproduce("formula", path, " ".join(told), answer_formula, ", ".join(arguments))
