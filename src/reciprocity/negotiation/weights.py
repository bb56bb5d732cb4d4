"""Political weights read off the tariffs in force: those under which today's duties are a side's own best choice.

They are inferred, and stand or fall with the model. A duty above what real income alone would choose is explained by
weights on the earnings of the sectors it protects, none negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError
from reciprocity.model.derivative import gradients
from reciprocity.model.equilibrium import Equilibrium
from reciprocity.model.outcome import Outcome
from reciprocity.negotiation.blocks import heading, reproduce
from reciprocity.negotiation.side import side as side_of
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import Table, find_table, seat
from reciprocity.negotiation.threat import GOODS

LEAST_DUTY = 0.01
"""Duties below this fraction say more of a treaty than of a choice, and are left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Revealed:
    """Weights inferred from the tariffs in force.

    Attributes:
        side: whose.
        sectors: with a duty that real income alone would not choose.
        duties: collected there, fractions (sector).
        weights: a dollar earned there counts this many dollars more (sector).
        unexplained: part of the duties' slope that no weights explain, 0 to 1.
    """

    side: str
    sectors: tuple[str, ...]
    duties: Array
    weights: Array
    unexplained: float


def revealed_weights(sitting: Sitting, side: str) -> Revealed:
    """The weights on sectors' earnings under which a side's duties on the other's goods are its best choice.

    At such a choice the slope of real income by each duty is offset by the slope of weighted earnings: a linear system
    in the weights, solved with none negative.
    """
    standing, economy = sitting.standing, sitting.standing.economy
    others = [one for one in sitting.table.sides if one != side]
    law = standing.equilibrium
    n, i = economy.regions.index(side), economy.regions.index(others[0])
    high = [j for j in range(GOODS) if law.tariff[n, i, j] > LEAST_DUTY]
    here = np.array(high, dtype=np.intp)
    income = side_of(economy, side)
    own = _by_duty([income.outcome(law)], law, n, i, here)[0]
    above = here[own < 0]  # real income alone would choose less: only those duties ask for a reason
    if above.size == 0:
        seen = f"has no duty above {LEAST_DUTY:.0%} on goods of {others[0]} that real income alone would not choose"
        raise InputError(Fault(side, seen, remedy="Take another day"))
    names = tuple(economy.sectors[j] for j in above)
    wants = [side_of(economy, side, income=0.0, earnings={name: 1.0}).outcome(law) for name in names]
    scale = np.sqrt((economy.trade_share[n, i] * economy.expenditure[n] * (1.0 + economy.trade_elasticity))[above])
    slopes = _by_duty(wants, law, n, i, above) / scale
    target = own[own < 0] / scale
    weights, left = nnls(slopes.T, -target)
    return Revealed(side, names, law.tariff[n, i, above], weights, float(left / np.linalg.norm(target)))


def _by_duty(outcomes: list[Outcome], law: Equilibrium, n: int, i: int, sectors: NDArray[np.intp]) -> Array:
    """Slopes of outcomes by ln(1 + t) of an importer's duties on an exporter's goods (outcome, sector)."""
    importer, exporter = np.full(sectors.size, n), np.full(sectors.size, i)
    duty = 1.0 + law.tariff[n, i, sectors]
    return np.array([one.tariff_at(importer, exporter, sectors) * duty for one in gradients(law, outcomes)])


def answer_weights(table: str | Path, side: str) -> dict[str, Any]:
    """The political weights inferred from a side's duties on a table's day, labelled so."""
    read, path = find_table(table)
    side = seat(read, side)
    sitting = sit(read)
    found = revealed_weights(sitting, side)
    wants = _wants_toml(read, found)
    return {
        **heading(read, sitting),
        "side": side,
        "inferred": True,
        "meaning": "a dollar earned there counts 1 + weight dollars; inferred from the duties in force, not stated",
        "weights": [
            {"sector": name, "duty": float(duty), "weight": float(weight)}
            for name, duty, weight in zip(found.sectors, found.duties, found.weights, strict=True)
        ],
        "unexplained": found.unexplained,
        "wants_toml": wants,
        "table_toml": None if side in read.wants else f"{path.read_text(encoding='utf-8').rstrip()}\n\n{wants}",
        "reproduce": reproduce("weights", path, f"--side {side}", answer_weights, repr(side)),
    }


def _wants_toml(table: Table, found: Revealed) -> str:
    """The weights as a table's file has them, said to be inferred."""
    earnings = ", ".join(
        f"{name} = {round(float(weight), 4)}" for name, weight in zip(found.sectors, found.weights, strict=True)
    )
    return (
        f"[wants.{found.side}]\nearnings = {{ {earnings} }}\ninferred = true\n"
        f'source = "Inferred from the duties in force on {table.on}, and stated by nobody"\n'
    )
