"""The scenario: names and dates compiled into arrays, the only place that does."""

from reciprocity.scenario.shocks import Scenario, compile_scenario

__all__ = ["Scenario", "compile_scenario"]
