"""The model: exact general equilibrium in changes, its welfare and its derivatives."""
