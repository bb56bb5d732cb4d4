"""The index finds what the files say, on SQLite and on PostgreSQL alike, and is made from them at will."""

from __future__ import annotations

import random
import re

import pytest
from sqlalchemy import event, insert, text

from reciprocity.errors import InputError
from reciprocity.record.ledger import schema
from reciprocity.record.ledger.ledger import add_reading, open_ledger
from reciprocity.record.ledger.review import Review, append_review
from reciprocity.record.ledger.rows import statement_row
from reciprocity.record.ledger.said import said
from reciprocity.record.ledger.store import add, engine_for, open_store, refresh
from reciprocity.record.reading import Reading
from record.samples import ANN, BOB, TEXT, document, reading, statement

SECOND = "Bob Lee said the Québec dairy rules must go before any trade deal under USMCA is signed with us."


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request):
    if request.param == "sqlite":
        return ""
    address = request.getfixturevalue("postgres_url")
    engine = engine_for(address)
    with engine.begin() as connection:
        schema.drop(connection)
    engine.dispose()
    return address


@pytest.fixture
def ledger(tmp_path):
    made = open_ledger(tmp_path / "ledger", create=True)
    add_reading(made, reading(), TEXT.encode())
    page = document(SECOND, published="2025-11-02")
    words = SECOND.removeprefix("Bob Lee said ")
    said_there = statement(page, words, "bob_lee", issues=("dairy", "CUSMA"))
    add_reading(made, Reading(page, (BOB,), (said_there,), (), (), ()), SECOND.encode())
    return made


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("energie", 1),
        ("ÉNERGIE", 1),
        ("aluminum", 1),
        ("Aluminium weeks", 1),
        ("CUSMA", 1),
        ("T-MEC", 1),
        ("quebec dairy", 1),
        ('"trade deal"', 1),
        ('"deal trade"', 0),
        ("deal trade", 1),
        ("pipe*", 1),
        ("pipe", 0),
        ('steel "in exchange for"', 1),
        ("steel", 2),
        ("c'est", 1),
        ("nothing like it", 0),
        ("' OR 1=1 --", 0),
        ('steel" OR "dairy', 0),
        ("NEAR(steel)", 0),
        ("the:*", 3),
    ],
)
def test_words_find_statements(ledger, url, question, found):
    with open_store(ledger, url) as store:
        assert len(said(store, question)) == found


def test_a_question_without_words_is_refused(ledger):
    with open_store(ledger) as store:
        for question in ("*", '""', "…", "a " * 40):
            with pytest.raises(InputError, match="words to look for"):
                said(store, question)


def test_who_when_where_in_whose_words(ledger, url):
    with open_store(ledger, url) as store:
        (one,) = said(store, "pipeline")
        assert (one.speakers, one.chain, one.on, one.line) == (("ann_roy",), ("unnamed_1",), "2025-10-08", 5)
        assert one.record == "second-hand"
        assert TEXT[one.start : one.end] == one.exact
        assert [row.on for row in said(store)] == ["2025-11-02"] + ["2025-10-08"] * 5
        assert len(said(store, who="bob_lee")) == 2
        assert len(said(store, who="unnamed_1")) == 1
        assert len(said(store, issue="steel")) == 2
        assert len(said(store, since="2025-11-01")) == 1
        assert len(said(store, until="2025-11-01")) == 5
        assert len(said(store, "the", until="2025-11-02", limit=1)) == 1


def test_verdicts_reach_the_index(ledger, url):
    first = reading().statements[0].id
    with open_store(ledger, url) as store:
        assert len(said(store, "autos")) == 1
    append_review(ledger.reviews, Review(first, "rejected", "ann", "2025-10-09T12:00:00Z"))
    with open_store(ledger, url) as store:
        assert not said(store, "autos")
        assert [one.review for one in said(store, "autos", rejected=True)] == ["rejected"]


def test_the_index_follows_the_files_and_only_what_changed_is_read(ledger, url):
    with open_store(ledger, url) as store:
        assert refresh(store, ledger) == 0
        third = document("Ann Roy said lumber is next.", published="2025-12-01")
        add_reading(
            ledger, Reading(third, (ANN,), (statement(third, "lumber is next"),), (), (), ()), third.text.encode()
        )
        assert refresh(store, ledger) == 1
        assert len(said(store, "lumber")) == 1
        folder = next(one for one in ledger.records() if one.parent.name.startswith("2025-12-01")).parent
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        assert refresh(store, ledger) == 0
        assert not said(store, "lumber")


def test_deleting_the_index_loses_nothing(ledger):
    with open_store(ledger) as store:
        before = said(store)
    for path in ledger.root.glob("ledger.db*"):
        path.unlink()
    with open_store(ledger) as store:
        assert said(store) == before


def test_an_index_that_is_broken_or_elsewhere_is_named(ledger):
    ledger.index.write_bytes(b"not a database at all" * 99)
    with pytest.raises(InputError, match=r"Delete ledger\.db"), open_store(ledger):
        pass
    for url in ("mysql://nobody@localhost/x", "what is this", "postgresql://nobody@127.0.0.1:1/none"):
        with pytest.raises(InputError, match="index"), open_store(ledger, url):
            pass


WORDS = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in "aeiou" for c in "bdfglmnprst"]


@pytest.fixture(scope="module")
def hundred_thousand(tmp_path_factory):
    draw = random.Random(7)  # noqa: S311
    engine = engine_for(f"sqlite:///{tmp_path_factory.mktemp('big')}/ledger.db")
    texts = [f"{' '.join(draw.choices(WORDS, k=12))} the {number}" for number in range(100_000)]
    with engine.begin() as connection:
        schema.create(connection)
        page = document("x")
        add(connection, Reading(page, (ANN,), (), (), (), ()), folder="big", stamp="")
        blank = statement_row(statement(page, "x"), 0, Reading(page, (), (), (), (), ()))
        rows = [blank | {"seq": at * 7000, "id": f"s-{at}", "exact": words} for at, words in enumerate(texts)]
        connection.execute(insert(schema.statement), rows)
        connection.execute(
            insert(schema.statement_words), [{"rowid": row["seq"], "words": row["exact"]} for row in rows]
        )
        connection.execute(
            insert(schema.statement_actor), [{"seq": row["seq"], "actor": "ann_roy", "role": "speaker"} for row in rows]
        )
    return engine


def test_a_search_of_a_hundred_thousand_is_one_question_that_walks_an_index(hundred_thousand):
    asked: list[tuple[str, object]] = []

    def note(_connection, _cursor, command, given, _context, _many):
        asked.append((command, given))

    event.listen(hundred_thousand, "before_cursor_execute", note)
    for question, who in (("bab 'des'", ""), ("the", ""), ("the 4*", "ann_roy"), ("54321", "")):
        asked.clear()
        assert said(hundred_thousand, question, who=who) is not None
        ((command, given),) = asked
        with hundred_thousand.connect() as connection:
            steps = [row[3] for row in connection.connection.execute(f"EXPLAIN QUERY PLAN {command}", given).fetchall()]
        assert any("statement_words VIRTUAL TABLE" in step for step in steps)
        assert not any(re.match(r"SCAN (?!statement_words)", step) or "TEMP B-TREE FOR ORDER" in step for step in steps)
    with hundred_thousand.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM statement")).scalar() == 100_000
    event.remove(hundred_thousand, "before_cursor_execute", note)
