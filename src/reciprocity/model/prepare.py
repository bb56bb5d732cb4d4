"""What is worked out once an economy: its technology, base kernel and point, and the preconditioner there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reciprocity.economy.economy import Array, Economy
from reciprocity.errors import Fault, UnknownName, did_you_mean
from reciprocity.model.closure import WORLD, Closure, Deficits, check_closure
from reciprocity.model.equations import Kernel, Point, Technology, evaluate
from reciprocity.model.jacobian import linearise
from reciprocity.model.precondition import Preconditioner, build
from reciprocity.model.shock import base_kernel
from reciprocity.model.threads import one_thread


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An economy ready to be solved many times.

    Attributes:
        economy: the base.
        closure: what deficits do.
        numeraire: ``world`` (value added) or the region whose wage is one.
        technology, kernel, point: the base in the model's own layout.
        scale: what spending is measured in (country, sector).
        preconditioner: at the base.
        convention: what the base is, the data or their own equilibrium.
        data_residual: the largest relative residual of the data as they were given.
    """

    economy: Economy
    closure: Closure
    numeraire: str
    technology: Technology
    kernel: Kernel
    point: Point
    scale: Array
    preconditioner: Preconditioner
    convention: str
    data_residual: float

    def deficits(self, level: Array | None = None) -> Deficits:
        """The deficit rule, at the base's levels or at new ones."""
        return Deficits(self.economy.deficit if level is None else level, self.closure, self.numeraire_position)

    @property
    def numeraire_position(self) -> int | None:
        """Where the region whose wage is one stands, or None where world value added is the numeraire."""
        return None if self.numeraire == WORLD else self.economy.regions.index(self.numeraire)


@lru_cache(maxsize=8)
@one_thread
def prepare(economy: Economy, *, closure: str = "world_share", numeraire: str = WORLD) -> Prepared:
    """Work out once what every solve of an economy shares.

    Args:
        economy: the base; its arrays are read-only, so the result can be kept.
        closure: see Deficits.
        numeraire: ``world`` or a region's name.
    """
    named = check_closure(closure)
    if numeraire != WORLD and numeraire not in economy.regions:
        seen = f"'{numeraire}' is neither 'world' nor a region"
        raise UnknownName(Fault("numeraire", seen, remedy=did_you_mean(numeraire, economy.regions)))
    technology, kernel = technology_of(economy), base_kernel(economy)
    scale = spending_scale(economy)
    k = None if numeraire == WORLD else economy.regions.index(numeraire)
    deficits = Deficits(economy.deficit, named, k)
    n, j = economy.shape
    point = evaluate(technology, kernel, deficits, (np.zeros(n), np.zeros((n, j)), economy.expenditure))
    preconditioner = build(linearise(technology, kernel, deficits, point), scale)
    residual = float(np.abs(relative_residual(point, scale, technology.value_added)).max())
    return Prepared(
        economy=economy, closure=named, numeraire=numeraire, technology=technology, kernel=kernel, point=point,
        scale=scale, preconditioner=preconditioner, convention="exact base", data_residual=residual,
    )  # fmt: skip


def technology_of(economy: Economy) -> Technology:
    """The parameters of an economy, laid out for the equations."""
    return Technology(
        input_share=economy.input_share,
        input_share_t=np.ascontiguousarray(economy.input_share.transpose(0, 2, 1)),
        value_added_share=economy.value_added_share,
        consumption_share=economy.consumption_share,
        value_added=economy.value_added,
        theta=economy.trade_elasticity,
    )


def spending_scale(economy: Economy) -> Array:
    """Base spending, with a floor so that a market of nothing has a unit."""
    floor = 1e-9 * economy.expenditure.mean(axis=1, keepdims=True)
    return np.maximum(economy.expenditure, floor)


def relative_residual(point: Point, scale: Array, value_added: Array) -> Array:
    """(R_p, R_X / scale, R_u / wL), flat."""
    return np.concatenate(
        [point.residual_price.ravel(), (point.residual_spending / scale).ravel(), point.residual_wage / value_added]
    )
