"""`reciprocity deal`: lists, shows, checks and begins deals; and `reciprocity check`, on what is known."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import get_args

import pytest

from reciprocity.deal import read_deal
from reciprocity.deal.cases import case_deals
from reciprocity.deal.clauses import Clause
from reciprocity.deal.kinds import kinds
from reciprocity.known_answers import known_answers


def run(*words, folder=None):
    return subprocess.run(
        [sys.executable, "-m", "reciprocity", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
    )


def test_every_deal_that_ships_is_listed():
    rows = json.loads(run("deal", "list", "--json").stdout)
    assert {row["name"] for row in rows} == set(case_deals())
    assert all(row["title"] and row["clauses"] for row in rows)


def test_a_deal_is_shown_with_what_each_clause_rests_on():
    words = run("deal", "show", "metals_for_energy").stdout
    for clause in read_deal(case_deals()["metals_for_energy"]).clauses:
        assert clause.id in words
        assert clause.source in words
    shown = json.loads(run("deal", "show", "metals_for_energy", "--json").stdout)
    assert shown["sha256"] == read_deal(case_deals()["metals_for_energy"]).sha256


def test_the_kinds_are_those_a_file_may_hold():
    assert {one.name for one in kinds()} == {one.model_fields["kind"].annotation.__args__[0] for one in _types()}
    for one in kinds():
        assert all(key.meaning for key in one.keys), one.name


def _types():
    return get_args(get_args(Clause)[0])


def test_an_unknown_kind_is_asked_back():
    done = run("deal", "kinds", "quotas")
    assert done.returncode == 2
    assert "Did you mean 'quota'?" in done.stderr


def test_a_new_deal_is_the_old_one_and_is_never_written_over(tmp_path):
    assert run("deal", "new", "mine.toml", "--like", "cusma_lapses", folder=tmp_path).returncode == 0
    mine = tmp_path / "mine.toml"
    assert read_deal(mine).clauses == read_deal(case_deals()["cusma_lapses"]).clauses
    mine.write_text(mine.read_text() + "\n# mine\n")
    again = run("deal", "new", "mine.toml", folder=tmp_path)
    assert again.returncode == 2
    assert mine.read_text().endswith("# mine\n")


def test_check_tells_every_fault_of_every_file(tmp_path):
    good, bad, worse = tmp_path / "good.toml", tmp_path / "bad.toml", tmp_path / "worse.toml"
    clause = '[[clause]]\nid = "a"\nkind = "cap"\nimporter = "USA"\nexporter = "CAN"\nstatement = "s"\nsource = "s"\n'
    good.write_text(f'title = "Good"\nsides = ["CAN", "USA"]\n{clause}rate = 0.1\n')
    bad.write_text(f'title = "Bad"\nsides = ["CAN", "USA"]\n{clause}rate = 25\nsector = "stel"\n')
    worse.write_text("title = ")
    done = run("deal", "check", str(bad), str(good), str(worse), "--on", "2025-10-08")
    assert done.returncode == 2
    assert "good.toml: right, 1 clauses" in done.stdout
    for words in (
        "bad.toml: clause[1].rate: 25 is not a fraction",
        "Did you mean 'steel'?",
        "worse.toml: is not whole",
    ):
        assert words in done.stderr


def test_check_holds_a_deal_against_the_law(tmp_path):
    file = tmp_path / "odd.toml"
    head = 'title = "Odd"\nsides = ["CAN", "USA"]\n[[clause]]\nid = "a"\nkind = "lift"\nimporter = "USA"\n'
    file.write_text(f'{head}exporter = "CAN"\nmeasures = ["us.232.stel"]\nstatement = "s"\nsource = "s"\n')
    assert run("deal", "check", str(file)).returncode == 0
    done = run("deal", "check", str(file), "--on", "2025-10-08")
    assert done.returncode == 2
    assert "us.232.stel" in done.stderr


@pytest.mark.parametrize("answer", known_answers(), ids=lambda one: one.what[:40])
def test_what_is_known_is_found(answer):
    assert answer.holds


def test_check_says_passed():
    done = run("check", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["passed"] is True


def test_an_unknown_verb_is_asked_back():
    done = run("valu", "metals_for_energy")
    assert done.returncode == 2
    assert "Did you mean 'value'?" in done.stderr
