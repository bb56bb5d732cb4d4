"""The live table as a person meets it, in Debian's Chromium: drag, keyboard, save, share, language, narrow screens."""

from __future__ import annotations

import re
import shutil
import socket
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from reciprocity.record.ledger.ledger import add_reading, open_ledger
from reciprocity.web.app import create_app
from reciprocity.web.settings import Settings
from record.samples import TEXT, reading

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which is not here")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe, which is not here")
pytestmark = pytest.mark.browser

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import pictures  # noqa: E402

FLAGS = pictures.FLAGS

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
    assert page.url in page.locator(".notice").inner_text()
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
    assert "Canada: You guessed 0.1 %; the model says +" in page.locator("#guessed").inner_text()


@pytest.mark.parametrize(("where", "language", "scheme"), SEEN)
def test_axe_finds_nothing(browser, address, where, language, scheme):
    context = browser.new_context(viewport=WIDE, base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto(where + ("&" if "?" in where else "?") + f"lang={language}")
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    context.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    "where", [TABLE, "/regime", "/regime?on=2026-09-29&hs=7208.10", "/deals", "/record", "/s", *LEDGER, *NOUNS]
)
def test_a_phone_scrolls_one_way_only_and_french_words_are_the_longer(browser, address, where):
    context = browser.new_context(viewport=NARROW, base_url=address)
    page = context.new_page()
    page.goto(where + ("&" if "?" in where else "?") + "lang=fr")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= NARROW["width"]


@pytest.mark.parametrize("size", [NARROW, {"width": 800, "height": 900}, WIDE], ids=["phone", "tablet", "desk"])
@pytest.mark.parametrize("deal", ["metals_for_energy", "open_table", "uk_metals_and_cars"])
def test_nothing_in_a_clauses_row_covers_its_name(browser, address, deal, size):
    context = browser.new_context(viewport=size, base_url=address)
    page = context.new_page()
    page.goto(f"/?deal={deal}&on=2026-09-29&lang=fr")
    covered = page.evaluate("""[...document.querySelectorAll('.row')].filter(row => {
        const words = document.createRange();
        words.selectNodeContents(row.querySelector('.switch'));
        const name = words.getBoundingClientRect();
        return [...row.querySelectorAll('.amount, .track, .giver')].some(one => {
            const box = one.getBoundingClientRect();
            return name.left < box.right - 1 && box.left < name.right - 1
                && name.top < box.bottom - 1 && box.top < name.bottom - 1;
        });
    }).map(row => row.id)""")
    context.close()
    assert covered == []


@pytest.mark.parametrize("look", pictures.LOOKS)
def test_the_pictures_of_the_docs_can_be_taken_and_show_both_sides(browser, address, root, tmp_path, look):
    taken = pictures.take(browser, address, tmp_path, look)
    shipped = root / "docs" / "images" / taken.name
    assert shipped.is_file(), "take the pictures again: just pictures"
    assert taken.stat().st_size > shipped.stat().st_size / 2
    size, scheme, language = look
    wide, high = pictures.SIZES[size]
    context = browser.new_context(viewport={"width": wide, "height": high}, color_scheme=scheme, base_url=address)
    page = context.new_page()
    page.goto(f"{pictures.TABLE}&lang={language}")
    for side in ("#head-1", "#head-2"):
        box = page.locator(side).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= wide
        assert box["y"] + box["height"] <= high
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    context.close()


def test_nothing_jumps_while_the_hand_is_on_the_slider(page):
    """Coarse answers come and go and not one row, panel or button moves."""
    page.goto(TABLE)
    page.wait_for_selector("#steps-1 svg")
    where = """() => [...document.querySelectorAll('#both .row, #both .side, .actions, #head-1, #more-1, #steps-1')]
      .map((one) => { const box = one.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })"""
    before = page.evaluate(where)
    slider = page.get_by_role("slider", name=re.compile("^Steel"))
    for value in (40, 10, 0):
        with page.expect_response(re.compile("/answer")):
            slider.evaluate(
                "(one, value) => { one.value = value; one.dispatchEvent(new Event('input', {bubbles: true})) }", value
            )
        page.wait_for_timeout(50)
        assert page.evaluate(where) == before


def test_every_number_opens_its_card_by_keyboard_and_closes_by_escape(page):
    page.goto(TABLE)
    page.wait_for_selector("#steps-1 svg")
    names = page.evaluate(
        "[...document.querySelectorAll('[popovertarget^=card]')].map((one) => one.getAttribute('popovertarget'))"
    )
    assert {"card-income", "card-money", "card-year", "card-wage", "card-revenue", "card-worth", "card-band"} <= set(
        names
    )
    for name in sorted(set(names)):
        opener = page.locator(f"[popovertarget={name}]:visible").first
        opener.focus()
        page.keyboard.press("Enter")
        card = page.locator(f"#{name}")
        playwright.expect(card).to_be_visible()
        assert card.locator("dt").count() == 5
        page.keyboard.press("Escape")
        playwright.expect(card).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "scheme", "size"), [("en", "dark", WIDE), ("fr", "light", NARROW), ("fr", "dark", WIDE)]
)
def test_axe_finds_nothing_with_everything_open(browser, address, language, scheme, size):
    context = browser.new_context(viewport=size, base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto(TABLE + f"&lang={language}")
    page.wait_for_selector("#steps-1 svg", state="attached")
    page.evaluate("document.getElementById('reach').scrollIntoView()")
    page.wait_for_selector("#reach svg", state="attached", timeout=60_000)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = axe.Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()
    page.evaluate("document.getElementById('card-income').showPopover()")
    found = axe.Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


def test_the_deals_own_frontier_is_drawn_where_it_is_looked_at(page):
    page.goto(TABLE)
    page.locator("#reach").scroll_into_view_if_needed()
    playwright.expect(page.locator("#reach svg").first).to_be_attached(timeout=60_000)
    assert "this deal" in page.locator("#reach").inner_html()


def test_the_keyboard_alone_moves_a_clause_opens_the_assumptions_and_saves(page):
    page.goto(TABLE)
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.id || document.activeElement.textContent.trim().slice(0, 20)")
        reached.add(here)
        if here == "r.steel":
            with page.expect_response(re.compile("/answer")):
                page.keyboard.press("ArrowLeft")
        if here.startswith("Assumptions"):
            page.keyboard.press("Enter")
            break
    assert {"r.steel", "p.steel", "r.pipeline", "Improve for both", "Balance it"} <= reached
    assert page.locator("#assumptions").get_attribute("open") is not None
    page.get_by_role("button", name="Save and share").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/s/[a-z2-7]{10}$"))
    assert page.locator("input[name='p.steel']").input_value() == "24.5"


def test_nothing_moves_for_who_asks_for_less_motion_and_paper_has_no_buttons(browser, address):
    context = browser.new_context(viewport=WIDE, base_url=address, reduced_motion="reduce")
    page = context.new_page()
    page.goto(TABLE)
    assert page.evaluate("getComputedStyle(document.querySelector('.fill')).transitionDuration") == "0s"
    page.emulate_media(media="print")
    for hidden in (".bar", ".actions", ".links", ".ask"):
        assert not page.locator(hidden).first.is_visible()
    for shown in ("#head-1", "#head-2", "#more-1"):
        assert page.locator(shown).is_visible()
    context.close()


def test_improving_for_both_leaves_neither_behind(page):
    page.goto(TABLE)
    before = gain(page, "left"), gain(page, "right")
    page.get_by_role("button", name="Improve for both").click()
    page.wait_for_url(re.compile("edited=1"))
    assert gain(page, "left") >= before[0]
    assert gain(page, "right") >= before[1]


def test_an_untouched_table_teaches_how_to_begin(page):
    page.goto("/")
    page.locator(".teach a").first.click()
    page.wait_for_load_state()
    assert page.locator("#figures svg").count() > 0


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
