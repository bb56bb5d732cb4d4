"""The scenario: names and dates compiled into arrays, the only place that does."""

from reciprocity.scenario.shocks import cell_of, shock_under
from reciprocity.scenario.standing import Standing, stand

__all__ = ["Standing", "cell_of", "shock_under", "stand"]
