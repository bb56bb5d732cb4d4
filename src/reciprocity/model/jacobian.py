"""The derivative of the equations at a point, as products with many columns at once, and its transpose.

Columns stand on a last axis: dp and dX are (country, sector, column), du is (country, column).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.closure import Deficits
from reciprocity.model.equations import Kernel, Point, Technology, share_of


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """The linearised model at one point: shares (sector, importer, exporter) and levels (country, sector)."""

    technology: Technology
    pi: Array
    sales: Array  # m, producer sales over spending
    customs: Array  # customs value over spending; the same array where nobody taxes exports
    export_tax: Array | None
    net_share: Array
    X: Array
    output: Array
    export_revenue: Array  # (country, sector)
    value_added: Array
    deficit_slope: Array | None


def linearise(technology: Technology, kernel: Kernel, deficits: Deficits, point: Point) -> Linear:
    """The model's derivative at a point."""
    sales = share_of(kernel.sales, point)
    taxed = kernel.export_tax is not None
    export_tax = share_of(kernel.export_tax, point) if kernel.export_tax is not None else None
    revenue = np.einsum("jni,nj->ij", export_tax, point.X) if export_tax is not None else np.zeros_like(point.X)
    return Linear(
        technology=technology,
        pi=share_of(kernel.spending, point),
        sales=sales,
        customs=share_of(kernel.customs, point) if taxed else sales,
        export_tax=export_tax,
        net_share=point.net_share,
        X=point.X,
        output=point.output,
        export_revenue=revenue,
        value_added=point.value_added,
        deficit_slope=deficits.slope(technology.value_added, point.value_added),
    )


def across(kernel: Array, columns: Array) -> Array:
    """(sector, n, i) times (i, sector, column) to (n, sector, column)."""
    return np.matmul(kernel, np.ascontiguousarray(columns.transpose(1, 0, 2))).transpose(1, 0, 2)


def back(kernel: Array, columns: Array) -> Array:
    """(sector, n, i) transposed times (n, sector, column) to (i, sector, column)."""
    return across(kernel.transpose(0, 2, 1), columns)


def forward(at: Linear, dp: Array | None, dX: Array | None, du: Array | None) -> tuple[Array, Array, Array]:
    """K (dp, dX, du). A part left out is zero."""
    tech, theta = at.technology, at.technology.theta[:, None]
    shape = next((*part.shape[:1], len(tech.theta), part.shape[-1]) for part in (dp, dX, du) if part is not None)
    dR_p, dY, dI = np.zeros(shape), np.zeros(shape), np.zeros((shape[0], shape[2]))
    spending = np.zeros(shape) if dX is None else dX
    if dp is not None or du is not None:
        dlc = np.zeros(shape) if dp is None else np.matmul(tech.input_share_t, dp)
        if du is not None:
            dlc = dlc + tech.value_added_share[:, :, None] * du[:, None, :]
        q = across(at.pi, dlc)
        dR_p = -q if dp is None else dp - q
        dH = -theta * (across(at.customs, dlc) - at.net_share[:, :, None] * q)
        dI = dI - (at.X[:, :, None] * dH).sum(axis=1)
        dY = -theta * dlc * at.output[:, :, None]
        spending = spending + theta * at.X[:, :, None] * q
        if at.export_tax is not None:
            dI = dI - (theta * dlc * at.export_revenue[:, :, None]).sum(axis=1)
    dY = dY + back(at.sales, spending)
    if at.export_tax is not None:
        dI = dI + back(at.export_tax, spending).sum(axis=1)
    if dX is not None:
        dI = dI + ((1.0 - at.net_share)[:, :, None] * dX).sum(axis=1)
    dR_u = -(tech.value_added_share[:, :, None] * dY).sum(axis=1)
    if du is not None:
        earned = at.value_added[:, None] * du
        dI = dI + earned
        if at.deficit_slope is not None:
            dI = dI + at.deficit_slope @ du
        dR_u = dR_u + earned + np.outer(tech.value_added, earned.sum(axis=0)) / tech.value_added.sum()
    dR_X = -np.matmul(tech.input_share, dY) - tech.consumption_share[:, :, None] * dI[:, None, :]
    return dR_p, dR_X if dX is None else dR_X + dX, dR_u


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """The derivative of outcomes by the quantities they are made of, a column each.

    Attributes:
        p, X: (country, sector, column). u: (country, column).
        output: by gross output (country, sector, column).
        income, tariff_revenue, export_revenue: (country, column).
        price_index: by q, the importer's mean cost change (country, sector, column).
        log_cost: by the producer's log cost (country, sector, column).
    """

    p: Array
    X: Array
    u: Array
    output: Array
    income: Array
    tariff_revenue: Array
    export_revenue: Array
    price_index: Array | None = None
    log_cost: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Adjoints:
    """The transposed product: what reaches the state, and what reaches the quantities in between."""

    p: Array
    X: Array
    u: Array
    price_residual: Array  # a_p as given (country, sector, column)
    output: Array  # bY (country, sector, column)
    income: Array  # bI (country, column)
    tariff_revenue: Array  # bI and what outcomes add (country, column)
    export_revenue: Array  # bI and what outcomes add (country, column)
    price_index: Array  # bq (country, sector, column)
    net_share: Array  # bH (country, sector, column)
    log_cost: Array  # bd (country, sector, column)


def backward(at: Linear, a_p: Array, a_X: Array, a_u: Array, seeds: Seeds | None = None) -> Adjoints:
    """K^T (a_p, a_X, a_u), plus the derivative of outcomes where seeds are given."""
    tech, theta = at.technology, at.technology.theta[:, None]
    bY = -np.matmul(tech.input_share_t, a_X) - tech.value_added_share[:, :, None] * a_u[:, None, :]
    bI = -(tech.consumption_share[:, :, None] * a_X).sum(axis=1)
    if seeds is not None:
        bY, bI = bY + seeds.output, bI + seeds.income
    b_revenue = bI if seeds is None else bI + seeds.tariff_revenue
    b_export = bI if seeds is None else bI + seeds.export_revenue
    sold = across(at.sales, bY)
    level_cost = at.output[:, :, None] * bY
    if at.export_tax is not None:
        spread = np.broadcast_to(b_export[:, None, :], bY.shape)
        sold = sold + across(at.export_tax, spread)
        level_cost = level_cost + at.export_revenue[:, :, None] * spread
    b_X = a_X + sold + (1.0 - at.net_share)[:, :, None] * b_revenue[:, None, :]
    bH = -at.X[:, :, None] * b_revenue[:, None, :]
    bq = -a_p + theta * (at.X[:, :, None] * sold + at.net_share[:, :, None] * bH)
    if seeds is not None and seeds.price_index is not None:
        bq = bq + seeds.price_index
    bd = -theta * level_cost + back(at.pi, bq) - theta * back(at.customs, bH)
    if seeds is not None and seeds.log_cost is not None:
        bd = bd + seeds.log_cost
    b_p = a_p + np.matmul(tech.input_share, bd)
    share = (a_u * tech.value_added[:, None]).sum(axis=0) / tech.value_added.sum()
    b_u = at.value_added[:, None] * (bI + a_u + share) + (tech.value_added_share[:, :, None] * bd).sum(axis=1)
    if at.deficit_slope is not None:
        b_u = b_u + at.deficit_slope.T @ bI
    if seeds is not None:
        b_p, b_X, b_u = b_p + seeds.p, b_X + seeds.X, b_u + seeds.u
    return Adjoints(b_p, b_X, b_u, a_p, bY, bI, b_revenue, b_export, bq, bH, bd)
