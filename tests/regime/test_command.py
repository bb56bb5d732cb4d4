"""`reciprocity regime`: what each verb prints, and what it says of a wrong question."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reciprocity", "regime", *words],
        capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "COLUMNS": "80"},
    )  # fmt: skip


def test_sectors_in_json_have_totals_and_a_row_a_sector() -> None:
    found = json.loads(
        run("sectors", "--importer", "united states", "--exporter", "Canada", "--on", "2025-10-08", "--json").stdout
    )
    assert (found["importer"], found["exporter"]) == ("USA", "CAN")
    assert 0.04 < found["total"]["revenue_rate"] < 0.12
    assert found["total"]["flow_equivalent_rate"] < found["total"]["revenue_rate"]
    sectors = {one["sector"]: one for one in found["sectors"]}
    assert sectors["STEEL"]["revenue_rate"] > 0.4
    assert sectors["STEEL"]["measures"]
    assert found["unmapped"][0]["value_musd"] > 1000
    parts = [*found["sectors"], *found["unmapped"]]
    whole = sum(one["value_musd"] for one in parts)
    assert whole == pytest.approx(411_694, rel=1e-3)
    assert found["total"]["value_musd"] == pytest.approx(whole)
    taken = sum(one["value_musd"] * one["revenue_rate"] for one in parts)
    assert found["total"]["revenue_rate"] == pytest.approx(taken / whole)
    assert found["in_sectors"]["value_musd"] == pytest.approx(whole - found["unmapped"][0]["value_musd"])


def test_both_directions_without_a_side() -> None:
    found = json.loads(run("sectors", "--on", "2025-10-08", "--json").stdout)
    assert [(one["importer"], one["exporter"]) for one in found["directions"]] == [("USA", "CAN"), ("CAN", "USA")]


def test_rate_explains_each_measure_with_its_clause() -> None:
    found = run("rate", "7208.10", "--on", "2025-10-08", "--explain", "--fact", "usmca_claimed=true")
    assert "50.00%" in found.stdout
    assert "an additional 50 percent *ad valorem*" in " ".join(found.stdout.split())
    assert max(map(len, found.stdout.splitlines())) <= 80
    as_json = json.loads(run("rate", "7208.10", "--on", "2025-10-08", "--fact", "usmca_claimed=true", "--json").stdout)
    assert as_json["rate"] == 0.5
    assert {one["id"] for one in as_json["stack"]} >= {"base.mfn", "us.232.steel.2025-06-04"}


def test_diff_tells_in_words_what_began_and_ended() -> None:
    found = run("diff", "2025-06-03", "2025-06-04", "--importer", "USA", "--exporter", "CAN")
    assert "rises" in found.stdout
    assert "begins at 50.00%" in " ".join(found.stdout.split())
    assert "us.ieepa.canada gives way to us.232.aluminum" in " ".join(found.stdout.split())
    assert "ends" in found.stdout
    table = json.loads(run("diff", "2025-06-03", "2025-06-04", "--json").stdout)
    assert table["total"]["after"] > table["total"]["before"]


def test_diff_of_law_and_deal() -> None:
    table = json.loads(run("diff", "2025-10-08", "--deal", "metals_for_energy", "--json").stdout)
    assert table["total"]["after"] < table["total"]["before"]
    assert any(one["programme"] == "deal" for one in table["measures"])


def test_diff_of_two_deals_and_of_one_day_as_known_on_two() -> None:
    deals = ("--first-deal", "cusma_lapses", "--deal", "metals_for_energy")
    table = json.loads(run("diff", "2025-10-08", *deals, "--json").stdout)
    assert {one["what"] for one in table["measures"] if one["programme"] == "deal"} == {"begins", "ends"}
    known = ("--first-known", "2026-08-10", "--known", "2026-08-20")
    table = json.loads(run("diff", "2026-08-20", *known, "--json").stdout)
    assert any(one["id"] == "us.338.alcohol.as-signed" and one["what"] == "ends" for one in table["measures"])
    assert table["total"]["after"] < table["total"]["before"]


def test_a_ban_is_in_the_table_though_nothing_is_collected(tmp_path: Path) -> None:
    path = tmp_path / "ban.toml"
    path.write_text(
        """
        title = "A ban"
        sides = ["CAN", "USA"]
        [[clause]]
        id = "spirits"
        kind = "ban"
        importer = "CAN"
        exporter = "USA"
        products = ["2208"]
        statement = "none"
        source = "a test"
        """,
        encoding="utf-8",
    )
    found = run("diff", "2025-10-08", "--importer", "CAN", "--deal", str(path))
    assert "FOOD" in found.stdout


def test_claims_of_another_day_and_own_weights_and_slopes(tmp_path: Path) -> None:
    pair = ("sectors", "--importer", "USA", "--exporter", "CAN", "--on", "2025-05-05", "--json")
    own = json.loads(run(*pair).stdout)
    july = json.loads(run(*pair, "--claims-on", "2025-07-15").stdout)
    assert (own["claims_on"], july["claims_on"]) == ("2025-05-05", "2025-07-15")
    assert july["total"]["revenue_rate"] == pytest.approx(own["published"]["ours_on_their_claims"])
    assert own["total"]["revenue_rate"] == pytest.approx(own["published"]["ours"])
    assert {one["programme"] for one in own["published"]["gaps"]} == {"claims", "metals"}
    path = tmp_path / "weights.csv"
    path.write_text("hs,value_musd\n7208.10.15,100\n", encoding="utf-8")
    mine = json.loads(run(*pair, "--weights", str(path)).stdout)
    assert mine["weights"] == "own weights, weights.csv"
    assert mine["published"] is None
    assert [one["sector"] for one in mine["sectors"]] == ["STEEL"]
    words = ("--deal", "metals_for_energy", "--slope", "steel")
    sloped = json.loads(run("sectors", "--importer", "USA", "--on", "2025-10-08", *words, "--json").stdout)
    assert {one["sector"] for one in sloped["slopes"] if one["revenue_rate"] > 0.3} >= {"STEEL"}


def test_published_rates_are_told_with_the_reason() -> None:
    found = run("published")
    assert max(map(len, found.stdout.splitlines())) <= 80
    assert "us.ieepa.canada.2025-03-04" in found.stdout
    table = json.loads(run("published", "--json").stdout)
    assert table["source"]["licence"] == "MIT"
    assert len(table["comparisons"]) == 23
    assert all(
        gap["right"] for one in table["comparisons"] for gap in one["gaps"] if abs(gap["theirs"] - gap["ours"]) > 0.005
    )


@pytest.mark.parametrize("words", [("show", "--on", "2026-09-29"), ("sectors", "--on", "2026-09-29")])
def test_tables_fit_a_terminal(words: tuple[str, ...]) -> None:
    assert max(map(len, run(*words).stdout.splitlines())) <= 80


def test_show_lists_measures_by_programme() -> None:
    found = json.loads(run("show", "--on", "2025-10-08", "--known", "2025-10-08", "--json").stdout)
    assert any(one["programme"] == "us.232.autos" for one in found["measures"])
    assert found["known"] == "2025-10-08"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rate", "72081", "--on", "2025-10-08"), "is not an HS code"),
        (("rate", "7208.99", "--on", "2025-10-08"), "not in the schedule"),
        (("rate", "7208.10", "--on", "yesterday"), "is not a day"),
        (("rate", "7208.10"), "--on: is missing"),
        (("rate", "7208.10", "--on", "2025-10-08", "--exporter", "Canadia"), "Did you mean"),
        (("sectors", "--importer", "FRA", "--on", "2025-10-08"), "Allowed: USA, CAN"),
        (("rate", "7208.10", "--on", "2025-10-08", "--fact", "usmca_claimd=true"), "Did you mean 'usmca_claimed'"),
        (("rate", "7208.10", "--on", "2025-10-08", "--fact", "usmca_claimed"), "is not name=value"),
        (("check", "nowhere.toml"), "cannot be read"),
        (("diff", "2025-10-08"), "one day with itself"),
        (("sectors", "--on", "2025-10-08", "--weights", "w.csv"), "Give --importer and --exporter"),
        (("sectors", "--on", "2025-10-08", "--claims-on", "july"), "--claims-on: 'july' is not a day"),
        (("rate", "2402.10", "--on", "2025-10-08", "--fact", "quantity.kg=5"), "is missing beside a quantity"),
    ],
)
def test_a_wrong_question_is_one_clear_message(words: tuple[str, ...], said: str) -> None:
    found = run(*words)
    assert found.returncode == 2
    assert said in found.stderr
    assert "Traceback" not in found.stderr


def test_check_passes_on_the_shipped_book() -> None:
    assert "no fault" in run("check").stdout


def test_the_verb_starts_without_the_model() -> None:
    heavy = "{'scipy', 'pandas', 'pydantic'}"
    code = f"import sys, reciprocity.cli.regime, reciprocity.regime.regime; print({heavy} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "set()"
