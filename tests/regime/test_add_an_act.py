"""The how-to for adding an act: what it names is in the book, and what it shows can be done."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reciprocity.regime import duty
from reciprocity.regime.book import shipped_book
from reciprocity.regime.check import book_with, check_files

TOLD_BY_BASIS = {"metal_share", "non_ca_mx_content", "us_content_approved"}
"""Facts that no condition asks for: the part of value and what is read from it do."""


@pytest.fixture
def page(root: Path) -> str:
    return (root / "docs" / "how-to" / "add-an-act.md").read_text(encoding="utf-8")


@pytest.fixture
def maple(page: str, tmp_path: Path) -> Path:
    """The short act of the page, as a file."""
    (block,) = (one for one in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if "us.invented.maple" in one)
    path = tmp_path / "maple.toml"
    path.write_text(block, encoding="utf-8")
    return path


def between(page: str, first: str, last: str) -> set[str]:
    return set(re.findall(r"`([a-z0-9_.]+)`", page[page.index(first) : page.index(last)]))


def test_the_page_names_every_programme_of_the_book(page: str) -> None:
    assert between(page, "**Slots in use**", "**Out of a programme**") == {one.slot for one in shipped_book().measures}


def test_the_page_names_every_fact_the_book_asks_for(page: str) -> None:
    asked = {name for one in shipped_book().measures for name, _ in one.when}
    assert between(page, "Facts in use:", "`{ in_quota = false }` holds") - {"end_use"} == (asked | TOLD_BY_BASIS) - {
        "end_use"
    }


def test_the_short_act_has_no_fault_and_can_be_asked_with(maple: Path) -> None:
    assert check_files([maple])["measures"] == 2
    asked = {"importer": "USA", "exporter": "CAN", "hs": "1702.20.22", "date": "2026-11-05", "book": book_with([maple])}
    free = duty(**asked, facts={"usmca_claimed": True})
    assert "Maple duty (USMCA exemption)" in {one.measure for one in free.stack}
    owed = duty(**asked)
    assert {one.measure: one.contribution for one in owed.stack}["Maple duty"] == pytest.approx(0.20)
    without = duty(**asked | {"book": shipped_book()})
    assert owed.rate - without.rate == pytest.approx(0.20)


def rate(act: Path) -> subprocess.CompletedProcess[str]:
    words = ["regime", "rate", "1702.20.22", "--exporter", "CAN", "--on", "2026-11-05", "--act", str(act), "--json"]
    return subprocess.run(
        [sys.executable, "-m", "reciprocity", *words], capture_output=True, text=True, check=False, timeout=60
    )


def test_the_command_asks_with_an_act_of_ones_own(maple: Path) -> None:
    told = json.loads(rate(maple).stdout)
    assert "us.maple.2026-11-01" in {one["id"] for one in told["stack"]}


def test_an_act_with_a_fault_is_not_asked_with(maple: Path) -> None:
    maple.write_text(maple.read_text(encoding="utf-8").replace("0.20", "20"), encoding="utf-8")
    told = rate(maple)
    assert told.returncode == 2
    assert "measure[1].rate: 20 is not a fraction" in told.stderr
