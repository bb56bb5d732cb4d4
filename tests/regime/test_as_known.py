"""The law as known on a day runs on as it then stood, whatever later acts made of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from reciprocity.regime import duty
from reciprocity.regime.book import shipped_book
from reciprocity.regime.panel import panel

CLAIMED = {"usmca_claimed": True}
NOT = {"usmca_claimed": False}
PARTNERS = ("CAN", "MEX", "DEU", "GBR", "JPN", "CHN", "IND", "BRA")
STILL = [
    # known on, a day before and a day on which only an act not known then changed the law: that act
    ("2025-02-09", "2025-03-11", "2025-03-13"),  # Proclamations 10895 and 10896
    ("2025-04-01", "2025-04-03", "2025-04-05"),  # cans and beer; Executive Order 14257
    ("2025-06-02", "2025-06-03", "2025-06-05"),  # Proclamation 10947
    ("2025-08-10", "2025-08-17", "2025-08-19"),  # the inclusions of 15 August
    ("2025-09-04", "2025-09-07", "2025-09-09"),  # Executive Order 14346
    ("2025-09-28", "2025-10-13", "2025-10-15"),  # Proclamation 10976
    ("2025-10-16", "2025-10-31", "2025-11-02"),  # Proclamation 10984
    ("2025-11-12", "2025-11-12", "2025-11-15"),  # the order of 14 November on farm goods
    ("2026-02-19", "2026-02-19", "2026-02-25"),  # the end of the emergency duties, and the surcharge
    ("2026-04-01", "2026-04-05", "2026-04-07"),  # Proclamation 11021
    ("2026-05-31", "2026-06-07", "2026-06-09"),  # Proclamation 11032
    ("2026-07-19", "2026-08-21", "2026-08-23"),  # Proclamations 11046 to 11048
    ("2026-09-07", "2026-09-14", "2026-09-16"),  # Proclamations 11064 and 11065
    ("2026-09-07", "2026-09-16", "2026-09-28"),
]


@pytest.mark.parametrize("facts", [NOT, CLAIMED, {"metal_share": {"steel": 0.3, "aluminum": 0.2, "copper": 0.1}}])
@pytest.mark.parametrize(("known", "before", "after"), STILL)
def test_nothing_moves_where_nothing_known_begins_or_ends(known: str, before: str, after: str, facts: dict) -> None:
    day = date.fromisoformat
    first, then = (
        panel(shipped_book(), "USA", PARTNERS, on=day(on), known=day(known), facts=facts).rates()
        for on in (before, after)
    )
    np.testing.assert_array_equal(first, then)


@pytest.mark.parametrize(
    ("hs", "day", "known", "facts", "rate"),
    [
        # 'are modified to increase the respective tariff rates from an additional 25 percent ... to an additional 50
        # percent' (Proclamation 10947 clause 1), with no end until Proclamation 11021 of 2 April 2026
        ("7208.10.15", "2026-05-01", "2026-04-01", CLAIMED, 0.50),
        ("7208.10.15", "2026-05-01", "2026-04-02", CLAIMED, 0.50),
        ("7326.90.86", "2026-05-01", "2026-04-01", CLAIMED | {"metal_share": {"steel": 0.8}}, 0.40),
        # 10962 clause 1: 'shall continue in effect, unless such action is expressly reduced, modified, or terminated'
        ("7408.11.60", "2026-05-01", "2026-04-01", CLAIMED | {"metal_share": {"copper": 0.95}}, 0.475),
        ("7408.11.60", "2026-05-01", "2026-04-02", CLAIMED | {"metal_share": {"copper": 0.95}}, 0.50),
        # potash stays at 10% until the order of 20 February 2026 is known
        ("3104.20.00", "2026-03-01", "2026-02-19", NOT, 0.10),
        ("3104.20.00", "2026-03-01", "2026-02-20", NOT, 0.0),
        # condensed milk in its cans: one of the codes the notice of 15 August 2025 adds
        ("0402.99.68", "2025-08-20", "2025-08-14", CLAIMED | {"metal_share": {"steel": 0.2}}, 0.0),
        ("0402.99.68", "2025-08-20", "2025-08-15", CLAIMED | {"metal_share": {"steel": 0.2}}, 0.10),
        ("2203.00.00", "2025-04-10", "2025-04-01", CLAIMED, 0.0),
        ("2203.00.00", "2025-04-10", "2025-04-02", CLAIMED, 0.25),
    ],
)
def test_a_list_changes_when_its_change_is_known(hs: str, day: str, known: str, facts: dict, rate: float) -> None:
    found = duty(importer="USA", exporter="CAN", hs=hs, date=day, known=known, facts=facts)
    assert found.rate == pytest.approx(rate, abs=1e-12)
