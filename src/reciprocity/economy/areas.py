"""Provinces and states: where each sector's output and jobs are. Fixed shares, an estimate told with every number."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np

from reciprocity.economy.economy import Array
from reciprocity.economy.elasticities import DATA, sources
from reciprocity.errors import Fault, UnknownName, did_you_mean

_HEAD = 5  # columns before the sectors


@dataclass(frozen=True, slots=True)
class Area:
    """A province, territory or state.

    Attributes:
        country: region code it belongs to.
        code: postal code; no two areas share one.
        en, fr: its name.
    """

    country: str
    code: str
    en: str
    fr: str


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """The areas of one country, and what is made in each.

    Attributes:
        areas: along the first axis.
        sectors: codes along the second axis.
        output_share: of the country's output of a sector, fixed (area, sector); sums to 1 over areas.
        jobs: persons at work (area, sector).
    """

    areas: tuple[Area, ...]
    sectors: tuple[str, ...]
    output_share: Array
    jobs: Array

    @property
    def job_moves(self) -> Array:
        """Persons an area gains for a sector's labour growing by its whole size (area, sector); sums to 0 over areas.

        Work in a sector grows everywhere by the same part. Pay differs, so persons would not add up to those there
        are; the rest is spread over all areas by their jobs: the model moves jobs and makes none.
        """
        rest = self.jobs.sum(axis=1, keepdims=True) / self.jobs.sum()
        return self.jobs - rest * self.jobs.sum(axis=0)

    def position(self, code: str) -> int:
        """Where an area stands. Raises UnknownName."""
        codes = [one.code for one in self.areas]
        if code not in codes:
            raise UnknownName(_unknown(code, self.areas))
        return codes.index(code)


def countries_with_areas() -> tuple[str, ...]:
    """The countries whose areas are known."""
    return tuple(dict.fromkeys(row[0] for row in _rows()[1:]))


@cache
def areas_of(country: str) -> Areas:
    """The areas of a country. Raises UnknownName where none are known."""
    head, *rows = _rows()
    mine = [row for row in rows if row[0] == country]
    if not mine:
        seen, known = f"{country} has no provinces or states here", ", ".join(countries_with_areas())
        raise UnknownName(Fault("areas", seen, f"Countries that do are {known}"))
    values = {measure: np.array([[float(cell) for cell in row[_HEAD:]] for row in mine if row[4] == measure])
              for measure in ("output_share", "jobs")}  # fmt: skip
    found = tuple(Area(*row[:4]) for row in mine if row[4] == "jobs")
    share = values["output_share"] / values["output_share"].sum(axis=0)
    return Areas(found, tuple(head[_HEAD:]), share, values["jobs"])


def area(name: str) -> Area:
    """An area by its postal code, or its English or French name. Raises UnknownName."""
    known = [one for country in countries_with_areas() for one in areas_of(country).areas]
    folded = name.strip().casefold()
    for one in known:
        if folded in {one.code.casefold(), one.en.casefold(), one.fr.casefold()}:
            return one
    raise UnknownName(_unknown(name, known))


def area_notes() -> list[str]:
    """What a reader must see beside numbers by area: that they are estimates, from what, and how."""
    facts = sources()["areas"]
    return [facts["method"], *facts["estimated"], f"Source: {facts['citation']}"]


def _unknown(name: str, known: tuple[Area, ...] | list[Area]) -> Fault:
    names = {one.en: one.code for one in known} | {one.fr: one.code for one in known}
    guess = did_you_mean(name, [*names, *names.values()])
    remedy = guess or "Write a postal code, as QC or OH"
    return Fault("area", f"'{name}' is not a province or state here", remedy=remedy)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    with DATA.joinpath("areas.csv").open(encoding="utf-8") as file:
        return tuple(tuple(row) for row in csv.reader(file))
