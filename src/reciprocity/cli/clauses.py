"""A deal's clauses and what each is worth to each side, as a table to look at."""

from __future__ import annotations

from typing import Any

import typer

from reciprocity.cli.output import print_table

HORIZON_WORDS = {"1y": "one year on", "3y": "three years on", "long": "in the long run"}


def print_clauses(worth: dict[str, Any]) -> None:
    """Print `by_clause` of an answer: million USD a year and per cent of real income, + is a gain."""
    sides = list(worth["total"])
    rows = [
        [one["id"], one["giver"], *(_cell(one["sides"][code]) for code in sides), f"{one['third_parties_musd']:+,.0f}"]
        for one in worth["clauses"]
    ]
    rows.append(["whole deal", "", *(_cell(worth["total"][code]) for code in sides), ""])
    print_table(
        ["clause", "given by", *(f"{code}, mn USD (% of real income)" for code in sides), "others, mn USD"],
        rows,
        title=f"What each clause is worth {HORIZON_WORDS[worth['horizon']]}",
        right=range(2, 3 + len(sides)),
    )
    typer.echo(
        "Each clause's mean worth over every order of signing (Shapley); the column adds up to the whole exactly."
        if worth["method"] == "shapley"
        else "Each clause's worth along the path on which all grow together (Aumann-Shapley); the column adds up."
    )


def _cell(worth: dict[str, float]) -> str:
    return f"{worth['real_income_musd']:+,.0f} ({worth['real_income_change'] * 100:+.4f}%)"
