"""Somebody's own import weights: a table of codes and values in place of the trade the package holds.

A CSV file with the columns `hs` (2 to 10 digits, with or without points) and `value_musd` (million USD a year), and
`exporter` (a country) where the exporter asked about is a region of many countries under different law.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from reciprocity.errors import Fault, InputError, ReciprocityError
from reciprocity.files import read_text
from reciprocity.regime.partners import partner, region_of
from reciprocity.regime.resolve import Array
from reciprocity.regime.schedule import Schedule, clean_code, schedule
from reciprocity.regime.trade import Trade, partners_of, trade

COLUMNS = ("hs", "value_musd")


def read_weights(path: Path, importer: str, exporter: str) -> tuple[Trade, ...]:
    """The trade of a file, by partner country.

    A code of fewer digits than the schedule is spread over the lines under it as the package's trade is, evenly where
    it has none. Raises InputError with every fault of the file.
    """
    faults: list[Fault] = []
    rows = list(_rows(path, importer, exporter, faults))
    if faults:
        raise InputError(faults)
    if not sum(value for _, _, value in rows):
        raise InputError(Fault(str(path), "holds no trade", "Give rows of hs and value_musd above zero"))
    codes = dict.fromkeys(code for code, _, _ in rows)
    return tuple(_trade(path, importer, one, [(hs, value) for code, hs, value in rows if code == one]) for one in codes)


def _rows(path: Path, importer: str, exporter: str, faults: list[Fault]) -> Iterator[tuple[str, str, float]]:
    """Partner, digits and value of each row; what is wrong goes to the faults."""
    table = csv.DictReader(read_text(path).splitlines())
    missing = [one for one in COLUMNS if one not in (table.fieldnames or ())]
    if missing:
        told = f"its columns are {', '.join(table.fieldnames or ()) or 'none'}"
        faults.append(Fault(str(path), told, f"It needs {' and '.join(COLUMNS)}"))
        return
    many = len(partners_of(importer, exporter)) > 1
    for row in table:
        where = f"{path}: line {table.line_num}"
        try:
            of = partner(row.get("exporter") or exporter, where=f"{where}, exporter")
            digits = clean_code(row["hs"] or "", where=f"{where}, hs")
            value = float(row["value_musd"] or "")
        except ReciprocityError as error:
            faults += getattr(error, "faults", ())
            continue
        except ValueError:
            faults.append(Fault(f"{where}, value_musd", f"'{row['value_musd']}' is not a number", "Million USD a year"))
            continue
        low, high = schedule(importer).span(digits)
        if low == high:
            faults.append(Fault(f"{where}, hs", f"'{row['hs']}' is not in the schedule of {importer}"))
        if not 0 <= value < math.inf:
            faults.append(Fault(f"{where}, value_musd", f"{value:g} is not a value", "Million USD a year, 0 or more"))
        if of != exporter and region_of(of) != exporter:
            faults.append(Fault(f"{where}, exporter", f"{of} is not in {exporter}"))
        elif of == exporter and many:
            faults.append(Fault(f"{where}, exporter", f"{of} is many countries", "Name each in a column exporter"))
        yield of, digits, value


def _trade(path: Path, importer: str, exporter: str, rows: Sequence[tuple[str, float]]) -> Trade:
    lines, held = schedule(importer), trade(importer, exporter if importer == "USA" else region_of(exporter))
    known, measured = np.zeros(len(lines)), lines.general.copy()
    np.add.at(known, held.line, held.value)
    measured[held.line] = held.measured
    value = np.zeros(len(lines))
    for digits, amount in rows:
        _spread(lines, known, digits, amount, value)
    line = np.flatnonzero(value)
    return replace(
        held, exporter=exporter, line=line, sector=lines.sector[line].astype(np.intp), value=value[line],
        measured=measured[line], source=f"own weights, {path.name}", estimated=(),
    )  # fmt: skip


def _spread(lines: Schedule, known: Array, digits: str, amount: float, value: Array) -> None:
    low, high = lines.span(digits)
    inside = np.arange(low, high)
    inside = inside[lines.printed[inside]] if lines.printed[inside].any() else inside
    share = known[inside] if known[inside].any() else np.ones(len(inside))
    value[inside] += amount * share / share.sum()
