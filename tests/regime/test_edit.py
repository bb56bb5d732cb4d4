"""A deal's edit, worked out on the kinds of goods its rows reach, is what the whole law worked out line by line is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from reciprocity.regime import Override, regime_on
from reciprocity.regime import settle as module
from reciprocity.regime.apply import Asked, asked_of, kinds_of, reaching
from reciprocity.regime.behaviour import average_facts, claim_share
from reciprocity.regime.override import KINDS, edit_law, lines_under, ordered
from reciprocity.regime.regime import Regime
from reciprocity.regime.resolve import Goods
from reciprocity.regime.schedule import schedule
from reciprocity.regime.settle import settle

DAYS = (date(2025, 10, 8), date(2026, 9, 29))
GOODS = (("72", "73"), ("76",), ("8703", "8704"), ("44",), ("27",), ("all",), ("STEEL",), ("7208", "85"))
PICKED = {
    "USA": (("us.232.steel", "us.232.metals"), ("us.232",), ("us.ieepa", "us.122"), ("all",), ("base", "all")),
    "CAN": (("ca.surtax",), ("all",), ("base", "all")),
}
RATED = frozenset({"set", "scale", "add", "total", "cap", "quota"})
THETA = 4.0


def a_row(draw: np.random.Generator, number: int, kind: str) -> Override:
    """One row of a kind, on some goods of one of the two, its numbers drawn."""
    importer, exporter = ("USA", "CAN") if draw.random() < 0.6 else ("CAN", "USA")
    many = PICKED[importer]
    measures = ("cusma",) if kind == "claim" else many[0] if kind == "suspend" else many[draw.integers(len(many))]
    numbers: dict[str, Any] = {"rate": float(draw.uniform(0, 0.5))} if kind in RATED else {}
    if kind in ("quota", "remission"):
        numbers["quota_share"] = float(draw.random())
    if kind == "content":
        numbers |= {"content": float(draw.random()), "origin": ("USA",), "rate": 0.2 if draw.random() < 0.5 else None}
    if kind == "claim":
        numbers["share"] = float(draw.random())
    goods = GOODS[draw.integers(len(GOODS))]
    return Override(f"c{number}", importer, exporter, goods, kind, measures, **numbers)  # type: ignore[arg-type]


def line_by_line(regime: Regime, importer: str, exporter: str) -> dict[str, np.ndarray]:
    """Revenue, flow and value by sector, every line settled for itself, claimed and not, under the law as edited."""
    asked = asked_of(regime.book, importer, exporter, on=regime.on, known=None)
    rows, held = reaching(asked, regime.overrides), asked.held
    law, share = edit_law(asked.book, asked.law, rows), _claimed(asked, rows)
    sums = {name: np.zeros(41) for name in ("value", "revenue", "flow")}
    for claims, part in ((True, share), (False, 1.0 - share)):
        lines = schedule(importer)
        facts = {**average_facts(asked.book, importer, exporter, asked.on, held.line), "usmca_claimed": claims}
        base = lines.base(exporter, held.line, claimed=claims)
        out = settle(asked.book, law, Goods(held.line, base, facts), rows)
        value = held.value * part
        for name, weight in (
            ("value", value),
            ("revenue", value * out.total * ~out.banned),
            ("flow", value * ~out.banned * (1.0 + out.total) ** -THETA),
        ):
            sums[name] += np.bincount(held.sector + 1, weight, minlength=41)
    return sums


def _claimed(asked: Asked, rows: tuple[Override, ...]) -> np.ndarray:
    """The part of each line's trade that claims the preference, with a deal's rows about it."""
    held = asked.held
    share = claim_share(held.importer, held.exporter, asked.on)[held.line]
    for one in rows:
        if one.kind == "claim":
            inside = lines_under(asked.book, held.importer, one.products, asked.on)[held.line]
            share = np.where(inside, one.share or 0.0, share)
    return share


def assert_equal_to_line_by_line(regime: Regime) -> None:
    rates = regime.sector_rates()
    for importer, exporter in (("USA", "CAN"), ("CAN", "USA")):
        sums = line_by_line(regime, importer, exporter)
        some = sums["value"][1:] > 0
        value = sums["value"][1:][some]
        flow = np.maximum(sums["flow"][1:][some] / value, 1e-300) ** (-1.0 / THETA) - 1.0
        rows = rates.pair(importer, exporter)
        assert len(rows) == some.sum()
        assert [one.value_musd for one in rows] == pytest.approx(value, rel=1e-12)
        assert [one.revenue_rate for one in rows] == pytest.approx(sums["revenue"][1:][some] / value, abs=1e-12)
        finite = np.array([np.isfinite(one.flow_equivalent_rate) for one in rows])
        told = np.array([one.flow_equivalent_rate for one in rows])
        assert told[finite] == pytest.approx(flow[finite], abs=1e-11)
        assert (sums["flow"][1:][some][~finite] == 0).all()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_each_kind(day: date, kind: str) -> None:
    draw = np.random.default_rng(KINDS.index(kind))
    for _ in range(3):
        assert_equal_to_line_by_line(regime_on(day).overlay([a_row(draw, 0, kind)]))


@pytest.mark.parametrize("seed", range(8))
def test_a_deal_of_a_dozen_rows(seed: int) -> None:
    draw = np.random.default_rng(100 + seed)
    rows = [a_row(draw, number, kind) for number, kind in enumerate(draw.permutation(KINDS))]
    assert_equal_to_line_by_line(regime_on(DAYS[seed % 2]).overlay(rows))


def test_a_number_moved_settles_again_only_what_the_rows_reach(monkeypatch) -> None:
    law = regime_on(DAYS[1])
    rows = [Override("a", "USA", "CAN", ("76",), "set", ("us.232",), rate=0.1),
            Override("b", "CAN", "USA", ("76",), "set", ("ca.surtax",), rate=0.1)]  # fmt: skip
    law.overlay(rows).sector_rates()
    settled: list[int] = []
    resolve = module.resolve

    def counted(law, goods, *rest):
        settled.append(len(goods))
        return resolve(law, goods, *rest)

    monkeypatch.setattr(module, "resolve", counted)
    law.overlay([replace(rows[0], rate=0.2), rows[1]]).sector_rates()
    assert len(settled) == 1  # one partner of one importer, claimed and not together
    whole = kinds_of(asked_of(law.book, "USA", "CAN", on=law.on, known=None))[1]
    assert settled[0] < len(whole) / 4


def test_rows_are_taken_in_the_order_of_the_law_and_not_as_written() -> None:
    draw = np.random.default_rng(7)
    rows = [a_row(draw, number, kind) for number, kind in enumerate(KINDS)]
    told = regime_on(DAYS[0]).overlay(rows).sector_rates()
    assert regime_on(DAYS[0]).overlay(ordered(rows)).sector_rates() == told
