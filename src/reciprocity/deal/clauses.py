"""The clauses a deal is made of, a closed set: who gives it, what, how much, from when, and what it rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from reciprocity.deal.shape import Border, Figure, Rate, RegionCode, SectorCode, Signed
from reciprocity.deal.shares import ContentRule, Quota, Remission, UsePreference


class SetTariff(Border):
    """Set a duty: of the measures named, else the whole duty on the goods."""

    kind: Literal["tariff"]
    rate: Rate = Field(description="ad valorem fraction: 0.25 is 25%")
    measures: tuple[str, ...] = Field(default=(), description="measures or programmes whose rate is set; others stay")


class CapTariff(Border):
    """A ceiling: the duty of the measures named, else all duties together, is no higher."""

    kind: Literal["cap"]
    rate: Rate = Field(description="ad valorem fraction")
    measures: tuple[str, ...] = Field(default=(), description="measures or programmes the ceiling is for; else all-in")


class LiftMeasures(Border):
    """Waive measures on the goods; what else applies stays."""

    kind: Literal["lift"]
    measures: tuple[str, ...] = Field(min_length=1, description="ids or programmes of `reciprocity regime show`")


class Ban(Border):
    """Forbid imports of the goods."""

    kind: Literal["ban"]


class AddTariff(Border):
    """Put a duty on top of what applies."""

    kind: Literal["add"]
    rate: Rate = Field(description="ad valorem fraction")


class EndPreference(Border):
    """End the agreement's preference: goods that claimed it owe the general rate and lose what hangs on the claim."""

    kind: Literal["end_preference"]


class TradeCost(Signed):
    """Make a route cheaper or dearer by a share of the goods' value."""

    kind: Literal["trade_cost"]
    importer: RegionCode = Field(description="where the route ends")
    exporter: RegionCode = Field(description="where it begins")
    sector: SectorCode = Field(description="the sector whose goods take it")
    change: float = Field(gt=-0.9, le=10.0, description="share of value: -0.02 is 2% cheaper to deliver")

    @property
    def giver(self) -> str:
        """The side that gives the clause: the one that opens its border."""
        return self.importer


class ExportTax(Signed):
    """A tax of the exporter's on what it sells to the importer, kept by its own treasury."""

    kind: Literal["export_tax"]
    exporter: RegionCode = Field(description="who sets it")
    importer: RegionCode = Field(description="whose purchases bear it")
    sector: SectorCode = Field(description="the sector taxed")
    rate: Rate = Field(description="fraction of the producer's price")

    @field_validator("importer")
    @classmethod
    def _two_sides(cls, importer: str, info: ValidationInfo) -> str:
        if importer == info.data.get("exporter"):
            raise ValueError(f"{importer} is the exporter too. A tax on exports has two sides")
        return importer

    @property
    def giver(self) -> str:
        """The side whose tax it is."""
        return self.exporter


class Capacity(Signed):
    """New capacity on a route: the flow it carries is delivered cheaper by the toll it saves."""

    kind: Literal["capacity"]
    importer: RegionCode = Field(description="where the route ends")
    exporter: RegionCode = Field(description="where it begins")
    sector: SectorCode = Field(description="the sector whose goods take it")
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


class Investment(Signed):
    """Capital that flows from one side to the other, spread evenly over its years.

    In the year asked it lets the host spend more than it earns and the investor less; the claim on later income is not
    counted, and the result says so.
    """

    kind: Literal["investment"]
    investor: RegionCode = Field(description="whose capital it is")
    host: RegionCode = Field(description="where it goes")
    amount_busd: float = Field(ge=0, le=10_000, description="billion USD in all")
    years: float = Field(gt=0, le=50, description="over how many it is spread evenly")
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
    SetTariff
    | CapTariff
    | LiftMeasures
    | AddTariff
    | Quota
    | ContentRule
    | Remission
    | Ban
    | UsePreference
    | EndPreference
    | TradeCost
    | ExportTax
    | Capacity
    | Investment,
    Field(discriminator="kind"),
]
BorderClause = (
    SetTariff
    | CapTariff
    | LiftMeasures
    | AddTariff
    | Quota
    | ContentRule
    | Remission
    | Ban
    | UsePreference
    | EndPreference
)
BORDER = (
    SetTariff,
    CapTariff,
    LiftMeasures,
    AddTariff,
    Quota,
    ContentRule,
    Remission,
    Ban,
    UsePreference,
    EndPreference,
)
"""The kinds that change law at a border; the others change costs and capital."""
