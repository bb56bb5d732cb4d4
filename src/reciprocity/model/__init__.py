"""The model: exact general equilibrium in changes, its welfare and its derivatives."""

from reciprocity.model.equilibrium import Certificate, Equilibrium
from reciprocity.model.prepare import Prepared, prepare
from reciprocity.model.solver import rebase, solve

__all__ = ["Certificate", "Equilibrium", "Prepared", "prepare", "rebase", "solve"]
