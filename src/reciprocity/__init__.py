"""Reciprocity, the open workbench for trade negotiations: the public names, and nothing else."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reciprocity.economy.economy import Economy as Economy
    from reciprocity.errors import InputError as InputError
    from reciprocity.errors import ReciprocityError as ReciprocityError
    from reciprocity.errors import SolveError as SolveError
    from reciprocity.model.equilibrium import Equilibrium as Equilibrium
    from reciprocity.model.solver import solve as solve

_HOME = {
    "Economy": "economy.economy",
    "Equilibrium": "model.equilibrium",
    "InputError": "errors",
    "ReciprocityError": "errors",
    "SolveError": "errors",
    "solve": "model.solver",
}
__all__ = ["Economy", "Equilibrium", "InputError", "ReciprocityError", "SolveError", "solve"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Bring a public name in when it is first asked for, so that no verb pays for another's imports."""
    if name not in _HOME:
        raise AttributeError(f"module 'reciprocity' has no attribute '{name}'")
    return getattr(import_module(f"reciprocity.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
