"""What became of a bound: its state, premium, flow and rents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from reciprocity.model.equations import share_of
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.instruments.policy import Bound
from reciprocity.model.instruments.premium import flow_of, premium_points, wedge_at

Filled = Literal["slack", "binding", "over"]


@dataclass(frozen=True, slots=True)
class BoundState:
    """A quota or capacity at the equilibrium. Money is million of the unit, in the numeraire asked for.

    Attributes:
        name: which bound.
        state: ``slack``: below the quantity, no premium; ``binding``: at the quantity; ``over``: beyond it at the
            over-quota rate.
        quantity: Q.
        flow: M, what counts against it.
        premium: mu, what a licence is worth, in points of customs value before the premium, 0 to t1 - t0; the mean over
            routes weighted by flow (fraction).
        importer_rent: rent of licence holders in the importing countries.
        exporter_rent: rent that stays with exporters.
        complementarity: |rho - clip(rho + (ln M phi - ln Q)/2, 0, ceiling)|, phi the part inside the licence.
    """

    name: str
    state: Filled
    quantity: float
    flow: float
    premium: float
    importer_rent: float
    exporter_rent: float
    complementarity: float


def state_of(bound: Bound, equilibrium: Equilibrium, y: float) -> BoundState:
    """What became of a bound whose unknown is y."""
    e, spots = equilibrium, (bound.importer, bound.exporter, bound.sector)
    flow = flow_of(e, bound)
    total = float(flow.sum())
    rho, inside = min(max(y, 0.0), bound.ceiling), float(np.exp(-max(y - bound.ceiling, 0.0)))
    points = premium_points(bound, e, y)
    customs = (
        share_of(e.kernel.customs, e.point).transpose(1, 2, 0)[spots] * e.expenditure[bound.importer, bound.sector]
    )
    before = customs * np.exp(-wedge_at(bound, y).on_export)  # customs value without the exporter's part of the rent
    s = bound.exporter_share
    excess = np.log(max(total, 1e-300) * inside / bound.quantity)
    state: Filled = "slack" if y < 0.0 else ("over" if y > bound.ceiling else "binding")
    return BoundState(
        name=bound.name,
        state=state,
        quantity=bound.quantity,
        flow=total,
        premium=float((points * flow).sum() / total) if total > 0.0 else float(points.max(initial=0.0)),
        importer_rent=float((1.0 - s) * inside * (points * before).sum()),
        exporter_rent=float(s * inside * np.expm1(rho) * before.sum()),
        complementarity=float(abs(rho - np.clip(rho + 0.5 * excess, 0.0, bound.ceiling))),
    )
