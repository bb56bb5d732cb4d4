"""Expressions of time and the days they stand for, from Thursday 9 October 2025."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reciprocity.record.read import document_of, read_document


def days(text, published="2025-10-09"):
    times = read_document(document_of(text, published=published)).times
    return [(one.span.exact, one.window.earliest, one.window.latest) for one in times]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("the first half of 2026", "2026-01-01", "2026-06-30"),
        ("early next year", "2026-01-01", "2026-05-02"),
        ("late next month", "2025-11-21", "2025-11-30"),
        ("the day after tomorrow", "2025-10-11", "2025-10-11"),
        ("a week from Friday", "2025-10-17", "2025-10-17"),
        ("next Friday", "2025-10-17", "2025-10-17"),
        ("next Tuesday", "2025-10-14", "2025-10-14"),
        ("Christmas", "2025-12-25", "2025-12-25"),
        ("Labour Day", "2026-09-07", "2026-09-07"),
        ("the new year", "2026-01-01", "2026-03-31"),
        ("the week of October 20", "2025-10-20", "2025-10-26"),
        ("the first week of November", "2025-11-01", "2025-11-07"),
        ("Oct. 13-17", "2025-10-13", "2025-10-17"),
        ("Oct. 13 to 17", "2025-10-13", "2025-10-17"),
        ("spring", "2026-03-01", "2026-05-31"),
        ("year's end", "2025-12-31", "2025-12-31"),
        ("the coming year", "2025-10-09", "2026-10-09"),
        ("10/31/2025", "2025-10-31", "2025-10-31"),
        ("the rest of the year", "2025-10-09", "2025-12-31"),
        ("March", "2026-03-01", "2026-03-31"),
        ("June", "2026-06-01", "2026-06-30"),
    ],
)
def test_days_ahead(words, first, last):
    assert days(f"The work will be done by {words}.") == [(words, first, last)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The deal signed in June holds.", [("June", "2025-06-01", "2025-06-30")]),
        ("They will honour the deal signed in June.", [("June", "2025-06-01", "2025-06-30")]),
        ("It has been so since the spring.", [("the spring", "2025-03-01", "2025-05-31")]),
        ("in two or three weeks", [("in two or three weeks", "2025-10-23", "2025-10-30")]),
        ("The quota runs for 18 months.", [("18 months", "", "")]),
        ("They called a 90-day pause.", [("90-day", "", "")]),
        ("Exports grew in recent months.", [("in recent months", "", "2025-10-09")]),
        ("On 10/11/2025 it began.", []),
        ("They march in step and may yet fall.", []),
    ],
)
def test_days_gone_by_and_lengths(text, found):
    assert days(text) == found


def test_without_a_day_of_publication_only_what_is_written_out_has_days():
    text = "They meet next Friday, by Christmas, in the fall, or on Oct. 31, 2025."
    assert [one[1:] for one in days(text, published="")] == [("", "")] * 3 + [("2025-10-31", "2025-10-31")]


HAND = Path(__file__).parent.joinpath("gold", "times.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("row", HAND)
def test_days_resolved_by_hand(row):
    published, window, marked = row.split(" | ")
    wanted = re.search(r"\[(.*)\]", marked)
    assert wanted is not None
    times = [one for one in days(marked.replace("[", "").replace("]", ""), published) if _meet(one[0], wanted[1])]
    assert len(times) == 1, times
    assert all(day in ("*", made) for day, made in zip(window.split("/"), times[0][1:], strict=True)), times


def _meet(one: str, other: str) -> bool:
    return one in other or other in one
