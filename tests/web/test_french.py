"""No page in French has an English sentence left that is not marked as English."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from reciprocity.deal.cases import case_deals
from reciprocity.web.app import create_app
from reciprocity.web.settings import Settings

ENGLISH = re.compile(
    r"\b(the|of|and|is|are|with|this|that|from|which|not|would|has|been|its|by|to|in|under|was|were|for|thousand|barrels|law)\b"
)
EMPTY = {"meta", "link", "input", "br", "hr", "img", "col", "wbr", "source"}
UNSAID = {"script", "style", "code", "pre", "textarea"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")
TITLES = ("trade elasticities", "Trade Elasticities", "Statistique Canada")
"""Cited in their own language within a sentence."""
NAMED = re.compile(r"\b(us|ca)\.[\w.-]+|\b[\w.]+@\w+")
"""Names of measures and rules, which have English words in them."""
PAGES = (
    "/", "/?guess=1", "/record", "/record/due?on=2026-09-29&undated=1", "/record/said", "/record/positions",
    "/record/documents", "/record/contradictions", "/record/check", "/regime", "/regime?on=2026-09-29&hs=8703.23.01",
    "/regime?importer=CAN", "/regime/product?hs=7208.10.15&on=2026-09-29", "/regime/product?hs=1701.14&importer=CAN",
    "/regime/diff", "/regime/diff?deal=metals_for_energy", "/deals", "/outcomes", "/outcomes/metals_for_energy",
    "/negotiate", "/negotiate/metals_for_energy", "/s", "/compare", "/export.html?deal=metals_for_energy", "/nowhere",
    *(f"{page}?deal={name}" for page in ("/", "/brief.html") for name in case_deals()),
    *(f"/deals/{name}" for name in case_deals()),
)  # fmt: skip


class Page(HTMLParser):
    """Collects what a reader is told in the page's own language; a source's title is told in the source's."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, str, str | None]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.around += [] if tag in EMPTY else [(tag, found.get("class") or "", found.get("lang"))]
        if self.own and found.get("lang") != "en":
            self.said += [found[key] for key in SPOKEN if found.get(key)]

    def handle_endtag(self, tag):
        while self.around and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.own and data.strip():
            self.said.append(data.strip())

    @property
    def own(self) -> bool:
        for tag, css, lang in reversed(self.around):
            if tag in UNSAID or css == "source" or lang == "en":
                return False
            if lang:
                return True
        return True


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    store = tmp_path_factory.mktemp("french") / "scenarios.sqlite"
    app = create_app(Settings(store=f"sqlite:///{store}"))
    with TestClient(app, base_url="http://127.0.0.1", headers={"accept-language": "fr-CA"}) as made:
        yield made


@pytest.mark.parametrize("quote", ["Nous allons régler", "Nous avons réglé", "rien de tel"])
def test_no_english_is_left_beside_a_document_in_french(client, quote):
    text = "« Nous allons régler l’acier dans les prochaines semaines », a dit mardi le premier ministre Mark Carney."
    page = Page()
    page.feed(client.post("/record", data={"text": text, "published": "2025-10-08", "quote": quote}).text)
    assert [one for one in page.said if ENGLISH.search(one)] == []


@pytest.mark.parametrize("address", PAGES)
def test_no_english_is_left_on_a_french_page(client, address):
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/html")
    page = Page()
    page.feed(answer.text)
    assert page.said
    left = [one for one in page.said if ENGLISH.search(NAMED.sub("", one)) and not one.startswith("Source")]
    assert [one for one in left if not any(title in one for title in TITLES)] == []
