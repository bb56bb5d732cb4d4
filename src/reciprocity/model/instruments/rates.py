"""Instruments that set rates and costs outright: duties, caps, floors, bans, export taxes, subsidies, trade costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Economy
from reciprocity.errors import Fault, did_you_mean
from reciprocity.model.instruments.policy import Policy
from reciprocity.model.instruments.scope import Scope


def rate_faults(rate: float, where: str, *, least: float = 0.0) -> list[Fault]:
    """A rate that is no fraction of value."""
    if least <= rate < np.inf:
        return []
    return [Fault(where, f"{rate:g} is not a rate", f"Allowed: {least:g} or more; 0.25 is 25%")]


def share_faults(share: float, where: str) -> list[Fault]:
    """A share that is not between 0 and 1."""
    return [] if 0.0 <= share <= 1.0 else [Fault(where, f"{share:g} is not a share", "Allowed: 0 to 1")]


@dataclass(frozen=True, slots=True)
class Tariff:
    """Set the whole duty: t' = rate. Derivative: Gradient.tariff summed over the routes.

    Attributes:
        scope: routes.
        rate: ad valorem fraction, 0.25 is 25%.
    """

    scope: Scope
    rate: float

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        return self.scope.faults(economy, where) + rate_faults(self.rate, f"{where}.rate")

    def apply(self, policy: Policy) -> Policy:
        """t' = rate."""
        return policy.with_tariff(self.scope.positions(policy.economy), self.rate)


@dataclass(frozen=True, slots=True)
class Cap:
    """An all-in ceiling on the duty: t' = min(t, rate).

    Derivative by the rate: Gradient.tariff where the cap binds, 0 where it does not, none at the kink t = rate.

    Attributes:
        scope: routes.
        rate: ad valorem fraction.
    """

    scope: Scope
    rate: float

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        return self.scope.faults(economy, where) + rate_faults(self.rate, f"{where}.rate")

    def apply(self, policy: Policy) -> Policy:
        """t' = min(t, rate)."""
        spots = self.scope.positions(policy.economy)
        return policy.with_tariff(spots, np.minimum(policy.tariff[spots], self.rate))


@dataclass(frozen=True, slots=True)
class Floor:
    """An all-in floor under the duty: t' = max(t, rate). Derivative as for Cap.

    Attributes:
        scope: routes.
        rate: ad valorem fraction.
    """

    scope: Scope
    rate: float

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        return self.scope.faults(economy, where) + rate_faults(self.rate, f"{where}.rate")

    def apply(self, policy: Policy) -> Policy:
        """t' = max(t, rate)."""
        spots = self.scope.positions(policy.economy)
        return policy.with_tariff(spots, np.maximum(policy.tariff[spots], self.rate))


@dataclass(frozen=True, slots=True)
class Ban:
    """No trade on the routes: the limit of a tariff, d_hat = inf. It has no derivative.

    Attributes:
        scope: routes.
    """

    scope: Scope

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        return self.scope.faults(economy, where)

    def apply(self, policy: Policy) -> Policy:
        """d_hat = inf."""
        return policy.with_iceberg(self.scope.positions(policy.economy), np.inf)


@dataclass(frozen=True, slots=True)
class ExportTax:
    """A tax on the producer's price, kept by the exporter's treasury; below zero it is an export subsidy.

    Derivative by the rate: Gradient.export_tax summed over the routes.

    Attributes:
        scope: routes.
        rate: fraction of the producer's price, above -1.
    """

    scope: Scope
    rate: float

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        return self.scope.faults(economy, where) + rate_faults(self.rate, f"{where}.rate", least=-0.99)

    def apply(self, policy: Policy) -> Policy:
        """(1 + e') = (1 + e)(1 + rate)."""
        return policy.with_export_tax(self.scope.positions(policy.economy), self.rate)


@dataclass(frozen=True, slots=True)
class ProductionSubsidy:
    """A treasury pays a share of a sector's cost, wherever the goods are sold: buyers pay c (1 - rate).

    The same number as an export subsidy on every market with the home market among them; the cost is rate x Y' out of
    the country's income. Derivative by the rate: minus Gradient.export_tax summed over the sector's markets.

    Attributes:
        country: who pays and produces.
        sector: what.
        rate: share of the producer's receipts, 0 to below 1; below zero it is a tax on production.
    """

    country: str
    sector: str
    rate: float

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        found = place_faults(economy, where, self.country, self.sector)
        if not self.rate < 1.0:
            found.append(Fault(f"{where}.rate", f"{self.rate:g} is not a share of cost", "Allowed: below 1"))
        return found

    def apply(self, policy: Policy) -> Policy:
        """(1 + e') = (1 + e)(1 - rate) to every market."""
        economy = policy.economy
        n = np.arange(len(economy.regions))
        i, j = economy.regions.index(self.country), economy.sectors.index(self.sector)
        return policy.with_export_tax((n, np.full_like(n, i), np.full_like(n, j)), -self.rate)


@dataclass(frozen=True, slots=True)
class Remission:
    """Duty given back on a share of the imports: t' = t (1 - share).

    For a remission up to a quantity use TariffQuota with an in-quota rate of zero. Derivative by the share: -t
    Gradient.tariff summed over the routes.

    Attributes:
        scope: routes.
        share: of the imports' value, 0 to 1, on which duty is remitted in full.
    """

    scope: Scope
    share: float

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        return self.scope.faults(economy, where) + share_faults(self.share, f"{where}.share")

    def apply(self, policy: Policy) -> Policy:
        """t' = t (1 - share)."""
        spots = self.scope.positions(policy.economy)
        return policy.with_tariff(spots, policy.tariff[spots] * (1.0 - self.share))


@dataclass(frozen=True, slots=True)
class TradeCost:
    """Make routes cheaper or dearer to deliver by: d_hat = 1 + change. Derivative: Gradient.iceberg / d_hat.

    Attributes:
        scope: routes.
        change: share of the goods' value; -0.02 is 2% cheaper.
    """

    scope: Scope
    change: float

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        found = self.scope.faults(economy, where)
        if not self.change > -1.0:
            found.append(Fault(f"{where}.change", f"{self.change:g} is not a change of cost", "Allowed: above -1"))
        return found

    def apply(self, policy: Policy) -> Policy:
        """d_hat times 1 + change."""
        return policy.with_iceberg(self.scope.positions(policy.economy), 1.0 + self.change)


def place_faults(economy: Economy, where: str, country: str, sector: str | None = None) -> list[Fault]:
    """A country or sector that the economy does not have."""
    found = []
    if country not in economy.regions:
        seen = f"'{country}' is not a region of this economy"
        found.append(Fault(f"{where}.country", seen, remedy=did_you_mean(country, economy.regions)))
    if sector is not None and sector not in economy.sectors:
        seen = f"'{sector}' is not a sector of this economy"
        found.append(Fault(f"{where}.sector", seen, remedy=did_you_mean(sector, economy.sectors)))
    return found
