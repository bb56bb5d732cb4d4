"""The quote check accepts what was said, lists what was changed, and takes an invented quote by no path."""

from __future__ import annotations

import hashlib
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reciprocity.record.document import Document, content_id
from reciprocity.record.quotes.quotes import check_anywhere, check_quote, searched
from reciprocity.record.text.lines import line_map

READOUT = """The ministers met in Windsor on Monday. They identified room for progress on steel, aluminium and \
lumber, and directed their teams to conclude this work in the coming weeks.

“We’re not afraid of the U.S. market,” said the minister. “We will pay 25% on 1,500 tonnes under CUSMA, and no more.”

Could it be settled in May? The Québec delegation, led by François Tremblay, doubts it: labour is scarce, he said."""


def document(text: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        content_id("d", text), "readout", "", "", "2025-10-08", "option", "", "", digest, text, line_map(text)
    )


def status(quote: str, text: str = READOUT) -> str:
    return check_quote(quote, searched(document(text))).status


def kinds(quote: str, text: str = READOUT) -> set[str]:
    return {change.kind for change in check_quote(quote, searched(document(text))).changes}


@pytest.mark.parametrize(
    "quote",
    [
        "“the coming weeks”",
        "directed their teams to conclude this work in the coming weeks.",
        "“directed their teams,”",
        "'The ministers met in Windsor on Monday.'",
        "We will pay 25% on 1,500 tonnes under CUSMA",
        "Could it be settled in May?",
        "the   coming\nweeks",
    ],
)
def test_the_same_characters_are_exact(quote):
    assert status(quote) == "exact"


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("room for progress on steel, aluminum and lumber", "spelling"),
        ("We will pay 25 per cent on 1,500 tonnes", "spelling"),
        ("We will pay 25 percent on 1,500 tonnes", "spelling"),
        ("on 1,500 tonnes under USMCA", "name"),
        ("labor is scarce", "spelling"),
        ("We're not afraid", "typography"),
        ("the US market", "punctuation"),
        ("Directed their teams to conclude", "case"),
        ("The Quebec delegation, led by Francois Tremblay", "accent"),
        ("the co\u00adming we\u200beks", "typography"),
        ("(We’re) not afraid of the U.S. market", "bracket"),
        ("steel aluminium and lumber", "punctuation"),
        ("Could it be settled in May!", "punctuation"),
        ("on steel, aluminium [and] lumber", "bracket"),
    ],
)
def test_the_same_words_say_what_differs(quote, kind):
    check = check_quote(quote, searched(document(READOUT)))
    assert check.accepted
    assert check.status == ("same words" if kind else "exact")
    assert kind in {change.kind for change in check.changes} | {""}
    assert check.span is not None
    assert READOUT[check.span.start : check.span.end] == check.span.exact


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("directed their teams [of officials] to conclude this work", "bracket"),
        ("[The minister’s people] will pay 25% on 1,500 tonnes under CUSMA", "bracket"),
        ("They identified room for progress … in the coming weeks", "ellipsis"),
        ("They identified room for progress [...] in the coming weeks", "ellipsis"),
        ("They identified room for progress. . . in the coming weeks", "ellipsis"),
        ("directed their teams to never conclude this work", "added"),
        ("We’re afraid of the U.S. market", "left out"),
        ("We will pay 35% on 1,500 tonnes under CUSMA", "changed"),
        ("room for progress on steel, copper and lumber", "changed"),
    ],
)
def test_an_edited_quote_lists_its_edits(quote, kind):
    check = check_quote(quote, searched(document(READOUT)))
    assert check.status == "edited"
    assert not check.accepted
    assert kind in {change.kind for change in check.changes}


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "“”",
        "…",
        "all trade negotiations are hereby terminated",
        "weeks coming the in",
        "the ministers … afraid … lumber",
        "[We will sign everything on] the coming weeks",
        "indsor on Mon",
        "in the of a to",
    ],
)
def test_what_was_not_said_is_not_found(quote):
    assert status(quote) == "not found"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("give us time", "They asked to give US time on air"),
        ("they must resign the deal", "they must re-sign the deal"),
        ("it's late for its workers", "its late for it's workers"),
        ("pay 1.500 tonnes now please", "pay 1500 tonnes now please"),
        ("a range of 10 15 points", "a range of 10-15 points"),
        ("growth of -5 points this year", "growth of 5 points this year"),
        ("the price is €40 a barrel", "the price is $40 a barrel"),
        ("il a taxé les produits", "il a taxe les produits"),
        ("the deаl is done today", "the deal is done today"),
        ("हम यह की करेंगे", "हम यह का करेंगे"),
    ],
)
def test_looking_alike_is_not_being_the_same(quote, text):
    assert status(quote, text) in ("edited", "not found")


def test_words_of_the_page_around_are_marked():
    text = "---\ntitle: A deal at last\n---\nThe talks go on."
    page = document(text)
    page = Document(**{**_fields(page), "lines": line_map(text, body_from=text.index("The"))})
    check = check_quote("A deal at last", searched(page))
    assert {change.kind for change in check.changes} == {"outside the body"}


def test_an_advertisement_in_the_middle_does_not_part_a_quote():
    page = document("We will\nStory continues below\npay the price")
    lines = tuple(
        type(one)(one.number, one.start, one.end, "advert", None) if one.number == 2 else one for one in page.lines
    )
    page = Document(**{**_fields(page), "lines": lines})
    assert check_quote("We will pay the price", searched(page)).status == "exact"


def test_the_best_document_answers():
    near = searched(document("They will pay the whole price tomorrow."))
    same = searched(document("They will pay the full price tomorrow."))
    best = check_anywhere("pay the full price tomorrow", [near, same])
    assert best is not None
    assert (best.status, best.document) == ("exact", same.document.id)
    assert check_anywhere("pay", []) is None


def _fields(page: Document) -> dict:
    return {name: getattr(page, name) for name in Document.__slots__}


WORDS = st.text(string.ascii_lowercase, min_size=2, max_size=8)
TEXTS = st.lists(WORDS, min_size=6, max_size=40)


@given(TEXTS, st.data())
def test_any_stretch_of_a_text_is_exact(row, data):
    start = data.draw(st.integers(0, len(row) - 1))
    end = data.draw(st.integers(start + 1, len(row)))
    assert status(" ".join(row[start:end]), " ".join(row)) == "exact"


@settings(max_examples=200)
@given(TEXTS, st.data())
def test_a_quote_with_a_word_changed_is_never_accepted(row, data):
    at = data.draw(st.integers(0, len(row) - 1))
    edit = data.draw(st.sampled_from(["replace", "insert", "drop", "swap"]))
    changed = list(row)
    if edit == "replace":
        changed[at] = data.draw(WORDS)
    elif edit == "insert":
        changed.insert(at, data.draw(WORDS))
    elif edit == "drop":
        del changed[at]
    else:
        changed[at - 1], changed[at] = changed[at], changed[at - 1]
    text = f" {' '.join(row)} "
    assume(f" {' '.join(changed)} " not in text)
    assume(
        not any(
            _ise(one) or _ise(other) for one, other in zip(sorted(row), sorted(changed), strict=False) if one != other
        )
    )
    assert status(" ".join(changed), text) in ("edited", "not found")


@given(TEXTS, st.data(), st.sampled_from([" ", " … ", " ... ", " [...] ", " [and] ", "\u00ad ", ", "]))
def test_two_stretches_joined_over_what_is_left_out_are_never_accepted(row, data, joint):
    first = data.draw(st.integers(1, len(row) - 3))
    second = data.draw(st.integers(first + 1, len(row) - 1))
    quote = f"{' '.join(row[:first])}{joint}{' '.join(row[second:])}"
    joined = " ".join([*row[:first], *(["and"] if "and" in joint else []), *row[second:]])
    assume(f" {joined} " not in f" {' '.join(row)} ")
    assume(not any(_ise(word) for word in row))
    assert status(quote, " ".join(row)) in ("edited", "not found")


def _ise(word: str) -> bool:
    return "iz" in word or "is" in word or "yz" in word or "ys" in word or "our" in word or "or" in word


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_has_an_answer_and_an_accepted_quote_is_there(text, quote):
    check = check_quote(quote, searched(document(text)))
    if check.span is not None:
        assert text[check.span.start : check.span.end] == check.span.exact
    if check.status == "exact":
        assert "".join(check.span.exact.split()) in "".join(quote.split())


@given(st.lists(st.sampled_from(READOUT.split()), min_size=4, max_size=12))
def test_shuffled_words_of_the_document_are_accepted_only_in_its_order(picked):
    quote = " ".join(picked)
    if status(quote) in ("exact", "same words"):
        plain = str.maketrans("", "", string.punctuation + "“”")
        assert quote.translate(plain).casefold() in " ".join(READOUT.split()).translate(plain).casefold()


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("No tariffs will fall", "Did he sign? No. Tariffs will fall."),
        ("we will not sign", "That we will. Not sign it, though."),
        ("he won't sign steel is next", "He won't sign! Steel is next."),
        ("We sign. Not now", "We sign, not now."),
        ("Steel relief ends", "Steel relief\n\nEnds on Monday, they said."),
    ],
)
def test_words_joined_over_the_end_of_a_sentence_are_edited(quote, text):
    check = check_quote(quote, searched(document(text)))
    assert (check.status, check.accepted) == ("edited", False)
    assert "sentence" in {one.kind for one in check.changes}


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("“Mr Lee will sign,”", "Mr. Lee will sign."),
        ("“We waited. Then we signed”", "“We waited. Then we signed.”"),
        ("wait for the\nlist", "We wait for the list."),
        ("We signed … again", "We signed... again."),
    ],
)
def test_marks_that_end_no_sentence_do_not_count(quote, text):
    assert check_quote(quote, searched(document(text))).accepted
