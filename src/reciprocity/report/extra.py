"""Formats that need the extra `report`: asked for by name, with one clear message where it is not installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from reciprocity.errors import Fault, InputError


def needs(module: str, format_name: str) -> Any:
    """A module of the extra. Raises InputError when it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        remedy = "Install it with `pip install 'reciprocity[report]'`, or ask for html"
        raise InputError(
            Fault(f"format {format_name}", f"needs '{module}', which is not installed", remedy=remedy)
        ) from error
