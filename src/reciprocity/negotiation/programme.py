"""Maximising with conditions on what sides get, keeping the equilibrium out of the optimiser.

Each step solves the same programme on a quadratic model of every side's objective inside a box, then asks the economy.
The bends of the objectives are learned from the gradients met (symmetric rank one) and kept by the explorer, so that
the next point of a frontier starts with what the last one taught.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, nnls

from reciprocity.economy.economy import Array
from reciprocity.errors import SolveError
from reciprocity.model.threads import one_thread
from reciprocity.negotiation.explorer import Explorer, Spot

Goal = Callable[[Array], tuple[float, Array]]
"""Sides' values (and the spare variable last) to the goal and its gradient by them."""
ACCURACY, ROUGH = 1e-13, 1e-11  # of the goal, a share of income: for one deal, and for each of many
SLOPE = 1e-6  # first-order conditions in measured variables: the gain left is half its square
SHORT = 5e-4  # first-order conditions above this are told
MISSED = 1e-8  # a condition missed by this share of income is told
IDLE = 1e-12  # a ceiling whose slope is below this in measured variables is not moved by the table
MOST_STEPS = 60
MOST_REFUSALS = 8
FINE, MOST_FINE_STEPS = 1e-8, 3  # first-order conditions of an answer, under which nothing that is written moves
FINEST = 1e-17  # of the goal, on its model


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """The economy at a point, in measured variables: rows are sides, then ceilings.

    Attributes:
        spot: the point of the table.
        z: measured variables, see `Agenda.measured` (instrument).
        rows: each side's objective, then each ceiling's slack (row).
        slopes: their gradients by z (row, instrument).
    """

    spot: Spot
    z: Array
    rows: Array
    slopes: Array


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Where a programme stopped.

    Attributes:
        spot: the point of the table.
        spare: the spare variable, 0 where there is none.
        goal: reached.
        slope: largest violation of the first-order conditions, in measured variables.
        gap: largest condition left unmet, a share of income; 0 where all hold.
        stopped_short: why, or empty.
        place: the economy there with its slopes, from which another programme can go on without asking again.
        programme: which.
    """

    spot: Spot
    spare: float
    goal: float
    slope: float
    gap: float
    stopped_short: str
    place: Place
    programme: Programme


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Maximise goal(values) subject to values_k >= floors_k + rates_k spare, every ceiling and the bounds.

    Attributes:
        goal: of the sides' values, the spare variable last where there is one.
        floors: least value by side; -inf is none (side).
        rates: how much a unit of the spare variable adds to each floor (side); None where there is no such variable.
    """

    goal: Goal
    floors: Array
    rates: Array | None = None


@one_thread
def solve_programme(
    explorer: Explorer,
    start: Array | Place,
    programme: Programme,
    *,
    enough: float = np.inf,
    accuracy: float = ACCURACY,
) -> Solved:
    """Solve a programme from a first x or a place already looked at, or go no further once its goal is enough."""
    agenda = explorer.agenda
    low, high = agenda.measured(agenda.instruments.low), agenda.measured(agenda.instruments.high)
    here = start if isinstance(start, Place) else look(explorer, agenda.clipped(start))
    radius, refusals, short = float(np.max(high - low, initial=1e-9)), 0, ""
    for _ in range(MOST_STEPS):
        if programme.goal(_with_spare(programme, here.rows))[0] >= enough and _missed(programme, here) <= MISSED:
            break
        slope, dearest = first_order(programme, here, low, high)
        price = 1.0 + 2.0 * dearest
        if slope <= SLOPE and _missed(programme, here) <= 0.1 * MISSED:
            break
        box, unit = _box(here, low, high, radius), 1.0 + dearest
        step, hoped = _model_step(explorer, programme, here, box, unit=unit, accuracy=accuracy)
        missed = _missed(programme, here)
        if hoped < accuracy and missed <= MISSED and slope <= 0.1 * SHORT:
            break
        if missed > MISSED:  # what the model pays for meeting the conditions says what missing them is worth
            price += 2.0 * max(-hoped, 0.0) / missed
        best = _merit(programme, here, price)
        try:
            there = look(explorer, agenda.unmeasured(np.clip(here.z + step, low, high)))
        except SolveError as error:
            there, short = None, f"the model has no answer on the way: {error}"
        else:
            explorer.learn(there.z - here.z, there.slopes - here.slopes)
        gain = -np.inf if there is None else _merit(programme, there, price) - best
        length = float(np.abs(step).max(initial=0.0))
        if there is not None and gain > 0:
            here, refusals, short = there, 0, ""
            radius = max(radius, 2.0 * length)
        else:
            refusals += 1
            radius = 0.25 * length
        if refusals >= MOST_REFUSALS or length < 1e-9:
            break
    return _solved(programme, here, low, high, short)


@one_thread
def finished(explorer: Explorer, found: Solved) -> Solved:
    """The same answer with steps that no gain can be told of, where the first-order conditions are better met.

    Near an optimum the goal is flat while the sides' values are not: what each side gets would hang on the path.
    """
    agenda, programme, here, slope = explorer.agenda, found.programme, found.place, found.slope
    low, high = agenda.measured(agenda.instruments.low), agenda.measured(agenda.instruments.high)
    radius = float(np.max(high - low, initial=1e-9))
    for _ in range(MOST_FINE_STEPS):
        if slope <= FINE or slope > SHORT:
            break
        unit = 1.0 + first_order(programme, here, low, high)[1]
        step, _ = _model_step(explorer, programme, here, _box(here, low, high, radius), unit=unit, accuracy=FINEST)
        there = look(explorer, agenda.unmeasured(np.clip(here.z + step, low, high)))
        explorer.learn(there.z - here.z, there.slopes - here.slopes)
        reached, _ = first_order(programme, there, low, high)
        if reached < slope and _missed(programme, there) <= 0.1 * MISSED:
            here, slope = there, reached
        else:
            radius = 0.1 * float(np.abs(step).max(initial=0.0))
    return found if here is found.place else _solved(programme, here, low, high, found.stopped_short)


def _solved(programme: Programme, here: Place, low: Array, high: Array, short: str) -> Solved:
    slope, _ = first_order(programme, here, low, high)
    gap = _missed(programme, here)
    values = _with_spare(programme, here.rows)
    if not short and slope > SHORT:
        short = f"first-order conditions missed by {slope:.1e}, not below {SHORT:.0e}: about {0.5 * slope**2:.0e} left"
    if not short and gap > MISSED:
        short = f"a condition is missed by {gap:.1e} of income"
    spare = 0.0 if programme.rates is None else float(values[len(programme.floors)])
    return Solved(here.spot, spare, programme.goal(values)[0], slope, gap, short, here, programme)


def look(explorer: Explorer, x: Array) -> Place:
    """The economy at x with the slope of every row. Raises SolveError where the model has no answer."""
    spot = explorer.spot(x)
    rows = np.append(spot.values, explorer.slack(spot))
    slopes = np.concatenate([explorer.slopes(spot), explorer.slack_slopes(spot)]) / explorer.agenda.stretch(x)
    return Place(spot, explorer.agenda.measured(x), rows, slopes)


def _with_spare(programme: Programme, rows: Array) -> Array:
    """The sides' values, and the largest spare variable they allow."""
    values = rows[: len(programme.floors)]
    if programme.rates is None:
        return values
    return np.append(values, ((values - programme.floors) / programme.rates).min())


def _missed(programme: Programme, here: Place) -> float:
    n = len(programme.floors)
    floors = 0.0 if programme.rates is not None else float(np.maximum(programme.floors - here.rows[:n], 0.0).max())
    return max(floors, float(np.maximum(-here.rows[n:], 0.0).max(initial=0.0)))


def _held(programme: Programme, here: Place) -> NDArray[np.bool_]:
    """Which rows are conditions: floors that are one, and ceilings that something on the table moves."""
    moved = np.abs(here.slopes[len(programme.floors) :]).max(axis=1, initial=0.0) > IDLE
    return np.append(np.isfinite(programme.floors), moved)


def _merit(programme: Programme, here: Place, price: float) -> float:
    reached, _ = programme.goal(_with_spare(programme, here.rows))
    n = len(programme.floors)
    missed = float(np.maximum(-here.rows[n:], 0.0).sum())
    if programme.rates is None:
        missed += float(np.maximum(programme.floors - here.rows[:n], 0.0).sum())
    return reached - price * missed


def _box(here: Place, low: Array, high: Array, radius: float) -> Array:
    return np.column_stack([np.maximum(low - here.z, -radius), np.minimum(high - here.z, radius)])


def _model_step(
    explorer: Explorer, programme: Programme, here: Place, box: Array, *, unit: float, accuracy: float
) -> tuple[Array, float]:
    """The programme's solution on quadratic models of every row, in a box (instrument, 2); and the gain hoped for.

    The goal is measured in a unit under which goal and priced conditions together bend by about one, so that the
    search starts with the right curvature.
    """
    n, m = len(programme.floors), len(here.z)
    bends = explorer.bends(len(here.rows))
    held = _held(programme, here)
    floors = np.append(programme.floors, np.zeros(len(here.rows) - n))
    rates = np.zeros(len(here.rows))
    if programme.rates is not None:
        rates[:n] = programme.rates

    def model(p: Array) -> tuple[Array, Array]:
        bent = bends @ p
        return here.rows + here.slopes @ p + 0.5 * bent @ p, here.slopes + bent

    def goal(y: Array) -> tuple[float, Array]:
        rows, slopes = model(y[:m])
        reached, by_value = programme.goal(np.append(rows[:n], y[m:]))
        return -reached / unit, -np.append(by_value[:n] @ slopes[:n], by_value[n:]) / unit

    def conditions(y: Array) -> Array:
        left = model(y[:m])[0] - floors
        return (left - rates * y[m] if programme.rates is not None else left)[held]

    def condition_slopes(y: Array) -> Array:
        slopes = model(y[:m])[1]
        return (slopes if programme.rates is None else np.column_stack([slopes, -rates]))[held]

    first = np.zeros(m)
    if programme.rates is not None:
        first = np.append(first, _with_spare(programme, here.rows)[n])
        box = np.vstack([box, [-np.inf, np.inf]])
    limits = [{"type": "ineq", "fun": conditions, "jac": condition_slopes}] if held.any() else []
    found = minimize(goal, first, jac=True, method="SLSQP", bounds=box, constraints=limits,
                     options={"maxiter": 60, "ftol": 0.1 * accuracy / unit})  # fmt: skip
    return np.clip(found.x[:m], box[:m, 0], box[:m, 1]), unit * float(goal(first)[0] - found.fun)


def first_order(programme: Programme, here: Place, low: Array, high: Array) -> tuple[float, float]:
    """Largest gradient left after the best multipliers of what binds, and the largest multiplier."""
    n = len(programme.floors)
    values = _with_spare(programme, here.rows)
    _, by_value = programme.goal(values)
    gradient = by_value[:n] @ here.slopes[:n]
    held = _held(programme, here)
    left = here.rows - np.append(programme.floors, np.zeros(len(here.rows) - n))
    weights = np.zeros((len(here.rows), 1))
    spare_slope = 0.0
    if programme.rates is not None:
        left[:n] -= programme.rates * values[n]
        weights[:n, 0] = programme.rates
        spare_slope = float(by_value[n])
    binding = held & (left < MISSED)
    if not binding.any():
        rest = np.clip(here.z + gradient, low, high) - here.z
        return float(np.abs(rest).max(initial=0.0)), 0.0
    spare = 1e3 * weights[binding].T, 1e3 * spare_slope  # the spare variable's own condition
    tries = [
        _multipliers(here.z, gradient, here.slopes[binding], spare=spare, bounds=(low, high), margin=margin)
        for margin in (1e-9, 1e-6, 1e-3)
    ]
    return min(tries)


def _multipliers(
    z: Array, gradient: Array, table: Array, *, spare: tuple[Array, float], bounds: tuple[Array, Array], margin: float
) -> tuple[float, float]:
    """Multipliers, none negative, of conditions and of bounds that are a margin away: slope left, and the largest."""
    low, high = bounds
    free = high > low
    at_low, at_high = z <= low + margin * (high - low), z >= high - margin * (high - low)
    each = np.eye(len(z))[free]
    columns = np.hstack([table.T[free], each[:, at_low & free], -each[:, at_high & ~at_low]])  # a bound takes a push
    target = -gradient[free]
    if spare[1]:
        row = np.append(spare[0].ravel(), np.zeros(columns.shape[1] - len(table)))
        columns, target = np.vstack([columns, row]), np.append(target, spare[1])
    multipliers = nnls(columns, target)[0][: len(table)]
    moved = np.clip(z + gradient + multipliers @ table, low, high) - z
    return float(np.abs(moved).max(initial=0.0)), float(multipliers.max(initial=0.0))
