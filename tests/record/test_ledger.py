"""A ledger says what it was told, changes nothing when told it again, and keeps what people made of it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reciprocity.errors import InputError
from reciprocity.record.ledger.ledger import add_reading, damage, open_ledger, read_ledger, read_record, unplaced
from reciprocity.record.ledger.ledgerfile import dumps, loads
from reciprocity.record.ledger.review import Review, append_review, read_reviews, reviewed, standing
from reciprocity.record.reading import Reading
from record.samples import TEXT, document, reading, statement


@pytest.fixture
def ledger(tmp_path):
    return open_ledger(tmp_path / "ledger", create=True)


def snapshot(ledger) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(ledger.root)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(ledger.root.rglob("*"))
        if path.is_file()
    }


def verdict(record: str, what: str, changes: str = "") -> Review:
    return Review(record, what, "ann", "2025-10-09T12:00:00Z", "words", changes)


def test_what_is_written_is_read(ledger):
    assert add_reading(ledger, reading(), TEXT.encode()) == "new"
    assert list(read_ledger(ledger)) == [
        replace(reading(), actors=tuple(sorted(reading().actors, key=lambda one: one.id)))
    ]


def test_reading_twice_changes_nothing_on_disk(ledger):
    add_reading(ledger, reading(), TEXT.encode())
    before = snapshot(ledger)
    assert add_reading(ledger, reading(), TEXT.encode()) == "unchanged"
    assert snapshot(ledger) == before


def test_the_same_text_in_another_encoding_is_the_same_document(ledger):
    first, second = (TEXT.encode(form) for form in ("utf-8", "utf-16"))
    one, other = (
        replace(reading(), document=replace(reading().document, sha256=hashlib.sha256(raw).hexdigest()))
        for raw in (first, second)
    )
    add_reading(ledger, one, first)
    before = snapshot(ledger)
    assert add_reading(ledger, other, second) == "unchanged"
    assert snapshot(ledger) == before


def edited(text: str) -> Reading:
    return replace(reading(text), file="talks.txt")


def test_an_edited_file_takes_the_place_of_the_one_before_with_its_verdicts(ledger):
    before = edited(TEXT)
    add_reading(ledger, before, TEXT.encode())
    said, (promise,), (tie,) = before.statements, before.commitments, before.links
    for one in (verdict(said[0].id, "confirmed"), verdict(said[1].id, "corrected", '{"act": "denial"}')):
        append_review(ledger.reviews, one)
    for one in (verdict(said[2].id, "rejected"), verdict(promise.id, "rejected"), verdict(tie.id, "confirmed")):
        append_review(ledger.reviews, one)
    text = "It rained.\n\n" + TEXT
    now = edited(text)
    assert add_reading(ledger, now, text.encode()) == "edited"
    assert not {one.id for one in now.statements} & {one.id for one in said}
    (there,) = read_ledger(ledger)
    assert there.document.text == text
    assert [one.review for one in there.statements] == ["confirmed", "corrected", "rejected", "open", "open"]
    assert there.statements[1].act == "denial"
    assert (there.commitments[0].review, there.links[0].review) == ("rejected", "confirmed")
    assert len(ledger.versions()) == 2
    after = snapshot(ledger)
    assert add_reading(ledger, now, text.encode()) == "unchanged"
    assert add_reading(ledger, before, TEXT.encode()) == "unchanged"
    assert snapshot(ledger) == after
    assert not damage(ledger)
    assert unplaced(ledger) == ()


@pytest.mark.parametrize("change", [{"file": "other.txt"}, {"file": ""}])
def test_a_text_much_like_another_is_a_document_of_its_own(ledger, change):
    text = "It rained.\n\n" + TEXT
    add_reading(ledger, edited(TEXT), TEXT.encode())
    assert add_reading(ledger, replace(edited(text), **change), text.encode()) == "new"
    assert len(list(read_ledger(ledger))) == 2


def test_a_file_that_was_written_anew_is_a_document_of_its_own(ledger):
    text = "Ann Roy said she wants steel and autos on the table.\n\n" + "Nothing else was said that day. " * 20
    page = document(text)
    add_reading(ledger, edited(TEXT), TEXT.encode())
    made = Reading(page, (), (), (), (), (), file="talks.txt")
    assert add_reading(ledger, made, text.encode()) == "new"


def test_the_received_bytes_the_text_and_the_body_are_kept(ledger):
    raw = TEXT.replace("\n", "\r\n").encode()
    made = reading()
    made = replace(made, document=replace(made.document, sha256=hashlib.sha256(raw).hexdigest()))
    add_reading(ledger, made, raw, suffix=".md")
    folder = ledger.records()[0].parent
    assert (folder / "received.md").read_bytes() == raw
    assert (folder / "text.txt").read_text() == TEXT
    assert (folder / "clean.txt").read_text() == made.document.clean
    assert folder.name.startswith("2025-10-08-talks-go-on-")
    assert not damage(ledger)


def test_a_folder_is_never_left_by_a_title(ledger):
    page = replace(document("Words."), title="../../../etc/passwd \u202e..\\..\x00")
    add_reading(ledger, Reading(page, (), (), (), (), ()), b"Words.", suffix="/../../x")
    (record,) = ledger.records()
    assert record.parent.parent == ledger.root / "documents"
    assert sorted(path.name for path in record.parent.iterdir()) == [
        "clean.txt", "received.txt", "record.jsonl", "text.txt",
    ]  # fmt: skip


def test_verdicts_outlive_a_second_reading(ledger):
    made = reading()
    add_reading(ledger, made, TEXT.encode())
    first, second, third = (one.id for one in made.statements[:3])
    append_review(ledger.reviews, verdict(first, "confirmed"))
    append_review(ledger.reviews, verdict(second, "rejected"))
    append_review(ledger.reviews, verdict(third, "corrected", '{"speakers": ["bob_lee"]}'))
    better = replace(made, statements=made.statements[3:])
    assert add_reading(ledger, better, TEXT.encode()) == "changed"
    (after,) = read_ledger(ledger)
    found = {one.id: one for one in after.statements}
    assert found[first].review == "confirmed"
    assert found[third].speakers == ("bob_lee",)
    assert second not in found
    assert [one.record for one in unplaced(ledger)] == [second]
    add_reading(ledger, made, TEXT.encode())
    (again,) = read_ledger(ledger)
    assert {one.id: one.review for one in again.statements}[second] == "rejected"


def test_the_same_verdict_is_not_written_twice_and_the_last_one_holds(ledger):
    assert append_review(ledger.reviews, verdict("s-1", "confirmed"))
    assert not append_review(ledger.reviews, verdict("s-1", "confirmed"))
    assert append_review(ledger.reviews, verdict("s-1", "rejected"))
    assert append_review(ledger.reviews, verdict("s-1", "open"))
    assert [one.verdict for one in read_reviews(ledger.reviews)] == ["confirmed", "rejected", "open"]
    assert standing(read_reviews(ledger.reviews))["s-1"].verdict == "open"


def test_verdicts_given_at_once_are_all_kept(ledger):
    threads = [
        threading.Thread(target=append_review, args=(ledger.reviews, verdict(f"s-{n}", "confirmed"))) for n in range(20)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {one.record for one in read_reviews(ledger.reviews)} == {f"s-{n}" for n in range(20)}


def test_a_correction_that_does_not_fit_is_refused():
    with pytest.raises(InputError, match="speakers"):
        reviewed(
            reading(), {reading().statements[0].id: verdict(reading().statements[0].id, "corrected", '{"speaker": []}')}
        )
    with pytest.raises(InputError, match="confirmd"):
        append_review(None, verdict("s-1", "confirmd"))  # type: ignore[arg-type]


def test_damage_is_named_and_nothing_is_read_past_it(ledger):
    add_reading(ledger, reading(), TEXT.encode())
    record = ledger.records()[0]
    for name, change in (
        ("text.txt", lambda words: words.replace("steel", "Steel")),
        ("record.jsonl", lambda words: words.replace("autre chose", "autre CHOSE")),
        ("record.jsonl", lambda words: words[:-40]),
        ("received.txt", lambda words: words + " "),
        ("clean.txt", lambda words: words + " "),
    ):
        path = record.with_name(name)
        whole = path.read_text()
        path.write_text(change(whole))
        assert damage(ledger), name
        path.write_text(whole)
    assert not damage(ledger)
    record.with_name("text.txt").unlink()
    with pytest.raises(InputError, match=r"text\.txt"):
        read_record(record)


def test_a_folder_that_is_not_a_ledger_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a ledger"):
        open_ledger(tmp_path / "none")
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(InputError, match="something else"):
        open_ledger(tmp_path, create=True)
    later = open_ledger(tmp_path / "later", create=True)
    (later.root / "ledger.toml").write_text("format = 2\n")
    with pytest.raises(InputError, match="newer"):
        open_ledger(later.root)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=120), st.data())
def test_any_text_goes_through_the_file_and_back(text, data):
    text = text.replace("\r", "\n")
    page = document(text, title=text[:20])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = Reading(page, (), (statement(page, text[start:end], text[:9]),), (), (), ())
    assert loads(dumps(made), text, where="record.jsonl") == made


def test_two_processes_that_add_at_once_lose_nothing(tmp_path):
    home = tmp_path / "talks"
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"The minister said talk {number} goes on.\n", encoding="utf-8")
    halves = [[str(tmp_path / f"{number}.txt") for number in range(first, 6, 2)] for first in (0, 1)]
    command = [sys.executable, "-m", "reciprocity", "record", "add", "--published", "2025-10-08", "--ledger", str(home)]
    running = [
        subprocess.Popen([*command, *paths], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for paths in halves
    ]
    assert [one.communicate(timeout=120)[1] for one in running] == [b"", b""]
    ledger = open_ledger(home)
    assert len(ledger.records()) == 6
    assert damage(ledger) == ()
