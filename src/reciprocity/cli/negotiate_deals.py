"""`reciprocity negotiate bargain`, `frontier`, `sequence`: what both sides would sign."""

from __future__ import annotations

from typing import Annotated

import typer

from reciprocity.cli.output import Replace, print_table
from reciprocity.cli.table_answer import finish, percent_of, print_certificate, print_sides, print_terms
from reciprocity.cli.table_options import Json, Out, Picture, RuleName, TableName, Threat

app = typer.Typer(rich_markup_mode="markdown")


@app.command()
def bargain(
    table: TableName,
    threat: Threat = "",
    rule: RuleName = "nash",
    power: Annotated[float | None, typer.Option(help="Bargaining power of the first side, between 0 and 1.")] = None,
    picture: Picture = None,
    out: Out = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """The deal a rule picks, each side's surplus over what happens without it, and the certificate.

    Where no deal leaves every side at least as well off, it says so and how far apart they are.

    Example: `reciprocity negotiate bargain metals_for_energy --threat law --out deal.toml`
    """
    from reciprocity.negotiation.answers import answer_bargain

    answer = answer_bargain(table, threat=threat, rule=rule, power=shares_of_power(power))  # type: ignore[arg-type]
    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="worths"):
        return
    print_sides(answer, f"{answer['title']}: the {rule} deal over {answer['threat']['words']}")
    if not answer["acceptable"]:
        missing = ", ".join(f"{code} {musd:,.0f}" for code, musd in answer["apart"]["missing_musd"].items())
        typer.echo(f"No deal: {answer['apart']['words']}. Missing at the nearest point, million USD a year: {missing}.")
    print_terms(answer)
    print_certificate(answer)


@app.command()
def frontier(
    table: TableName,
    points: Annotated[int, typer.Option(help="How many efficient deals.")] = 21,
    threat: Threat = "",
    rule: RuleName = "nash",
    picture: Picture = None,
    out: Out = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Efficient deals between the two ends, with the law, the threat point and the rule's deal on them.

    Example: `reciprocity negotiate frontier metals_for_energy --points 21 --picture frontier.svg`
    """
    from reciprocity.negotiation.answers import answer_frontier

    answer = answer_frontier(table, threat=threat, points=points, rule=rule)  # type: ignore[arg-type]
    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="frontier"):
        return
    one, other = answer["status_quo"]
    names = list(answer["points"][0]["values"])
    rows = [
        (
            k,
            percent_of(p["surplus"][one]),
            percent_of(p["surplus"][other]),
            *(f"{p['values'][name]:.4g}" for name in names),
        )
        for k, p in enumerate(answer["points"], 1)
    ]
    title = f"{answer['title']}: efficient deals, gain over {answer['threat']['words']}, % of income"
    print_table(["", one, other, *names], rows, title=title, right=range(3 + len(names)))
    print_certificate(answer)


@app.command()
def sequence(
    table: TableName,
    threat: Threat = "",
    rule: RuleName = "nash",
    fallback: Annotated[str, typer.Option(help="If a later stage fails: signed (it stands) or threat.")] = "signed",
    picture: Picture = None,
    out: Out = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """A table settled stage by stage, each stage held against what the last one left.

    Example: `reciprocity negotiate sequence cusma_renewal`
    """
    from reciprocity.negotiation.sequence import answer_sequence

    answer = answer_sequence(table, threat=threat, rule=rule, fallback=fallback)  # type: ignore[arg-type]
    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="stages"):
        return
    sides = list(answer["sides"])
    rows = [
        (
            one["stage"],
            ", ".join(f"{name} {value:.4g}" for name, value in one["clauses"].items()),
            "signed" if one["acceptable"] else "no deal",
            *(f"{one['sides'][code]['surplus_musd']:+,.0f}" for code in sides),
        )
        for one in answer["stages"]
    ]
    heads = ["stage", "clauses", "", *(f"{code}, mn USD a year" for code in sides)]
    print_table(heads, rows, title=f"{answer['title']}: gain of each stage over what happens if it fails", right=[3, 4])
    print_sides(answer, f"All stages, over {answer['threat']['words']}")
    links = [
        (
            one["stage"],
            *(f"{one['falls_back_to_musd'][code]:+,.0f}" for code in sides),
            *(f"{one['without_last']['surplus_musd'][code]:+,.0f}" if one["without_last"] else "" for code in sides),
        )
        for one in answer["stages"]
    ]
    heads = ["after", *(f"{code} falls back to" for code in sides), *(f"{code}, the last unsigned" for code in sides)]
    title = "What each stage leaves over the threat point, and would bring without the one before it, mn USD a year"
    print_table(heads, links, title=title, right=range(1, 5))
    if answer["words"]:
        typer.echo(f"No deal: {answer['words']}.")
    if answer["never_settled"]:
        typer.echo(f"In no stage, and left as they are: {', '.join(answer['never_settled'])}.")
    at_once = ", ".join(f"{code} {one['surplus_musd']:+,.0f}" for code, one in answer["at_once"].items())
    typer.echo(f"All at once, million USD a year: {at_once}.")
    typer.echo(f"Again: {answer['reproduce']['command']}")


def shares_of_power(first: float | None) -> tuple[float, float] | None:
    """Both sides' power from the first one's. Raises InputError."""
    from reciprocity.errors import Fault, InputError

    if first is None:
        return None
    if not 0 < first < 1:
        raise InputError(Fault("--power", f"{first:g} is no share of power", "Allowed: between 0 and 1, both left out"))
    return first, 1.0 - first
