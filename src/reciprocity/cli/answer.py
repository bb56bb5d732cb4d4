"""A valuation in the terminal: the pair first, the deal in words, then who gains and who loses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from reciprocity.cli.clauses import HORIZON_WORDS
from reciprocity.cli.output import print_table
from reciprocity.report.balance import balanced
from reciprocity.report.numbers import money, percent, rate
from reciprocity.report.wording import wording

SHOWN = 5
SMALLEST_MUSD = 0.05
"""Million US dollars a year; what moves less would be shown as nothing."""


def print_answer(answer: Mapping[str, Any]) -> None:
    """The whole answer in words and tables."""
    print_headline(answer)
    print_clauses(answer)
    print_border(answer)
    for code in answer["sides"]:
        print_sectors(answer, code)
    print_third_parties(answer)
    print_certificate(answer)


def print_headline(answer: Mapping[str, Any]) -> None:
    """Each side's gain, at each horizon."""
    known = f", as known on {answer['known']}" if answer["known"] else ""
    typer.secho(f"{answer['deal']['title']} · against the law of {answer['on']}{known}", bold=True)
    rows = []
    for horizon, block in answer["horizons"].items():
        for side in block["sides"].values():
            gain = percent(side["real_income_change"]), money(side["real_income_musd"])
            rows.append(
                (side["name"], horizon, *gain, percent(side["real_wage_change"]), money(side["tariff_revenue_musd"]))
            )
    print_table(["", "horizon", "real income", "a year", "real wage", "tariff revenue"], rows, right=[2, 3, 4, 5])


def print_clauses(answer: Mapping[str, Any]) -> None:
    """The deal in words."""
    typer.echo()
    for clause in answer["deal"]["clauses"]:
        typer.echo(f"  - {clause['words']}." + ("" if clause["in_force"] else " (not in force on this day)"))


def print_border(answer: Mapping[str, Any]) -> None:
    """The law's sector rates that the deal changes, before and after."""
    changed = [row for row in answer["law"] if abs(_step(row)) > 5e-5]
    if not changed:
        return
    changed.sort(key=_step)
    rows = [
        (
            f"{row['importer']} on {row['exporter']}",
            row["sector_name"],
            _rate(row["rate_before"]),
            _rate(row["rate_after"]),
            _doubt(row),
        )
        for row in changed[:12]
    ]
    typer.echo()
    title = "What changes at the border (average duty collected; the largest changes)"
    print_table(["", "sector", "law", "deal", ""], rows, title=title, right=[2, 3])


def _step(row: Mapping[str, Any]) -> float:
    """How far a rate moves; a ban, where no rate is left, moves furthest."""
    before, after = (9.0 if row[key] is None else row[key] for key in ("rate_before", "rate_after"))
    return after - before


def _rate(owed: float | None) -> str:
    return "forbidden" if owed is None else rate(owed)


def _doubt(row: Mapping[str, Any]) -> str:
    words = ["estimated"] if row["estimated"] else []
    return ", ".join([*words, *(["unverified"] if row["confidence"] in {"S", "M"} else [])])


def print_sectors(answer: Mapping[str, Any], code: str) -> None:
    """The sectors of a side that gain and lose most."""
    mine = sorted(
        (row for row in answer["sectors"] if row["country"] == code), key=lambda row: -row["output_change_musd"]
    )
    name, when = answer["sides"][code]["name"], HORIZON_WORDS[answer["horizon"]]
    best = [row for row in mine[:SHOWN] if row["output_change_musd"] > SMALLEST_MUSD]
    worst = [row for row in mine[-SHOWN:] if row["output_change_musd"] < -SMALLEST_MUSD]
    typer.echo()
    if not best and not worst:
        typer.echo(f"{name}: no sector's output moves by as much as US$0.1 million a year.")
        return
    print_table(
        ["sector", "output", "a year", "exports"],
        [
            (
                row["name"],
                percent(row["output_change"]),
                money(row["output_change_musd"]),
                money(row["exports_change_musd"]),
            )
            for row in [*best, *worst]
        ],
        title=f"{name}, {when}: the sectors that gain and lose most (quantities, at 2022 prices)",
        right=[1, 2, 3],
    )


def print_third_parties(answer: Mapping[str, Any]) -> None:
    """What it does to those who are not at the table."""
    moved = [row for row in answer["third_parties"] if abs(row["real_income_musd"]) > SMALLEST_MUSD]
    others: Sequence[Mapping[str, Any]] = sorted(moved, key=lambda row: row["real_income_musd"])
    shown = [*others[:3], *others[3:][-2:]]
    typer.echo()
    if not shown:
        typer.echo("Others, not at the table: nobody's real income moves by as much as US$0.1 million a year.")
        return
    print_table(
        ["", "real income", "a year"],
        [(row["name"], percent(row["real_income_change"]), money(row["real_income_musd"])) for row in shown],
        title=f"Others, not at the table, {HORIZON_WORDS[answer['horizon']]} (most against, most for)",
        right=[1, 2],
    )


def print_certificate(answer: Mapping[str, Any]) -> None:
    """What shows that the numbers are an equilibrium, and what in them is estimated."""
    made = answer["certificate"]
    worst = max(made["price_residual"], made["spending_residual"], made["wage_residual"])
    typer.echo()
    typer.echo(
        f"Solved to {worst:.0e} in {made['evaluations_before']} + {made['evaluations']} evaluations; "
        f"closure {made['closure']}, numeraire {made['numeraire']}; thetas {answer['provenance']['elasticities']}."
    )
    for note in answer["notes"]:
        typer.echo(f"Note: {note}")


def print_balance(answer: Mapping[str, Any]) -> None:
    """What would balance the deal, in sentences."""
    words = wording("en")
    typer.echo()
    typer.secho(words["brief.balance"], bold=True)
    finding, *rest = balanced(answer, words)
    typer.echo("\n".join([finding, *(f"- {one}" for one in rest)]))
    typer.echo(words["balance.about"])
