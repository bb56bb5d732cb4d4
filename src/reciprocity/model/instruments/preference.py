"""Preference use: importers claim a preference when what it saves is worth its paperwork.

The cost of claiming differs from shipment to shipment (logistic), so the share that claims answers to the margin by a
logit with elasticity eta, and the price is the expected best of the two ways in:

    margin m = ln((1 + duty)/(1 + preferential duty))        s' = 1 / (1 + exp(-(logit s0 + eta (m' - m0))))
    ln P'/P0 = ln((1+duty')/(1+duty0)) - (1/eta) (softplus(logit s') - softplus(logit s0))
    duty collected = s' preferential duty' + (1 - s') duty'

so that d ln P'/d m' = -s' (at a given duty). What buyers pay beyond the duty collected is paperwork: a real cost, an
iceberg. A content rule leaves part of a claimant's value dutiable: preferential duty = duty (1 - qualifying content).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Economy
from reciprocity.errors import Fault
from reciprocity.model.instruments.policy import Policy
from reciprocity.model.instruments.rates import rate_faults
from reciprocity.model.instruments.scope import Scope


@dataclass(frozen=True, slots=True)
class PreferenceUse:
    """The duty that is really collected when claims answer to the margin.

    Derivative: exact and smooth; by the duty outside, d ln P = (1 - s') d ln(1+duty), through Gradient.tariff and
    Gradient.iceberg with `slopes`.

    Attributes:
        scope: routes.
        duty: of who does not claim, after the change; a fraction.
        preferential_duty: of who claims, on the part of value that does not qualify or is not exempt; a fraction.
        base_duty: of who did not claim, at the base.
        base_preferential_duty: of who claimed, at the base.
        base_claim_share: s0, share of the trade's value that claimed at the base, above 0 and below 1.
        elasticity: eta, change of the claim share's log odds per log point of margin; stated by the user.
        qualifying_content: share of a claimant's value that the duty does not reach, 0 to 1.
        paperwork_is_real: whether the cost of claiming uses resources (an iceberg) or is left out.
    """

    scope: Scope
    duty: float
    base_claim_share: float
    elasticity: float
    preferential_duty: float = 0.0
    base_duty: float = 0.0
    base_preferential_duty: float = 0.0
    qualifying_content: float = 1.0
    paperwork_is_real: bool = True

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        found = self.scope.faults(economy, where)
        for name in ("duty", "preferential_duty", "base_duty", "base_preferential_duty"):
            found += rate_faults(getattr(self, name), f"{where}.{name}")
        if not 0.0 < self.base_claim_share < 1.0:
            seen = f"{self.base_claim_share:g} has no odds"
            found.append(Fault(f"{where}.base_claim_share", seen, "Allowed: above 0, below 1"))
        if not 0.0 < self.elasticity < np.inf:
            found.append(Fault(f"{where}.elasticity", f"{self.elasticity:g} is no elasticity", "Allowed: above 0"))
        if not 0.0 <= self.qualifying_content <= 1.0:
            seen = f"{self.qualifying_content:g} is not a share"
            found.append(Fault(f"{where}.qualifying_content", seen, "Allowed: 0 to 1"))
        return found

    @property
    def claimed_duty(self) -> float:
        """Duty a claimant pays: the preferential one on what qualifies, the full one on the rest."""
        content = self.qualifying_content
        return self.preferential_duty * content + self.duty * (1.0 - content)

    @property
    def margin(self) -> float:
        """m' = ln((1+duty)/(1+claimed duty))."""
        return float(np.log1p(self.duty) - np.log1p(self.claimed_duty))

    @property
    def base_margin(self) -> float:
        """m0."""
        return float(np.log1p(self.base_duty) - np.log1p(self.base_preferential_duty))

    @property
    def claim_share(self) -> float:
        """s', share of trade that claims after the change."""
        return float(1.0 / (1.0 + np.exp(-self._log_odds)))

    @property
    def duty_collected(self) -> float:
        """Average duty on customs value, a fraction."""
        s = self.claim_share
        return s * self.claimed_duty + (1.0 - s) * self.duty

    @property
    def log_price_change(self) -> float:
        """ln P'/P0 of the goods at the border at given producer prices: duty and paperwork."""
        base_odds = np.log(self.base_claim_share / (1.0 - self.base_claim_share))
        saved = (np.logaddexp(0.0, self._log_odds) - np.logaddexp(0.0, base_odds)) / self.elasticity
        return float(np.log1p(self.duty) - np.log1p(self.base_duty) - saved)

    @property
    def slopes(self) -> tuple[float, float]:
        """d duty collected / d duty and d ln P / d duty, the preferential duty and the content held."""
        s, content = self.claim_share, self.qualifying_content
        claimed_slope = 1.0 - content
        margin_slope = 1.0 / (1.0 + self.duty) - claimed_slope / (1.0 + self.claimed_duty)
        share_slope = self.elasticity * s * (1.0 - s) * margin_slope
        collected = s * claimed_slope + (1.0 - s) + share_slope * (self.claimed_duty - self.duty)
        return collected, 1.0 / (1.0 + self.duty) - s * margin_slope

    @property
    def _log_odds(self) -> float:
        base_odds = np.log(self.base_claim_share / (1.0 - self.base_claim_share))
        return float(base_odds + self.elasticity * (self.margin - self.base_margin))

    def apply(self, policy: Policy) -> Policy:
        """The duty collected, and the change of paperwork as an iceberg cost."""
        spots = self.scope.positions(policy.economy)
        collected = self.duty_collected
        changed = policy.with_tariff(spots, collected)
        if not self.paperwork_is_real:
            return changed
        s0 = self.base_claim_share
        base_collected = s0 * self.base_preferential_duty + (1.0 - s0) * self.base_duty
        paid = np.log1p(collected) - np.log1p(base_collected)
        return changed.with_iceberg(spots, float(np.exp(self.log_price_change - paid)))
