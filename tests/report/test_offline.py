"""The one-file page: a real browser solves what Python solves, asks for nothing, and says so itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date

import numpy as np
import pytest

from reciprocity import flow
from reciprocity.errors import InputError
from reciprocity.model import solve
from reciprocity.report import offline
from reciprocity.report.offline.payload import payload, under_law

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=10000",
    "--dump-dom",
]


@pytest.fixture(scope="module")
def valuation():
    return flow.value("cusma_as_written", on=date(2025, 10, 8), horizons=("long",))


def opened(page: str, folder) -> str:
    """The page as the browser has it once its script has run."""
    if CHROMIUM is None:
        pytest.skip("needs chromium, which is not here")
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def exact(dom: str) -> list[float]:
    return [float(number) for number in re.findall(r'data-exact="([^"]+)"', dom)]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_browser_agrees_with_python_on_the_deal(valuation, tmp_path, language):
    dom = opened(offline.html(valuation, language=language), tmp_path)
    told = valuation.to_dict()["sides"]
    gap = float(re.search(r'data-gap="([^"]+)"', dom)[1])
    assert gap < 1e-6
    assert 'class="agrees"' in dom
    assert exact(dom) == pytest.approx([side["real_income_change"] for side in told.values()], abs=1e-6)


@pytest.mark.browser
@pytest.mark.parametrize("share", [0.0, 0.4])
def test_the_browser_agrees_with_python_on_part_of_the_deal(valuation, tmp_path, share):
    page = re.sub(r"<meta http-equiv[^>]*>", "", offline.html(valuation))
    dom = opened(page.replace("settingsAt(data, 1)", f"settingsAt(data, {share})"), tmp_path)
    before = valuation.outcomes["long"].before
    base = under_law(before)
    tariff, iceberg = base.tariff.copy(), np.ones_like(base.tariff)
    for lever in payload(valuation)["levers"]:
        assert lever["kind"] == "rate"
        (t0, t1), (f0, f1), cell = lever["collected"], lever["felt"], tuple(lever["cell"])
        tariff[cell] = t0 + share * (t1 - t0)
        iceberg[cell] = (1 + f0 + share * (f1 - f0)) / (1 + f0) * (1 + t0) / (1 + tariff[cell])
    change = solve(base, tariff=tariff, iceberg_hat=iceberg).welfare_hat - 1.0
    asked = [change[base.regions.index(side)] for side in valuation.deal.sides]
    assert exact(dom) == pytest.approx(asked, abs=1e-9)


DEAL = """
title = "A ban, a pledge and a route"
sides = ["CAN", "USA"]
[[clause]]
id = "ban"
kind = "ban"
importer = "USA"
exporter = "CAN"
sector = "STEEL"
statement = "made up"
source = "made up"
[[clause]]
id = "pledge"
kind = "investment"
investor = "CAN"
host = "USA"
amount_busd = 70
years = 5
statement = "made up"
source = "made up"
[[clause]]
id = "route"
kind = "trade_cost"
importer = "CAN"
exporter = "USA"
sector = "AUTO"
change = -0.02
statement = "made up"
source = "made up"
"""


@pytest.mark.browser
def test_the_browser_agrees_on_bans_capital_and_routes(tmp_path):
    file = tmp_path / "deal.toml"
    file.write_text(DEAL, encoding="utf-8")
    valuation = flow.value(file, on=date(2025, 10, 8), horizons=("long",))
    dom = opened(offline.html(valuation), tmp_path)
    assert {lever["kind"] for lever in payload(valuation)["levers"]} == {"rate", "ban", "cost", "capital"}
    assert float(re.search(r'data-gap="([^"]+)"', dom)[1]) < 1e-6


def test_the_page_asks_for_nothing(valuation):
    page = offline.html(valuation)
    assert "default-src &#x27;none&#x27;" in page
    assert not re.search(r'(?:src|href)="(?!#)', page.replace("https://", ""))
    assert len(page) < 3_000_000


def test_the_law_under_the_deal_is_an_exact_base(valuation):
    before = valuation.outcomes["long"].before
    again = solve(under_law(before))
    assert np.abs(again.welfare_hat - 1.0).max() < 1e-12


def test_what_people_wrote_cannot_end_the_script(valuation):
    from dataclasses import replace

    deal = valuation.deal.model_copy(update={"title": "</script><script>alert(1)</script>"})
    page = offline.html(replace(valuation, deal=deal))
    assert "<script>alert" not in page
    assert page.count("<script") == 2


def test_the_long_run_is_needed():
    short = flow.value("metals_for_energy", on=date(2025, 10, 8), horizons=("1y",))
    with pytest.raises(InputError, match="long run was not solved"):
        offline.html(short)
