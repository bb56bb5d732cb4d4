"""Dates as people type them on the command line."""

from __future__ import annotations

from datetime import date

from reciprocity.errors import Fault, InputError


def parse_day(text: str, *, where: str) -> date:
    """A day written YYYY-MM-DD. Raises InputError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(Fault(where, f"'{text}' is not a date", "Write it as 2025-10-08")) from error
