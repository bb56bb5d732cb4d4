"""What every clause has: an id, days, words and a source; and what every clause at a border has: who, whose, which."""

from __future__ import annotations

from datetime import date
from typing import Annotated

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
    inside = {member.casefold() for member in found.members} - {found.code.casefold()}
    if labels.fold(name) in inside:
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


class Signed(BaseModel):
    """What every clause has."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_\-]*$", description="short name, unique in the deal")
    starts: date | None = Field(default=None, alias="from", description="first day in force; any day when left out")
    ends: date | None = Field(default=None, alias="until", description="first day no longer in force")
    statement: str = Field(min_length=1, description="what was said or written that this clause rests on, in own words")
    source: str = Field(min_length=1, description="where that can be read")
    note: str = Field(default="", description="what a reader must see beside the numbers")

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


class Border(Signed):
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


class Figure(BaseModel):
    """A number with its unit and where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    value: float = Field(ge=0)
    unit: str = Field(min_length=1)
    source: str = Field(min_length=1)
    estimated: bool = Field(default=False, description="true when no source was read: shown wherever it counts")
