"""What is written from the program says what the program says."""

from __future__ import annotations

import sys

import pytest

from reciprocity.flow import value


@pytest.fixture(scope="module")
def scripts(root):
    sys.path.insert(0, str(root / "scripts"))
    yield
    sys.path.remove(str(root / "scripts"))


@pytest.mark.usefixtures("scripts")
@pytest.mark.parametrize("name", ["commands.md", "deal-file.md", "python.md"])
def test_the_reference_is_the_program(root, name):
    from reference import pages

    there = (root / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert there == pages()[name], "run `just docs`"


@pytest.mark.usefixtures("scripts")
def test_the_table_of_the_readme_is_the_model(root):
    from readme import DAYS, DEALS, table

    answers = [value(name, on=day).to_dict() for day in DAYS for name in DEALS]
    there = (root / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in table(answers) if line not in there] == [], "run `just golden`"
