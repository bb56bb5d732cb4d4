"""Deadlines that moved: the thread behind "the coming weeks", held against what later sources say of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reciprocity.errors import InputError
from reciprocity.record.ledger.ledger import add_reading, open_ledger
from reciprocity.record.time import Window
from reciprocity.record.views.due import due
from reciprocity.record.views.thread import Thread, read_thread, read_threads
from record.samples import TEXT, reading


@pytest.fixture(scope="module")
def threads(root):
    return read_threads(root / "cases" / "canada_us_2025" / "record")


def row(threads, name, on, readings=()):
    return next(one for one in due(threads, readings, on=date.fromisoformat(on)) if one.id == name)


@pytest.mark.shared
def test_the_case_says_what_the_sources_say(threads, shared):
    facts = json.loads((shared / "record" / "outcomes.json").read_text(encoding="utf-8"))
    for event in facts["events"]:
        if event.get("seed") == "c01":
            one = row(threads, "c01", "2025-12-03")
            assert [one.window.earliest, one.window.nominal, one.window.latest] == event["due_window"]
            assert (one.words, one.url) == (event["text"], event["url"])
        if event["kind"] == "break":
            for name in event["affects"]:
                broken = row(threads, name, "2025-12-03").broken
                assert broken is not None
                assert (broken.date, broken.words, broken.url) == (
                    event["date"],
                    event["text"].strip('"'),
                    event["url"],
                )
        if event["kind"] == "abandonment":
            last = row(threads, "c01", "2026-06-01").history[-1]
            assert (last.date, last.words) == ("", event["text"].strip('"'))
    assert row(threads, "c01", "2025-12-03").broken_after == facts["verdicts"]["c01"]["days_after"]


@pytest.mark.parametrize(
    ("on", "timing", "status", "late"),
    [
        ("2025-10-08", "due", "open", 0),
        ("2025-10-22", "due", "open", 0),
        ("2025-10-23", "due", "thwarted", 0),
        ("2025-11-05", "due", "thwarted", 0),
        ("2025-11-06", "overdue", "thwarted", 1),
        ("2025-12-03", "overdue", "thwarted", 28),
        ("2025-12-04", "past its window", "thwarted", 29),
    ],
)
def test_the_coming_weeks_day_by_day(threads, on, timing, status, late):
    one = row(threads, "c01", on)
    assert (one.timing, one.status, one.days_overdue) == (timing, status, late)
    assert (one.broken is not None) == (on >= "2025-10-23")


def test_nothing_is_known_before_it_was_said(threads):
    assert not due(threads, (), on=date(2025, 5, 5))
    june = row(threads, "june-30-days", "2025-10-07")
    assert june.moved_to is None
    assert row(threads, "may-weeks", "2025-06-16").moved_to == june.window


def test_a_commitment_of_the_ledger_is_the_thread_s_promise(threads):
    promise = reading().commitments[0]
    (found,) = [one for one in due(threads, [reading()], on=date(2025, 12, 3)) if one.seen]
    assert found.id == "c01"
    assert found.seen[0].commitment == promise.id
    other = replace(promise, due=Window("2025-10-09", "2025-10-12", "2025-10-16", "in the coming days"))
    (alone,) = [
        one for one in due(threads, [replace(reading(), commitments=(other,))], on=date(2025, 12, 3)) if one.seen
    ]
    assert (alone.id, alone.timing, alone.overdue_since) == (promise.id, "past its window", "2025-10-12")
    rejected = replace(reading(), commitments=(replace(promise, review="rejected"),))
    assert not [one for one in due(threads, [rejected], on=date(2025, 12, 3)) if one.seen]


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_window_is_gone_through_once_and_in_order(start, first, second, third):
    days = [start + timedelta(days=sum((first, second, third)[: at + 1])) for at in range(3)]
    promise = {
        "id": "p", "date": start, "what": "act", "strength": "firm", "source": "here",
        "due": dict(zip(("earliest", "nominal", "latest"), days, strict=True)),
    }  # fmt: skip
    thread = Thread.model_validate({"id": "t", "title": "t", "promise": [promise]})
    order = ["not yet", "due", "overdue", "past its window"]
    seen = [row([thread], "p", (start + timedelta(days=7 * week)).isoformat()).timing for week in range(180)]
    assert [order.index(one) for one in seen] == sorted(order.index(one) for one in seen)


def test_every_fault_of_a_thread_is_named_at_once(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(
        'title = "x"\n[[promise]]\nid = "a"\ndate = 2025-01-01\nwhat = "w"\nsource = "s"\nstrength = "firmly"\n'
        "due = { earliest = 2025-02-01, nominal = 2025-01-01 }\n"
        '[[event]]\nstatus = "thwartd"\naffects = ["b"]\nsource = "s"\nurl = "javascript:alert(1)"\n'
    )
    with pytest.raises(InputError) as caught:
        read_thread(path)
    message = str(caught.value)
    for part in ("firmly", "not in order", "Did you mean 'thwarted'", "event[1].url"):
        assert part in message
    path.write_text(
        path.read_text()
        .replace("firmly", "firm")
        .replace("2025-02-01", "2025-01-01")
        .replace("thwartd", "missed")
        .replace("javascript:alert(1)", "")
    )
    with pytest.raises(InputError, match="'b' is not a promise"):
        read_thread(path)


def test_the_command_with_and_without_a_ledger(tmp_path, monkeypatch, record):
    monkeypatch.chdir(tmp_path)
    shown = json.loads(record("due", "--on", "2025-12-03", "--json"))
    assert {one["id"] for one in shown["due"]} >= {"c01", "c07", "c08"}
    kept = open_ledger(tmp_path / "ledger", create=True)
    add_reading(kept, reading(), TEXT.encode())
    shown = json.loads(record("due", "--on", "2025-12-03", "--json"))
    (c01,) = [one for one in shown["due"] if one["id"] == "c01"]
    assert c01["seen"][0]["line"] == 3
    assert c01["broken"]["date"] == "2025-10-23"
    assert "c08" not in {one["id"] for one in shown["due"]}
