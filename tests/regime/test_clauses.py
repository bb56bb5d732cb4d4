"""Goods on the days the acts name, each duty worked by hand from the clause it rests on, not from the book."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from math import prod
from pathlib import Path

import pytest

from reciprocity.regime import duty
from reciprocity.regime.question import facts_of

SHEETS = [tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("clauses_*.toml"))]


def asked() -> Iterator[tuple[str, str, str, str]]:
    """Every question with its importer, its facts and its answer."""
    for sheet in SHEETS:
        for clause in sheet["clause"]:
            for question, facts, answer in clause["asks"]:
                yield sheet.get("importer", "USA"), question, facts, answer


def worked(sum_of_products: str) -> float:
    """A duty as written, '0.03 + 0.50 * 0.8'."""
    return sum(prod(map(float, term.split("*"))) for term in sum_of_products.split("+"))


@pytest.mark.parametrize(
    ("importer", "question", "facts", "answer"), list(asked()), ids=lambda text: text or "no facts"
)
def test_a_question_answered_from_its_clause(importer: str, question: str, facts: str, answer: str) -> None:
    exporter, hs, day, *known = question.split()
    said = facts_of(facts.split(", ")) if facts else {}
    found = duty(importer=importer, exporter=exporter, hs=hs, date=day, known=known[0] if known else None, facts=said)
    assert found.rate == pytest.approx(worked(answer), abs=1e-6), [
        (one.measure, one.contribution, one.reason) for one in found.stack
    ]


@pytest.mark.shared
def test_every_clause_is_in_its_act_word_for_word(shared: Path) -> None:
    for clause in (one for sheet in SHEETS for one in sheet["clause"] if "file" in one):
        text = re.sub(r"\s+", " ", (shared / "law" / "us" / clause["file"]).read_text("utf-8"))
        assert re.sub(r"\s+", " ", clause["quote"]) in text, (clause["file"], clause["quote"])
