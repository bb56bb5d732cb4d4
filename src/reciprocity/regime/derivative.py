"""How sector rates move with one number of a deal: what the negotiation needs to trade clauses against each other.

    d revenue / d r         = sum_k w_k dt_k / dr
    d flow-equivalent / d r = S^(-1/theta - 1) sum_k w_k (1 + t_k)^(-theta - 1) dt_k / dr
                              S = sum_k w_k (1 + t_k)^(-theta)

Duties are piecewise linear in a deal's rates and shares, so dt/dr is a difference over a step that crosses no corner;
at a corner it is the derivative to the right, and to the left where a share is all there is. Where a deal moves trade
between claiming the preference and not, w_k moves and not t_k.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reciprocity import labels
from reciprocity.errors import Fault, UnknownName, did_you_mean
from reciprocity.regime.apply import Branch, asked_of, branches
from reciprocity.regime.override import Override
from reciprocity.regime.resolve import Array
from reciprocity.regime.sums import THETA
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


NUMBERS = ("rate", "content", "share", "quota_share", "quota_musd", "threshold", "spread", "rate_below")
"""The numbers a row of a deal may hold; a row's own is the first it has."""
SHARES = frozenset({"content", "share", "threshold", "spread"})
MAIN = {"content": "content", "remission": "quota_share", "claim": "share"}
"""The number a kind is about, where it is not the rate."""


def rate_derivatives(
    regime: Regime, parameter: str, theta: Mapping[str, float] | None = None
) -> tuple[RateDerivative, ...]:
    """The derivative of every sector rate with respect to one number of one row of the deal.

    `parameter` is the row's id, for the number its kind is about, or `id.number`: `steel.quota_share`.

    Raises UnknownName when no row has that id, or it has no such number.
    """
    row, key = _row_and_number(regime.overrides, parameter)
    step = _step(row, key)
    moved = tuple(replace(one, **{key: getattr(one, key) + step}) if one is row else one for one in regime.overrides)
    exponent = np.array([THETA, *((theta or {}).get(one.code, THETA) for one in labels.sectors())])
    regions = [one.code for one in labels.regions() if row.exporter in ("all", one.code) and one.code != row.importer]
    return tuple(
        found for region in regions for found in _pair(regime, moved, row.importer, region, exponent, step=step)
    )


def _row_and_number(overrides: Sequence[Override], parameter: str) -> tuple[Override, str]:
    """The row and the name of its number."""
    for one in overrides:
        if one.id == parameter:
            held = [key for key in (MAIN.get(one.kind, "rate"), *NUMBERS) if getattr(one, key) is not None]
            if held and not (one.kind not in MAIN and one.rate is None):
                return one, held[0]
        name, _, key = parameter.rpartition(".")
        if one.id == name and key in NUMBERS and getattr(one, key) is not None:
            return one, key
    hint = did_you_mean(parameter, [one.id for one in overrides])
    raise UnknownName(Fault("parameter", f"'{parameter}' is not a row of the deal with a rate or a share", remedy=hint))


def _step(row: Override, key: str) -> float:
    """A step in the number, to the left where it is a share that can rise no further."""
    value = getattr(row, key)
    step = STEP * max(1.0, abs(value))
    return -step if value + step > 1.0 and (key in SHARES or key == "quota_share") else step


def _pair(
    regime: Regime, moved: tuple, importer: str, exporter: str, theta: Array, *, step: float
) -> list[RateDerivative]:  # fmt: skip
    size = len(theta)
    value, revenue, flow, slope = (np.zeros(size) for _ in range(4))
    for country in partners_of(importer, exporter):
        asked = asked_of(regime.book, importer, country, on=regime.on, known=regime.known)
        for one, other in zip(branches(asked, regime.overrides), branches(asked, moved), strict=True):
            _add(one, other, theta, (value, revenue, flow, slope), step)
    codes = [one.code for one in labels.sectors()]
    held = [n for n in range(1, size) if value[n] > 0]
    return [
        RateDerivative(
            importer, exporter, codes[n - 1], float(revenue[n] / value[n]), _flow(n, value, flow, slope, theta)
        )
        for n in held
    ]


def _add(one: Branch, other: Branch, theta: Array, sums: tuple[Array, ...], step: float) -> None:
    where = one.sector + 1
    move = (other.outcome.total - one.outcome.total) / step
    shift = (other.value - one.value) / step * ~one.outcome.banned
    free = one.value * ~one.outcome.banned
    powers = (1.0 + one.outcome.total) ** -theta[where]
    slope = free * powers / (1.0 + one.outcome.total) * move - shift * powers / theta[where]
    weights = (one.value, free * move + shift * one.outcome.total, free * powers, slope)
    for number, weight in enumerate(weights):
        sums[number][:] += np.bincount(where, weight, minlength=len(theta))


def _flow(n: int, value: Array, flow: Array, slope: Array, theta: Array) -> float:
    if flow[n] <= 0:
        return 0.0
    return float((flow[n] / value[n]) ** (-1.0 / theta[n] - 1.0) * slope[n] / value[n])
