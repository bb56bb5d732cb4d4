"""The engine against the walk: the same duty and the same measures on random shipments."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from reciprocity.regime import duty
from reciprocity.regime.book import shipped_book
from reciprocity.regime.schedule import schedule
from regime.walk import Walk

DAYS = [date(2025, 1, 15), date(2025, 2, 2), *(date(2025, 3, 3) + timedelta(days=n) for n in range(0, 580, 7))]
EXPORTERS = ["CAN", "CAN", "CAN", "MEX", "CHN", "GBR", "EU27", "JPN", "KOR", "CHE", "BRA", "IND", "RUS", "VNM", "TWN"]


@pytest.fixture(scope="module")
def walk() -> Walk:
    return Walk(shipped_book())


def _facts(roll: random.Random, exporter: str) -> dict:
    facts: dict = {"usmca_claimed": roll.random() < 0.5 and exporter in ("CAN", "MEX", "USA")}
    if roll.random() < 0.6:
        steel = round(roll.random(), 2)
        facts["metal_share"] = {"steel": steel, "aluminum": round((1 - steel) * roll.random(), 2), "copper": 0.0}
    if roll.random() < 0.4:
        facts["us_content"] = round(roll.random(), 2)
        facts["us_content_approved"] = roll.random() < 0.7
    if roll.random() < 0.3:
        facts["us_metal_weight_share"] = round(roll.random(), 2)
    if roll.random() < 0.3:
        facts["metal_weight_share"] = round(roll.random(), 2)
    if roll.random() < 0.3:
        facts["non_ca_mx_content"] = round(roll.random(), 2)
    for name in ("knock_down_kit", "civil_aircraft", "in_quota", "packaged", "in_remission_quota"):
        if roll.random() < 0.2:
            facts[name] = True
    return facts


def _named_codes(book) -> list[str]:
    """Codes some row speaks of: where the law is busy."""
    lines = schedule("USA")
    text = [f"{one:010d}" for one in lines.code]
    busy = ("72", "73", "76", "74", "84", "85", "87", "94", "44", "22", "04", "27", "30", "31", "88", "28")
    return [code for code in text if code.startswith(busy)]


@pytest.mark.parametrize("seed", range(6))
def test_the_engine_is_the_walk_on_random_shipments(walk: Walk, seed: int) -> None:
    roll = random.Random(seed)  # noqa: S311 - shipments, not secrets
    lines, busy = schedule("USA"), _named_codes(walk.book)
    for _ in range(150):
        importer = "USA" if roll.random() < 0.8 else "CAN"
        exporter = roll.choice(EXPORTERS) if importer == "USA" else roll.choice(["USA", "USA", "CHN", "EU27", "VNM"])
        code = roll.choice(busy) if roll.random() < 0.8 else f"{roll.choice(lines.code.tolist()):010d}"
        on = roll.choice(DAYS)
        known = None if roll.random() < 0.6 else on + timedelta(days=roll.randint(-60, 200))
        facts = _facts(roll, exporter)
        if importer == "CAN":
            code = code[:6] + "0000"
            where = np.searchsorted(schedule("CAN").code, int(code))
            if where >= len(schedule("CAN").code) or schedule("CAN").code[where] != int(code):
                continue
            base = 0.0
        else:
            where = int(np.searchsorted(lines.code, int(code)))
            base = float(lines.base(exporter, np.array([where]), claimed=facts["usmca_claimed"])[0])
        hs = code if importer == "USA" else code[:6]
        found = duty(importer=importer, exporter=exporter, hs=hs, date=on, known=known, facts=facts)
        rate, ids = walk.duty(importer=importer, exporter=exporter, code=hs, on=on, known=known, facts=facts, base=base)
        said = f"{importer} <- {exporter} {hs} {on} known {known} {facts}"
        assert found.rate == pytest.approx(rate, abs=1e-9), said
        assert {one.id for one in found.stack if one.applies and one.contribution > 0 and one.slot != "base"} == ids, (
            said
        )
