"""What a person asks of the regime, as typed: countries, days and facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reciprocity import labels
from reciprocity.errors import Fault, InputError, ReciprocityError
from reciprocity.regime.partners import partner
from reciprocity.regime.schedule import schedule


def question(importer: str, exporter: str, on: str, known: str | None) -> tuple[str, str, date, date | None]:
    """Codes and days of a question. Raises InputError with every fault of it."""
    faults: list[Fault] = []
    to = _or_fault(faults, lambda: schedule(labels.region(importer, where="--importer").code).importer)
    of = _or_fault(faults, lambda: partner(exporter, where="--exporter"))
    day = _or_fault(faults, lambda: day_of(on, "--on"))
    told = _or_fault(faults, lambda: None if known is None else day_of(known, "--known"))
    if to is not None and to == of:
        faults.append(Fault("--exporter", f"{of} is the importer too", remedy="A duty has two sides"))
    if faults or to is None or of is None or day is None:
        raise InputError(faults)
    return to, of, day, told


def day_of(text: str, where: str) -> date:
    """A day as written. Raises InputError."""
    if not text:
        raise InputError(Fault(where, "is missing", "A day, as 2025-10-08"))
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(Fault(where, f"'{text}' is not a day", "Write it as 2025-10-08")) from error


def facts_of(words: Sequence[str]) -> dict[str, Any]:
    """Facts from `name=value` words; `metal_share.steel=0.6` is one metal's. Raises InputError with every fault."""
    facts: dict[str, Any] = {}
    faults: list[Fault] = []
    for word in words:
        name, sign, text = word.partition("=")
        if not sign or not name or not text:
            faults.append(Fault("--fact", f"'{word}' is not name=value", "As usmca_claimed=true"))
            continue
        head, _, part = name.partition(".")
        if part:
            facts.setdefault(head, {})[part] = _value(text)
        else:
            facts[head] = _value(text)
    if faults:
        raise InputError(faults)
    return facts


def _value(text: str) -> bool | float | str:
    if text.casefold() in ("true", "yes", "false", "no"):
        return text.casefold() in ("true", "yes")
    try:
        return float(text)
    except ValueError:
        return text


def _or_fault(faults: list[Fault], ask: Any) -> Any:
    try:
        return ask()
    except ReciprocityError as error:
        faults += getattr(error, "faults", ())
        return None
