"""What the tests of the record ask for."""

from __future__ import annotations

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
