"""How fast the record is read and searched: articles a second, and 100,000 statements in an index.

uv run python benchmarks/record.py [--index postgresql://host/name]

Without an address the index is a SQLite file. A PostgreSQL database is emptied of its index and filled with these.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, insert

from reciprocity.record.ledger import schema
from reciprocity.record.ledger.said import said
from reciprocity.record.ledger.store import add, engine_for
from reciprocity.record.read import document_of, read_document

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
STATEMENTS = 100_000
_VOCABULARY = """
steel aluminum lumber energy tariff duty quota border relief talks minister premier Canada Washington Ottawa Québec
dairy autos trucks pipeline review treaty deal offer week month mill smelter export import price worker plant union
letter court ruling list clause rate content origin copper potash wheat beef wine water bank budget growth jobs
"""
WORDS = _VOCABULARY.split()
QUESTIONS = ("steel", "tariff relief", '"steel quota"', "alumin*", "Quebec", "union letter court", "no such word")


def reading_speed() -> float:
    """Articles of 5,000 characters a second, of processor time, on the passages of the tests."""
    import accuracy

    documents = [page for name in ("mended.txt", "unseen.txt") for page, _ in accuracy.marked(name)]
    return accuracy.speed(accuracy.articles(documents), "rules")


def fill(engine: Engine) -> None:
    """100,000 statements in 2,000 documents, of words drawn at random but the same each time; a word is in a fifth."""
    draw = random.Random(0)
    with engine.begin() as connection:
        schema.drop(connection)
        schema.create(connection)
        connection.execute(insert(schema.about).values(key="schema", value=schema.VERSION))
        for number in range(STATEMENTS // 50):
            lines = (f"The minister said {' '.join(draw.choices(WORDS, k=18))} would hold." for _ in range(50))
            day = f"{2020 + number % 6}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            page = document_of("\n\n".join(lines), published=day)
            made = read_document(page)
            add(connection, replace(made, commitments=(), links=()), folder=str(number), stamp="")
        schema.count_up(connection)


def search_times(engine: Engine) -> dict[str, tuple[float, float]]:
    """Median and slowest milliseconds by the clock of ten runs of each question."""
    found = {}
    for question in QUESTIONS:
        took = []
        for _ in range(10):
            start = time.perf_counter()
            said(engine, question)
            took.append(1e3 * (time.perf_counter() - start))
        found[question] = statistics.median(took), max(took)
    return found


def main() -> None:
    """Print each figure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--index", default="", help="a PostgreSQL address; a SQLite file where left out")
    given = asked.parse_args()
    print(f"reading: {reading_speed():.0f} articles of 5,000 characters a second of processor time")
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(given.index or f"sqlite:///{folder}/ledger.db")
        fill(engine)
        print(f"{engine.dialect.name}, {STATEMENTS:,} statements")
        for question, (median, slowest) in search_times(engine).items():
            print(f"  {question:22} {median:6.1f} ms, slowest of ten {slowest:.1f} ms")
        engine.dispose()


if __name__ == "__main__":
    main()
