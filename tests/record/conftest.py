"""What the tests of the record ask for."""

from __future__ import annotations

import sys

import pytest

from postgres import postgres_url
from reciprocity.cli.root import build

__all__ = ["postgres_url"]


@pytest.fixture
def record(capsys):
    """Run `reciprocity record ...` here and give back what it printed; what it refuses is raised."""

    def run(*words: str) -> str:
        capsys.readouterr()
        build()(["record", *map(str, words)], standalone_mode=False)
        return capsys.readouterr().out

    return run


@pytest.fixture(scope="session")
def accuracy(root):
    """The script that measures the reader."""
    sys.path.insert(0, str(root / "scripts"))
    try:
        import accuracy
    finally:
        sys.path.pop(0)
    return accuracy
