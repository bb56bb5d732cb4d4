"""Write the table of published rates beside ours into docs/explanation/reading-the-law.md.

uv run python scripts/published.py
"""

from __future__ import annotations

from pathlib import Path

from reciprocity.files import write_atomically
from reciprocity.regime.published import Comparison, every_comparison

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "reading-the-law.md"
BEGIN, END = "<!-- published: begin -->", "<!-- published: end -->"


def main() -> None:
    head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    table = "\n".join(lines(list(every_comparison("USA", "CAN"))))
    write_atomically(PAGE, f"{head}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}")


def lines(found: list[Comparison]) -> list[str]:
    """The table, a row a published day."""
    rows = [
        "| since | theirs, % | ours, % | ours on their claims, % | what differs, points (theirs less ours) | left |",
        "|---|---:|---:|---:|---|---:|",
    ]
    for one in found:
        told = "; ".join(f"{gap.programme} {100 * (gap.theirs - gap.ours):+.2f}" for gap in one.gaps)
        rates = " | ".join(f"{100 * rate:.2f}" for rate in (one.theirs, one.ours, one.ours_on_their_claims))
        rows.append(f"| {one.since} | {rates} | {told} | {100 * one.unexplained:+.2f} |")
    return rows


if __name__ == "__main__":
    main()
