"""How sector rates move with one number of a deal: what the negotiation needs to trade clauses against each other.

    d revenue / d r         = sum_k w_k dt_k / dr
    d flow-equivalent / d r = S^(-1/theta - 1) sum_k w_k (1 + t_k)^(-theta - 1) dt_k / dr
                              S = sum_k w_k (1 + t_k)^(-theta)

Duties are piecewise linear in a deal's rates, so dt/dr is a difference over a step that crosses no corner; at a corner
it is the derivative to the right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reciprocity import labels
from reciprocity.errors import Fault, UnknownName, did_you_mean
from reciprocity.regime.apply import Branch, branches
from reciprocity.regime.resolve import Array
from reciprocity.regime.sectors import THETA
from reciprocity.regime.trade import partners_of

if TYPE_CHECKING:
    from reciprocity.regime.regime import Regime

STEP = 2.0**-20


@dataclass(frozen=True, slots=True)
class RateDerivative:
    """What a sector's rates gain for each unit of a deal's rate: 1.0 means point for point."""

    importer: str
    exporter: str
    sector: str
    revenue_rate: float
    flow_equivalent_rate: float


def rate_derivatives(
    regime: Regime, parameter: str, theta: Mapping[str, float] | None = None
) -> tuple[RateDerivative, ...]:
    """The derivative of every sector rate with respect to the rate of one row of the deal, by its id.

    Raises UnknownName when no row has that id, or it has no rate.
    """
    row = next((one for one in regime.overrides if one.id == parameter and one.rate is not None), None)
    if row is None:
        hint = did_you_mean(parameter, [one.id for one in regime.overrides])
        raise UnknownName(Fault("parameter", f"'{parameter}' is not a row of the deal with a rate", remedy=hint))
    moved = tuple(replace(one, rate=(one.rate or 0.0) + STEP) if one is row else one for one in regime.overrides)
    exponent = np.array([THETA, *((theta or {}).get(one.code, THETA) for one in labels.sectors())])
    regions = [one.code for one in labels.regions() if row.exporter in ("all", one.code) and one.code != row.importer]
    return tuple(found for region in regions for found in _pair(regime, moved, row.importer, region, exponent))


def _pair(
    regime: Regime, moved: tuple, importer: str, exporter: str, theta: Array
) -> list[RateDerivative]:  # fmt: skip
    size = len(theta)
    value, revenue, flow, slope = (np.zeros(size) for _ in range(4))
    for country in partners_of(importer, exporter):
        here = branches(regime.book, importer, country, on=regime.on, known=regime.known, overrides=regime.overrides)
        there = branches(regime.book, importer, country, on=regime.on, known=regime.known, overrides=moved)
        for one, other in zip(here, there, strict=True):
            _add(one, other, theta, (value, revenue, flow, slope))
    codes = [one.code for one in labels.sectors()]
    held = [n for n in range(1, size) if value[n] > 0]
    return [
        RateDerivative(
            importer, exporter, codes[n - 1], float(revenue[n] / value[n]), _flow(n, value, flow, slope, theta)
        )
        for n in held
    ]


def _add(one: Branch, other: Branch, theta: Array, sums: tuple[Array, ...]) -> None:
    where = one.sector + 1
    move = (other.outcome.total - one.outcome.total) / STEP
    free = one.value * ~one.outcome.banned
    powers = (1.0 + one.outcome.total) ** -theta[where]
    weights = (one.value, free * move, free * powers, free * powers / (1.0 + one.outcome.total) * move)
    for number, weight in enumerate(weights):
        sums[number][:] += np.bincount(where, weight, minlength=len(theta))


def _flow(n: int, value: Array, flow: Array, slope: Array, theta: Array) -> float:
    if flow[n] <= 0:
        return 0.0
    return float((flow[n] / value[n]) ** (-1.0 / theta[n] - 1.0) * slope[n] / value[n])
