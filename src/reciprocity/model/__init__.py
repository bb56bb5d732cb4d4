"""The model: exact general equilibrium in changes, its welfare and its derivatives."""

from reciprocity.model.derivative import Gradient, Routes, gradient, gradients
from reciprocity.model.equilibrium import Certificate, Equilibrium
from reciprocity.model.horizon import AtHorizon, solve_at, solve_side_by_side
from reciprocity.model.outcome import Outcome
from reciprocity.model.prepare import Prepared, prepare
from reciprocity.model.quantities import effective_labour_hat, output_volume, producer_price_hat, trade_volume
from reciprocity.model.solver import rebase, solve

__all__ = [
    "AtHorizon",
    "Certificate",
    "Equilibrium",
    "Gradient",
    "Outcome",
    "Prepared",
    "Routes",
    "effective_labour_hat",
    "gradient",
    "gradients",
    "output_volume",
    "prepare",
    "producer_price_hat",
    "rebase",
    "solve",
    "solve_at",
    "solve_side_by_side",
    "trade_volume",
]
