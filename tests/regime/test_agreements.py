"""The base duty under the trade agreements other than CUSMA."""

from __future__ import annotations

import numpy as np
import pytest

from reciprocity.regime import duty
from reciprocity.regime.schedule import PROGRAMME_OF, schedule

EARLY = {"importer": "USA", "date": "2025-01-15"}


@pytest.mark.parametrize(
    ("exporter", "name", "rate"),
    [
        ("KOR", "FTA preference", 0.0),
        ("AUS", "FTA preference", 0.0),
        ("CAN", "USMCA preference", 0.0),
        ("DEU", "MFN base", 0.165),
    ],
)
def test_other_agreements_free_what_the_special_column_prints(exporter: str, name: str, rate: float) -> None:
    found = duty(exporter=exporter, hs="6109.10.00", facts={"preference_claimed": True}, **EARLY)
    assert found.rate == pytest.approx(rate)
    assert found.stack[0].measure == name


def test_a_cap_all_in_is_taken_on_the_base_under_the_agreement() -> None:
    """HTS heading 9903.02.80: goods of Korea under column 1, general or special, pay 15% in all."""
    shirt = {"importer": "USA", "exporter": "KOR", "hs": "6109.10.00", "date": "2025-12-01"}
    assert duty(**shirt, facts={"fta_claimed": True}).rate == pytest.approx(0.15)
    assert duty(**shirt).rate == pytest.approx(0.165)


def test_an_agreement_that_does_not_reach_a_line_is_flagged() -> None:
    found = duty(exporter="JPN", hs="6109.10.00", facts={"preference_claimed": True}, **EARLY)
    assert found.rate == pytest.approx(0.165)
    assert any("not printed free" in one for one in found.flags)


def test_a_claim_under_another_agreement_is_no_claim_of_cusma() -> None:
    """The surcharge spares goods of Canada and Mexico under general note 11, not of Korea under its own."""
    found = duty(importer="USA", exporter="KOR", hs="6109.10.00", date="2026-03-01", facts={"usmca_claimed": True})
    assert found.rate == pytest.approx(0.165 + 0.10)


def test_every_agreement_frees_thousands_of_lines_and_never_all() -> None:
    lines = schedule("USA")
    every = np.arange(len(lines))
    for exporter in PROGRAMME_OF:
        free = lines.free_under(exporter, every).sum()
        assert 300 < free < len(lines) - 1000, exporter
