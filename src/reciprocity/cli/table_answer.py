"""Answers at a table in the terminal: who gains, the terms, what shows that the search is done; a file, a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from reciprocity.cli.output import print_json, print_table

WIDE = 720
"""Of a picture in its own file."""

if TYPE_CHECKING:
    from reciprocity.report.figures import Figure


def finish(
    answer: dict[str, Any],
    out: Path | None,
    *,
    as_json: bool,
    replace: bool = False,
    picture: Path | None = None,
    chart: str = "",
) -> bool:
    """Write the deal or table and draw the picture where asked for, print JSON; whether nothing is left to print."""
    from reciprocity.files import write_results

    made = {}
    if out is not None and answer.get("deal"):
        made[out] = answer["deal"]["toml"]
    if out is not None and answer.get("table_toml"):
        made[out] = answer["table_toml"]
    if out is not None and not made:
        typer.echo(f"There is no deal: nothing was written to {out}.", err=True)
    if picture is not None:
        from reciprocity.report.figures import titled

        made[picture] = titled(_drawn(answer, chart), WIDE)
    write_results(made, replace=replace)
    if as_json:
        print_json(answer)
    return as_json


def print_sides(answer: dict[str, Any], title: str) -> None:
    """Each side's gain, and everyone else's."""
    rows = [
        (
            code,
            f"{one['surplus_musd']:+,.0f}",
            percent_of(one["surplus"]),
            f"{one['real_income_musd']:+,.0f}",
            percent_of(one["real_income_change"]),
        )
        for code, one in answer["sides"].items()
    ]
    others = sum(one["real_income_musd"] for one in answer["third_parties"])
    rows.append(("all others", "", "", f"{others:+,.0f}", ""))
    heads = ["side", "gain, mn USD a year", "% of income", "real income against the law, mn USD", "%"]
    print_table(heads, rows, title=title, right=range(1, 5))


def print_refusal(answer: dict[str, Any]) -> None:
    """That a point is no deal, and who would not sign it; nothing where it is one."""
    if answer["acceptable"]:
        return
    below = ", ".join(code for code, one in answer["sides"].items() if one["surplus"] < 0)
    typer.echo(f"No deal: it leaves {below} below what happens without one.")


def print_terms(answer: dict[str, Any]) -> None:
    """The clauses, their values and bounds."""
    rows = [
        (
            t["id"],
            t["giver"],
            "-" if t["value"] is None else f"{t['value']:.4g}",
            f"{t['low']:g} to {t['high']:g}",
            t["words"],
        )
        for t in answer["terms"]
    ]
    print_table(
        ["clause", "given by", "value", "between", "in words"],
        rows,
        title="The deal" if answer.get("acceptable", True) else "The nearest point",
        right=[2],
    )


def print_certificate(answer: dict[str, Any]) -> None:
    """Whether the search is done, what it took, and the line that gives the answer again."""
    one = answer["certificate"]
    state = "Search finished" if one["holds"] else f"SEARCH STOPPED SHORT ({one['stopped_short']})"
    typer.echo(
        f"{state}: slope left {one['slope']:.0e}, {one['solves']} equilibria, {one['adjoints']} gradients, "
        f"{one['starts']} start(s) agreeing to {one['agreement']:.0e} of income."
    )
    typer.echo(f"Again: {answer['reproduce']['command']}")


def percent_of(share: float) -> str:
    """A share of income, to four digits of a per cent."""
    return f"{share * 100:+.4f}%"


def number(text: str, where: str) -> float:
    """A number as written on the command line. Raises InputError."""
    from reciprocity.errors import Fault, InputError

    try:
        return float(text)
    except ValueError:
        raise InputError(Fault(where, f"'{text}' is not a number", "Allowed: as 0.1, which is 10%; or half")) from None


def _drawn(answer: dict[str, Any], chart: str) -> Figure:
    from reciprocity.report import negotiation
    from reciprocity.report.wording import wording

    words = wording("en")
    if chart == "worths":
        return negotiation.worths(answer, _by_clause(answer), words)
    draw = {"frontier": negotiation.frontier, "exchange": negotiation.exchange, "stages": negotiation.stages,
            "doubt": negotiation.doubt, "alone": negotiation.alone, "weights": negotiation.weights}[chart]  # fmt: skip
    return draw(answer, words)


def _by_clause(answer: dict[str, Any]) -> dict[str, Any]:
    """What each clause of the deal found is worth, at the table's own horizon."""
    from datetime import date

    from reciprocity.cli.progress import counting
    from reciprocity.deal import Deal
    from reciprocity.files import validate
    from reciprocity.negotiation.attribution import attribute
    from reciprocity.scenario import stand

    told = answer["deal"] or answer["nearest"]
    content = {key: value for key, value in told.items() if key not in {"sha256", "toml"}}
    deal, on = validate(Deal, content, where="the deal found"), date.fromisoformat(answer["on"])
    known = date.fromisoformat(answer["known"]) if answer["known"] else None
    with counting("Solving every subset of the clauses") as progress:
        found = attribute(stand(on, known, answer["elasticities"], answer["horizon"]), deal, on, progress=progress)
    return found.to_dict(deal)
