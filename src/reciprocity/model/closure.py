"""Closures: what becomes of each country's deficit when wages move. Every one sums to zero over the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.errors import Fault, InputError

Closure = Literal["zero", "world_share", "own_share", "nominal"]
CLOSURES: tuple[str, ...] = get_args(Closure)
WORLD = "world"


@dataclass(frozen=True, slots=True, eq=False)
class Deficits:
    """The rule D'(u), with u = ln(wage_hat) while world value added is held constant.

    Attributes:
        level: deficit by country at the base, million of the unit; imports minus exports.
        closure: ``zero``; ``world_share``, a fixed share of world value added; ``own_share``, a fixed share of own
            value added, what is missing to a world sum of zero spread over countries by value added; ``nominal``,
            fixed in units of the numeraire.
        numeraire_position: the region whose wage is one, or None where world value added is constant.
    """

    level: Array
    closure: Closure
    numeraire_position: int | None

    def at(self, value_added: Array, value_added_new: Array) -> Array:
        """D' by country, where value_added_new = value_added * exp(u)."""
        if self.closure == "zero":
            return np.zeros_like(self.level)
        if self.closure == "own_share":
            rate = self.level / value_added
            return value_added_new * (rate - (rate @ value_added_new) / value_added_new.sum())
        if self.closure == "nominal" and self.numeraire_position is not None:
            k = self.numeraire_position
            return self.level * (value_added_new[k] / value_added[k])
        return self.level

    def slope(self, value_added: Array, value_added_new: Array) -> Array | None:
        """dD'/du (country, country), or None where deficits do not move with wages."""
        if self.closure == "own_share":
            rate, total = self.level / value_added, value_added_new.sum()
            mean = (rate @ value_added_new) / total
            spread = np.outer(value_added_new, value_added_new * (rate - mean)) / total
            return np.diag(value_added_new * (rate - mean)) - spread
        if self.closure == "nominal" and self.numeraire_position is not None:
            k = self.numeraire_position
            slope = np.zeros((len(self.level), len(self.level)))
            slope[:, k] = self.level * (value_added_new[k] / value_added[k])
            return slope
        return None

    def slope_in_level(self, value_added: Array, value_added_new: Array) -> Array:
        """dD'/dD (country, country): how the rule answers to the level put in."""
        eye = np.eye(len(self.level))
        if self.closure == "zero":
            return 0.0 * eye
        if self.closure == "own_share":
            ratio = value_added_new / value_added
            return np.diag(ratio) - np.outer(value_added_new, ratio) / value_added_new.sum()
        if self.closure == "nominal" and self.numeraire_position is not None:
            k = self.numeraire_position
            return eye * (value_added_new[k] / value_added[k])
        return eye


def check_closure(closure: str) -> Closure:
    """The closure, or an error that lists those there are."""
    if closure not in CLOSURES:
        raise InputError(Fault("closure", f"'{closure}' is not a closure", f"Allowed: {', '.join(CLOSURES)}"))
    return closure  # type: ignore[return-value]
