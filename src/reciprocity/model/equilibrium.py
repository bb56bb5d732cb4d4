"""An equilibrium: the answer of one solve, in levels and changes, with its certificate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.model.equations import Kernel, Point, share_of
from reciprocity.model.factors import Factors
from reciprocity.model.prepare import Prepared
from reciprocity.model.shock import Shock, kernel_of


@dataclass(frozen=True, slots=True)
class Certificate:
    """What shows that an equilibrium is one. Residuals are worked out afresh at the state returned.

    Attributes:
        price_residual: largest |p + ln(Phi)/theta|.
        spending_residual: largest |X - Gamma Y - alpha I| over base spending.
        wage_residual: largest |wL' - sum beta Y| over base value added.
        premium_residual: largest |g - rho (ln(Y'/Y) - u)|; 0 where factors move freely.
        walras_gap: largest |imports - exports - deficit| over base value added; nothing in the solve aims at it.
        error_estimate: largest last preconditioned step in ln price, ln wage and spending over base spending.
        evaluations: of the residual, to convergence.
        rebuilds: how often the preconditioner was built again.
        tolerance: asked for.
        closure: what deficits did.
        numeraire: ``world`` value added, or the region whose wage is one.
        convention: ``exact base``: the data are an equilibrium and changes are against them; ``ratio of two solves``:
            they are not, and changes are against the solve without the shock.
        data_residual: largest relative residual of the data as they were given.
    """

    price_residual: float
    spending_residual: float
    wage_residual: float
    premium_residual: float
    walras_gap: float
    error_estimate: float
    evaluations: int
    rebuilds: int
    tolerance: float
    closure: str
    numeraire: str
    convention: str
    data_residual: float


@dataclass(frozen=True, slots=True, eq=False)
class Equilibrium:
    """The world after a shock. Axes (country, sector) are those of ``economy``; levels are in ``economy.unit``.

    Attributes:
        economy: the base that changes are against.
        shock: what was changed.
        wage_hat: w'/w (country).
        price_hat: purchaser price index P'/P (country, sector).
        welfare_hat: exact real income change, (I'/I) / prod P_hat^alpha (country).
        real_wage_hat: wage_hat / prod P_hat^alpha (country).
        income: I' (country).
        tariff_revenue: R' (country).
        export_revenue: export taxes and quota rents kept by the exporter (country).
        deficit: D' (country).
        expenditure: X', tariff-inclusive (country, sector).
        output: Y' (country, sector).
        factors: how readily factors change sector, or None where they move freely.
        certificate: what shows that this is an equilibrium.
        prepared: the base as the model holds it.
        point: the solver's own state, with world value added as numeraire.
    """

    economy: Economy
    shock: Shock
    wage_hat: Array
    price_hat: Array
    welfare_hat: Array
    real_wage_hat: Array
    income: Array
    tariff_revenue: Array
    export_revenue: Array
    deficit: Array
    expenditure: Array
    output: Array
    factors: Factors | None
    certificate: Certificate
    prepared: Prepared
    point: Point

    @property
    def kernel(self) -> Kernel:
        """The scenario's trade costs as the equations read them."""
        return kernel_of(self.economy, self.prepared.kernel, self.shock)

    @property
    def sector_wage_hat(self) -> Array:
        """w'/w of each sector, exp(u + g); wage_hat in every sector where factors move freely (country, sector)."""
        premium, u = self.point.premium, self.point.u[:, None]
        if premium is None:
            return np.broadcast_to(self.wage_hat[:, None], self.output.shape).copy()
        return np.exp(u + premium) * self.money

    @property
    def money(self) -> float:
        """From the model's own numeraire, world value added, to the one asked for."""
        return float(self.price_hat[0, 0] / np.exp(self.point.p[0, 0]))

    @property
    def tariff(self) -> Array:
        """Ad valorem rates in force (importer, exporter, sector)."""
        return self.economy.tariff if self.shock.tariff is None else self.shock.tariff

    @property
    def trade_share(self) -> Array:
        """pi', the importer's spending by source, tariff-inclusive (importer, exporter, sector)."""
        return share_of(self.kernel.spending, self.point).transpose(1, 2, 0)

    @property
    def trade_flow(self) -> Array:
        """pi' X' / (1 + t'), customs value (importer, exporter, sector)."""
        return share_of(self.kernel.customs, self.point).transpose(1, 2, 0) * self.expenditure[:, None, :]

    @property
    def base_income(self) -> Array:
        """I at the base (country)."""
        return self.prepared.point.income

    @property
    def price_level_hat(self) -> Array:
        """prod_j P_hat^alpha, the consumer price index (country)."""
        return np.exp((self.economy.consumption_share * np.log(self.price_hat)).sum(axis=1))
