"""One scenario as the iteration sees it: a flat state z = (p, X / scale, u), its residual and its guarded step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.model.closure import Deficits
from reciprocity.model.deadline import check_time
from reciprocity.model.equations import Kernel, Point, evaluate
from reciprocity.model.jacobian import linearise
from reciprocity.model.precondition import Preconditioner, build
from reciprocity.model.prepare import Prepared, relative_residual

LONGEST_STEP = 0.5  # in ln price and ln wage
SPENDING_BOUNDS = (0.1, 10.0)  # times its last value


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """One scenario as the iteration sees it: a flat state z = (p, X / scale, u) and its residual."""

    prepared: Prepared
    kernel: Kernel
    deficits: Deficits

    @property
    def preconditioner(self) -> Preconditioner:
        """At the base."""
        return self.prepared.preconditioner

    def preconditioner_at(self, z: Array) -> Preconditioner:
        """Built again at a state."""
        at = linearise(self.prepared.technology, self.kernel, self.deficits, self.point(z))
        return build(at, self.prepared.scale, tolerance=0.1)

    def start(self, point: Point) -> Array:
        """The flat state of a point."""
        return self.pack(point.u, point.p, point.X)

    def unpack(self, z: Array) -> tuple[Array, Array, Array]:
        """(u, p, X) of a flat state."""
        n, j = self.prepared.scale.shape
        half = n * j
        return z[2 * half :], z[:half].reshape(n, j), z[half : 2 * half].reshape(n, j) * self.prepared.scale

    def pack(self, u: Array, p: Array, X: Array) -> Array:
        """The flat state."""
        return np.concatenate([p.ravel(), (X / self.prepared.scale).ravel(), u])

    def point(self, z: Array) -> Point:
        """Everything the equations say at a flat state."""
        return evaluate(self.prepared.technology, self.kernel, self.deficits, self.unpack(z))

    def residual(self, z: Array) -> Array:
        """The flat relative residual. Raises OutOfTime where a limit on time is set and has passed."""
        check_time()
        return relative_residual(self.point(z), self.prepared.scale, self.prepared.technology.value_added)

    def guard(self, z: Array, step: Array) -> Array:
        """Take a step, no longer than LONGEST_STEP in logarithms and with spending inside SPENDING_BOUNDS."""
        half = self.prepared.scale.size
        longest = max(np.abs(step[:half]).max(), np.abs(step[2 * half :]).max())
        taken = step if longest <= LONGEST_STEP else step * (LONGEST_STEP / longest)
        new = z + taken
        spending = z[half : 2 * half]
        low, high = SPENDING_BOUNDS
        new[half : 2 * half] = np.clip(new[half : 2 * half], low * spending, high * spending)
        return new
