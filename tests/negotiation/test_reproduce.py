"""Every answer comes as a deal file, a table, a picture, and lines that give it again: each is tried from elsewhere."""

from __future__ import annotations

import json
import shlex
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from reciprocity import InputError
from reciprocity.cli.root import build
from reciprocity.deal import read_deal
from reciprocity.negotiation.table import find_table

ASKED = {
    "bargain": ("--rule", "egalitarian", "--power", "0.4"),
    "frontier": ("--points", "4"),
    "exchange": ("--want", "pipeline=400", "--split", "0.5"),
    "sequence": ("--threat", "law", "--fallback", "threat"),
    "formula": ("--family", "inside", "--split", "0.35", "--share", "0.9"),
    "robust": ("--draws", "3", "--seed", "7", "--compliance", "0.8", "--deal", "metals_for_energy"),
    "best-reply": ("--side", "CAN"),
    "nash": (),
    "weights": ("--side", "USA"),
}
SLOW = ("robust", "sequence", "frontier")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clean folder with a stranger's table in it, under a name a shell must quote."""
    monkeypatch.chdir(tmp_path)
    text = find_table("metals_for_energy")[1].read_text(encoding="utf-8")
    (tmp_path / "my table.toml").write_text(text, encoding="utf-8")
    return tmp_path


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    build()(arguments, standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("verb", sorted(ASKED))
def test_an_answer_comes_again_from_the_lines_it_prints(
    verb: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ["--out", "deal.toml"] if verb != "weights" else []
    files += ["--picture", "drawn.svg"]
    line = ["negotiate", verb, "my table.toml", *ASKED[verb], *files, "--json"]
    answer = json.loads(run(line, capsys))
    command, snippet = answer["reproduce"]["command"], answer["reproduce"]["python"]
    again = json.loads(run(shlex.split(command)[1:], capsys))
    assert again == answer
    names: dict[str, Any] = {}
    first, call = snippet.splitlines()
    exec(first, names)  # noqa: S102 - the line is what is tested
    if verb in SLOW:  # the call is held against the function's own arguments, and not made
        function = next(one for name, one in names.items() if name.startswith("answer_"))
        eval(call, {function.__name__: signature(function).bind})  # noqa: S307
    else:
        assert json.loads(json.dumps(eval(call, names))) == answer  # noqa: S307
    drawing = (home / "drawn.svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert 'class="head"' in drawing
    if "--out" in files:
        assert read_deal(home / "deal.toml").sha256 == answer["deal"]["sha256"]
    if verb not in SLOW:
        assert f"Again: {command}" in run([*line[:-1]], capsys)


def test_the_deal_of_an_answer_is_taken_by_other_verbs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(["negotiate", "formula", "my table.toml", "--family", "quota", "--out", "deal.toml", "--json"], capsys)
    answer = json.loads(found)
    told = json.loads(run(["value", "deal.toml", "--on", answer["on"], "--horizon", "long", "--by-clause", "--json"],
                          capsys))  # fmt: skip
    for code, side in answer["sides"].items():
        assert told["sides"][code]["real_income_musd"] == pytest.approx(side["surplus_musd"], abs=0.01)
        assert told["by_clause"]["total"][code]["real_income_musd"] == pytest.approx(side["surplus_musd"], abs=0.01)


def test_a_table_with_inferred_weights_is_a_table_and_says_that_they_are(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under them the duty inferred from is not given away as it is for real income alone."""
    run(["negotiate", "weights", "my table.toml", "--side", "USA", "--out", "weighted.toml"], capsys)
    plain, weighted = (
        json.loads(run(["negotiate", "bargain", name, "--json"], capsys)) for name in ("my table.toml", "weighted.toml")
    )
    assert weighted["wants"]["USA"]["inferred"] is True
    duty = [{one["id"]: one["value"] for one in answer["terms"]}["aluminum"] for answer in (plain, weighted)]
    assert duty[1] > 2 * duty[0]
    with pytest.raises(InputError, match="has wants of its own"):
        run(["negotiate", "weights", "weighted.toml", "--side", "USA", "--out", "again.toml"], capsys)
