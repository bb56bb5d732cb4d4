"""What a deal does to provinces and states: the country's own change, shared out and adding up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from reciprocity import flow
from reciprocity.cli.root import build
from reciprocity.results import by_area


@pytest.fixture(scope="module")
def outcome():
    return flow.value("metals_for_energy", on=date(2025, 10, 8), horizons=("long",)).outcome


@pytest.mark.parametrize("country", ["CAN", "USA"])
def test_areas_add_up_to_the_country(outcome, country):
    found, sectors = by_area(outcome, country), outcome.sectors_of(country)
    assert sum(one.output_musd for one in found) == pytest.approx(sum(one.output_musd for one in sectors))
    change = sum(one.output_change_musd for one in sectors)
    assert sum(one.output_change_musd for one in found) == pytest.approx(change, rel=1e-9)
    assert [one.output_change_musd for one in found] == sorted((o.output_change_musd for o in found), reverse=True)


def test_jobs_are_moved_and_not_made(outcome):
    found = by_area(outcome, "CAN")
    assert abs(sum(one.jobs_change for one in found)) < 1.0
    assert sum(one.jobs for one in found) == pytest.approx(18_964_100, abs=300)
    assert {one.code: one.jobs_change > 0 for one in found}["QC"]


def test_aluminum_moves_quebec_and_oil_moves_alberta(outcome):
    found = {one.code: one for one in by_area(outcome, "CAN")}
    assert "ALUM" in dict(found["QC"].largest)
    assert "OILGAS" in dict(found["AB"].largest)
    assert found["QC"].fr == "Québec"


def test_the_command_tells_them_as_estimates(capsys):
    line = ["value", "metals_for_energy", "--on", "2025-10-08", "--horizon", "long", "--regions"]
    build()(line, standalone_mode=False)
    shown = capsys.readouterr().out
    assert "estimates by fixed shares" in shown
    assert "Note: An estimate: every province and state keeps" in shown
    build()([*line, "--json"], standalone_mode=False)
    block = json.loads(capsys.readouterr().out)["regions"]
    assert {len(areas) for areas in block["countries"].values()} == {13, 50}
    assert block["estimate"] is True
