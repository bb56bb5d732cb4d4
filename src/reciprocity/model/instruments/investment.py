"""An investment pledge over time: capital flows in now, works later, and its owner is paid.

Year by year, with the inflow spread evenly over the pledge's years and depreciation delta,

    K[t] = (1 - delta) K[t-1] + inflow[t-1]          deficit'[host] = deficit + inflow[t] - paid[t]
    L_hat[host] = 1 + r K[t] / value added           paid[t] = owner_share (r - delta) K[t]

r is the gross return: what a dollar of capital adds to value added in a year. The investor's deficit moves the other
way. The world's capital is not kept constant: what the investor would have done with it at home is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reciprocity.economy.economy import Economy
from reciprocity.errors import Fault
from reciprocity.model.instruments.policy import Policy
from reciprocity.model.instruments.rates import place_faults, share_faults


@dataclass(frozen=True, slots=True)
class Investment:
    """One year of a pledge. Derivative: Gradient.deficit by the inflow; by the capital stock it has none here.

    Attributes:
        host: where capital goes.
        investor: where it comes from.
        inflow: money that arrives this year, million of the unit.
        capital: stock that works this year, million of the unit.
        gross_return: value added a year per unit of capital, a fraction.
        paid: income on the stock that leaves the host this year, million of the unit.
    """

    host: str
    investor: str
    inflow: float
    capital: float = 0.0
    gross_return: float = 0.0
    paid: float = 0.0

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        found = place_faults(economy, f"{where}.host", self.host) + place_faults(
            economy, f"{where}.investor", self.investor
        )
        if self.host == self.investor:
            found.append(Fault(f"{where}.investor", f"'{self.investor}' is the host too", "Allowed: another region"))
        found += [
            Fault(f"{where}.{name}", f"{value:g} is below zero", "Allowed: 0 or more")
            for name, value in (("inflow", self.inflow), ("capital", self.capital), ("gross_return", self.gross_return))
            if not value >= 0.0
        ]
        return found

    def apply(self, policy: Policy) -> Policy:
        """Deficits of both sides, and the host's supply of factors."""
        economy = policy.economy
        host, investor = economy.positions([self.host, self.investor])
        deficit, endowment = policy.deficit.copy(), policy.endowment_hat.copy()
        deficit[host] += self.inflow - self.paid
        deficit[investor] -= self.inflow - self.paid
        endowment[host] *= 1.0 + self.gross_return * self.capital / economy.value_added[host]
        return replace(policy, deficit=deficit, endowment_hat=endowment)


@dataclass(frozen=True, slots=True)
class InvestmentPath:
    """A pledge and what its capital does, year by year; every number is the user's, with its source in the deal.

    Attributes:
        host: where capital goes.
        investor: where it comes from.
        amount: in all, million of the unit.
        years: over which it arrives, evenly.
        gross_return: value added a year per unit of capital, a fraction.
        depreciation: of capital a year, a fraction.
        owner_share: share of the net return that leaves the host, 0 to 1.
    """

    host: str
    investor: str
    amount: float
    years: int
    gross_return: float
    depreciation: float
    owner_share: float = 1.0

    def at(self, year: int) -> Investment:
        """The pledge in a year, 1 being the first: the first year has the inflow and no capital yet."""
        capital = 0.0
        for past in range(1, year):
            capital = (1.0 - self.depreciation) * capital + self._inflow(past)
        paid = self.owner_share * (self.gross_return - self.depreciation) * capital
        return Investment(self.host, self.investor, self._inflow(year), capital, self.gross_return, paid)

    def _inflow(self, year: int) -> float:
        return self.amount / self.years if 1 <= year <= self.years else 0.0

    def faults(self, economy: Economy, where: str) -> list[Fault]:
        """What is wrong with it."""
        inflow = self.amount / max(self.years, 1)
        found = Investment(self.host, self.investor, inflow, gross_return=self.gross_return).faults(economy, where)
        if self.years < 1:
            found.append(Fault(f"{where}.years", f"{self.years} is no number of years", "Allowed: 1 or more"))
        return (
            found
            + share_faults(self.depreciation, f"{where}.depreciation")
            + share_faults(self.owner_share, f"{where}.owner_share")
        )

    def apply(self, policy: Policy) -> Policy:
        """The first year: what a one-year answer is about. Use at(year) for another."""
        return self.at(1).apply(policy)
