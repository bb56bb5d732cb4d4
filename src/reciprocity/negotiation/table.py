"""A negotiating table as a file: who sits at it, what each wants, what may move and how far, what happens otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.json_schema import SkipJsonSchema

from reciprocity.deal import Clause, Deal
from reciprocity.deal.cases import cases_folder
from reciprocity.deal.clauses import RegionCode, SectorCode
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.files import faults_of, read_toml, validate

AMOUNTS = {
    "tariff": "rate", "cap": "rate", "add": "rate", "investment": "amount_busd", "trade_cost": "change",
    "capacity": "capacity",
}  # fmt: skip
"""The number of each kind of clause that a table leaves open; kinds without one are signed or not."""
YES_OR_NO = ("lift", "ban", "end_preference")
THREATS = ("law", "nash", "mfn", "announced")
_CLAUSE: TypeAdapter[Clause] = TypeAdapter(Clause)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Wants(_File):
    """What a side wants beside real income. A weight of 0.2 on a sector: a dollar earned there counts 1.20."""

    earnings: dict[SectorCode, float] = Field(default={}, description="sector to extra weight on a dollar earned there")
    jobs: dict[SectorCode, float] = Field(default={}, description="sector to weight on its jobs, in average earnings")
    revenue: float = Field(default=0.0, description="extra weight on a dollar in the treasury")
    ceilings: dict[SectorCode, float] = Field(default={}, description="largest price over consumer prices, 1.02 is +2%")
    inferred: bool = Field(default=False, description="true where the weights were inferred from the tariffs in force")
    source: str = Field(default="", description="where the weights come from; needed where there are any")

    @model_validator(mode="after")
    def _sourced(self) -> Wants:
        if (self.earnings or self.jobs or self.revenue or self.ceilings) and not self.source:
            raise ValueError("has weights without a source. Say where they come from, or that they are assumed")
        return self


class Open(_File):
    """One number on the table: a clause whose amount is open between two bounds, or one that is signed or not."""

    low: float
    high: float
    whole: bool
    clause: dict[str, Any] = Field(description="the clause without its amount")

    @property
    def id(self) -> str:
        """Name of the clause."""
        return str(self.clause["id"])

    @property
    def kind(self) -> str:
        """Kind of the clause."""
        return str(self.clause["kind"])

    def at(self, value: float) -> Clause | None:
        """The clause at a value; None where that value is not to sign it."""
        key = AMOUNTS.get(self.kind)
        if key is None:
            return _CLAUSE.validate_python(self.clause) if value > 0.5 else None
        if key == "capacity":
            if value <= 0:
                return None
            return _CLAUSE.validate_python({**self.clause, key: {**self.clause[key], "value": value}})
        if key != "rate" and value == 0:
            return None
        return _CLAUSE.validate_python({**self.clause, key: value})


class Threat(_File):
    """What happens without a deal: a deal file (or the name of one that ships), or the law of a later day."""

    deal: str = ""
    on: date | None = Field(default=None, description="the law of that day, as known on the table's")
    source: str = Field(min_length=1, description="who announced it, where")

    @model_validator(mode="after")
    def _one_of_two(self) -> Threat:
        if bool(self.deal) == bool(self.on):
            raise ValueError("names a deal and a day, or neither. Give `deal` or `on`")
        return self


class Stage(_File):
    """A stage of a sequence: which clauses are settled in it."""

    name: str = Field(min_length=1)
    clauses: tuple[str, ...] = Field(min_length=1)


class Table(_File):
    """A negotiating table."""

    title: str = Field(min_length=1)
    summary: str = ""
    sides: tuple[RegionCode, RegionCode]
    on: date = Field(description="the day whose law is the status quo")
    known: date | None = None
    horizon: str = "long"
    elasticities: str | None = None
    threat: str = Field(default="law", description="law, nash, mfn, announced, or a name under [threats]")
    power: dict[RegionCode, float] = {}
    wants: dict[RegionCode, Wants] = {}
    threats: dict[str, Threat] = {}
    stages: tuple[Stage, ...] = Field(default=(), alias="stage", description="clauses settled one group after another")
    nash_high: float = Field(default=1.0, gt=0, le=4.0, description="highest duty of a tariff war, a fraction")
    agreed: tuple[Clause, ...] = Field(default=(), alias="clause", description="clauses that are signed in any case")
    open: tuple[Open, ...] = Field(alias="instrument", min_length=1)
    id: SkipJsonSchema[str] = ""

    @property
    def deal(self) -> Deal:
        """The agreed clauses alone, as a deal."""
        return Deal(title=self.title, summary=self.summary, sides=self.sides, clause=self.agreed, id=self.id)  # type: ignore[call-arg]

    @property
    def power_by_side(self) -> tuple[float, float]:
        """Bargaining power in the order of sides."""
        return tuple(self.power.get(side, 0.5) for side in self.sides)  # type: ignore[return-value]


def case_tables() -> dict[str, Path]:
    """The tables that ship, by name."""
    return {path.stem: path for path in sorted(cases_folder().glob("*/tables/*.toml"))}


def find_table(name: str | Path) -> tuple[Table, Path]:
    """A table by its file's path, or by the name of one that ships. Raises InputError."""
    path = Path(name)
    if path.suffix == ".toml" or path.exists():
        return read_table(path), path
    shipped = case_tables()
    if str(name) not in shipped:
        allowed = f"Give the path of a .toml file, or one of {', '.join(shipped)}"
        raise InputError(Fault(str(name), "is neither a file nor a table", allowed, did_you_mean(str(name), shipped)))
    return read_table(shipped[str(name)]), shipped[str(name)]


def read_table(path: Path | str) -> Table:
    """A table from its TOML file. Raises InputError with every fault of the file."""
    path = Path(path)
    content = read_toml(path)
    faults: list[Fault] = []
    opened = [
        _opened(entry, f"{path}: instrument[{k}]", faults) for k, entry in enumerate(content.get("instrument", []), 1)
    ]
    if faults:
        faults += _other_faults(content, path)
        raise InputError(faults)
    table = validate(Table, {**content, "instrument": opened, "id": path.stem}, where=str(path))
    faults = _whole_faults(table, path)
    if faults:
        raise InputError(faults)
    return table


def _opened(entry: Any, where: str, faults: list[Fault]) -> dict[str, Any]:
    """An instrument as written, flat, to bounds and a clause; faults are added to the list."""
    if not isinstance(entry, Mapping):
        faults.append(Fault(where, "is not a table"))
        return {}
    clause = {key: value for key, value in entry.items() if key not in {"low", "high", "whole"}}
    kind = clause.get("kind")
    if kind not in AMOUNTS and kind not in YES_OR_NO:
        kinds = ", ".join([*AMOUNTS, *YES_OR_NO])
        seen = "is missing" if kind is None else f"'{kind}' is not a kind of clause"
        faults.append(
            Fault(f"{where}.kind", seen, f"Kinds are {kinds}", did_you_mean(str(kind or ""), [*AMOUNTS, *YES_OR_NO]))
        )
        return {}
    bounds = _bounds(entry, str(kind), clause, where, faults)
    if bounds is None:
        return {}
    low, high = bounds
    whole = kind in YES_OR_NO or bool(entry.get("whole", False))
    made = Open(low=low, high=high, whole=whole, clause=clause)
    found: list[Fault] = []
    for value in (low, high):
        try:
            made.at(value)
        except ValidationError as error:
            found += faults_of(error, clause, where=where, of=Clause)
        except KeyError as missing:
            found.append(Fault(f"{where}.{missing.args[0]}", "is missing"))
    faults += dict.fromkeys(found)
    return made.model_dump()


def _bounds(
    entry: Mapping[str, Any], kind: str, clause: Mapping[str, Any], where: str, faults: list[Fault]
) -> tuple[float, float] | None:
    """An instrument's bounds, or None where they are wrong and said so."""
    if kind in YES_OR_NO:
        wrong = [key for key in ("low", "high") if key in entry]
        faults += [
            Fault(f"{where}.{key}", f"a clause of kind '{kind}' is signed or not", "It has no bounds") for key in wrong
        ]
        return None if wrong else (0.0, 1.0)
    low, high = entry.get("low", 0.0), entry.get("high")
    if kind == "capacity" and high is None and isinstance(clause.get("capacity"), Mapping):
        high = clause["capacity"].get("value")
    elif kind != "capacity" and AMOUNTS[kind] in clause:
        faults.append(Fault(f"{where}.{AMOUNTS[kind]}", "is what the table leaves open", remedy="Give low and high"))
        return None
    for key, bound in (("low", low), ("high", high)):
        if not isinstance(bound, int | float) or isinstance(bound, bool):
            faults.append(Fault(f"{where}.{key}", "is missing" if bound is None else f"{bound!r} is not a number"))
            return None
    if float(low) >= float(high):  # type: ignore[arg-type]
        seen = f"{low:g} is not below high, {high:g}"
        faults.append(Fault(f"{where}.low", seen, "The lower bound is below the upper"))
        return None
    return float(low), float(high)  # type: ignore[arg-type]


def _other_faults(content: Mapping[str, Any], path: Path) -> list[Fault]:
    """Faults of everything but the instruments, so that all of a file's come at once."""
    stand_in = {"low": 0.0, "high": 1.0, "whole": True, "clause": {"id": "x", "kind": "lift"}}
    try:
        validate(Table, {**content, "instrument": [stand_in], "id": path.stem}, where=str(path))
    except InputError as error:
        return list(error.faults)
    return []


def _whole_faults(table: Table, path: Path) -> list[Fault]:
    faults: list[Fault] = []
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
                f"allowed: {', '.join(sorted(known))}",
                did_you_mean(table.threat, known),
            )
        )
    for key in ("power", "wants"):
        faults += [Fault(f"{path}: {key}.{code}", "does not sit at this table", f"Sides are {', '.join(table.sides)}")
                   for code in getattr(table, key) if code not in table.sides]  # fmt: skip
    faults += [
        Fault(f"{path}: power.{code}", f"{power:g} is no power", "allowed: above 0")
        for code, power in table.power.items()
        if power <= 0
    ]
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
