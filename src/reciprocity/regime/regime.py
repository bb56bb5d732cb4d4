"""The regime: the law in force on a day, as known on another, with a deal's rows over it. A change is a new value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from reciprocity.regime.book import Book, Measure, shipped_book
from reciprocity.regime.derivative import RateDerivative, rate_derivatives
from reciprocity.regime.explain import outside
from reciprocity.regime.law import rows_in_force
from reciprocity.regime.override import Override, check, ordered
from reciprocity.regime.partners import reaches
from reciprocity.regime.quantities import covered, share_claimed
from reciprocity.regime.sectors import IMPORTERS, SectorRates, rates_by_sector
from reciprocity.regime.shipment import Duty, duty
from reciprocity.regime.trade import Trade


@dataclass(frozen=True, slots=True)
class Regime:
    """The law of the United States and of Canada `on` a day, as `known` on another (None: as last known)."""

    on: date
    known: date | None
    book: Book = field(repr=False)
    overrides: tuple[Override, ...] = ()

    def overlay(self, overrides: Sequence[Override], *, where: str = "override") -> Regime:
        """The regime with a deal's rows over it. Raises InputError with every fault of the rows, named by `where`."""
        check(self.book, overrides, where=where)
        return replace(self, overrides=(*self.overrides, *ordered(overrides)))

    def sector_rates(
        self, theta: Mapping[str, float] | None = None, *, claims_on: date | None = None, own: Sequence[Trade] = ()
    ) -> SectorRates:
        """Revenue and flow-equivalent rates by importer, exporter, sector; `theta` by sector code, 4 unless given.

        Claims of the preference are those of the day unless `claims_on` is another; weights are 2024 imports unless
        `own` trade is given (see `own_weights.read_weights`).
        """
        return rates_by_sector(
            self.book, self.on, self.known, overrides=self.overrides, theta=theta, claims_on=claims_on, own=own
        )

    @property
    def sha256(self) -> str:
        """A fingerprint of the acts, the days and the deal's rows: equal regimes have equal ones."""
        return sha256(repr((self.book.digest, self.on, self.known, self.overrides)).encode()).hexdigest()

    def duty(self, *, importer: str, exporter: str, hs: str, facts: Mapping[str, Any] | None = None) -> Duty:
        """The duty on one shipment under this regime."""
        return duty(
            importer=importer, exporter=exporter, hs=hs, date=self.on, known=self.known, facts=facts, book=self.book,
            overrides=self.overrides,
        )  # fmt: skip

    def derivatives(self, parameter: str, theta: Mapping[str, float] | None = None) -> tuple[RateDerivative, ...]:
        """How sector rates move with the rate of one row of the deal over this regime, by the row's id."""
        return rate_derivatives(self, parameter, theta)

    def covered(self, row: Override) -> dict[str, tuple[float, float]]:
        """The part of each sector's 2024 trade that a row's goods are, and what part of those its quantity holds."""
        return covered(self.book, row, self.on)

    def claimed(self, row: Override) -> float | None:
        """The share of 2024 trade in a row's goods that claims the preference; None where there is no trade."""
        return share_claimed(self.book, row, self.on)

    def outside(self, sides: Sequence[str]) -> list[str]:
        """What to know of a day that the acts held of the sides do not reach: before the first, after the last."""
        held = [importer for importer in IMPORTERS if importer in sides]
        return list(dict.fromkeys(line for importer in held for line in outside(self.book, importer, self.on)))

    def measures(self, importer: str, exporter: str | None = None) -> tuple[Measure, ...]:
        """The rows of an importer's law in force, on every partner or on one."""
        rows = rows_in_force(self.book, importer, self.on, self.known)[0]
        if exporter is None:
            return rows
        return tuple(
            one
            for one in rows
            if reaches(self.book, one.exporters, exporter) and not reaches(self.book, one.except_exporters, exporter)
        )


def regime_on(on: date, known: date | None = None) -> Regime:
    """The law in force on a day, as known on another; as last known when no other day is given."""
    return Regime(on, known, shipped_book())
