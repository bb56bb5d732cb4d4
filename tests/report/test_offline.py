"""The one-file page: a real browser solves what Python solves, asks for nothing, and says so itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from html import unescape

import numpy as np
import pytest

from reciprocity import flow
from reciprocity.errors import InputError
from reciprocity.model import solve
from reciprocity.report import numbers, offline
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
    return flow.value("cusma_as_written", on=date(2025, 10, 8), horizons=("1y", "long"))


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


def first_year(dom: str) -> list[float]:
    return [float(number) for number in re.findall(r'data-year="([^"]+)"', dom)]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_browser_agrees_with_python_on_the_deal(valuation, tmp_path, language):
    dom = opened(offline.html(valuation, language=language), tmp_path)
    told = valuation.to_dict()["sides"]
    gap = float(re.search(r'data-gap="([^"]+)"', dom)[1])
    assert gap < 1e-6
    assert 'class="agrees"' in dom
    assert exact(dom) == pytest.approx([side["real_income_change"] for side in told.values()], abs=1e-6)
    year = valuation.outcomes["1y"]
    asked = [year.country(side).real_income_change for side in valuation.deal.sides]
    assert first_year(dom) == pytest.approx(asked, abs=1e-6)


@pytest.mark.browser
@pytest.mark.parametrize("share", [0.0, 0.4])
def test_the_browser_agrees_with_python_on_part_of_the_deal(valuation, tmp_path, share):
    page = re.sub(r"<meta http-equiv[^>]*>", "", offline.html(valuation))
    dom = opened(page.replace("settingsAt(data, 1)", f"settingsAt(data, {share})"), tmp_path)
    assert {lever["kind"] for lever in payload(valuation)["levers"]} == {"rate"}
    assert exact(dom) == pytest.approx(at_share(valuation, "long", share), abs=1e-9)
    assert first_year(dom) == pytest.approx(at_share(valuation, "1y", share), abs=1e-9)


def at_share(valuation, horizon: str, share: float) -> list[float]:
    """What part of a deal does to each side, solved from the data with the costs the page's levers stand for."""
    before = valuation.outcomes[horizon].before
    tariff, cost = before.tariff.copy(), np.ones_like(before.tariff)
    for lever in payload(valuation)["levers"]:
        (t0, t1), (f0, f1), cell = lever["collected"][horizon], lever["felt"][horizon], tuple(lever["cell"])
        tariff[cell] = t0 + share * (t1 - t0)
        cost[cell] = (1 + f0 + share * (f1 - f0)) / (1 + f0) * (1 + t0) / (1 + tariff[cell])
    mobility = np.inf if before.factors is None else before.factors.mobility
    after = solve(
        before.economy, tariff=tariff, iceberg_hat=before.shock.iceberg_hat * cost, mobility=mobility, tolerance=1e-12
    )
    change = after.welfare_hat / before.welfare_hat - 1.0
    return [change[before.economy.regions.index(side)] for side in valuation.deal.sides]


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
    valuation = flow.value(file, on=date(2025, 10, 8))
    dom = opened(offline.html(valuation), tmp_path)
    assert len(first_year(dom)) == 2
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


QUOTA = """
title = "A quota"
sides = ["CAN", "USA"]
[[clause]]
id = "steel"
kind = "quota"
importer = "USA"
exporter = "CAN"
sector = "STEEL"
rate = 0.0
share = 0.8
RENT
statement = "made up"
source = "made up"
"""


def quota(folder, rent: str):
    file = folder / "quota.toml"
    file.write_text(QUOTA.replace("RENT", rent), encoding="utf-8")
    return flow.value(file, on=date(2025, 10, 8))


@pytest.mark.browser
@pytest.mark.parametrize("rent", ["", "exporter_rent = 0.0"])
def test_the_browser_agrees_on_a_quota_whose_rent_stays_with_the_importer(tmp_path, rent):
    valuation = quota(tmp_path, rent)
    page = offline.html(valuation)
    assert ("held at what it is under the deal as written" in page) is bool(rent)
    assert float(re.search(r'data-gap="([^"]+)"', opened(page, tmp_path))[1]) < 1e-6


def test_licences_that_exporters_have_cannot_be_carried(tmp_path):
    with pytest.raises(InputError, match="cannot be carried by one file"):
        offline.html(quota(tmp_path, "exporter_rent = 0.5"))


def test_the_first_year_is_there_where_it_was_solved(valuation):
    assert offline.html(valuation).count("First year: <strong>") == 2
    alone = offline.html(flow.value("metals_for_energy", on=date(2025, 10, 8), horizons=("long",)))
    assert "First year" not in alone
    assert list(payload(valuation)["worlds"]) == ["long", "1y"]


SHIPPED = [
    ("metals_for_energy", date(2026, 9, 29)),
    ("cusma_lapses", date(2025, 10, 8)),
    ("allied_ceiling", date(2026, 9, 29)),
]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "on"), SHIPPED)
def test_the_browser_agrees_on_other_deals_and_days(tmp_path, name, on):
    valuation = flow.value(name, on=on)
    dom = opened(offline.html(valuation), tmp_path)
    assert float(re.search(r'data-gap="([^"]+)"', dom)[1]) < 1e-6
    asked = [valuation.outcomes["1y"].country(side).real_income_change for side in valuation.deal.sides]
    assert first_year(dom) == pytest.approx(asked, abs=1e-6)


@pytest.mark.browser
def test_the_page_works_from_a_file_and_sends_no_request(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which is not here")
    if CHROMIUM is None:
        pytest.skip("needs chromium, which is not here")
    file = tmp_path / "page.html"
    file.write_text(
        offline.html(flow.value("metals_for_energy", on=date(2025, 10, 8)), language="fr"), encoding="utf-8"
    )
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS[1:-2])
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(file.as_uri())
        shown = page.locator(".big .change").first
        before = shown.get_attribute("data-exact")
        page.locator(".levers input[type=range]").first.fill("10")
        playwright.expect(shown).not_to_have_attribute("data-exact", before)
        browser.close()
    assert asked == [file.as_uri()]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "small", "large"),
    [("en", "+0.0007%", "+1,234.50%"), ("fr", "+0,0007\u202f%", "+1\u202f234,50\u202f%")],
)
def test_the_page_groups_thousands_and_no_decimals(valuation, tmp_path, language, small, large):
    page = re.sub(r"<meta http-equiv[^>]*>", "", offline.html(valuation, language=language))
    told = "<script>document.title = [percent(0.0000071), percent(12.345), money(1234567)].join('|')</script></body>"
    dom = opened(page.replace("</body>", told), tmp_path)
    title = unescape(re.search("<title>(.*?)</title>", dom)[1]).split("|")
    assert title[:2] == [small, large]
    assert title[2] == numbers.money(1234567, language=language)
