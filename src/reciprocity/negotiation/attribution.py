"""What each clause of a deal is worth to each country: order-free, and adding up to the whole.

Clauses interact, so a clause has no value of its own: it has one beside every set of the others. Shapley's value is
the mean over all orders of signing; with many clauses it is taken to its limit, the path on which all clauses grow
together (Aumann and Shapley).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import comb
from typing import Any

import numpy as np

from reciprocity.deal import Deal, apply, in_words
from reciprocity.economy.economy import Array
from reciprocity.economy.horizons import horizon
from reciprocity.model.derivative import gradients
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.outcome import Outcome
from reciprocity.model.shock import Shock
from reciprocity.model.solver import solve
from reciprocity.negotiation.logs import flat, flat_slopes, shock_of
from reciprocity.scenario import Standing

MOST_EXACT = 12
"""With so many clauses every subset is solved, 4,096 of them; with more, the path is integrated."""
NODES = 12
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """The value of each clause.

    Attributes:
        clauses: ids, in the deal's order.
        countries: codes along the second axis.
        change: real income by clause, a fraction of income under the law; sums to `total` (clause, country).
        total: of the whole deal (country).
        musd: the same in million USD a year at base-year prices (clause, country).
        method: ``shapley`` over every subset, or ``aumann-shapley`` along the path.
        solves: equilibria worked out.
    """

    clauses: tuple[str, ...]
    countries: tuple[str, ...]
    change: Array
    total: Array
    musd: Array
    method: str
    solves: int

    def of(self, country: str) -> dict[str, float]:
        """One country's values by clause, fractions of its income under the law."""
        column = self.change[:, self.countries.index(country)]
        return dict(zip(self.clauses, column.tolist(), strict=True))

    def to_dict(self, deal: Deal) -> dict[str, Any]:
        """The values as JSON has them: fractions and million USD, for each side and for all others together."""
        others = [k for k, code in enumerate(self.countries) if code not in deal.sides]

        def side(row: int, code: str) -> dict[str, float]:
            k = self.countries.index(code)
            return {"real_income_change": float(self.change[row, k]), "real_income_musd": float(self.musd[row, k])}

        by_id = {clause.id: clause for clause in deal.clauses}
        return {
            "method": self.method,
            "solves": self.solves,
            "clauses": [
                {
                    "id": one,
                    "words": in_words(by_id[one]),
                    "giver": by_id[one].giver,
                    "sides": {code: side(row, code) for code in deal.sides},
                    "third_parties_musd": float(self.musd[row, others].sum()),
                }
                for row, one in enumerate(self.clauses)
            ],
            "total": {
                code: {
                    "real_income_change": float(self.total[self.countries.index(code)]),
                    "real_income_musd": float(self.musd[:, self.countries.index(code)].sum()),
                }
                for code in deal.sides
            },
        }


def attribute(
    standing: Standing, deal: Deal, on: date, *, progress: Progress | None = None, most_exact: int = MOST_EXACT
) -> Attribution:
    """The value of each clause in force on a day, against the law of that day; beyond `most_exact`, along the path."""
    ids = [clause.id for clause in deal.in_force(on)]
    law = standing.equilibrium
    exact = len(ids) <= most_exact
    if exact:
        worth = every_subset(ids, lambda some: welfare_with(standing, deal, some, on), progress)
        change = shapley(worth / law.welfare_hat - 1.0)
        total, solves = worth[-1] / law.welfare_hat - 1.0, len(worth)
    else:
        change, total, solves = _along_the_path(standing, deal, on, progress)
    income = law.base_income * law.welfare_hat
    return Attribution(
        clauses=tuple(ids), countries=standing.economy.regions, change=change, total=total, musd=change * income,
        method="shapley" if exact else "aumann-shapley", solves=solves,
    )  # fmt: skip


def welfare_with(standing: Standing, deal: Deal, ids: Sequence[str], on: date) -> Array:
    """Real income of every country, over the base, with some of a deal's clauses (country)."""
    some = deal.only(set(ids))
    if not some.clauses:
        return standing.equilibrium.welfare_hat
    rates = standing.rates_under(apply(some, standing.regime))
    return standing.under(rates, some.in_force(on)).welfare_hat


def every_subset(
    ids: Sequence[str], worth: Callable[[Sequence[str]], Array], progress: Progress | None = None
) -> Array:
    """The worth of every subset; bit k of the row says whether the k-th is in (subset, ...)."""
    rows = []
    for subset in range(2 ** len(ids)):
        rows.append(worth([one for k, one in enumerate(ids) if subset >> k & 1]))
        if progress:
            progress(subset + 1, 2 ** len(ids))
    return np.array(rows)


def shapley(worth: Array) -> Array:
    """Shapley's value of each player from the worth of every subset, bit k for player k (player, ...)."""
    count = len(worth).bit_length() - 1
    subsets = np.arange(len(worth))
    size = np.array([int(subset).bit_count() for subset in subsets])
    values = []
    for k in range(count):
        without = subsets[(subsets >> k & 1) == 0]
        weight = np.array([1.0 / (count * comb(count - 1, int(s))) for s in size[without]])
        values.append(np.tensordot(weight, worth[without | 1 << k] - worth[without], axes=1))
    return np.array(values).reshape(count, *worth.shape[1:])


def _along_the_path(standing: Standing, deal: Deal, on: date, progress: Progress | None) -> tuple[Array, Array, int]:
    """Integrate each clause's part of d ln(cost) times the gradient, from the law to the deal."""
    ids = [clause.id for clause in deal.in_force(on)]
    law = flat(standing.economy, standing.equilibrium.shock)
    whole = flat(standing.economy, _shock_with(standing, deal, ids, on)) - law
    alone = np.array([flat(standing.economy, _shock_with(standing, deal, [one], on)) - law for one in ids])
    parts = _scaled_to(alone, whole)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    n = len(standing.economy.regions)
    change = np.zeros((len(ids), n))
    for count, (node, weight) in enumerate(zip(0.5 * (nodes + 1.0), 0.5 * weights, strict=True)):
        at = _solved(standing, law + node * whole)
        found = gradients(at, [Outcome(welfare=np.eye(n)[k] * at.welfare_hat) for k in range(n)])
        for k, one in enumerate(found):
            change[:, k] += weight * (parts @ flat_slopes(one))
        if progress:
            progress(count + 1, NODES)
    base = standing.equilibrium.welfare_hat
    total = welfare_with(standing, deal, ids, on) / base - 1.0
    change = change / base
    return change + _rest(change, total), total, NODES + 1


def _rest(change: Array, total: Array) -> Array:
    """What the quadrature misses (about 1e-10), given to clauses by the size of their part."""
    size = np.abs(change)
    return (total - change.sum(axis=0)) * size / np.maximum(size.sum(axis=0), 1e-300)


def _scaled_to(alone: Array, whole: Array) -> Array:
    """Each clause's change where it stands alone, scaled so that together they are the change of the whole."""
    together = alone.sum(axis=0)
    settled = np.abs(together) > 1e-12
    share = np.where(settled, whole / np.where(settled, together, 1.0), 0.0)
    left = np.where(settled, 0.0, whole)  # moved only by several clauses together: an equal part each
    return alone * share + left / len(alone)


def _shock_with(standing: Standing, deal: Deal, ids: Sequence[str], on: date) -> Shock:
    some = deal.only(set(ids))
    rates = standing.rates_under(apply(some, standing.regime))
    return standing.shock(rates, some.in_force(on))


def _solved(standing: Standing, numbers: Array) -> Equilibrium:
    shock = shock_of(standing.economy, numbers)
    return solve(
        standing.economy, tariff=shock.tariff, iceberg_hat=shock.iceberg_hat, export_tax=shock.export_tax,
        deficit=shock.deficit, mobility=horizon(standing.horizon).mobility, start=standing.equilibrium,
    )  # fmt: skip
