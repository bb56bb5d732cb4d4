"""The answer at a horizon: trade elasticities and factor mobility as they are one year, three years or long after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.economy.horizons import SIDE_BY_SIDE, Horizon, economy_at, horizon
from reciprocity.model.closure import WORLD
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.factors import Mobility
from reciprocity.model.instruments.policy import Instrument
from reciprocity.model.instruments.solve import solve_policy
from reciprocity.model.instruments.state import BoundState
from reciprocity.model.solver import solve


@dataclass(frozen=True, slots=True, eq=False)
class AtHorizon:
    """An equilibrium and the time it is for.

    Attributes:
        horizon: with the source of its elasticity and what is assumed about mobility.
        elasticity_factor: what the long-run elasticity of every sector was multiplied by.
        mobility: in force; the horizon's, unless told otherwise (country).
        equilibrium: on the economy at that horizon.
        bounds: quotas and capacities among the instruments, and what became of them.
    """

    horizon: Horizon
    elasticity_factor: float
    mobility: Array
    equilibrium: Equilibrium
    bounds: tuple[BoundState, ...] = ()


def solve_at(
    economy: Economy,
    *,
    horizon_name: str = "long",
    instruments: Sequence[Instrument] = (),
    mobility: Mobility | None = None,
    tariff: Array | None = None,
    iceberg_hat: Array | None = None,
    export_tax: Array | None = None,
    deficit: Array | None = None,
    closure: str = "world_share",
    numeraire: str = WORLD,
    tolerance: float = 1e-10,
) -> AtHorizon:
    """The equilibrium some time after a shock.

    Args:
        economy: with long-run elasticities.
        horizon_name: ``1y``, ``3y`` or ``long``; the long run is the plain model, to the last bit.
        instruments: what is done on top of the arrays, in order; see `solve_policy`.
        mobility: instead of the horizon's own, 0 to inf; one number, or one a country.
        tariff: as in `solve`, and so the rest.
        iceberg_hat: change of iceberg cost.
        export_tax: of the producer's price.
        deficit: by country, summing to zero.
        closure: what deficits do.
        numeraire: ``world`` or a region.
        tolerance: on the largest relative residual.

    Raises:
        UnknownName: another horizon.
        InputError, SolveError: see `solve`.
    """
    at, there = horizon(horizon_name), economy_at(economy, horizon_name)
    moving: Mobility = at.mobility if mobility is None else mobility
    factor = float((there.trade_elasticity / economy.trade_elasticity).mean())
    by_country = np.broadcast_to(np.asarray(moving, dtype=np.float64), len(economy.regions))
    if instruments:
        found = solve_policy(
            there, instruments, tariff=tariff, iceberg_hat=iceberg_hat, export_tax=export_tax, deficit=deficit,
            closure=closure, numeraire=numeraire, mobility=moving,
        )  # fmt: skip
        return AtHorizon(at, factor, by_country, found.equilibrium, found.bounds)
    equilibrium = solve(
        there, tariff=tariff, iceberg_hat=iceberg_hat, export_tax=export_tax, deficit=deficit,
        closure=closure, numeraire=numeraire, mobility=moving, tolerance=tolerance,
    )  # fmt: skip
    return AtHorizon(at, factor, by_country, equilibrium)


def solve_side_by_side(
    economy: Economy,
    horizons: Sequence[str] = SIDE_BY_SIDE,
    *,
    instruments: Sequence[Instrument] = (),
    tariff: Array | None = None,
    iceberg_hat: Array | None = None,
    export_tax: Array | None = None,
    deficit: Array | None = None,
    closure: str = "world_share",
) -> tuple[AtHorizon, ...]:
    """One shock at several horizons, one year and the long run when not told: in the order asked."""
    return tuple(
        solve_at(
            economy, horizon_name=name, instruments=instruments, tariff=tariff, iceberg_hat=iceberg_hat,
            export_tax=export_tax, deficit=deficit, closure=closure,
        )
        for name in horizons
    )  # fmt: skip
