"""The live table as a person meets it, in Debian's Chromium: drag, keyboard, save, share, language, narrow screens."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time

import pytest
import uvicorn

from reciprocity.record.ledger import add_reading, open_ledger
from reciprocity.web.app import create_app
from reciprocity.web.settings import Settings
from record.samples import TEXT, reading

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which is not here")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe, which is not here")
pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
TABLE = "/?deal=metals_for_energy&on=2025-10-08"
LEDGER = [
    "/record/said", "/record/due?on=2025-12-03", "/record/positions", "/record/contradictions", "/record/documents",
    f"/record/documents/{reading().document.id}", "/record/check?quote=We+will+settle+aluminum",
]  # fmt: skip
NOUNS = [
    "/regime/product?hs=7208.10", "/regime/diff", "/outcomes", "/negotiate", "/negotiate/metals_for_energy",
    "/deals/metals_for_energy", "/nothing/here",
]  # fmt: skip
LOOKS = [("en", "light"), ("fr", "dark")]
SEEN = [(where, *look) for where in (TABLE, "/deals", "/regime?hs=7208.10.15", "/record", "/s") for look in LOOKS]
SEEN += [(where, *LOOKS[at % 2]) for at, where in enumerate([*LEDGER, *NOUNS])]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    ledger = open_ledger(tmp_path_factory.mktemp("browser") / "ledger", create=True)
    add_reading(ledger, reading(), TEXT.encode())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(Settings(port=port, ledger=str(ledger.root))), port=port, log_level="error")
    )
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(timeout=10)


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs chromium, which is not here")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport=WIDE, base_url=address, locale="en-CA")
    opened = context.new_page()
    outside: list[str] = []
    opened.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else outside.append(asked.url))
    opened.on("pageerror", lambda error: outside.append(str(error)))
    yield opened
    context.close()
    assert outside == [], "a request left the machine, or the page's script failed"


def gain(page, side: str) -> float:
    said = page.locator(f"#{side} .gain strong").inner_text()
    return float(re.sub(r"[^\d.\-]", "", said.replace("−", "-")))


def test_dragging_a_clause_moves_both_sides(page):
    page.goto(TABLE)
    before = gain(page, "left"), gain(page, "right")
    shown = page.locator("#left .gain strong").inner_text()
    slider = page.get_by_role("slider", name=re.compile("^Aluminum"))
    with page.expect_response(re.compile("/answer")):
        slider.fill("0")
    said = page.locator("#left .gain strong")
    playwright.expect(said).not_to_have_text(shown)
    assert gain(page, "left") > before[0]
    assert page.locator("input[name='p.aluminum']").input_value() == "0"


def test_release_writes_the_table_into_the_address(page):
    page.goto(TABLE)
    box = page.locator("input[name='p.steel']")
    box.fill("10")
    with page.expect_response(re.compile("/answer")):
        box.press("Tab")
    page.wait_for_url(re.compile(r"v\.steel=0\.1"))
    shown = gain(page, "left")
    page.reload()
    assert gain(page, "left") == shown
    assert page.locator("input[name='p.steel']").input_value() == "10"


def test_the_keyboard_reaches_and_moves_a_clause(page):
    page.goto(TABLE)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "r.steel":
            break
    assert page.evaluate("document.activeElement.id") == "r.steel"
    with page.expect_response(re.compile("/answer")):
        page.keyboard.press("ArrowLeft")
    assert float(page.locator("input[name='p.steel']").input_value()) == 24.5


def test_a_bad_number_keeps_the_last_answer_and_says_why(page):
    page.goto(TABLE)
    shown = gain(page, "left")
    page.evaluate("document.querySelector(\"[name='p.steel']\").removeAttribute('max')")
    box = page.locator("input[name='p.steel']")
    box.fill("2500")
    with page.expect_response(re.compile("/answer")):
        box.press("Tab")
    page.locator("#fault").wait_for(state="visible")
    assert "is not a fraction" in page.locator("#fault").inner_text()
    assert gain(page, "left") == shown
    assert "stale" in (page.locator("#both").get_attribute("class") or "")


def test_saved_shared_and_compared(page):
    page.goto(TABLE)
    page.get_by_role("button", name="Save and share").click()
    page.wait_for_url(re.compile("/s/[a-z2-7]{10}$"))
    assert "Today's answer is the same" in page.locator(".notice").inner_text()
    page.goto("/s")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Compare").click()
    assert page.locator("figure svg").count() >= 1


def test_the_other_language_keeps_the_table(page):
    page.goto(TABLE + "&edited=1&on.steel=1&v.steel=0.1")
    page.get_by_role("link", name="Français").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("#right h2").inner_text() == "États-Unis"
    assert page.locator("input[name='p.steel']").input_value() == "10"
    assert "%" in page.locator("#left .gain strong").inner_text()


def test_a_guess_is_asked_before_the_answer_shows(page):
    page.goto(TABLE + "&guess=1")
    assert not page.locator("#left .gain").is_visible()
    for box in page.locator("#guess input").all():
        box.fill("0.1")
    page.get_by_role("button", name="Show the answer").click()
    assert page.locator("#left .gain").is_visible()


@pytest.mark.parametrize(("where", "language", "scheme"), SEEN)
def test_axe_finds_nothing(browser, address, where, language, scheme):
    context = browser.new_context(viewport=WIDE, base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto(where + ("&" if "?" in where else "?") + f"lang={language}")
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    context.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("where", [TABLE, "/regime", "/deals", *LEDGER, *NOUNS])
def test_a_phone_scrolls_one_way_only(browser, address, where):
    context = browser.new_context(viewport=NARROW, base_url=address)
    page = context.new_page()
    page.goto(where)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= NARROW["width"]


def test_a_drag_asks_once_at_a_time_and_the_last_word_wins(page):
    """Twenty moves: every answer but the last may be dropped; the page ends on the last."""
    page.goto(TABLE)
    page.evaluate(
        """async () => {
          const slider = document.getElementById('r.steel');
          for (let at = 20; at >= 1; at--) {
            slider.value = at; slider.dispatchEvent(new Event('input', {bubbles: true}));
            await new Promise(done => setTimeout(done, 15));
          }
          slider.dispatchEvent(new Event('change', {bubbles: true}));
        }"""
    )
    page.wait_for_url(re.compile(r"v\.steel=0\.01"))
    shown = gain(page, "left")
    page.reload()
    assert gain(page, "left") == shown


def test_the_keyboard_searches_the_ledger_and_goes_to_the_line(page):
    page.goto("/record/said")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("pipeline")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=pipeline"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if "/record/documents/" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/record/documents/d-\w+#d-\w+-L5$"))
    assert "pipeline" in page.locator(":target").inner_text()
