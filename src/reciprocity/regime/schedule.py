"""The lines duty is asked on: each importer's codes, base rates, sectors and metal, in the order of the codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reciprocity.errors import Fault, InputError

METALS = ("steel", "aluminum", "copper")
DIGITS = 10
LEAP = 2024
"""A year with every day in it."""
COLUMN_2 = frozenset({"RUS", "BLR", "CUB", "PRK"})
"""Partners without normal trade relations with the United States."""
PROGRAMMES = ("AU", "BH", "CL", "CO", "IL", "JO", "KR", "MA", "OM", "P", "PA", "PE", "SG", "JP")
"""Trade agreements of the United States other than CUSMA, by the symbol of the schedule's special column."""
PROGRAMME_OF = {
    "AUS": "AU", "BHR": "BH", "CHL": "CL", "COL": "CO", "ISR": "IL", "JOR": "JO", "KOR": "KR", "MAR": "MA", "OMN": "OM",
    "CRI": "P", "SLV": "P", "GTM": "P", "HND": "P", "NIC": "P", "DOM": "P", "PAN": "PA", "PER": "PE", "SGP": "SG",
    "JPN": "JP",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """An importer's lines.

    `code` is ten digits (an importer known to six has zeros after them); `general` and `preference` are the base duty
    without and with CUSMA, `column_2` that on partners without normal trade relations, fractions; `equivalent` marks
    a duty by weight or count, as a fraction of 2024 value, which is `per_unit` USD on each `unit` of `units`, and
    `beside` of value; `agreements` has a bit for each of `PROGRAMMES` under which the line
    is free; `season` is the kind of season of a line, and `season_days` the days of the year of each;
    `sector` is a position in `labels.sectors()`, -1 where there is none; `metal_share` is steel, aluminum, copper.
    """

    importer: str
    digits: int
    code: NDArray[np.int64]
    general: NDArray[np.float64]
    preference: NDArray[np.float64]
    column_2: NDArray[np.float64]
    equivalent: NDArray[np.bool_]
    per_unit: NDArray[np.float64]
    beside: NDArray[np.float64]
    unit: NDArray[np.uint8]
    units: tuple[str, ...]
    agreements: NDArray[np.uint16]
    season: NDArray[np.uint8]
    season_days: NDArray[np.bool_]
    quota_line: NDArray[np.bool_]
    printed: NDArray[np.bool_]
    sector: NDArray[np.int8]
    metal_share: NDArray[np.float64]
    base_known: bool

    def __len__(self) -> int:
        return len(self.code)

    def base(self, exporter: str, line: NDArray[np.intp], *, claimed: bool) -> NDArray[np.float64]:
        """The base duty on goods of a partner: that of its agreement where claimed, general, or column 2."""
        general = (self.column_2 if exporter in COLUMN_2 else self.general)[line]
        if not claimed:
            return general
        if exporter in PROGRAMME_OF:
            return np.where(self.free_under(exporter, line), 0.0, general)
        return self.preference[line]

    def free_under(self, exporter: str, line: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Where goods of a partner are free under its agreement, other than CUSMA."""
        bit = PROGRAMMES.index(PROGRAMME_OF[exporter])
        return (self.agreements[line] >> bit & 1).astype(bool)

    def in_season(self, line: NDArray[np.intp], on: date) -> NDArray[np.bool_]:
        """Whether goods entered on a day may be of a line: some lines are for a part of the year."""
        return self.season_days[self.season[line], on.replace(year=LEAP).timetuple().tm_yday - 1]

    def span(self, prefix: str) -> tuple[int, int]:
        """First and one past the last line under a prefix: prefix p of k digits is [p 10^(10-k), (p+1) 10^(10-k))."""
        digits = prefix[: self.digits]
        scale = 10 ** (DIGITS - len(digits))
        low = int(digits) * scale
        return int(np.searchsorted(self.code, low)), int(np.searchsorted(self.code, low + scale))


@cache
def schedule(importer: str) -> Schedule:
    """The lines of an importer: ten digits for the United States, six for Canada."""
    if importer == "USA":
        return _united_states()
    if importer == "CAN":
        return _canada()
    raise InputError(
        Fault("importer", f"no tariff law of {importer} is held", "Allowed: USA, CAN", "Ask for one of the two")
    )


@cache
def arrays(name: str) -> dict[str, NDArray[Any]]:
    """A shipped table as its arrays."""
    with files("reciprocity.regime").joinpath(f"data/{name}.npz").open("rb") as file, np.load(file) as table:
        return {key: table[key] for key in table.files}


def clean_code(text: str | int, *, where: str = "hs") -> str:
    """The digits of a code as written: 7208.10, 7208.10.15.00 or 72081015."""
    digits = str(text).replace(".", "").replace(" ", "")
    if not digits.isdigit() or not 2 <= len(digits) <= DIGITS or len(digits) % 2:
        raise InputError(
            Fault(where, f"'{text}' is not an HS code", "2, 4, 6, 8 or 10 digits, with or without points, as 7208.10")
        )
    return digits


def _united_states() -> Schedule:
    table = arrays("us_schedule")
    return Schedule(
        importer="USA",
        digits=DIGITS,
        code=table["code"],
        general=_decimal(table["general"]),
        preference=_decimal(table["preference"]),
        column_2=_decimal(table["column_2"]),
        equivalent=table["equivalent"],
        per_unit=_decimal(table["per_unit"]),
        beside=_decimal(table["beside"]),
        unit=table["unit"],
        units=tuple(str(one) for one in table["units"]),
        agreements=table["agreements"],
        season=table["season"],
        season_days=table["season_days"],
        quota_line=table["quota_line"],
        printed=table["printed"],
        sector=table["sector"],
        metal_share=table["metal_share"].astype(float),
        base_known=True,
    )


def _decimal(rates: NDArray[np.float32]) -> NDArray[np.float64]:
    """Rates as the decimal that was printed, not its nearest float32."""
    return np.round(rates.astype(np.float64), 6)


def _canada() -> Schedule:
    code = arrays("canada_imports")["code"] * 10_000
    us = _united_states()
    first = np.searchsorted(us.code, code)
    zeros, no = np.zeros(len(code)), np.zeros(len(code), bool)
    return Schedule(
        importer="CAN",
        digits=6,
        code=code,
        general=zeros,
        preference=zeros,
        column_2=zeros,
        equivalent=no,
        per_unit=zeros,
        beside=zeros,
        unit=zeros.astype(np.uint8),
        units=("",),
        agreements=zeros.astype(np.uint16),
        season=zeros.astype(np.uint8),
        season_days=np.ones((1, 366), bool),
        quota_line=no,
        printed=~no,
        sector=us.sector[np.minimum(first, len(us) - 1)],
        metal_share=us.metal_share[:, np.minimum(first, len(us) - 1)],
        base_known=False,
    )
