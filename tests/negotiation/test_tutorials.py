"""Every line of the tutorials runs from a clean folder, and what they say of the answers holds."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from reciprocity.cli.root import build
from reciprocity.negotiation.answers import answer_bargain
from reciprocity.negotiation.exchange import answer_exchange
from reciprocity.negotiation.formula import answer_formula

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [*sorted((DOCS / "tutorials").glob("*.md")), DOCS / "how-to" / "write-a-table.md"]


def blocks(page: Path) -> tuple[list[str], str]:
    """The command lines of a page, and its Python."""
    lines = [line[4:] for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("    ")]
    commands = [line for line in lines if line.startswith("reciprocity ")]
    return commands, "\n".join(line for line in lines if not line.startswith("reciprocity "))


@pytest.mark.parametrize("page", PAGES, ids=[one.stem for one in PAGES])
def test_every_line_of_a_tutorial_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    commands, python = blocks(page)
    for content in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        (tmp_path / "table.toml").write_text(content, encoding="utf-8")
    assert commands
    if page.stem == "write-a-table":  # robust is run on another page, and takes as long as all the rest
        commands = [one for one in commands if " robust " not in one]
    for command in commands:
        build()(shlex.split(re.sub(r"--draws \d+", "--draws 3", command))[1:], standalone_mode=False)
        assert capsys.readouterr().out.strip(), command
    exec(python, {})  # noqa: S102 - the page is what is tested
    for name in re.findall(r"--(?:picture|out) (\S+)", " ".join(commands)):
        assert (tmp_path / name).stat().st_size > 0


def test_what_the_tutorials_say_holds() -> None:
    metals = answer_bargain("metals_for_energy", threat="law")
    assert all(one["value"] < 0.15 for one in metals["terms"] if one["kind"] == "cap")
    assert {one["id"]: one["value"] for one in metals["terms"]}["pipeline"] == 830
    assert not answer_bargain("metals_for_energy", threat="nash")["acceptable"]
    assert answer_formula("metals_for_energy", "half", whole="USA")["status"] != "solved"
    step, law = (answer_bargain("offer_2026_08_21", threat=name) for name in ("announced", "law"))
    assert law["sides"]["CAN"]["real_income_musd"] > step["sides"]["CAN"]["real_income_musd"]
    asked = {"metals": 0.25, "vehicles": 0.15, "softwood": 1.0}
    assert answer_exchange("offer_2026_08_21", asked, threat="law")["status"] == "already"
    pledge = [
        next(one["value"] for one in answer_bargain("cusma_renewal", threat=name)["terms"] if one["id"] == "investment")
        for name in ("mfn", "nash")
    ]
    assert pledge[0] < pledge[1]
