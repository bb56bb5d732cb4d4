"""The equations of the model, Caliendo and Parro (2015) in exact hat algebra, read from top to bottom.

Letters are the paper's: n importer, i exporter, j sector; pi, gamma, alpha, theta. Inside the model arrays of trade
are sector-major (sector, importer, exporter) so that each sector is one matrix; vectors are (country, sector).
The state is u = ln(wage_hat), p = ln(price_hat) and X, spending in value. The numeraire inside is world value added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.closure import Deficits


@dataclass(frozen=True, slots=True, eq=False)
class Technology:
    """What a shock leaves alone: the parameters of an economy, laid out for the equations.

    Attributes:
        input_share: gamma (country, input_sector, using_sector).
        input_share_t: the same, transposed and contiguous (country, using_sector, input_sector).
        value_added_share, consumption_share: beta and alpha (country, sector).
        value_added: wL at the base (country).
        theta: trade elasticity (sector).
    """

    input_share: Array
    input_share_t: Array
    value_added_share: Array
    consumption_share: Array
    value_added: Array
    theta: Array


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """A scenario's trade costs: baseline shares moved by tariffs and icebergs at unchanged prices.

    Attributes:
        spending: A = pi exp(-theta (ln((1+t')/(1+t)) + ln((1+e')/(1+e)) + ln d_hat)) (sector, importer, exporter).
        sales: what the producer gets of it, M = A / ((1+t')(1+e')).
        customs: customs value, C = A / (1+t'); the same array as sales where nobody taxes exports.
        export_tax: what the exporter's treasury gets of it, G = e' M, or None where nobody taxes exports.
        stacked: spending over customs (sector, 2 x importer, exporter): one product instead of two.
    """

    spending: Array
    sales: Array
    customs: Array
    export_tax: Array | None
    stacked: Array


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """Everything the equations say at one state. Axes (country, sector) unless told otherwise."""

    u: Array
    p: Array
    X: Array
    supply: Array  # s, up to one factor a sector
    phi: Array  # Phi, up to the same factor
    net_share: Array  # H, customs value over spending
    output: Array  # Y
    value_added: Array  # wL exp(u) (country)
    export_revenue: Array  # (country)
    deficit: Array  # (country)
    income: Array  # (country)
    residual_price: Array
    residual_spending: Array
    residual_wage: Array  # (country)
    premium: Array | None = None  # g, where factors do not move freely

    @property
    def imports_less_exports(self) -> Array:
        """Customs value bought less sold; the diagonal cancels (country)."""
        return (self.net_share * self.X).sum(axis=1) - self.output.sum(axis=1) - self.export_revenue


def unit_cost(technology: Technology, u: Array, p: Array, premium: Array | None = None) -> Array:
    """ln c[i,j] = beta[i,j] (u[i] + g[i,j]) + sum_k gamma[i,k,j] p[i,k]: input bundle cost, CP (2015) eq. 10.

    g, the sector's wage over the country's, is zero in the paper; see factors.py.
    """
    inputs = np.matmul(technology.input_share_t, p[:, :, None])[:, :, 0]
    wage = u[:, None] if premium is None else u[:, None] + premium
    return technology.value_added_share * wage + inputs


def supply_term(technology: Technology, log_cost: Array) -> tuple[Array, Array]:
    """exp(-theta ln c), with each sector's mean cost taken out so that large theta cannot overflow; and that mean."""
    centre = log_cost.mean(axis=0)
    return np.exp(-technology.theta * (log_cost - centre)), centre


def by_sector(kernel: Array, vector: Array) -> Array:
    """Each sector's matrix times its column: (sector, a, b) with (b, sector) to (a, sector)."""
    return np.matmul(kernel, np.ascontiguousarray(vector.T)[:, :, None])[:, :, 0].T


def by_sector_t(kernel: Array, vector: Array) -> Array:
    """The transpose: each sector's row times its matrix, (sector, a, b) and (a, sector) to (b, sector)."""
    return np.matmul(np.ascontiguousarray(vector.T)[:, None, :], kernel)[:, 0, :].T


def gross_output(kernel: Kernel, supply: Array, deflated: Array) -> Array:
    """Y[i,j] = s[i,j] sum_n M[n,i,j] X[n,j] / Phi[n,j]: sales to every market net of taxes, CP (2015) eq. 13."""
    return supply * by_sector_t(kernel.sales, deflated)


def export_tax_revenue(kernel: Kernel, supply: Array, deflated: Array) -> Array:
    """What the exporter's treasury takes: sum over importers and sectors of e' times producer sales (country)."""
    if kernel.export_tax is None:
        return np.zeros(len(supply))
    return (supply * by_sector_t(kernel.export_tax, deflated)).sum(axis=1)


def goods_demand(technology: Technology, output: Array, income: Array) -> Array:
    """Gamma Y + alpha I: spending by use, CP (2015) eq. 12."""
    inputs = np.matmul(technology.input_share, output[:, :, None])[:, :, 0]
    return inputs + technology.consumption_share * income[:, None]


State = tuple[Array, Array, Array]  # u, p, X


def evaluate(
    technology: Technology, kernel: Kernel, deficits: Deficits, state: State, premium: Array | None = None
) -> Point:
    """The residuals at a state, and every number they are made of.

    R_p = p + ln(Phi)/theta (price index, CP eq. 11 with eq. 10); R_X = X - Gamma Y - alpha I (market clearing);
    R_u = wL e^u - sum_j beta Y + wL (sum wL e^u / sum wL - 1) (factor income, and the numeraire as a rank-one term).
    """
    u, p, X = state
    n = len(u)
    supply, centre = supply_term(technology, unit_cost(technology, u, p, premium))
    both = by_sector(kernel.stacked, supply)
    phi = both[:n]
    net_share = both[n:] / phi
    deflated = X / phi
    output = gross_output(kernel, supply, deflated)
    export_revenue = export_tax_revenue(kernel, supply, deflated)
    base = technology.value_added
    value_added = base * np.exp(u)
    deficit = deficits.at(base, value_added)
    income = value_added + (X - net_share * X).sum(axis=1) + export_revenue + deficit
    residual_price = p + np.log(phi) / technology.theta - centre
    residual_spending = X - goods_demand(technology, output, income)
    earned = (technology.value_added_share * output).sum(axis=1)
    numeraire = value_added.sum() / base.sum() - 1.0
    residual_wage = value_added - earned + base * numeraire
    return Point(
        u, p, X, supply, phi, net_share, output, value_added, export_revenue, deficit, income,
        residual_price, residual_spending, residual_wage, premium,
    )  # fmt: skip


def share_of(kernel: Array, point: Point) -> Array:
    """A kernel as shares of the importer's spending at a point, kernel s / Phi (sector, importer, exporter)."""
    return kernel * point.supply.T[:, None, :] / point.phi.T[:, :, None]
