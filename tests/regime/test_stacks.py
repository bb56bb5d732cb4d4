"""What takes something on a good, by name, each worked by hand from the acts named above it, not from the book."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reciprocity.regime import duty
from reciprocity.regime.question import facts_of

SHEET = tomllib.loads((Path(__file__).parent / "stacks_canada.toml").read_text("utf-8"))


def asked() -> Iterator[tuple[str, str, float, list[str]]]:
    """Every question with its facts, its duty and the measures that make it up."""
    for topic in SHEET["topic"]:
        yield from topic["asks"]


@pytest.mark.parametrize(("question", "facts", "rate", "names"), list(asked()), ids=str)
def test_the_measures_that_take_something_have_their_names(
    question: str, facts: str, rate: float, names: list[str]
) -> None:
    exporter, hs, day, *known = question.split()
    said = facts_of(facts.split(", ")) if facts else {}
    found = duty("USA", exporter, hs, day, known[0] if known else None, said)
    assert found.rate == pytest.approx(rate, abs=1e-6)
    assert sorted(one.measure for one in found.stack if one.applies and one.contribution) == sorted(names)
