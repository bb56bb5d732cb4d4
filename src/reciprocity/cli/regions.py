"""Provinces and states in the terminal: who gains and who loses inside a country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from reciprocity import labels
from reciprocity.cli.output import print_table
from reciprocity.report.numbers import money, percent

MOST = 13
"""Areas shown of a country: all of Canada's, and of more those that move most."""


def print_regions(block: Mapping[str, Any]) -> None:
    """Each province and state: output, jobs, and the sectors that move it."""
    for country, areas in block["countries"].items():
        moved = sorted(areas, key=lambda row: -abs(row["output_percent"]))[:MOST]
        shown = [row for row in areas if row in moved]
        rows = [
            (
                f"{row['en']} ({row['code']})",
                money(row["output_change_musd"]),
                percent(row["output_percent"]),
                f"{row['jobs_change']:+,.0f}",
                percent(row["jobs_percent"]),
                ", ".join(f"{code} {musd:+,.0f}" for code, musd in row["largest"]),
            )
            for row in shown
        ]
        left = f"; {len(shown)} of {len(areas)} that move most" if len(shown) < len(areas) else ""
        name = labels.region(country).en
        typer.echo()
        print_table(
            ["", "output a year", "", "jobs", "", "most by, mn USD"],
            rows,
            title=f"{name}, {block['horizon']}: estimates by fixed shares of each sector{left}",
            right=[1, 2, 3, 4],
        )
    for note in block["notes"]:
        typer.echo(f"Note: {note}")
