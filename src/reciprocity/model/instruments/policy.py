"""A policy: what a list of instruments comes to, as arrays the equations read and bounds that premia must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError
from reciprocity.model.instruments.scope import Index
from reciprocity.model.shock import Shock

Measure = Literal["volume", "value", "output"]
MEASURES: tuple[Measure, ...] = ("volume", "value", "output")


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A quantity that a flow may not pass unless its premium has reached its ceiling.

    Attributes:
        name: what it is, for people.
        importer, exporter, sector: positions of its routes.
        quantity: Q > 0, million of the unit at base prices (volume, output) or in the numeraire (value).
        measure: ``volume`` delivered, customs ``value``, or ``output`` shipped from the factory.
        ceiling: largest logarithm of the premium, ln((1+t1)/(1+t0)); inf where nothing passes the bound.
        exporter_share: share of the rent that stays with the exporter, 0 to 1.
    """

    name: str
    importer: Index
    exporter: Index
    sector: Index
    quantity: float
    measure: Measure
    ceiling: float
    exporter_share: float


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """What instruments come to on an economy.

    Attributes:
        economy: the base.
        tariff: net ad valorem rates; the in-quota rate where there is a quota (importer, exporter, sector).
        iceberg_hat: change of iceberg cost (importer, exporter, sector).
        export_tax: tax on the producer's price; at home too where it is a tax or subsidy on production.
        deficit: million of the unit (country).
        endowment_hat: change of the supply of factors (country).
        bounds: quotas and capacities.
    """

    economy: Economy
    tariff: Array
    iceberg_hat: Array
    export_tax: Array
    deficit: Array
    endowment_hat: Array
    bounds: tuple[Bound, ...] = ()

    def shock(self, importer_part: Array | None = None, exporter_part: Array | None = None) -> Shock:
        """The shock, with the logarithms of premia on top where given (importer, exporter, sector)."""
        tariff, tax = self.tariff, self.export_tax
        if importer_part is not None:
            tariff = np.where(importer_part == 0.0, tariff, (1.0 + tariff) * np.exp(importer_part) - 1.0)
        if exporter_part is not None:
            tax = np.where(exporter_part == 0.0, tax, (1.0 + tax) * np.exp(exporter_part) - 1.0)
        return Shock(
            tariff=tariff,
            iceberg_hat=self.iceberg_hat if (self.iceberg_hat != 1.0).any() else None,
            export_tax=tax if tax.any() else None,
            deficit=self.deficit,
            endowment_hat=self.endowment_hat if (self.endowment_hat != 1.0).any() else None,
        )

    def with_tariff(self, spots: tuple[Index, Index, Index], rate: Array | float) -> Policy:
        """The policy with other rates on some routes."""
        tariff = self.tariff.copy()
        tariff[spots] = rate
        return replace(self, tariff=tariff)

    def with_iceberg(self, spots: tuple[Index, Index, Index], factor: Array | float) -> Policy:
        """The policy with the iceberg cost of some routes multiplied."""
        iceberg = self.iceberg_hat.copy()
        iceberg[spots] *= factor
        return replace(self, iceberg_hat=iceberg)

    def with_export_tax(self, spots: tuple[Index, Index, Index], rate: Array | float) -> Policy:
        """The policy with another tax on the producer's price of some routes, on top of what is there."""
        tax = self.export_tax.copy()
        tax[spots] = (1.0 + tax[spots]) * (1.0 + rate) - 1.0
        return replace(self, export_tax=tax)


class Instrument(Protocol):
    """One thing a negotiator can do."""

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it on this economy."""
        ...

    def apply(self, policy: Policy) -> Policy:
        """The policy with it in force."""
        ...


def policy_of(economy: Economy, instruments: Sequence[Instrument], shock: Shock) -> Policy:
    """Instruments in the order given, on top of a checked shock.

    Raises:
        InputError: with every fault of every instrument.
    """
    found = [
        fault for k, instrument in enumerate(instruments) for fault in instrument.faults(economy, f"instruments[{k}]")
    ]
    if found:
        raise InputError(found)
    n, j = economy.shape
    policy = Policy(
        economy=economy,
        tariff=economy.tariff if shock.tariff is None else shock.tariff,
        iceberg_hat=np.ones((n, n, j)) if shock.iceberg_hat is None else shock.iceberg_hat,
        export_tax=np.zeros((n, n, j)) if shock.export_tax is None else shock.export_tax,
        deficit=economy.deficit if shock.deficit is None else shock.deficit,
        endowment_hat=np.ones(n) if shock.endowment_hat is None else shock.endowment_hat,
    )
    for instrument in instruments:
        policy = instrument.apply(policy)
    return policy
