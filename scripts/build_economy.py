"""Build the economy tables the package ships from the raw packs in ../shared/data.

    uv run python scripts/build_economy.py [--shared ../shared/data]

Writes src/reciprocity/economy/data: icio2022_21x40.npz, icio2022_5x10.npz, elasticities.csv. Same input, same bytes.
Axes become the house's: importer, exporter, sector; country, input_sector, using_sector. Only the United States'
baseline tariffs are carried (2024 calculated duty over customs value); every other importer's are zero, and said to be.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parents[1]
OUT = HERE / "src" / "reciprocity" / "economy" / "data"


def build_21x40(shared: Path) -> dict[str, np.ndarray]:
    raw = np.load(shared / "economy" / "canus_21x40.npz", allow_pickle=False)
    measured = np.load(shared / "economy" / "tariffs_21x40.npz", allow_pickle=False)
    usa = list(raw["regions"]).index("USA")
    tariff = np.zeros((21, 21, 40), np.float32)
    tariff[usa] = measured["tau"][:, usa, :]
    tariff[usa, usa] = 0.0
    return {
        "regions": raw["regions"],
        "sectors": raw["industries"],
        "trade": raw["X"].transpose(1, 0, 2),
        "tariff": tariff,
        "intermediate": raw["Z"],
        "final": raw["F"],
        "final_categories": raw["fd"],
        "value_added": raw["V"].transpose(0, 2, 1),
        "value_added_components": raw["va"],
        "product_taxes": raw["TLS"],
        "output": raw["OUT"],
    }


def build_5x10(shared: Path) -> dict[str, np.ndarray]:
    raw = json.loads((shared / "economy" / "canus_5x10.json").read_text())
    trade = np.array(raw["X"]).transpose(1, 0, 2)
    tariff = np.zeros((5, 5, 10))
    usa = raw["regions"].index("USA")
    tariff[usa] = np.array(raw["tariff"])[:, usa, :]
    tariff[usa, usa] = 0.0
    return {
        "regions": np.array(raw["regions"]),
        "sectors": np.array(raw["industries"]),
        "trade": trade,
        "tariff": tariff,
        "intermediate": np.array(raw["Z"]),
        "final": np.array(raw["F"])[:, :, None],
        "final_categories": np.array(["TOTAL"]),
        "value_added": np.stack([np.array(raw["labour"]), np.array(raw["other_va"])], axis=2),
        "value_added_components": np.array(["LABR", "OTHER"]),
        "product_taxes": np.array(raw["tls"]),
        "output": trade.sum(axis=0),
    }


def write_elasticities(shared: Path) -> None:
    with (shared / "elasticities" / "canus40.csv").open() as source:
        rows = list(csv.DictReader(source))
    with (OUT / "elasticities.csv").open("w", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["sector", *list(rows[0])[1:]])
        writer.writerows([list(row.values()) for row in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parent / "shared" / "data")
    shared = parser.parse_args().shared
    OUT.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(OUT / "icio2022_21x40.npz", **build_21x40(shared))
    np.savez_compressed(OUT / "icio2022_5x10.npz", **build_5x10(shared))
    write_elasticities(shared)
    for path in sorted(OUT.glob("*.*")):
        print(f"{path.name:28} {path.stat().st_size / 1000:8.1f} kB")


if __name__ == "__main__":
    main()
