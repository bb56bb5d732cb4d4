"""Where a real income change comes from, integrated along the path from the base to the equilibrium.

Along any path, with F customs value, S producer sales, c unit cost and b = c (1 + e) the price at the border,

    I d ln W = sum_m F[m,n] d ln b[n]  -  sum_i F[n,i] d ln b[n,i]       terms of trade
             + sum_i t F[n,i] (d ln F - d ln b - d ln d)[n,i]            volume of imports, at the tariff
             + sum_m e S[m,n] (d ln S - d ln c)[m,n]                     volume of exports, at the export tax
             - sum_i F[n,i] d ln d[n,i]                                  trade costs
             + d D                                                       transfers

which is the welfare decomposition of Caliendo and Parro (2015) before it is cut off at first order. Tariff changes
cancel: what the buyer pays more the treasury takes in. So do sector wages:
factors stand on a frontier (factors.py), where premia weighted by income add to nothing. The integral uses Chebyshev
points, so that few solves give many digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError, NotConverged
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.shock import Shock
from reciprocity.model.solver import solve_prepared
from reciprocity.model.welfare import log_cost_hat

ADDS_UP = 1e-6  # of the largest part
STEPS = (8, 16, 32, 64)


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """Parts of ln(welfare_hat). Axes (country, partner, sector); multiply by ``money`` for parts of the exact EV.

    Attributes:
        terms_of_trade: prices of exports to the partner less prices of imports from it.
        volume: tariffs (and export taxes) times the change in quantity they stand on.
        trade_cost: what delivery costs or saves on imports from the partner.
        transfer: change in the deficit (country).
        revenue: change in tariff revenue from the partner, money; what the treasury gains its own buyers pay, so it is
            shown beside the parts and is none of them.
        money: money a log point is worth, so that the parts add to the equivalent variation (country).
        gap: sum of the parts less ln(welfare_hat) (country).
        steps: of the path.
    """

    terms_of_trade: Array
    volume: Array
    trade_cost: Array
    transfer: Array
    revenue: Array
    money: Array
    gap: Array
    steps: int

    @property
    def total(self) -> Array:
        """The parts together, ln points (country)."""
        return (self.terms_of_trade + self.volume + self.trade_cost).sum(axis=(1, 2)) + self.transfer


def decompose(equilibrium: Equilibrium) -> Decomposition:
    """Split each country's exact real income change by cause, partner and sector.

    Raises:
        InputError: where the shock closes a route, to which there is no path, or adds factors, which is no part.
        NotConverged: where even the finest path does not add up to 1e-6.
    """
    _refuse_what_has_no_path(equilibrium)
    missed = 0.0
    for steps in STEPS:
        parts = _along(equilibrium, steps)
        missed = float(np.abs(parts.gap).max())
        largest = max(float(np.abs(part).max()) for part in (parts.terms_of_trade, parts.volume, parts.trade_cost))
        size = np.maximum(np.abs(np.log(equilibrium.welfare_hat)), 1e-3 * largest)
        if np.all(np.abs(parts.gap) <= ADDS_UP * size + 1e-12):
            return parts
    raise NotConverged(f"the decomposition misses the exact number by {missed:.1e} log points")


def _along(equilibrium: Equilibrium, steps: int) -> Decomposition:
    s, difference, weight = chebyshev(steps)
    nodes = [_node(equilibrium, float(at)) for at in s]

    def slope(rows: list[Array]) -> Array:
        return np.tensordot(difference, np.stack(rows), axes=1)

    def integral(rows: Array) -> Array:
        return np.tensordot(weight, rows, axes=1)

    income = np.stack([node.income for node in nodes])[:, :, None, None]
    border, delivery = slope([node.border for node in nodes]), slope([node.delivery for node in nodes])
    cost = slope([node.cost for node in nodes])
    flow, sales = np.stack([node.flow for node in nodes]), np.stack([node.sales for node in nodes])
    flow_slope, sales_slope = slope([node.flow for node in nodes]), slope([node.sales for node in nodes])
    rate, tax = np.stack([node.tariff for node in nodes]), np.stack([node.export_tax for node in nodes])
    bought = flow * border  # F[n,i] d ln b[n,i]; turned round it is what n sells
    imports = rate * (flow_slope - flow * (border + delivery))
    exports = tax * (sales_slope - sales * cost[:, None])
    turned = (0, 2, 1, 3)
    welfare = np.log(equilibrium.welfare_hat)
    terms = integral((bought.transpose(turned) - bought) / income)
    volume = integral((imports + exports.transpose(turned)) / income)
    trade_cost = integral(-flow * delivery / income)
    transfer = integral(slope([node.deficit for node in nodes]) / income[:, :, 0, 0])
    first, last = nodes[0], nodes[-1]
    log_mean = np.where(np.abs(welfare) < 1e-12, 1.0, np.expm1(welfare) / np.where(welfare == 0, 1.0, welfare))
    return Decomposition(
        terms_of_trade=terms,
        volume=volume,
        trade_cost=trade_cost,
        transfer=transfer,
        revenue=last.tariff * last.flow - first.tariff * first.flow,
        money=equilibrium.base_income * log_mean,
        gap=(terms + volume + trade_cost).sum(axis=(1, 2)) + transfer - welfare,
        steps=steps,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """One point of the path. Axes (importer, exporter, sector) but for income and deficit (country)."""

    income: Array
    deficit: Array
    cost: Array  # ln c_hat (country, sector)
    border: Array  # ln of the price at the exporter's border, by route
    delivery: Array  # ln of the iceberg cost
    flow: Array
    sales: Array
    tariff: Array
    export_tax: Array


def _node(equilibrium: Equilibrium, s: float) -> _Node:
    economy, shock, full = equilibrium.economy, equilibrium.shock, equilibrium.tariff
    base_tax = np.zeros_like(full)
    tariff = np.exp((1 - s) * np.log1p(economy.tariff) + s * np.log1p(full)) - 1.0
    ice = np.zeros_like(full) if shock.iceberg_hat is None else s * np.log(shock.iceberg_hat)
    log_tax = base_tax if shock.export_tax is None else s * np.log1p(shock.export_tax)
    deficit = None if shock.deficit is None else (1 - s) * economy.deficit + s * shock.deficit
    step = Shock(
        tariff=np.where(full == economy.tariff, economy.tariff, tariff),
        iceberg_hat=None if shock.iceberg_hat is None else np.exp(ice),
        export_tax=None if shock.export_tax is None else np.expm1(log_tax),
        deficit=deficit,
    )
    mobility = np.inf if equilibrium.factors is None else equilibrium.factors.mobility
    at = solve_prepared(equilibrium.prepared, step, mobility=mobility, tolerance=1e-12)
    cost, flow = log_cost_hat(at), at.trade_flow
    return _Node(
        income=at.income,
        deficit=at.deficit,
        cost=cost,
        border=cost[None] + log_tax,
        delivery=ice,
        flow=flow,
        sales=flow / np.exp(log_tax),
        tariff=at.tariff,
        export_tax=np.expm1(log_tax),
    )


def chebyshev(steps: int) -> tuple[Array, Array, Array]:
    """Chebyshev points of [0, 1], the matrix that differentiates there, and Clenshaw-Curtis weights.

    Trefethen, Spectral Methods in MATLAB (2000), programs cheb and clencurt.
    """
    k = np.arange(steps + 1)
    x = -np.cos(np.pi * k / steps)
    c = np.where((k == 0) | (k == steps), 2.0, 1.0) * (-1.0) ** k
    gap = x[:, None] - x[None, :] + np.eye(steps + 1)
    difference = np.outer(c, 1.0 / c) / gap
    difference -= np.diag(difference.sum(axis=1))
    degree = np.arange(0, steps + 1, 2)
    moments = 2.0 / (1.0 - degree.astype(np.float64) ** 2)
    vandermonde = np.cos(np.outer(np.arange(steps + 1), np.pi * k / steps))  # T_m at the points
    moment = np.zeros(steps + 1)
    moment[degree] = moments
    signs = np.where(np.arange(steps + 1) % 2 == 0, 1.0, -1.0)
    weight = np.asarray(np.linalg.solve(vandermonde * signs[:, None], moment), dtype=np.float64)
    return (x + 1.0) / 2.0, 2.0 * difference, weight / 2.0


def _refuse_what_has_no_path(equilibrium: Equilibrium) -> None:
    if equilibrium.shock.endowment_hat is not None:
        raise InputError(Fault("endowment_hat", "adds factors, which is none of the parts", "Allowed: no change"))
    ice = equilibrium.shock.iceberg_hat
    if ice is not None and not np.all(np.isfinite(ice)):
        raise InputError(
            Fault("iceberg_hat", "closes a route", "Allowed: finite", "a cost ratio of 100 closes it in all but name")
        )
