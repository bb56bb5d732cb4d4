"""The clauses a deal is made of, a closed set: who gives it, what, how much, from when, and what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from reciprocity import labels
from reciprocity.errors import UnknownName

LARGEST_RATE = 4.0
"""No tariff on either side is above 400% of value: a larger number is a rate written as per cent."""


def _region(name: str) -> str:
    try:
        found = labels.region(name)
    except UnknownName as error:
        raise ValueError(_words(error)) from error
    if len(found.members) > 1 and labels.fold(name) in {member.casefold() for member in found.members}:
        raise ValueError(
            f"'{name}' stands inside {found.code} in this economy. Write '{found.code}' if you mean all of it"
        )
    return found.code


def _sector(name: str) -> str:
    try:
        return labels.sector(name).code
    except UnknownName as error:
        raise ValueError(_words(error)) from error


def _words(error: UnknownName) -> str:
    fault = error.faults[0]
    return f"{fault.seen}. {fault.remedy}".strip()


def _rate(rate: float) -> float:
    if rate > LARGEST_RATE:
        raise ValueError(f"{rate:g} is not a fraction. A tariff of {rate:g}% is written {rate / 100:g}")
    if rate < 0:
        raise ValueError(f"{rate:g} is below zero. A tariff is a fraction of value from 0 up; 0.25 is 25%")
    return rate


def _products(products: tuple[str, ...]) -> tuple[str, ...]:
    for product in products:
        digits = product.replace(".", "")
        if digits.isdigit() and not 2 <= len(digits) <= 10:
            raise ValueError(f"'{product}' is not an HS code. Write 2 to 10 digits, as 7208 or 7208.10")
    return products


RegionCode = Annotated[str, AfterValidator(_region)]
SectorCode = Annotated[str, AfterValidator(_sector)]
Rate = Annotated[float, AfterValidator(_rate)]
Products = Annotated[tuple[str, ...], AfterValidator(_products)]


class _Clause(BaseModel):
    """What every clause has."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_\-]*$", description="short name, unique in the deal")
    starts: date | None = Field(default=None, alias="from", description="first day in force; any day when left out")
    ends: date | None = Field(default=None, alias="until", description="first day no longer in force")
    statement: str = Field(min_length=1, description="what was said or written that this clause rests on, in own words")
    source: str = Field(min_length=1, description="where that can be read")
    note: str = ""

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("starts")
        if starts and ends and ends <= starts:
            raise ValueError(f"{ends} is not after the start {starts}. `until` is the first day no longer in force")
        return ends

    def in_force(self, on: date) -> bool:
        """Whether the clause counts on a day."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on < self.ends)


class _Border(_Clause):
    """A clause about what an importer does to goods of an exporter."""

    importer: RegionCode = Field(description="who sets it")
    exporter: RegionCode = Field(description="on whose goods")
    sector: SectorCode | None = Field(default=None, description="a sector of the economy")
    products: Products = Field(default=(), description="HS prefixes or ids of product lists, instead of a sector")

    @field_validator("exporter")
    @classmethod
    def _two_sides(cls, exporter: str, info: ValidationInfo) -> str:
        if exporter == info.data.get("importer"):
            raise ValueError(f"{exporter} is the importer too. A border clause has two sides")
        return exporter

    @field_validator("products")
    @classmethod
    def _one_scope(cls, products: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if products and info.data.get("sector"):
            raise ValueError("given beside a sector. Give one of the two")
        return products

    @property
    def giver(self) -> str:
        """The side whose law the clause changes."""
        return self.importer


class SetTariff(_Border):
    """Set a duty: of the measures named, else the whole duty on the goods."""

    kind: Literal["tariff"]
    rate: Rate = Field(description="ad valorem fraction: 0.25 is 25%")
    measures: tuple[str, ...] = Field(default=(), description="measures or programmes whose rate is set; others stay")


class CapTariff(_Border):
    """A ceiling: the duty of the measures named, else all duties together, is no higher."""

    kind: Literal["cap"]
    rate: Rate = Field(description="ad valorem fraction")
    measures: tuple[str, ...] = Field(default=(), description="measures or programmes the ceiling is for; else all-in")


class LiftMeasures(_Border):
    """Waive measures on the goods; what else applies stays."""

    kind: Literal["lift"]
    measures: tuple[str, ...] = Field(min_length=1, description="ids or programmes of `reciprocity regime show`")


class Quota(_Border):
    """A tariff-rate quota: inside it base and the measures named are at most `rate`; beyond it the law stands.

    The quantity is a share of 2024 trade in the goods, or a value a year. Trade is charged the average of what is
    inside and what is beyond.
    """

    kind: Literal["quota"]
    rate: Rate = Field(description="ad valorem fraction inside the quota")
    share: float | None = Field(default=None, gt=0, le=10, description="quantity, as a share of 2024 trade: 0.8 is 80%")
    value_musd: float | None = Field(default=None, gt=0, description="quantity, million USD a year")
    measures: tuple[str, ...] = Field(
        default=(), validate_default=True, description="measures or programmes it is for; else all duties"
    )

    @field_validator("value_musd")
    @classmethod
    def _one_quantity(cls, value: float | None, info: ValidationInfo) -> float | None:
        if value is not None and info.data.get("share") is not None:
            raise ValueError("given beside a share. Give one of the two")
        return value

    @field_validator("measures")
    @classmethod
    def _some_quantity(cls, measures: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        missing = {"share", "value_musd"} <= set(info.data)
        if missing and info.data["share"] is None and info.data["value_musd"] is None:
            raise ValueError("the quota has no quantity. Give `share` or `value_musd`")
        return measures


class Ban(_Border):
    """Forbid imports of the goods."""

    kind: Literal["ban"]


class AddTariff(_Border):
    """Put a duty on top of what applies."""

    kind: Literal["add"]
    rate: Rate = Field(description="ad valorem fraction")


class EndPreference(_Border):
    """End the agreement's preference: goods that claimed it owe the general rate and lose what hangs on the claim."""

    kind: Literal["end_preference"]


class TradeCost(_Clause):
    """Make a route cheaper or dearer by a share of the goods' value."""

    kind: Literal["trade_cost"]
    importer: RegionCode
    exporter: RegionCode
    sector: SectorCode
    change: float = Field(gt=-0.9, le=10.0, description="share of value: -0.02 is 2% cheaper to deliver")

    @property
    def giver(self) -> str:
        """The side that gives the clause: the one that opens its border."""
        return self.importer


class Figure(BaseModel):
    """A number with its unit and where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    value: float = Field(ge=0)
    unit: str = Field(min_length=1)
    source: str = Field(min_length=1)
    estimated: bool = Field(default=False, description="true when no source was read: shown wherever it counts")


class Capacity(_Clause):
    """New capacity on a route: the flow it carries is delivered cheaper by the toll it saves."""

    kind: Literal["capacity"]
    importer: RegionCode
    exporter: RegionCode
    sector: SectorCode
    giver_side: RegionCode | None = Field(default=None, alias="giver", description="who must permit it")
    capacity: Figure = Field(description="volume a day the route adds")
    flow: Figure = Field(description="volume a day the route's goods move now, same unit")
    saving: Figure = Field(description="USD saved a unit of volume")
    price: Figure = Field(description="USD value of a unit of volume")
    sector_share: Figure = Field(description="share of the sector's trade that is these goods")

    @field_validator("flow")
    @classmethod
    def _same_unit(cls, flow: Figure, info: ValidationInfo) -> Figure:
        if flow.value == 0:
            raise ValueError("value 0 is no flow. Give what moves now")
        capacity = info.data.get("capacity")
        if capacity and capacity.unit != flow.unit:
            raise ValueError(f"unit '{flow.unit}' is not the capacity's '{capacity.unit}'")
        return flow

    @field_validator("price")
    @classmethod
    def _above_the_saving(cls, price: Figure, info: ValidationInfo) -> Figure:
        saving = info.data.get("saving")
        if saving and saving.value >= price.value:
            raise ValueError(f"{price.value:g} is not above the saving {saving.value:g}")
        return price

    @field_validator("sector_share")
    @classmethod
    def _a_share(cls, share: Figure) -> Figure:
        if share.value > 1:
            raise ValueError(f"{share.value:g} is above 1. It is a share of the sector's trade")
        return share

    @property
    def giver(self) -> str:
        """The side that must permit it."""
        return self.giver_side or self.importer

    @property
    def cost_change(self) -> float:
        """Change of the sector's delivery cost on the route, a share of value: minus the saving on the part carried.

        carried = min(1, capacity / flow) x share of the sector; change = - carried x saving / price.
        """
        carried = min(1.0, self.capacity.value / self.flow.value) * self.sector_share.value
        return -carried * self.saving.value / self.price.value


class Investment(_Clause):
    """Capital that flows from one side to the other, spread evenly over its years.

    In the year asked it lets the host spend more than it earns and the investor less; the claim on later income is not
    counted, and the result says so.
    """

    kind: Literal["investment"]
    investor: RegionCode
    host: RegionCode
    amount_busd: float = Field(ge=0, le=10_000, description="billion USD in all")
    years: float = Field(gt=0, le=50)
    condition: str = Field(default="", description="'if' and 'could' as they were said")

    @field_validator("host")
    @classmethod
    def _two_sides(cls, host: str, info: ValidationInfo) -> str:
        if host == info.data.get("investor"):
            raise ValueError(f"{host} is the investor too")
        return host

    @property
    def giver(self) -> str:
        """The side whose capital it is."""
        return self.investor

    @property
    def inflow_musd(self) -> float:
        """Million USD a year."""
        return self.amount_busd * 1000.0 / self.years


Clause = Annotated[
    SetTariff | CapTariff | LiftMeasures | AddTariff | Quota | Ban | EndPreference | TradeCost | Capacity | Investment,
    Field(discriminator="kind"),
]
BORDER = (SetTariff, CapTariff, LiftMeasures, AddTariff, Quota, Ban, EndPreference)
"""The kinds that change law at a border; the others change costs and capital."""
