"""The world under the law of a day, at one horizon: what every deal is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from reciprocity.deal import Clause
from reciprocity.deal.apply import override
from reciprocity.deal.clauses import BORDER
from reciprocity.economy import Economy, default
from reciprocity.economy.horizons import economy_at, horizon
from reciprocity.model import Equilibrium, solve
from reciprocity.model.instruments import solve_policy
from reciprocity.model.shock import Shock
from reciprocity.regime import Regime, SectorRates, regime_on
from reciprocity.scenario.quotas import licensed, quota_bounds
from reciprocity.scenario.shocks import shock_under

PREMIUM_TOLERANCE = 1e-10
"""What a quota's premium may be off by; the equilibria inside are solved to a hundredth of it."""
TOLERANCE = 1e-13
"""Residual asked of every solve: a ratio of two is then exact to the twelfth digit, so that no deal changes nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The law of a day, the economy at a horizon, and the equilibrium of the two.

    Attributes:
        economy: with the trade elasticities of the horizon.
        horizon: `1y`, `3y` or `long`.
        regime: the law.
        rates: the law by sector, at those elasticities.
        equilibrium: under that law.
    """

    economy: Economy
    horizon: str
    regime: Regime
    rates: SectorRates
    equilibrium: Equilibrium

    def rates_under(self, proposed: Regime) -> SectorRates:
        """Another law by sector, at the elasticities of the horizon."""
        return proposed.sector_rates(_by_sector(self.economy))

    def under(self, rates: SectorRates, clauses: Sequence[Clause] = ()) -> Equilibrium:
        """The equilibrium under other rates, and clauses that move costs and capital; what changes nothing leaves it.

        Raises:
            InputError: a clause on a region or sector the economy does not have.
            SolveError: there is no such equilibrium.
        """
        shock = self._shock(rates, clauses)
        quotas = licensed(clauses)
        if not quotas:
            if shock.equals(self.equilibrium.shock):
                return self.equilibrium
            return _solve(self.economy, shock, self.horizon, start=self.equilibrium)
        rest = self.regime.overlay([override(one) for one in clauses if isinstance(one, BORDER) and one not in quotas])
        beyond = self._shock(self.rates_under(rest), clauses)
        bounds, shock = quota_bounds(self.economy, self.regime, quotas, inside=shock, beyond=beyond)
        return solve_policy(
            self.economy, bounds, tariff=shock.tariff, iceberg_hat=shock.iceberg_hat, export_tax=shock.export_tax,
            deficit=shock.deficit, mobility=horizon(self.horizon).mobility, tolerance=PREMIUM_TOLERANCE,
        ).equilibrium  # fmt: skip

    def shock(self, rates: SectorRates, clauses: Sequence[Clause] = ()) -> Shock:
        """What rates and clauses do to the base; a quota's premium, found in the equilibrium, is in the rates."""
        if licensed(clauses):
            return self.under(rates, clauses).shock
        return self._shock(rates, clauses)

    def _shock(self, rates: SectorRates, clauses: Sequence[Clause]) -> Shock:
        """Rates and clauses as a shock; a border whose rate is the law's own is as it is under the law."""
        moved = [now for now, law in zip(rates.rows, self.rates.rows, strict=True) if now is not law and now != law]
        return shock_under(self.economy, moved, clauses, elsewhere=self.equilibrium.shock)


@lru_cache(maxsize=64)
def stand(on: date, known: date | None, elasticity_set: str, horizon_name: str) -> Standing:
    """The world under the law of a day as known on another, at a horizon."""
    economy = economy_at(default(elasticity_set), horizon_name)
    regime = regime_on(on, known)
    rates = regime.sector_rates(_by_sector(economy))
    equilibrium = _solve(economy, shock_under(economy, rates.rows), horizon_name)
    return Standing(economy, horizon_name, regime, rates, equilibrium)


def _solve(economy: Economy, shock: Shock, horizon_name: str, start: Equilibrium | None = None) -> Equilibrium:
    return solve(
        economy,
        tariff=shock.tariff,
        iceberg_hat=shock.iceberg_hat,
        export_tax=shock.export_tax,
        deficit=shock.deficit,
        mobility=horizon(horizon_name).mobility,
        start=start,
        tolerance=TOLERANCE,
    )


def _by_sector(economy: Economy) -> dict[str, float]:
    return dict(zip(economy.sectors, economy.trade_elasticity.tolist(), strict=True))
