"""Weights of one's own in place of 2024 imports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reciprocity.errors import InputError
from reciprocity.regime import regime_on
from reciprocity.regime.own_weights import read_weights

LAW = regime_on(date(2025, 10, 8))


def written(folder: Path, *rows: str, head: str = "hs,value_musd") -> Path:
    path = folder / "weights.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_sector_is_weighted_by_the_file(tmp_path: Path) -> None:
    """Hot-rolled steel owes 50%, steel scrap nothing beyond the order: 3 to 1 is 37.5% on goods that all claim."""
    own = read_weights(written(tmp_path, "7208.10.15,300", "7207.11,100"), "USA", "CAN")
    found = LAW.sector_rates(own=own).pair("USA", "CAN")
    assert [(one.sector, round(one.value_musd)) for one in found] == [("STEEL", 400)]
    assert found[0].revenue_rate == pytest.approx(0.50)
    half = read_weights(written(tmp_path, "7208.10.15,300", "2601.11,100"), "USA", "CAN")
    rates = LAW.sector_rates(own=half)
    steel, ore = sorted((one.revenue_rate for one in rates.pair("USA", "CAN")), reverse=True)
    assert rates.total("USA", "CAN").revenue_rate == pytest.approx((300 * steel + 100 * ore) / 400)


def test_others_keep_the_package_weights(tmp_path: Path) -> None:
    own = read_weights(written(tmp_path, "72,300"), "USA", "CAN")
    assert LAW.sector_rates(own=own).pair("USA", "MEX") == LAW.sector_rates().pair("USA", "MEX")
    assert LAW.sector_rates(own=own).pair("CAN", "USA") == LAW.sector_rates().pair("CAN", "USA")


def test_a_short_code_is_spread_as_2024_trade_is(tmp_path: Path) -> None:
    whole = next(one for one in LAW.sector_rates().pair("USA", "CAN") if one.sector == "AUTO")
    own = read_weights(written(tmp_path, "8703,100"), "USA", "CAN")
    rates = LAW.sector_rates(own=own)
    found, outside = rates.pair("USA", "CAN"), [one for one in rates.unmapped if one.exporter == "CAN"]
    assert sum(one.value_musd for one in (*found, *outside) if one.importer == "USA") == pytest.approx(100)
    assert found[0].baseline_rate == pytest.approx(whole.baseline_rate, abs=2e-3)


def test_every_fault_of_a_file_comes_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, "72081,1,", "7208,-1,", "7208,ten,", "7208,1,Canadda", "9999999999,2,", head="hs,value_musd,exporter"
    )
    with pytest.raises(InputError) as told:
        read_weights(path, "USA", "CAN")
    said = str(told.value)
    for words in (
        "line 2, hs: '72081'",
        "line 3, value_musd: -1",
        "line 4, value_musd: 'ten'",
        "line 5, exporter",
        "line 6, hs",
    ):
        assert words in said, words


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "It needs hs"), ("hs,usd\n72,1\n", "hs and value_musd"), ("hs,value_musd\n", "holds no trade")],
)
def test_a_file_that_is_no_table_is_one_clear_message(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "weights.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_weights(path, "USA", "CAN")


def test_a_region_of_many_countries_needs_them_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="many countries"):
        read_weights(written(tmp_path, "72,1"), "USA", "ROW")
    own = read_weights(written(tmp_path, "72,1,KWT", "72,1,PAK", head="hs,value_musd,exporter"), "USA", "ROW")
    assert {one.exporter for one in own} == {"KWT", "PAK"}
