"""Passages in many styles, held against one person's annotation: the bars the reader must keep."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(scope="module")
def accuracy(root):
    sys.path.insert(0, str(root / "scripts"))
    try:
        import accuracy
    finally:
        sys.path.pop(0)
    return accuracy


def test_statements_of_the_passages(accuracy):
    score = accuracy.measure(accuracy.passages(), "rules")
    precision, recall = score.found / score.proposed, score.found / score.gold
    assert 2 * precision * recall / (precision + recall) >= 0.55
    assert score.quoted / score.quoted_gold >= 0.95
    assert score.sourced / score.sources >= 0.9
