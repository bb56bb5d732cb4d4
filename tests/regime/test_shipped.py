"""What the regime ships: small, built from the facts by the script, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

LARGEST = 4 * 10**6


def shipped(root: Path) -> Path:
    return root / "src" / "reciprocity" / "regime"


def test_what_ships_is_under_four_megabytes(root: Path) -> None:
    files = [path for path in shipped(root).rglob("*") if path.suffix in {".npz", ".json", ".toml", ".parquet"}]
    assert sum(path.stat().st_size for path in files) < LARGEST


@pytest.mark.shared
def test_the_build_gives_what_ships_byte_for_byte(
    root: Path, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    import build_regime

    monkeypatch.setattr(build_regime, "OUT", tmp_path)
    monkeypatch.setattr(build_regime, "TARIFFS", shared / "tariffs")
    monkeypatch.setattr(build_regime, "SHARED", shared)
    build_regime.write_tables()
    made = sorted(path.name for path in tmp_path.iterdir())
    held = sorted(path.name for path in (shipped(root) / "data").iterdir() if path.name != "acts.json")
    assert made == held
    for name in made:
        assert (tmp_path / name).read_bytes() == (shipped(root) / "data" / name).read_bytes(), name
