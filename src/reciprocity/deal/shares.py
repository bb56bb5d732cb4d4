"""Clauses about a part of trade or of value: quotas, rules of content, remissions, use of a preference."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from reciprocity.deal.shape import Border, Figure, Rate, RegionCode


def _share(share: float) -> float:
    if not 0 <= share <= 1:
        raise ValueError(f"{share:g} is not a share. A share is from 0 to 1; 0.4 is 40%")
    return share


Share = Annotated[float, AfterValidator(_share)]
QUANTITIES = ("share", "value_musd", "volume", "importers")
"""The ways a quantity may be told; a clause has one of them."""


class Quota(Border):
    """A tariff-rate quota: inside it base and the measures named are at most `rate`; beyond it the law stands.

    The quantity is a share of 2024 trade in the goods, a value a year, or a volume beside the volume traded in 2024.
    Trade is charged the average of what is inside and what is beyond; or, where `exporter_rent` tells who has the
    licences, goods are priced by the last unit that comes in, and the licence is worth what that saves.
    """

    kind: Literal["quota"]
    rate: Rate = Field(description="ad valorem fraction inside the quota")
    share: float | None = Field(default=None, ge=0, le=10, description="quantity, as a share of 2024 trade: 0.8 is 80%")
    value_musd: float | None = Field(default=None, gt=0, description="quantity, million USD a year")
    volume: Figure | None = Field(default=None, description="quantity a year")
    traded: Figure | None = Field(default=None, description="what was traded in 2024, in the unit of `volume`")
    exporter_rent: Share | None = Field(
        default=None, description="share of the licences' worth that exporters keep: 0 is auctioned by the importer"
    )
    measures: tuple[str, ...] = Field(
        default=(), validate_default=True, description="measures or programmes it is for; else all duties"
    )

    @field_validator("value_musd", "volume", "traded")
    @classmethod
    def _one_quantity(cls, value: Any, info: ValidationInfo) -> Any:
        return _alone(value, info)

    @field_validator("measures")
    @classmethod
    def _some_quantity(cls, measures: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        _given(info, ("share", "value_musd", "volume"), "the quota has no quantity")
        return measures

    @property
    def part(self) -> float | None:
        """The quantity as a share of 2024 trade; None where it is told in money."""
        return _part(self.share, self.volume, self.traded)


class ContentRule(Border):
    """A duty on content: owed only on the value that is not of an origin, or at a rate that hangs on how much is.

    Without `threshold` the duty is owed on 1 - `content` of value. With it, goods with at least that much content owe
    `rate` on their whole value and others `rate_below`; the law's duty stands for a rate that is not given.
    """

    kind: Literal["content"]
    content: Share = Field(description="share of the goods' value that is of `origin`, on average")
    origin: tuple[RegionCode, ...] = Field(default=(), description="whose content counts; the importer's when left out")
    rate: Rate | None = Field(default=None, description="duty on the rest, or at the threshold; the law's if left out")
    threshold: Share | None = Field(default=None, description="content from which `rate` holds on the whole value")
    rate_below: Rate | None = Field(
        default=None, validate_default=True, description="duty below the threshold; the law's if left out"
    )
    spread: float = Field(default=0.0, ge=0, le=0.5, description="standard deviation of content over trade")
    content_source: str = Field(default="", description="where the average comes from; an assumption when left out")
    measures: tuple[str, ...] = Field(default=(), description="measures or programmes it is for; else the whole duty")

    @field_validator("rate_below")
    @classmethod
    def _with_threshold(cls, rate: float | None, info: ValidationInfo) -> float | None:
        if "threshold" not in info.data:
            return rate
        threshold = info.data["threshold"]
        if rate is not None and threshold is None:
            raise ValueError("given without a threshold. Give `threshold`, the content from which `rate` holds")
        if threshold is not None and rate is None and info.data.get("rate") is None and "rate" in info.data:
            raise ValueError("no rate hangs on the threshold. Give `rate`, `rate_below` or both")
        return rate


class Remission(Border):
    """Duty given back on a part of the imports: a share of 2024 trade, a value, a volume, or a share an importer."""

    kind: Literal["remission"]
    share: Share | None = Field(default=None, description="share of 2024 trade on which the duty is given back")
    value_musd: float | None = Field(default=None, gt=0, description="quantity, million USD a year")
    volume: Figure | None = Field(default=None, description="quantity a year")
    traded: Figure | None = Field(default=None, description="what was traded in 2024, in the unit of `volume`")
    importers: dict[str, Share] = Field(default={}, description="importer to its share of 2024 trade in the goods")
    condition: str = Field(default="", description="what importers must do to have it")
    measures: tuple[str, ...] = Field(
        default=(), validate_default=True, description="measures or programmes given back; else the whole duty"
    )

    @field_validator("value_musd", "volume", "traded", "importers")
    @classmethod
    def _one_quantity(cls, value: Any, info: ValidationInfo) -> Any:
        return _alone(value, info)

    @field_validator("importers")
    @classmethod
    def _no_more_than_all(cls, importers: dict[str, float]) -> dict[str, float]:
        total = sum(importers.values())
        if total > 1.0 + 1e-9:
            raise ValueError(f"shares add up to {total:g}. Shares of trade add up to 1 at most")
        return importers

    @field_validator("measures")
    @classmethod
    def _some_quantity(cls, measures: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        _given(info, QUANTITIES, "the remission has no quantity")
        return measures

    @property
    def part(self) -> float | None:
        """The quantity as a share of 2024 trade; None where it is told in money."""
        if self.importers:
            return min(sum(self.importers.values()), 1.0)
        return _part(self.share, self.volume, self.traded)


class UsePreference(Border):
    """Change how much of trade claims the agreement's preference: simpler papers, or stricter proof."""

    kind: Literal["preference"]
    utilisation_rate: Share = Field(description="share of the goods' trade that claims it")


def _alone(value: Any, info: ValidationInfo) -> Any:
    """A quantity, where no other is given."""
    if value is None or value == {}:
        return value
    if info.field_name == "traded":
        return _beside_volume(value, info)
    for other in QUANTITIES:
        if other != info.field_name and info.data.get(other):
            raise ValueError(f"given beside a {other}. Give one of the two")
    return value


def _beside_volume(traded: Figure, info: ValidationInfo) -> Figure:
    volume = info.data.get("volume")
    if volume is None and "volume" in info.data:
        raise ValueError("given without a volume. Give `volume`, the quantity itself")
    if volume is not None and volume.unit != traded.unit:
        raise ValueError(f"unit '{traded.unit}' is not the volume's '{volume.unit}'")
    if traded.value == 0:
        raise ValueError("value 0 is no trade. Give what was traded")
    return traded


def _given(info: ValidationInfo, ways: tuple[str, ...], missing: str) -> None:
    """Raise where no quantity is given and none of those given was wrong."""
    if not {*ways, "traded"} <= set(info.data):
        return
    if info.data["volume"] is not None and info.data["traded"] is None:
        raise ValueError("the volume has nothing beside it. Give `traded`, what was traded in 2024")
    if all(info.data[one] in (None, {}) for one in ways):
        *first, last = (f"`{one}`" if one != "volume" else "`volume` and `traded`" for one in ways)
        raise ValueError(f"{missing}. Give {', '.join(first)}, or {last}")


def _part(share: float | None, volume: Figure | None, traded: Figure | None) -> float | None:
    if volume is not None and traded is not None:
        return volume.value / traded.value
    return share
