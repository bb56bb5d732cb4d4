"""The engine against the walk: the same duty and the same measures on random shipments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from reciprocity.regime import Override, duty
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


@dataclass(frozen=True)
class Question:
    """A random shipment, as both are asked."""

    importer: str
    exporter: str
    code: str
    on: date
    known: date | None
    facts: dict
    base: float


def _questions(walk: Walk, roll: random.Random, count: int) -> Iterator[Question]:
    lines, busy, canada = schedule("USA"), _named_codes(walk.book), schedule("CAN").code
    for _ in range(count):
        importer = "USA" if roll.random() < 0.8 else "CAN"
        exporter = roll.choice(EXPORTERS) if importer == "USA" else roll.choice(["USA", "USA", "CHN", "EU27", "VNM"])
        code = roll.choice(busy) if roll.random() < 0.8 else f"{roll.choice(lines.code.tolist()):010d}"
        on = roll.choice(DAYS)
        known = None if roll.random() < 0.6 else on + timedelta(days=roll.randint(-60, 200))
        facts = _facts(roll, exporter)
        base = 0.0
        if importer == "USA":
            where = np.searchsorted(lines.code, [int(code)])
            base = float(lines.base(exporter, where, claimed=facts["usmca_claimed"])[0])
        elif int(code[:6]) * 10_000 not in canada:
            continue
        yield Question(importer, exporter, code if importer == "USA" else code[:6], on, known, facts, base)


@pytest.mark.parametrize("seed", range(6))
def test_the_engine_is_the_walk_on_random_shipments(walk: Walk, seed: int) -> None:
    for one in _questions(walk, random.Random(seed), 150):  # noqa: S311 - shipments, not secrets
        asked = {"importer": one.importer, "exporter": one.exporter, "known": one.known, "facts": one.facts}
        found = duty(hs=one.code, date=one.on, **asked)
        rate, ids = walk.duty(code=one.code, on=one.on, base=one.base, **asked)
        assert found.rate == pytest.approx(rate, abs=1e-9), one
        taking = {row.id for row in found.stack if row.applies and row.contribution > 0 and row.slot != "base"}
        assert taking == ids, one


def _deal(roll: random.Random, one: Question) -> Override:
    """A row of a deal that may reach the shipment."""
    products = roll.choice([("all",), ("all",), (one.code[:2],), (one.code[:4], "0402"), ("9999",)])
    slots = {"USA": ("us.232", "us.232", "us.ieepa", "us.122"), "CAN": ("ca.surtax", "ca.surtax.metals")}
    measures = (roll.choice(slots[one.importer]),)
    kinds = ["set", "set", "set", "scale", "free", "suspend", "add", "cap", "total", "remission", "prohibit"]
    kind = roll.choice(kinds)
    everything = kind in ("add", "prohibit") or (kind in ("set", "cap", "remission", "total") and roll.random() < 0.4)
    return Override(
        "x", one.importer, one.exporter, products, kind, ("all",) if everything else measures,
        rate=round(roll.random() / 2, 3), quota_share=round(roll.random(), 2) if kind == "remission" else None,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_the_engine_is_the_walk_with_a_row_of_a_deal_over_the_law(walk: Walk, seed: int) -> None:
    roll, moved = random.Random(100 + seed), 0  # noqa: S311 - shipments, not secrets
    for one in _questions(walk, roll, 120):
        row = _deal(roll, one)
        asked = {"importer": one.importer, "exporter": one.exporter, "known": one.known, "facts": one.facts}
        law = duty(hs=one.code, date=one.on, **asked).rate
        found = duty(hs=one.code, date=one.on, overrides=[row], **asked).rate
        rate, _ = walk.duty(code=one.code, on=one.on, base=one.base, deal=row, **asked)
        assert found == pytest.approx(rate, abs=1e-9), (one, row)
        moved += found != law
    assert moved > 20
