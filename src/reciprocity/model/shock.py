"""A shock: what a scenario changes, in the arrays the equations read, checked at the door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError
from reciprocity.model.equations import Kernel


@dataclass(frozen=True, slots=True, eq=False)
class Shock:
    """New policy against an economy. What is None stays as it is at the base.

    Attributes:
        tariff: new ad valorem rates, net, 0.25 is 25% (importer, exporter, sector).
        iceberg_hat: change of iceberg trade cost, 1 is none; inf closes a route (importer, exporter, sector).
        export_tax: new ad valorem tax on the producer's price, kept by the exporter's treasury; a quota rent that goes
            to exporters is one too; negative is a subsidy (importer, exporter, sector). The base has none.
        deficit: new deficit by country, million of the unit; sums to 0 (country).
        endowment_hat: change of the supply of factors, 1 is none: more capital or labour at every wage (country).
    """

    tariff: Array | None = None
    iceberg_hat: Array | None = None
    export_tax: Array | None = None
    deficit: Array | None = None
    endowment_hat: Array | None = None

    def equals(self, other: Shock) -> bool:
        """Whether two shocks change the same things by the same numbers, to the last bit."""
        return all(_same(getattr(self, name), getattr(other, name)) for name in self.__slots__)


def _same(one: Array | None, two: Array | None) -> bool:
    return one is two or (one is not None and two is not None and np.array_equal(one, two))


def check_shock(economy: Economy, shock: Shock) -> Shock:
    """The shock as float64 arrays.

    Raises:
        InputError: with every fault: shape, not a number, a rate of -100% or less, a tax or cost at home, deficits that
            do not sum to zero.
    """
    faults: list[Fault] = []
    n, j = economy.shape
    tariff = _array(shock.tariff, "tariff", (n, n, j), faults)
    iceberg_hat = _array(shock.iceberg_hat, "iceberg_hat", (n, n, j), faults)
    export_tax = _array(shock.export_tax, "export_tax", (n, n, j), faults)
    deficit = _array(shock.deficit, "deficit", (n,), faults)
    endowment_hat = _array(shock.endowment_hat, "endowment_hat", (n,), faults)
    if endowment_hat is not None and not np.all((endowment_hat > 0) & np.isfinite(endowment_hat)):
        faults.append(Fault("endowment_hat", "holds a ratio that is not above 0", "Allowed: above 0, 1 is no change"))
    for name, rate in (("tariff", tariff), ("export_tax", export_tax)):
        if rate is not None:
            faults += _rate_faults(economy, name, rate)
    if iceberg_hat is not None and not np.all(iceberg_hat > 0):
        where = _spot(economy, iceberg_hat, ~(iceberg_hat > 0))
        faults.append(Fault(f"iceberg_hat[{where[0]}]", f"{where[1]:g} is not a cost ratio", "Allowed: above 0"))
    if deficit is not None:
        faults += _deficit_faults(economy, deficit)
    if faults:
        raise InputError(faults)
    return Shock(tariff, iceberg_hat, export_tax, deficit, endowment_hat)


def _array(given: Array | None, name: str, shape: tuple[int, ...], faults: list[Fault]) -> Array | None:
    if given is None:
        return None
    array = np.asarray(given, dtype=np.float64)
    if array.shape != shape:
        faults.append(Fault(name, f"has shape {array.shape}", f"Allowed: {shape}, axes importer, exporter, sector"))
        return None
    return array


def _rate_faults(economy: Economy, name: str, rate: Array) -> list[Fault]:
    faults: list[Fault] = []
    wrong = ~((rate > -1.0) & (rate < np.inf))
    if wrong.any():
        where, seen = _spot(economy, rate, wrong)
        faults.append(Fault(f"{name}[{where}]", f"{seen:g} is not a rate", "Allowed: above -1; 0.25 is 25%"))
    home = np.einsum("nnj->nj", rate)
    base = np.einsum("nnj->nj", economy.tariff) if name == "tariff" else np.zeros(economy.shape)
    if not np.array_equal(home, base):
        n, j = (int(k[0]) for k in np.nonzero(home != base))
        where = f"{economy.regions[n]}, {economy.regions[n]}, {economy.sectors[j]}"
        allowed = f"Allowed: {base[n, j]:g}, as at the base"
        faults.append(Fault(f"{name}[{where}]", f"{home[n, j]:g} on home sales", allowed))
    return faults


def _deficit_faults(economy: Economy, deficit: Array) -> list[Fault]:
    if not np.all(np.isfinite(deficit)):
        return [Fault("deficit", "holds a value that is not a number", "Allowed: finite, one a country")]
    off = float(deficit.sum())
    if abs(off) > 1e-9 * float(economy.value_added.sum()):
        return [Fault("deficit", f"sums to {off:g} {economy.unit}", "Allowed: 0 over countries",
                      "one country's inflow is another's outflow: say whose")]  # fmt: skip
    return []


def _spot(economy: Economy, array: Array, wrong: NDArray[np.bool_]) -> tuple[str, float]:
    n, i, j = (int(k[0]) for k in np.nonzero(wrong))
    return f"{economy.regions[n]}, {economy.regions[i]}, {economy.sectors[j]}", float(array[n, i, j])


def base_kernel(economy: Economy) -> Kernel:
    """The kernel of the base: trade shares, and trade shares net of tariffs."""
    pi = economy.trade_share.transpose(2, 0, 1)
    sales = pi / (1.0 + economy.tariff.transpose(2, 0, 1))
    return _kernel(np.concatenate([pi, sales], axis=1))


def kernel_of(economy: Economy, base: Kernel, shock: Shock) -> Kernel:
    """The kernel of a scenario: only the routes a shock touches are worked out again."""
    n, j = economy.shape
    changed = np.zeros(n * n * j, dtype=bool)
    if shock.tariff is not None:
        changed |= shock.tariff.ravel() != economy.tariff.ravel()
    if shock.iceberg_hat is not None:
        changed |= shock.iceberg_hat.ravel() != 1.0
    if shock.export_tax is not None:
        changed |= shock.export_tax.ravel() != 0.0
    routes = np.flatnonzero(changed)
    if routes.size == 0:
        return base
    pair, sector = np.divmod(routes, j)
    spot = sector * (2 * n * n) + pair  # in the stacked, sector-major layout
    old = economy.tariff.ravel()[routes]
    new = old if shock.tariff is None else shock.tariff.ravel()[routes]
    cost = np.log1p(new) - np.log1p(old)
    if shock.iceberg_hat is not None:
        cost += np.log(shock.iceberg_hat.ravel()[routes])
    tax = None if shock.export_tax is None else shock.export_tax.ravel()[routes]
    if tax is not None:
        cost += np.log1p(tax)
    stacked = base.stacked.copy()
    flat = stacked.reshape(-1)
    flat[spot] *= np.exp(-economy.trade_elasticity[sector] * cost)
    flat[spot + n * n] = flat[spot] / (1.0 + new)
    if tax is None:
        return _kernel(stacked)
    sales, revenue = stacked[:, n:].copy(), np.zeros((j, n, n))
    inside = sector * (n * n) + pair
    sales.reshape(-1)[inside] /= 1.0 + tax
    revenue.reshape(-1)[inside] = tax * sales.reshape(-1)[inside]
    return Kernel(stacked[:, :n], sales, stacked[:, n:], revenue, stacked)


def _kernel(stacked: Array) -> Kernel:
    n = stacked.shape[2]
    return Kernel(stacked[:, :n], stacked[:, n:], stacked[:, n:], None, stacked)


def kernel_between(base: Kernel, new: Kernel, s: float) -> Kernel:
    """The kernel a share s of the way from the base in logarithms of cost; a closed route is closed all the way."""
    spending = base.spending ** (1.0 - s) * new.spending**s
    customs = base.customs ** (1.0 - s) * new.customs**s
    stacked = np.concatenate([spending, customs], axis=1)
    if new.export_tax is None:
        return _kernel(stacked)
    n = stacked.shape[2]
    sales = base.sales ** (1.0 - s) * new.sales**s
    return Kernel(stacked[:, :n], sales, stacked[:, n:], stacked[:, n:] - sales, stacked)
