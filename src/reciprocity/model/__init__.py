"""The model: exact general equilibrium in changes, its welfare and its derivatives."""

from reciprocity.model.batch import Case, Failed, Solved, solve_many
from reciprocity.model.decomposition import Decomposition, decompose
from reciprocity.model.derivative import Gradient, Routes, gradient, gradients
from reciprocity.model.equilibrium import Certificate, Equilibrium
from reciprocity.model.horizon import AtHorizon, solve_at, solve_side_by_side
from reciprocity.model.outcome import Outcome
from reciprocity.model.prepare import Prepared, prepare
from reciprocity.model.quantities import effective_labour_hat, output_volume, producer_price_hat, trade_volume
from reciprocity.model.shock import Shock
from reciprocity.model.solver import rebase, solve
from reciprocity.model.uniqueness import Uniqueness, probe_uniqueness
from reciprocity.model.welfare import FirstOrder, equivalent_variation, paper_convention

__all__ = [
    "AtHorizon",
    "Case",
    "Certificate",
    "Decomposition",
    "Equilibrium",
    "Failed",
    "FirstOrder",
    "Gradient",
    "Outcome",
    "Prepared",
    "Routes",
    "Shock",
    "Solved",
    "Uniqueness",
    "decompose",
    "effective_labour_hat",
    "equivalent_variation",
    "gradient",
    "gradients",
    "output_volume",
    "paper_convention",
    "prepare",
    "probe_uniqueness",
    "producer_price_hat",
    "rebase",
    "solve",
    "solve_at",
    "solve_many",
    "solve_side_by_side",
    "trade_volume",
]
