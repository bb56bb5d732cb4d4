"""The command line: JSON that programs read, words that people read, status 2 on bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from reciprocity.cli.negotiate import app

RUN = CliRunner()


def test_bargain_as_json_has_what_programs_read(tmp_path: Path) -> None:
    out = tmp_path / "deal.toml"
    done = RUN.invoke(app, ["bargain", "metals_for_energy", "--threat", "law", "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.output)
    assert {"CAN", "USA"} == set(answer["sides"])
    assert all(isinstance(one["surplus"], float) for one in answer["sides"].values())
    assert answer["certificate"]["holds"]
    assert out.read_text(encoding="utf-8") == answer["deal"]["toml"]
    assert "reciprocity negotiate bargain" in answer["reproduce"]["command"]


def test_frontier_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "frontier.svg"
    done = RUN.invoke(app, ["frontier", "metals_for_energy", "--points", "5", "--picture", str(picture)])
    assert done.exit_code == 0, done.output
    assert picture.read_text(encoding="utf-8").lstrip().startswith("<svg") or "<svg" in picture.read_text("utf-8")


def test_tables_are_listed() -> None:
    done = RUN.invoke(app, ["tables", "--json"])
    assert "metals_for_energy" in {one["table"] for one in json.loads(done.output)}


def test_bad_input_is_one_message_and_status_2() -> None:
    command = [sys.executable, "-m", "reciprocity", "negotiate", "exchange", "metals_for_energy", "--want", "stel=0.25"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Did you mean 'steel'?" in done.stderr
    assert "Traceback" not in done.stderr
