"""Provinces and states: shares that add up, figures that others published, and names as people write them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from reciprocity.economy import area, areas_of, countries_with_areas, default
from reciprocity.errors import UnknownName


@pytest.mark.parametrize("country", ["CAN", "USA"])
def test_shares_of_every_sector_add_up(country):
    found = areas_of(country)
    assert found.sectors == default().sectors
    assert np.allclose(found.output_share.sum(axis=0), 1.0)
    assert (found.output_share >= 0).all()
    assert (found.jobs >= 0).all()


def test_provinces_have_the_output_statistics_canada_publishes():
    """Table 36-10-0402-01, 2021: motor vehicles and parts 12,400.3 million CAD, of which Ontario 10,249.8."""
    canada = areas_of("CAN")
    auto, oil = (canada.output_share[:, canada.sectors.index(one)] for one in ("AUTO", "OILGAS"))
    assert auto[canada.position("ON")] == pytest.approx(10249.8 / 12400.3, abs=1e-5)
    assert oil[canada.position("AB")] == pytest.approx(79268.7 / 107081.2, abs=1e-5)


def test_jobs_in_canada_are_the_labour_force_survey_s():
    """Table 14-10-0023-01, 2021: 18,964.1 thousand at work, 1,757.0 thousand of them in factories."""
    canada = areas_of("CAN")
    factories = slice(canada.sectors.index("FOOD"), canada.sectors.index("OTHMAN") + 1)
    assert canada.jobs.sum() == pytest.approx(18_964_100, abs=300)
    assert canada.jobs[:, factories].sum() == pytest.approx(1_757_000, abs=300)


@pytest.mark.shared
def test_states_have_the_jobs_the_source_has(shared):
    facts = {one["id"]: one["value"] for one in json.loads((shared / "facts_can_us.json").read_text())["facts"]}
    usa = areas_of("USA")
    metals = [usa.sectors.index(one) for one in ("STEEL", "ALUM", "NFM")]
    for state, jobs in facts["jobs_2020_primary_metals_331_top_states"].items():
        assert usa.jobs[usa.position(state), metals].sum() == pytest.approx(jobs, abs=2)
    for state, jobs in facts["jobs_2020_auto_top_states"].items():
        assert usa.jobs[usa.position(state), usa.sectors.index("AUTO")] == pytest.approx(jobs, abs=1)


def test_an_area_is_found_by_code_and_by_either_name():
    assert area("qc") == area("Québec") == area("Quebec")
    assert area("Ohio").country == "USA"
    assert countries_with_areas() == ("CAN", "USA")
    codes = [one.code for country in countries_with_areas() for one in areas_of(country).areas]
    assert len(set(codes)) == len(codes) == 63


def test_an_unknown_area_is_told_with_the_one_meant():
    with pytest.raises(UnknownName, match="Ontario"):
        area("Ontaro")
    with pytest.raises(UnknownName, match="CAN, USA"):
        areas_of("MEX")
