"""The model: exact general equilibrium in changes, its welfare and its derivatives."""

from reciprocity.model.derivative import Gradient, Routes, gradient, gradients
from reciprocity.model.equilibrium import Certificate, Equilibrium
from reciprocity.model.outcome import Outcome
from reciprocity.model.prepare import Prepared, prepare
from reciprocity.model.solver import rebase, solve

__all__ = [
    "Certificate",
    "Equilibrium",
    "Gradient",
    "Outcome",
    "Prepared",
    "Routes",
    "gradient",
    "gradients",
    "prepare",
    "rebase",
    "solve",
]
