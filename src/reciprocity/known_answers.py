"""Known answers: numbers published by others or proved on paper, asked of the program as it is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from reciprocity.deal import Deal
from reciprocity.deal.cases import case_threads
from reciprocity.economy import Economy, default, identities, shipped_table
from reciprocity.economy.identities import SHIPPED_TOLERANCE
from reciprocity.flow import value
from reciprocity.model import Outcome, gradient, solve
from reciprocity.record.quotes.quotes import check_quote, searched
from reciprocity.record.read import document_of
from reciprocity.record.views.due import due
from reciprocity.regime import duty


@dataclass(frozen=True, slots=True)
class Answer:
    """One known answer beside what this program gives.

    Attributes:
        what: what is asked, with the unit.
        known: the answer that is known.
        found: the answer given here, in the same unit.
        tolerance: how far they may be apart.
        source: where the known answer comes from.
    """

    what: str
    known: float
    found: float
    tolerance: float
    source: str

    @property
    def holds(self) -> bool:
        """Whether the two agree."""
        return abs(self.found - self.known) <= self.tolerance


def known_answers() -> tuple[Answer, ...]:
    """Every known answer with what this program gives. Takes about two seconds."""
    return tuple(answer() for answer in ANSWERS)


def _accounts() -> Answer:
    worst = max(one.worst for one in identities(shipped_table(), tolerance=SHIPPED_TOLERANCE))
    what = "Accounts of the shipped economy: the largest gap, relative"
    return Answer(what, 0.0, worst, SHIPPED_TOLERANCE, "sales are output, use is supply, cost is output")


def _no_deal() -> Answer:
    nothing = Deal(title="Nothing", sides=("CAN", "USA"))
    change = value(nothing, on=date(2025, 10, 8), horizons=("long",)).outcome.country("CAN").real_income_change
    return Answer("A deal of nothing: change of Canada's real income, fraction", 0.0, change, 1e-12, "by definition")


def _autarky() -> Answer:
    """Two countries, one good, no inputs: closing the border costs each 1 - pi_nn^(1/theta)."""
    theta, home = 5.0, np.array([0.8, 0.9])
    shares = np.array([[home[0], 1 - home[0]], [1 - home[1], home[1]]])[:, :, None]
    ones = np.ones((2, 1))
    two = Economy.from_shares(
        trade_share=shares, tariff=np.zeros((2, 2, 1)), input_share=np.zeros((2, 1, 1)), value_added_share=ones,
        consumption_share=ones, value_added=np.array([1.0, 2.0]), trade_elasticity=theta,
    )  # fmt: skip
    closed = np.where(np.eye(2)[:, :, None] > 0, 1.0, np.inf)
    found = float(solve(two, iceberg_hat=closed).welfare_hat[0]) - 1.0
    what = "A border closed, home share 80%, theta 5: change of real income, fraction"
    return Answer(
        what, 0.8 ** (1 / theta) - 1.0, found, 1e-9, "Arkolakis, Costinot and Rodríguez-Clare (2012), AER 102"
    )


def _slope() -> Answer:
    """The gradient of Canada's real income by the American duty on its steel, against two solves."""
    economy = default()
    canada, states = economy.regions.index("CAN"), economy.regions.index("USA")
    steel, step = economy.sectors.index("STEEL"), 1e-5

    def income(by: float) -> float:
        tariff = economy.tariff.copy()
        tariff[states, canada, steel] += by
        return float(np.log(solve(economy, tariff=tariff, tolerance=1e-13).welfare_hat[canada]))

    weight = np.zeros(len(economy.regions))
    weight[canada] = 1.0
    slope = gradient(solve(economy, tolerance=1e-13), Outcome(welfare=weight)).tariff[states, canada, steel]
    by_differences = (income(step) - income(-step)) / (2.0 * step)
    what = "Slope of Canada's real income in the US duty on its steel, per unit of rate"
    return Answer(what, by_differences, float(slope), 1e-8, "two solves a small step apart")


def _entry() -> Answer:
    owed = duty(importer="USA", exporter="CHN", hs="7326.90.8688", date="2026-09-15").amount(14_172)
    return Answer("Duty on US$14,172 of HS 7326.90.8688 from China, US$", 11_039.99, owed, 0.005, "a published entry")


def _steel() -> Answer:
    facts = {"usmca_claimed": True}
    rate = duty(importer="USA", exporter="CAN", hs="7208.10.15", date="2025-06-04", facts=facts).rate
    return Answer("US duty on Canadian steel on 2025-06-04, fraction", 0.5, rate, 1e-9, "Proclamation 10947")


def _promise() -> Answer:
    late = next(one for thread in due(case_threads(), (), on=date(2025, 12, 4)) for one in (thread,) if one.id == "c01")
    what = "'The coming weeks' of 2025-10-08, on 2025-12-04: days overdue"
    return Answer(what, 29, late.days_overdue or 0, 0, "four weeks from the day, a stated convention")


def _quotes() -> Answer:
    original = searched(document_of("We will conclude this work in the coming weeks, the ministers said."))
    asked = ("conclude this work in the coming weeks", "conclude this work in the coming days")
    taken = sum(check_quote(one, original).status == "exact" for one in asked)
    return Answer("Of a true quote and an altered one, taken as exact", 1, taken, 0, "by definition")


ANSWERS: tuple[Callable[[], Answer], ...] = (
    _accounts,
    _no_deal,
    _autarky,
    _slope,
    _entry,
    _steel,
    _promise,
    _quotes,
)
