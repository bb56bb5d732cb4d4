"""A weighted outcome: any linear mix of what negotiators look at, and its derivative by the model's quantities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.jacobian import Seeds


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Weights on the parts of an equilibrium; the outcome is the weighted sum. None weighs nothing.

    Attributes:
        welfare: on ln(welfare_hat), exact real income (country).
        real_wage: on ln(real_wage_hat) (country).
        wage: on ln(wage_hat) (country).
        price: on ln(price_hat) (country, sector).
        income: on income, money (country).
        tariff_revenue: money (country).
        export_revenue: money (country).
        output: money (country, sector).
        expenditure: money (country, sector).
    """

    welfare: Array | None = None
    real_wage: Array | None = None
    wage: Array | None = None
    price: Array | None = None
    income: Array | None = None
    tariff_revenue: Array | None = None
    export_revenue: Array | None = None
    output: Array | None = None
    expenditure: Array | None = None

    def value(self, equilibrium: Equilibrium) -> float:
        """The outcome at an equilibrium."""
        logs = {"welfare": "welfare_hat", "real_wage": "real_wage_hat", "wage": "wage_hat", "price": "price_hat"}
        total = 0.0
        for name in self.__slots__:
            weight = getattr(self, name)
            if weight is None:
                continue
            part = getattr(equilibrium, logs.get(name, name))
            total += float((np.asarray(weight) * (np.log(part) if name in logs else part)).sum())
        return total


def seeds_of(outcome: Outcome, equilibrium: Equilibrium) -> Seeds:
    """d outcome by state, output, income and revenue at an equilibrium, in the model's own numeraire (one column)."""
    n, j = equilibrium.economy.shape
    w = _checked(outcome, n, j)
    point, alpha = equilibrium.point, equilibrium.economy.consumption_share
    real = w["welfare"] + w["real_wage"]
    u = w["real_wage"] + w["wage"]
    k = equilibrium.prepared.numeraire_position
    money = 1.0 if k is None else float(np.exp(-point.u[k]))
    if k is not None:  # nominal outcomes are in units of a wage that moves
        levels = ("income", "tariff_revenue", "export_revenue", "output", "expenditure")
        nominal = sum(float((w[name] * getattr(equilibrium, name)).sum()) for name in levels)
        u[k] -= nominal + w["wage"].sum() + w["price"].sum()
    return Seeds(
        p=(w["price"] - real[:, None] * alpha)[:, :, None],
        X=(money * w["expenditure"])[:, :, None],
        u=u[:, None],
        output=(money * w["output"])[:, :, None],
        income=(w["welfare"] / point.income + money * w["income"])[:, None],
        tariff_revenue=(money * w["tariff_revenue"])[:, None],
        export_revenue=(money * w["export_revenue"])[:, None],
    )


def _checked(outcome: Outcome, n: int, j: int) -> dict[str, Array]:
    faults, weights = [], {}
    for name in Outcome.__slots__:
        shape = (n, j) if name in {"price", "output", "expenditure"} else (n,)
        given = getattr(outcome, name)
        weights[name] = np.zeros(shape) if given is None else np.array(given, dtype=np.float64)
        if weights[name].shape != shape:
            faults.append(Fault(f"outcome.{name}", f"has shape {weights[name].shape}", f"Allowed: {shape}"))
    if faults:
        raise InputError(faults)
    return weights
