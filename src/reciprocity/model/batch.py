"""Thousands of scenarios and draws of elasticities, each solved as it would be alone, none lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, InputError, OutOfTime, ReciprocityError
from reciprocity.model.closure import WORLD
from reciprocity.model.equilibrium import Certificate, Equilibrium
from reciprocity.model.factors import Mobility
from reciprocity.model.prepare import Prepared, technology_of
from reciprocity.model.shock import Shock, check_shock
from reciprocity.model.solver import EXACT, anchor, solve_prepared

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One member of a batch: a shock, and elasticities of its own where they are drawn.

    Attributes:
        shock: see Shock.
        trade_elasticity: theta to use in place of the economy's (sector).
    """

    shock: Shock
    trade_elasticity: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What is kept of one member; see Equilibrium for each number.

    Attributes:
        number: place in the batch.
    """

    number: int
    welfare_hat: Array
    real_wage_hat: Array
    wage_hat: Array
    price_hat: Array
    income: Array
    tariff_revenue: Array
    expenditure: Array
    output: Array
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Failed:
    """A member that has no answer, and why.

    Attributes:
        number: place in the batch.
        kind: name of the error.
        message: what it says.
    """

    number: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """How every member of a batch is solved; see solve."""

    closure: str = "world_share"
    numeraire: str = WORLD
    mobility: Mobility = np.inf
    tolerance: float = 1e-10


def solve_many(
    economy: Economy,
    cases: Iterable[Case | Shock],
    *,
    closure: str = "world_share",
    numeraire: str = WORLD,
    mobility: Mobility = np.inf,
    tolerance: float = 1e-10,
    processes: int = 1,
    progress: Progress | None = None,
) -> list[Solved | Failed]:
    """Solve every case; answers stand in the order of the cases.

    Args:
        economy: the base of all cases.
        cases: shocks, or shocks with elasticities of their own.
        closure: see solve.
        numeraire: see solve.
        mobility: see solve.
        tolerance: see solve.
        processes: how many to run on this machine.
        progress: called with the number done and the number there are, now and then.

    Returns:
        One Solved or Failed a case. A case that is wrong or has no equilibrium fails alone.
    """
    members = [case if isinstance(case, Case) else Case(case) for case in cases]
    options = Options(closure, numeraire, mobility, tolerance)
    if processes <= 1 or len(members) <= 1:
        return _here(economy, members, options, progress)
    return _apart(economy, members, options, processes=processes, progress=progress)


def _here(
    economy: Economy, members: Sequence[Case], options: Options, progress: Progress | None
) -> list[Solved | Failed]:
    answers: list[Solved | Failed] = []
    for number, case in enumerate(members):
        answers.append(solve_case(economy, case, options, number=number))
        if progress is not None and (number % 20 == 19 or number + 1 == len(members)):
            progress(number + 1, len(members))
    return answers


def _apart(
    economy: Economy, members: Sequence[Case], options: Options, *, processes: int, progress: Progress | None
) -> list[Solved | Failed]:
    """The same in other processes, in portions small enough to share out evenly."""
    size = max(1, min(64, len(members) // (4 * processes)))
    rest = iter(enumerate(members))
    portions = [portion for portion in iter(lambda: tuple(islice(rest, size)), ()) if portion]
    answers: list[Solved | Failed] = []
    with ProcessPoolExecutor(
        max_workers=processes, mp_context=get_context("spawn"), initializer=_receive, initargs=(economy, options)
    ) as pool:
        for portion in pool.map(_portion, portions):
            answers.extend(portion)
            if progress is not None:
                progress(len(answers), len(members))
    return answers


_GIVEN: list[tuple[Economy, Options]] = []  # in a worker: what all its portions share


def _receive(economy: Economy, options: Options) -> None:
    _GIVEN[:] = [(economy, options)]


def _portion(portion: Sequence[tuple[int, Case]]) -> list[Solved | Failed]:
    economy, options = _GIVEN[0]
    return [solve_case(economy, case, options, number=number) for number, case in portion]


def solve_case(economy: Economy, case: Case, options: Options, *, number: int = 0) -> Solved | Failed:
    """One member as a value, whether it has an answer or not."""
    try:
        shock = check_shock(economy, case.shock)
        base = anchor(economy, closure=options.closure, numeraire=options.numeraire)
        if case.trade_elasticity is not None:
            base = with_elasticity(economy, base, case.trade_elasticity)
        e = solve_prepared(base, shock, mobility=options.mobility, tolerance=options.tolerance)
    except OutOfTime:  # of all members together
        raise
    except ReciprocityError as error:
        return Failed(number, type(error).__name__, str(error))
    return kept(e, number=number)


def with_elasticity(economy: Economy, base: Prepared, theta: Array) -> Prepared:
    """The base with other elasticities. An exact base stays exact, and its preconditioner good enough to steer by."""
    given = np.asarray(theta, dtype=np.float64)
    if given.shape != economy.trade_elasticity.shape or not np.all(given > 0):
        allowed = f"Allowed: {economy.trade_elasticity.shape[0]} numbers above 0"
        raise InputError(Fault("trade_elasticity", f"has shape {given.shape} or a number not above 0", allowed))
    if base.data_residual > EXACT:  # its own equilibrium depends on them
        return anchor.__wrapped__(
            replace(economy, trade_elasticity=given), closure=base.closure, numeraire=base.numeraire
        )
    moved = replace(base.economy, trade_elasticity=given)
    return replace(base, economy=moved, technology=technology_of(moved))


def kept(e: Equilibrium, *, number: int) -> Solved:
    """The part of an equilibrium that a batch keeps."""
    return Solved(
        number=number,
        welfare_hat=e.welfare_hat,
        real_wage_hat=e.real_wage_hat,
        wage_hat=e.wage_hat,
        price_hat=e.price_hat,
        income=e.income,
        tariff_revenue=e.tariff_revenue,
        expenditure=e.expenditure,
        output=e.output,
        certificate=e.certificate,
    )
