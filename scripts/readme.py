"""Draw the README's picture and rewrite its table of results, from the model as it stands.

uv run python scripts/readme.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reciprocity.files import write_atomically
from reciprocity.flow import value
from reciprocity.report.figures import MirroredBars, of_percent, standalone
from reciprocity.report.numbers import money, percent

ROOT = Path(__file__).resolve().parents[1]
DEALS = ("metals_for_energy", "cusma_as_written", "cusma_lapses")
DAYS = (date(2025, 10, 8), date(2026, 9, 29))


def main() -> None:
    answers = [value(name, on=day).to_dict() for day in DAYS for name in DEALS]
    rows = [
        (
            f"{one['deal']['title']}, {one['on'][:4]}",
            *(one["sides"][side]["real_income_change"] for side in ("CAN", "USA")),
        )
        for one in answers
    ]
    figure = MirroredBars(
        title="What each deal would do to both sides",
        description="Change of real income in per cent, long run, against the law of 2025-10-08 and of 2026-09-29.",
        left="Canada",
        right="United States",
        hues=("canada", "usa"),
        gain="gain",
        loss="loss",
        measure=of_percent("change in real income, % (long run)"),
        rows=rows,
    )
    write_atomically(ROOT / "docs" / "images" / "deals.svg", standalone(figure.svg(720)))
    readme = ROOT / "README.md"
    head, rest = readme.read_text(encoding="utf-8").split("| deal |", 1)
    tail = rest[rest.index("\n\n") :]
    write_atomically(readme, head + "\n".join(table(answers)) + tail)


def table(answers: list[dict]) -> list[str]:
    lines = [
        "| deal | law of | horizon | Canada | a year | United States | a year |",
        "|---|---|---|---:|---:|---:|---:|",
    ]
    for one in answers:
        for horizon, block in one["horizons"].items():
            cells = []
            for side in ("CAN", "USA"):
                gain = block["sides"][side]
                cells += [percent(gain["real_income_change"]), money(gain["real_income_musd"])]
            lines.append(f"| {one['deal']['title']} | {one['on']} | {horizon} | {' | '.join(cells)} |")
    return lines


if __name__ == "__main__":
    main()
