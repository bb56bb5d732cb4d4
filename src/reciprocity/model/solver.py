"""Solve an economy under a shock: the equilibrium, or an error that says why there is none."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError, UnbalancedTable
from reciprocity.model.closure import WORLD
from reciprocity.model.equations import Kernel, Point, by_sector, share_of
from reciprocity.model.equilibrium import Certificate, Equilibrium
from reciprocity.model.factors import Mobility, factors_of
from reciprocity.model.prepare import Prepared, prepare
from reciprocity.model.problem import Problem
from reciprocity.model.search import Found, find, finish
from reciprocity.model.sectoral import SectoralProblem
from reciprocity.model.shock import Shock, check_shock, kernel_of
from reciprocity.model.threads import one_thread

Convention = Literal["automatic", "exact base", "ratio of two solves"]
CONVENTIONS = ("automatic", "exact base", "ratio of two solves")
EXACT = 1e-12  # largest relative residual of a base that counts as an equilibrium


def solve(
    economy: Economy,
    *,
    tariff: Array | None = None,
    iceberg_hat: Array | None = None,
    export_tax: Array | None = None,
    deficit: Array | None = None,
    closure: str = "world_share",
    numeraire: str = WORLD,
    convention: Convention = "automatic",
    mobility: Mobility = np.inf,
    tolerance: float = 1e-10,
    start: Equilibrium | None = None,
) -> Equilibrium:
    """The equilibrium after a shock, exact, with its certificate.

    Args:
        economy: the base.
        tariff: new ad valorem rates, net, 0.25 is 25%; home 0 (importer, exporter, sector).
        iceberg_hat: change of iceberg trade cost, 1 is none, inf closes a route (importer, exporter, sector).
        export_tax: new ad valorem export tax or rent that stays with the exporter (importer, exporter, sector).
        deficit: new deficits, imports minus exports, summing to 0 (country).
        closure: ``zero``; ``world_share``, a fixed share of world value added; ``own_share``, of own value added;
            ``nominal``, fixed in the numeraire.
        numeraire: ``world`` value added, or the region whose wage is one.
        convention: what changes are against. ``exact base``: the data, refused where they are no equilibrium of the
            model under this closure; ``ratio of two solves``: the solve with nothing changed; ``automatic``: the data
            where they are an equilibrium, else the ratio. The certificate says which.
        mobility: elasticity of a sector's effective labour by its relative wage, 0 (factors belong to their sector) to
            inf (one wage a country); one number, or one a country. See factors.py.
        tolerance: on the largest relative residual.
        start: an equilibrium of the same economy to start from.

    Raises:
        InputError: a wrong shape, rate, closure or name; every fault at once.
        UnbalancedTable: ``exact base`` was asked for and the data are not one.
        NotConverged: no state with residuals below tolerance was found.
        InfeasibleDeficits: the deficits leave a country nothing to spend.
    """
    shock = check_shock(economy, Shock(tariff, iceberg_hat, export_tax, deficit))
    prepared = anchor(economy, closure=closure, numeraire=numeraire, convention=convention)
    return solve_prepared(prepared, shock, mobility=mobility, tolerance=tolerance, start=start)


@one_thread
def solve_prepared(
    prepared: Prepared,
    shock: Shock,
    *,
    mobility: Mobility = np.inf,
    tolerance: float = 1e-10,
    start: Equilibrium | None = None,
) -> Equilibrium:
    """The equilibrium of a checked shock on a prepared economy."""
    kernel = kernel_of(prepared.economy, prepared.kernel, shock)
    deficits = prepared.deficits(shock.deficit)
    factors = factors_of(prepared.economy, prepared.point.output, mobility, shock.endowment_hat)
    problem = Problem(prepared, kernel, deficits)
    if factors is not None:
        problem = SectoralProblem(prepared, kernel, deficits, factors)
    first = prepared.point if start is None else start.point
    found = find(problem, problem.start(first), tolerance=tolerance)
    return _equilibrium(problem, shock, found, tolerance=tolerance)


@lru_cache(maxsize=8)
def anchor(
    economy: Economy, *, closure: str = "world_share", numeraire: str = WORLD, convention: str = "automatic"
) -> Prepared:
    """The base that changes are measured against, under the convention asked for."""
    if convention not in CONVENTIONS:
        seen = f"'{convention}' is not a convention"
        raise InputError(Fault("convention", seen, f"Allowed: {', '.join(CONVENTIONS)}"))
    prepared = prepare(economy, closure=closure, numeraire=numeraire)
    if prepared.data_residual <= EXACT and convention != "ratio of two solves":
        return prepared
    if convention == "exact base":
        raise UnbalancedTable(
            Fault("economy", f"is no equilibrium under closure '{closure}': residual {prepared.data_residual:.1e}",
                  f"Allowed: {EXACT:g}", "use convention='ratio of two solves', or rebase(economy) first")
        )  # fmt: skip
    exact = rebase(economy, closure=closure, numeraire=numeraire)
    base = prepare(exact, closure=closure, numeraire=numeraire)
    return replace(base, convention="ratio of two solves", data_residual=prepared.data_residual)


def rebase(economy: Economy, *, closure: str = "world_share", numeraire: str = WORLD) -> Economy:
    """The economy's own equilibrium with nothing changed, as a new base that is exact.

    Hat algebra is transitive: changes against this base are the ratio of the solve with the shock to the solve without.
    """
    prepared = prepare(economy, closure=closure, numeraire=numeraire)
    problem = Problem(prepared, prepared.kernel, prepared.deficits())
    at = prepared.point
    found = find(problem, problem.pack(at.u, at.p, at.X), tolerance=1e-13)
    point = finish(problem, found, tolerance=1e-13)
    return based_on(economy, prepared.kernel, point)


def based_on(economy: Economy, kernel: Kernel, point: Point) -> Economy:
    """An economy whose base is a point of the model."""
    return replace(
        economy,
        trade_share=share_of(kernel.spending, point).transpose(1, 2, 0),
        value_added=point.value_added,
        deficit=point.deficit,
        expenditure=point.X,
    )


def _equilibrium(problem: Problem | SectoralProblem, shock: Shock, found: Found, *, tolerance: float) -> Equilibrium:
    prepared, economy = problem.prepared, problem.prepared.economy
    point = finish(problem, found, tolerance=tolerance)
    k = prepared.numeraire_position
    unit = 0.0 if k is None else -point.u[k]  # from world value added to the numeraire asked for
    money = np.exp(unit)
    price_level = np.exp((economy.consumption_share * point.p).sum(axis=1))
    wage = np.exp(point.u) if shock.endowment_hat is None else np.exp(point.u) / shock.endowment_hat
    revenue = _tariff_revenue(problem.kernel, point)
    return Equilibrium(
        economy=economy,
        shock=shock,
        wage_hat=wage * money,
        price_hat=np.exp(point.p) * money,
        welfare_hat=point.income / prepared.point.income / price_level,
        real_wage_hat=wage / price_level,
        income=point.income * money,
        tariff_revenue=revenue * money,
        export_revenue=point.export_revenue * money,
        deficit=point.deficit * money,
        expenditure=point.X * money,
        output=point.output * money,
        factors=problem.factors if isinstance(problem, SectoralProblem) else None,
        certificate=_certificate(problem, found, point, tolerance=tolerance),
        prepared=prepared,
        point=point,
    )


def _tariff_revenue(kernel: Kernel, point: Point) -> Array:
    """Spending less customs value, route by route: zero to the last bit where nothing is taxed (country)."""
    return (by_sector(kernel.spending - kernel.customs, point.supply) * point.X / point.phi).sum(axis=1)


def _certificate(problem: Problem | SectoralProblem, found: Found, point: Point, *, tolerance: float) -> Certificate:
    prepared = problem.prepared
    va = prepared.technology.value_added
    return Certificate(
        price_residual=float(np.abs(point.residual_price).max()),
        spending_residual=float(np.abs(point.residual_spending / prepared.scale).max()),
        wage_residual=float(np.abs(point.residual_wage / va).max()),
        premium_residual=_premium_residual(problem, point),
        walras_gap=float(np.abs((point.imports_less_exports - point.deficit) / va).max()),
        error_estimate=float(np.abs(found.last_step).max()),
        evaluations=found.evaluations,
        rebuilds=found.rebuilds,
        tolerance=tolerance,
        closure=prepared.closure,
        numeraire=prepared.numeraire,
        convention=prepared.convention,
        data_residual=prepared.data_residual,
    )


def _premium_residual(problem: Problem | SectoralProblem, point: Point) -> float:
    if point.premium is None or isinstance(problem, Problem):
        return 0.0
    return float(np.abs(problem.factors.residual(point, point.premium)).max())
