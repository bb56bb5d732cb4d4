"""Instruments that bound a quantity: tariff-rate quotas, import and export quotas, capacity of routes and of sectors.

Each holds by a premium: buyers pay exp(rho) times the price with the in-quota duty, 0 <= rho <= ln((1+t1)/(1+t0)), and

    rho = 0 and M <= Q    or    0 <= rho <= ceiling and M = Q    or    rho = ceiling and M >= Q

The rent is the premium on the flow inside the bound; who has the licences has the rent. In percentage points of customs
value the premium is mu = (1 + t0)(exp(rho) - 1), from 0 to t1 - t0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError
from reciprocity.model.instruments.policy import MEASURES, Bound, Measure, Policy
from reciprocity.model.instruments.rates import place_faults, rate_faults, share_faults
from reciprocity.model.instruments.scope import Scope

Unit = Literal["money", "base"]
"""``money``: million of the economy's unit at base prices; ``base``: times the base flow, 0.8 is 80% of it."""


@dataclass(frozen=True, slots=True)
class TariffQuota:
    """A tariff-rate quota: duty t0 up to a quantity, t1 beyond it; with t1 infinite, a quota; with Q = 0, a ban.

    Revenue is t0 on what comes inside the quota and t1 on the rest. Routes in the scope share one quantity. It has an
    exact derivative by quantity and rates away from the two kinks (see gradient.py); at a kink a left and a right one.

    Attributes:
        scope: routes that fill one quota.
        quantity: Q.
        in_quota: t0, a fraction; None keeps the duty that is there.
        over_quota: t1, a fraction at or above t0; inf lets nothing pass.
        exporter_share: share of the rent that goes to exporters; 0 is auctioned licences, 1 a voluntary restraint.
        unit: of the quantity.
        measure: ``volume`` delivered (tonnes, units) or customs ``value`` in the numeraire.
    """

    scope: Scope
    quantity: float
    in_quota: float | None = None
    over_quota: float = np.inf
    exporter_share: float = 0.0
    unit: Unit = "base"
    measure: Measure = "volume"

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        found = self.scope.faults(economy, where) + _quantity_faults(self.quantity, self.unit, where)
        found += share_faults(self.exporter_share, f"{where}.exporter_share")
        if self.measure not in MEASURES:
            found.append(
                Fault(f"{where}.measure", f"'{self.measure}' is no measure", f"Allowed: {', '.join(MEASURES)}")
            )
        if self.in_quota is not None:
            found += rate_faults(self.in_quota, f"{where}.in_quota")
            if not self.over_quota >= self.in_quota:
                seen = f"{self.over_quota:g} is below the in-quota rate {self.in_quota:g}"
                found.append(Fault(f"{where}.over_quota", seen, "Allowed: the in-quota rate or more"))
        return found

    def apply(self, policy: Policy) -> Policy:
        """The in-quota duty, and a bound on the flow."""
        spots = self.scope.positions(policy.economy)
        duty = policy.tariff[spots] if self.in_quota is None else np.full(len(spots[0]), self.in_quota)
        ceiling = self._ceiling(duty)
        inside = policy.with_tariff(spots, duty)
        if self.quantity == 0.0 and np.isinf(self.over_quota):
            return inside.with_iceberg(spots, np.inf)
        if self.quantity == 0.0:
            return inside.with_tariff(spots, np.maximum(duty, self.over_quota))
        bound = Bound(f"quota, {self.scope}", *spots, self.quantity, self.measure, ceiling, self.exporter_share)
        return _bounded(inside, bound, self.unit)

    def _ceiling(self, duty: Array) -> float:
        """ln((1+t1)/(1+t0)), one for all routes of a quota."""
        if np.isinf(self.over_quota):
            return np.inf
        if np.ptp(duty) > 1e-12:
            seen = f"one quota, {self.scope}, over duties from {duty.min():g} to {duty.max():g}"
            raise InputError(Fault("in_quota", seen, "Allowed: one in-quota rate a quota", "give in_quota"))
        if self.over_quota < duty[0] - 1e-12:
            seen = f"{self.over_quota:g} is below the duty in force, {duty[0]:g}"
            raise InputError(Fault("over_quota", seen, "Allowed: the in-quota rate or more", "give in_quota"))
        return max(0.0, float(np.log1p(self.over_quota) - np.log1p(duty[0])))


def import_quota(scope: Scope, quantity: float, *, exporter_share: float = 0.0, unit: Unit = "base") -> TariffQuota:
    """A quota that nothing passes, the duty unchanged; a ban where the quantity is zero."""
    return TariffQuota(scope, quantity, exporter_share=exporter_share, unit=unit)


def export_quota(scope: Scope, quantity: float, *, unit: Unit = "base") -> TariffQuota:
    """A quota on exports whose rent stays at home: the export tax that lets out the same quantity."""
    return TariffQuota(scope, quantity, exporter_share=1.0, unit=unit)


@dataclass(frozen=True, slots=True)
class RouteCapacity:
    """A pipeline or port: delivery costs change, and no more than a volume gets through.

    The premium is what capacity is worth at the margin; its rent goes to the owners on the exporter's side by a share.
    Derivative as for TariffQuota.

    Attributes:
        scope: routes that share the capacity.
        capacity: volume delivered.
        cost_change: of delivery, share of the goods' value; -0.02 is 2% cheaper.
        exporter_share: share of the rent on the exporter's side.
        unit: of the capacity.
    """

    scope: Scope
    capacity: float
    cost_change: float = 0.0
    exporter_share: float = 1.0
    unit: Unit = "base"

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        found = self.scope.faults(economy, where) + _quantity_faults(self.capacity, self.unit, where)
        found += share_faults(self.exporter_share, f"{where}.exporter_share")
        if not self.cost_change > -1.0:
            seen = f"{self.cost_change:g} is not a change of cost"
            found.append(Fault(f"{where}.cost_change", seen, "Allowed: above -1"))
        return found

    def apply(self, policy: Policy) -> Policy:
        """d_hat times 1 + cost_change, and a bound on the volume."""
        spots = self.scope.positions(policy.economy)
        cheaper = policy.with_iceberg(spots, 1.0 + self.cost_change)
        if self.capacity == 0.0:
            return policy.with_iceberg(spots, np.inf)
        name = f"capacity, {self.scope}"
        return _bounded(cheaper, Bound(name, *spots, self.capacity, "volume", np.inf, self.exporter_share), self.unit)


@dataclass(frozen=True, slots=True)
class SectorCapacity:
    """A sector can make no more than a volume, for any market; the premium on its cost is the owners' rent at home.

    Derivative as for TariffQuota.

    Attributes:
        country: where.
        sector: what.
        capacity: gross output at base prices.
        unit: of the capacity.
    """

    country: str
    sector: str
    capacity: float
    unit: Unit = "base"

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        found = place_faults(economy, where, self.country, self.sector)
        found += _quantity_faults(self.capacity, self.unit, where)
        if self.capacity == 0.0:
            found.append(Fault(f"{where}.capacity", "0 closes the sector", "Allowed: above 0", "ban its trade instead"))
        return found

    def apply(self, policy: Policy) -> Policy:
        """A bound on output, to every market."""
        economy = policy.economy
        n = np.arange(len(economy.regions), dtype=np.intp)
        i, j = economy.regions.index(self.country), economy.sectors.index(self.sector)
        spots = (n, np.full_like(n, i), np.full_like(n, j))
        name = f"capacity of {self.sector} in {self.country}"
        return _bounded(policy, Bound(name, *spots, self.capacity, "output", np.inf, 1.0), self.unit)


def _bounded(policy: Policy, bound: Bound, unit: Unit) -> Policy:
    """The policy with one more bound; a share of no trade bounds nothing."""
    if unit == "base":
        base = float(base_flow(policy.economy)[bound.importer, bound.exporter, bound.sector].sum())
        bound = replace(bound, quantity=bound.quantity * base)
    return replace(policy, bounds=(*policy.bounds, bound)) if bound.quantity > 0.0 else policy


def base_flow(economy: Economy) -> Array:
    """Customs value at the base, home sales with it (importer, exporter, sector)."""
    return economy.trade_share * economy.expenditure[:, None, :] / (1.0 + economy.tariff)


def _quantity_faults(quantity: float, unit: str, where: str) -> list[Fault]:
    found = []
    if not 0.0 <= quantity < np.inf:
        found.append(Fault(f"{where}.quantity", f"{quantity:g} is not a quantity", "Allowed: 0 or more, finite"))
    if unit not in {"money", "base"}:
        found.append(Fault(f"{where}.unit", f"'{unit}' is no unit", "Allowed: money, base"))
    return found
