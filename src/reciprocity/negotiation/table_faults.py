"""What is wrong with a table as a whole: names that are not there, sides that give nothing, clauses that contradict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reciprocity.deal import Ban, CapTariff, Clause, Quota, SetTariff
from reciprocity.economy.areas import area, countries_with_areas
from reciprocity.errors import Fault, did_you_mean

if TYPE_CHECKING:
    from reciprocity.negotiation.table import Table

THREATS = ("law", "nash", "mfn", "announced")


def table_faults(table: Table, path: Path) -> list[Fault]:
    """Every fault of a table whose parts are right."""
    faults: list[Fault] = []
    if len(set(table.sides)) < len(table.sides):
        return [Fault(f"{path}: sides", f"{table.sides[0]} sits on both", "Two sides are two countries")]
    ids = [one.id for one in table.open] + [one.id for one in table.agreed]
    faults += [
        Fault(f"{path}: id", f"'{one}' is there twice", "Ids are unique at a table")
        for one in sorted(set(ids))
        if ids.count(one) > 1
    ]
    for k, stage in enumerate(table.stages, 1):
        faults += [
            Fault(f"{path}: stage[{k}].clauses", f"'{one}' is not an open clause", remedy=did_you_mean(one, ids))
            for one in stage.clauses
            if one not in {each.id for each in table.open}
        ]
    known = {*THREATS, *table.threats}
    if table.threat not in known:
        faults.append(
            Fault(
                f"{path}: threat",
                f"'{table.threat}' is not a threat point",
                f"Allowed: {', '.join(sorted(known))}",
                did_you_mean(table.threat, known),
            )
        )
    for key in ("power", "wants"):
        faults += [Fault(f"{path}: {key}.{code}", "does not sit at this table", f"Sides are {', '.join(table.sides)}")
                   for code in getattr(table, key) if code not in table.sides]  # fmt: skip
    faults += [
        Fault(f"{path}: power.{code}", f"{power:g} is no power", "Allowed: above 0")
        for code, power in table.power.items()
        if power <= 0
    ]
    faults += _area_faults(table, path)
    faults += _contradictions([*table.agreed, *(one.at(one.high) for one in table.open)], path)
    givers = {getattr(one.at(one.high), "giver", "") for one in table.open}
    for side in table.sides:
        if side not in givers:
            faults.append(
                Fault(
                    f"{path}: instrument",
                    f"{side} gives nothing",
                    "Each side has something to give",
                    "Add an instrument whose importer, investor or giver it is",
                )
            )
    return faults


def _area_faults(table: Table, path: Path) -> Iterable[Fault]:
    """Provinces and states of another country than the side that wants their jobs."""
    for side, wants in table.wants.items():
        for key in ("earnings_in", "jobs_in"):
            for code in getattr(wants, key):
                one = area(code)
                if side not in countries_with_areas():
                    yield Fault(f"{path}: wants.{side}.{key}", f"{side} has no provinces or states here")
                elif one.country != side:
                    yield Fault(f"{path}: wants.{side}.{key}.{code}", f"{one.en} belongs to {one.country}, not {side}")


def _contradictions(clauses: Sequence[Clause | None], path: Path) -> Iterable[Fault]:
    """Pairs of clauses that cannot both be signed: one forbids all the other is about, or both set one duty."""
    border = [one for one in clauses if isinstance(one, Ban | SetTariff | CapTariff | Quota)]
    for one, other in combinations(border, 2):
        if (one.importer, one.exporter) != (other.importer, other.exporter):
            continue
        if isinstance(one, Ban) != isinstance(other, Ban):
            banned, eased = (one, other) if isinstance(one, Ban) else (other, one)
            if _within(_goods(eased), _goods(banned)):
                seen = f"'{banned.id}' forbids the goods whose duty '{eased.id}' sets"
                yield Fault(
                    f"{path}: instrument", seen, "No two clauses contradict", "Take one off, or make two tables"
                )
        elif _both_set(one, other):
            seen = f"'{one.id}' and '{other.id}' both set the duty on the same goods"
            yield Fault(f"{path}: instrument", seen, "One clause a duty", "Keep one, or part the goods between them")


def _both_set(one: Clause, other: Clause) -> bool:
    """Whether two clauses give one duty two rates."""
    if not isinstance(one, SetTariff) or not isinstance(other, SetTariff):
        return False
    return _meet(_goods(one), _goods(other)) and _meet(one.measures, other.measures)


def _goods(clause: Any) -> tuple[str, ...]:
    """The sector or HS prefixes a clause is about; none is all goods."""
    return (clause.sector,) if clause.sector else tuple(one.replace(".", "") for one in clause.products)


def _within(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a list of goods lies inside another; an empty list is all goods."""
    return not theirs or (bool(ours) and all(any(a.startswith(b) for b in theirs) for a in ours))


def _meet(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two lists name something in common, a prefix of a code its whole; an empty list names everything."""
    if not ours or not theirs:
        return True
    stems = [(a.rstrip(".*"), b.rstrip(".*")) for a in ours for b in theirs]
    return any(a.startswith(b) or b.startswith(a) for a, b in stems)
