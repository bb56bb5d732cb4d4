"""What a deal does to each province and state: a country's sectors shared out by fixed shares, an estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from reciprocity.economy.areas import Area, area_notes, areas_of, countries_with_areas
from reciprocity.model import effective_labour_hat
from reciprocity.results.outcome import Outcome

SECTORS_TOLD = 3
"""Sectors named with an area: those that move its output most."""


@dataclass(frozen=True, slots=True)
class AreaOutcome:
    """What the deal does to one province or state, against the law on the day: an estimate by fixed shares.

    Attributes:
        country: code of the country it belongs to.
        code: postal code.
        en, fr: its name.
        jobs: persons at work there under the law on the day: those of the source's year, moved with the model.
        jobs_change: persons; the model moves workers between sectors and makes no jobs: a country's sum is zero. So is
            each area's at one year, where workers stay in their sector.
        jobs_percent: the same as a fraction of `jobs`.
        output_musd: output there under the law on the day, million USD a year at base-year prices.
        output_change_musd: change of the quantity made, at the same prices.
        output_percent: the same as a fraction of `output_musd`.
        largest: the sectors that move its output most, with their change in million USD, largest move first.
    """

    country: str
    code: str
    en: str
    fr: str
    jobs: float
    jobs_change: float
    jobs_percent: float
    output_musd: float
    output_change_musd: float
    output_percent: float
    largest: tuple[tuple[str, float], ...]


def by_area(outcome: Outcome, country: str) -> tuple[AreaOutcome, ...]:
    """Every province or state of a country, the largest gain of output first.

    Args:
        outcome: of a deal.
        country: ``CAN`` or ``USA``.

    Raises:
        UnknownName: a country whose areas are not known.
    """
    where = areas_of(country)
    rows = {one.sector: one for one in outcome.sectors if one.country == country}
    sectors = [rows[code] for code in where.sectors]
    k = outcome.before.economy.regions.index(country)
    employed = effective_labour_hat(outcome.before)[k], effective_labour_hat(outcome.after)[k]
    held = where.jobs.sum(axis=1) + where.job_moves @ (employed[0] - 1.0)
    jobs = where.job_moves @ (employed[1] - employed[0])
    made = where.output_share * np.array([one.output_musd for one in sectors])
    moved = where.output_share * np.array([one.output_change_musd for one in sectors])
    found = []
    for k, area in enumerate(where.areas):
        order = np.argsort(-np.abs(moved[k]))[:SECTORS_TOLD]
        found.append(
            AreaOutcome(
                **_named(area),
                jobs=float(held[k]),
                jobs_change=float(jobs[k]),
                jobs_percent=float(jobs[k] / held[k]),
                output_musd=float(made[k].sum()),
                output_change_musd=float(moved[k].sum()),
                output_percent=float(moved[k].sum() / made[k].sum()),
                largest=tuple((where.sectors[j], float(moved[k, j])) for j in order if moved[k, j] != 0.0),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.output_change_musd))


def regions_block(outcome: Outcome, sides: Sequence[str], horizon: str) -> dict[str, Any]:
    """The areas of every side that has them, as JSON has them, with what is estimated."""
    told = [code for code in sides if code in countries_with_areas()]
    return {
        "horizon": horizon,
        "estimate": True,
        "unit": "jobs: persons; output: million USD a year at base-year prices; percent: a fraction; + is a gain",
        "countries": {code: [asdict(one) for one in by_area(outcome, code)] for code in told},
        "notes": area_notes(),
    }


def _named(area: Area) -> dict[str, str]:
    return {"country": area.country, "code": area.code, "en": area.en, "fr": area.fr}
