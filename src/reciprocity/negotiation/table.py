"""A negotiating table as a file: who sits at it, what each wants, what may move and how far, what happens otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from reciprocity import labels
from reciprocity.deal import Clause, Deal
from reciprocity.deal.cases import cases_folder
from reciprocity.deal.clauses import RegionCode, SectorCode
from reciprocity.deal.deal import InFrench
from reciprocity.economy.areas import area
from reciprocity.errors import Fault, InputError, UnknownName, did_you_mean
from reciprocity.files import read_toml, validate
from reciprocity.negotiation.opening import Open, read_open
from reciprocity.negotiation.table_faults import table_faults


def _area(name: str) -> str:
    try:
        return area(name).code
    except UnknownName as error:
        fault = error.faults[0]
        raise ValueError(f"{fault.seen}. {fault.remedy}".strip()) from error


AreaCode = Annotated[str, AfterValidator(_area)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Wants(_File):
    """What a side wants beside real income. A weight of 0.2 on a sector: a dollar earned there counts 1.20."""

    earnings: dict[SectorCode, float] = Field(default={}, description="sector to extra weight on a dollar earned there")
    jobs: dict[SectorCode, float] = Field(default={}, description="sector to weight on its jobs, in average earnings")
    earnings_in: dict[AreaCode, float] = Field(default={}, description="province or state to weight, as `earnings`")
    jobs_in: dict[AreaCode, float] = Field(default={}, description="province or state to weight, as `jobs`")
    revenue: float = Field(default=0.0, description="extra weight on a dollar in the treasury")
    ceilings: dict[SectorCode, float] = Field(default={}, description="largest price over consumer prices, 1.02 is +2%")
    inferred: bool = Field(default=False, description="true where the weights were inferred from the tariffs in force")
    source: str = Field(default="", description="where the weights come from; needed where there are any")

    @model_validator(mode="after")
    def _sourced(self) -> Wants:
        wanted = self.earnings or self.jobs or self.earnings_in or self.jobs_in or self.revenue or self.ceilings
        if wanted and not self.source:
            raise ValueError("has weights without a source. Say where they come from, or that they are assumed")
        return self


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
    fr: InFrench | None = Field(default=None, description="the table's words in French")
    id: SkipJsonSchema[str] = ""

    @property
    def deal(self) -> Deal:
        """The agreed clauses alone, as a deal."""
        return Deal(title=self.title, summary=self.summary, sides=self.sides, clause=self.agreed, id=self.id)  # type: ignore[call-arg]

    def in_language(self, language: str) -> Table:
        """The table with its title and summary in a language, where its file has them."""
        if language != "fr" or self.fr is None:
            return self
        return self.model_copy(update={"title": self.fr.title, "summary": self.fr.summary or self.summary})

    @property
    def power_by_side(self) -> tuple[float, float]:
        """Bargaining power in the order of sides."""
        return tuple(self.power.get(side, 0.5) for side in self.sides)  # type: ignore[return-value]


def seat(table: Table, name: str, *, where: str = "side") -> str:
    """The side at a table that a person means by a code or a name. Raises InputError."""
    try:
        code = labels.region(name).code
    except UnknownName:
        code = name
    if code in table.sides:
        return code
    seen, allowed = f"'{name}' does not sit at this table", f"Sides are {', '.join(table.sides)}"
    raise InputError(Fault(where, seen, allowed, did_you_mean(name, table.sides)))


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
        read_open(entry, f"{path}: instrument[{k}]", faults) for k, entry in enumerate(content.get("instrument", []), 1)
    ]
    if faults:
        faults += _other_faults(content, path)
        raise InputError(faults)
    table = validate(Table, {**content, "instrument": opened, "id": path.stem}, where=str(path))
    faults = table_faults(table, path)
    if faults:
        raise InputError(faults)
    return table


def _other_faults(content: Mapping[str, Any], path: Path) -> list[Fault]:
    """Faults of everything but the instruments, so that all of a file's come at once."""
    stand_in = {"low": 0.0, "high": 1.0, "whole": True, "clause": {"id": "x", "kind": "lift"}}
    try:
        validate(Table, {**content, "instrument": [stand_in], "id": path.stem}, where=str(path))
    except InputError as error:
        return list(error.faults)
    return []
