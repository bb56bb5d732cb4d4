"""The record as a page: nothing in it is live, every click lands on a line, nothing said is lost."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reciprocity.record.actor import Actor
from reciprocity.record.caption import caption
from reciprocity.record.ledger.store import index_of
from reciprocity.record.read import document_of
from reciprocity.record.reading import Reading
from reciprocity.record.registry import read_registry
from reciprocity.record.views.contradictions import contradictions
from reciprocity.record.views.due import due
from reciprocity.record.views.positions import positions
from reciprocity.record.views.thread import read_threads
from reciprocity.report.record import RecordPage, record_page
from reciprocity.report.record.wording import captioned, record_wording
from record.samples import TEXT, document, reading, statement

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnol ton\u202c \"'>&<b>"


def whole(made: Reading, root=None) -> str:
    threads = read_threads(root / "cases" / "canada_us_2025" / "record") if root else ()
    return record_page(
        RecordPage(
            title="Record",
            readings=(made,),
            due=due(threads, [made], on=date(2025, 12, 3)),
            grid=positions(index_of([made])),
            contradictions=contradictions([made], read_registry()),
        )
    )


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)))


def test_every_click_goes_to_something_on_the_page(root):
    page = whole(reading(), root)
    targets = set(re.findall(r'id="([^"]+)"', page))
    clicks = re.findall(r'href="#([^"]+)"', page)
    assert len(clicks) > 12
    assert set(clicks) <= targets
    assert len(re.findall(r'id="([^"]+)"', page)) == len(targets)


def test_unnamed_sources_are_hatched_and_empty_cells_are_there(root):
    made = reading()
    bob = replace(made.statements[-1], issues=("steel",))
    page = whole(replace(made, statements=(*made.statements[:-1], bob)), root)
    assert 'class="said unnamed"' in page
    assert "repeating-linear-gradient" in page
    assert '<td class="empty">·</td>' in page
    assert "ALL TRADE NEGOTIATIONS WITH CANADA ARE HEREBY TERMINATED" in page


def test_nothing_somebody_else_wrote_is_live():
    page = document(f"{ATTACK}\nMore of it.", title=ATTACK)
    page = replace(page, url="javascript:alert(3)", publisher=ATTACK, notices=(ATTACK,))
    said = statement(page, "More of it.", "x", where=ATTACK, on=ATTACK, issues=(ATTACK,))
    made = whole(Reading(page, (Actor("x", ATTACK, "person"),), (said,), (), (), ()))
    assert not re.search(r"<(script|img|b)\b", made)
    assert not re.search(r'href="(?!#|https?://)', made)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f]", made)
    assert "U+202E" in made
    assert "default-src 'none'" in html.unescape(made)
    assert not re.search(r"<[^>]*\s(src|srcset|action|formaction|on\w+)\s*=|@import|url\(", made)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=80), st.data())
def test_every_character_of_the_body_is_on_the_page(text, data):
    page = document(text.replace("\r", "\n"))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = page.span(start, end)
    said = replace(statement(page, page.text[:1]), content=(span,))
    shown = words_of(whole(Reading(page, (), (said,), (), (), ())))
    for line in page.text.split("\n"):
        kept = "".join(letter for letter in line.strip() if not letter.isdigit())
        assert kept in "".join(letter for letter in shown if not letter.isdigit())


def test_a_very_long_document_is_shown_where_something_was_said():
    text = TEXT + "\n\n" + "\n".join(f"Line {number} of no interest at all." for number in range(40_000))
    made = whole(reading(text))
    assert "a government source" in made
    assert "Line 39999" not in made
    assert len(made) < 100_000


@pytest.mark.shared
def test_the_seed_in_one_page(shared, tmp_path, capsys):
    from reciprocity.cli.root import build

    article, out = shared / "record" / "seed" / "2025-10-08-article.txt", tmp_path / "record.html"
    words = ["record", "page", article, "--published", "2025-10-08", "--on", "2025-12-03", "--out", out]
    build()([str(one) for one in words], standalone_mode=False)
    page = out.read_text(encoding="utf-8")
    assert "autos, lumber" in page
    assert page.count('class="line"') == 29
    assert page.count('class="left-out"') < 16


@pytest.mark.parametrize("published", ["2025-10-08", ""])
def test_a_document_without_a_title_is_called_in_the_readers_language(published):
    called = caption(document_of("We will settle steel; we will not wait. Or will we?", published=published))
    assert captioned(called, record_wording("en")) == called
    told = captioned(called, record_wording("fr"))
    assert told.startswith("article du 2025-10-08 «" if published else "article «")
    assert "settle steel; we will not" in told
    assert captioned("The article of faith “so” …", record_wording("fr")) == "The article of faith “so” …"
