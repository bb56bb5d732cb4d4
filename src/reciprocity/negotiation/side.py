"""A side of the table: what it wants, as a weighted sum of real quantities of an equilibrium, and its derivative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reciprocity.economy.areas import Areas, area, areas_of
from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError, UnknownName, did_you_mean
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.outcome import Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Ceiling:
    """A price a side will not see exceeded: purchaser price over consumer price index, against the base.

    Attributes:
        country: position of the region.
        sector: position of the sector.
        most: largest ratio allowed, 1.02 is 2% above the base.
    """

    country: int
    sector: int
    most: float


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A country or bloc with an objective, in units of its own base income: 1.001 is a gain of 0.1% of it.

    objective = sum of weights times real income, real earnings, jobs and real treasury revenue.

    Attributes:
        name: of the side.
        members: regions that belong to it.
        income: weight on welfare_hat (country).
        earnings: weight on real value added of a sector, (beta Y / price level) over base income (country, sector).
        jobs: weight on labour at work in a sector, over base value added (country, sector).
        revenue: weight on real tariff and export-tax revenue over base income (country).
        ceilings: prices that may not rise further.
        inferred: true where weights were inferred from the tariffs in force and not given.
    """

    name: str
    members: tuple[str, ...]
    income: Array
    earnings: Array | None = None
    jobs: Array | None = None
    revenue: Array | None = None
    ceilings: tuple[Ceiling, ...] = ()
    inferred: bool = False

    @property
    def size(self) -> float:
        """What a gain of all its base income is worth to it: 1 unless its objective is told on another scale."""
        total = float(self.income.sum())
        if total > 0:
            return total
        rest = (self.earnings, self.jobs, self.revenue)
        return float(sum(np.abs(part).sum() for part in rest if part is not None)) or 1.0

    def scaled(self, factor: float) -> Side:
        """The same side with an objective so many times as large."""

        def times(part: Array | None) -> Array | None:
            return None if part is None else factor * part

        return replace(self, income=factor * self.income, earnings=times(self.earnings), jobs=times(self.jobs),
                       revenue=times(self.revenue))  # fmt: skip

    def value(self, at: Equilibrium) -> float:
        """The objective at an equilibrium, in shares of the side's base income."""
        total = float(self.income @ at.welfare_hat)
        price, base = at.price_level_hat, at.base_income
        if self.earnings is not None:
            total += float((self.earnings * _earned(at) / (price * base)[:, None]).sum())
        if self.jobs is not None:
            total += float((self.jobs * _earned(at) / (at.wage_hat * at.economy.value_added)[:, None]).sum())
        if self.revenue is not None:
            total += float(self.revenue @ ((at.tariff_revenue + at.export_revenue) / (price * base)))
        return total

    def outcome(self, at: Equilibrium) -> Outcome:
        """The weights whose outcome has the objective's own derivative at an equilibrium."""
        economy, price, base = at.economy, at.price_level_hat, at.base_income
        alpha, beta = economy.consumption_share, economy.value_added_share
        by_price, by_wage, by_output = np.zeros_like(alpha), np.zeros(len(price)), np.zeros_like(alpha)
        by_revenue = None
        if self.earnings is not None:
            unit = self.earnings / (price * base)[:, None]
            by_output += unit * beta
            by_price -= (unit * _earned(at)).sum(axis=1)[:, None] * alpha
        if self.jobs is not None:
            unit = self.jobs / (at.wage_hat * economy.value_added)[:, None]
            by_output += unit * beta
            by_wage -= (unit * _earned(at)).sum(axis=1)
        if self.revenue is not None:
            by_revenue = self.revenue / (price * base)
            by_price -= (by_revenue * (at.tariff_revenue + at.export_revenue))[:, None] * alpha
        return Outcome(
            welfare=self.income * at.welfare_hat, wage=by_wage, price=by_price, output=by_output,
            tariff_revenue=by_revenue, export_revenue=by_revenue,
        )  # fmt: skip

    def slack(self, at: Equilibrium) -> Array:
        """ln most - ln price for each ceiling: negative where one is broken."""
        log_price = np.log(at.price_hat) - np.log(at.price_level_hat)[:, None]
        return np.array([np.log(one.most) - log_price[one.country, one.sector] for one in self.ceilings])

    def slack_outcomes(self, at: Equilibrium) -> list[Outcome]:
        """The outcome whose derivative each ceiling's slack has."""
        found = []
        for one in self.ceilings:
            weight = np.zeros(at.price_hat.shape)
            weight[one.country] = at.economy.consumption_share[one.country]
            weight[one.country, one.sector] -= 1.0
            found.append(Outcome(price=weight))
        return found


def side(
    economy: Economy,
    members: str | Sequence[str],
    *,
    name: str = "",
    earnings: Mapping[str, float] | None = None,
    jobs: Mapping[str, float] | None = None,
    earnings_in: Mapping[str, float] | None = None,
    jobs_in: Mapping[str, float] | None = None,
    revenue: float = 0.0,
    income: float = 1.0,
    ceilings: Mapping[str, float] | None = None,
    inferred: bool = False,
) -> Side:
    """A side that wants real income, and what else it is said to want.

    Args:
        economy: where it lives.
        members: a region, or the regions of a bloc; their real incomes count by size.
        name: of the side; its members' names joined when left out.
        earnings: sector to weight: a dollar earned there counts this many dollars more.
        jobs: sector to weight: a job there counts this many times the average earnings of a job.
        earnings_in: province or state to weight: a dollar earned there counts this many dollars more.
        jobs_in: province or state to weight: a job there counts this many times the average earnings of a job.
        revenue: a dollar in the treasury counts this many dollars more.
        income: weight on real income itself; 0 for a side that looks at nothing else but the rest.
        ceilings: sector to largest price relative to the consumer price index, 1.02 is 2% above the base.
        inferred: whether the weights were inferred from the tariffs in force.

    Raises:
        UnknownName: a region or sector the economy does not have.
    """
    names = (members,) if isinstance(members, str) else tuple(members)
    faults = [_unknown(one, economy.regions, "region") for one in names if one not in economy.regions]
    for wanted in (earnings, jobs, ceilings):
        faults += [_unknown(one, economy.sectors, "sector") for one in wanted or () if one not in economy.sectors]
    if faults:
        raise UnknownName(faults)
    if not names:
        raise InputError(Fault("side", "has no members", remedy="Name a region"))
    where = economy.positions(names)
    size = np.zeros(len(economy.regions))
    base = economy.value_added + economy.deficit
    size[where] = base[where] / base[where].sum()
    return Side(
        name=name or "+".join(names),
        members=names,
        income=income * size,
        earnings=_sum(_by_sector(economy, size, earnings), _earnings_in(economy, size, earnings_in)),
        jobs=_sum(_by_sector(economy, size, jobs), _jobs_in(economy, size, jobs_in)),
        revenue=revenue * size if revenue else None,
        ceilings=tuple(Ceiling(n, economy.sectors.index(s), m) for n in where for s, m in (ceilings or {}).items()),
        inferred=inferred,
    )


def _by_sector(economy: Economy, size: Array, weights: Mapping[str, float] | None) -> Array | None:
    if not weights:
        return None
    table = np.zeros(economy.shape)
    for name, weight in weights.items():
        table[:, economy.sectors.index(name)] = weight * size
    return table


def _earnings_in(economy: Economy, size: Array, weights: Mapping[str, float] | None) -> Array | None:
    """Weights on sectors' earnings that weigh what is earned in an area: its fixed share of each sector."""
    table = np.zeros(economy.shape)
    for code, weight in (weights or {}).items():
        k, where, there = _in_area(economy, code)
        table[k] += weight * size[k] * there.output_share[where]
    return table if weights else None


def _jobs_in(economy: Economy, size: Array, weights: Mapping[str, float] | None) -> Array | None:
    """Weights on sectors' labour that weigh the jobs an area gains, as a part of all jobs."""
    sold = economy.trade_share * economy.expenditure[:, None, :] / (1.0 + economy.tariff)
    earned = economy.value_added_share * sold.sum(axis=0) / economy.value_added[:, None]
    table = np.zeros(economy.shape)
    for code, weight in (weights or {}).items():
        k, where, there = _in_area(economy, code)
        part = there.job_moves[where] / there.jobs.sum()
        table[k] += weight * size[k] * np.where(earned[k] > 0, part / np.where(earned[k] > 0, earned[k], 1.0), 0.0)
    return table if weights else None


def _in_area(economy: Economy, code: str) -> tuple[int, int, Areas]:
    """Its country's position, its own there, and the areas of that country on this economy's sectors."""
    found = area(code)
    there = areas_of(found.country)
    if found.country not in economy.regions or there.sectors != economy.sectors:
        remedy = "Take the economy that ships, 21 regions by 40 sectors"
        raise InputError(Fault(f"area {code}", "is not known on this economy", remedy=remedy))
    return economy.regions.index(found.country), there.position(found.code), there


def _sum(one: Array | None, other: Array | None) -> Array | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _earned(at: Equilibrium) -> Array:
    """beta Y: value added by sector (country, sector)."""
    return at.economy.value_added_share * at.output


def _unknown(name: str, known: Sequence[str], kind: str) -> Fault:
    return Fault(kind, f"'{name}' is not a {kind} of this economy", remedy=did_you_mean(name, known))
