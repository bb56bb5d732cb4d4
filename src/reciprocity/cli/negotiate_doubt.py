"""`reciprocity negotiate robust`: deals under doubt."""

from __future__ import annotations

from typing import Annotated

import typer

from reciprocity.cli.output import Replace, print_table
from reciprocity.cli.table_answer import finish
from reciprocity.cli.table_options import Json, Out, Picture, TableName, Threat

app = typer.Typer(rich_markup_mode="markdown")


@app.command()
def robust(
    table: TableName,
    draws: Annotated[int, typer.Option(help="How many draws.")] = 100,
    seed: Annotated[int, typer.Option(help="Of the draws.")] = 1,
    threat: Threat = "",
    compliance: Annotated[float, typer.Option(help="Least part of its clauses a side carries out.")] = 0.5,
    retaliation: Annotated[float, typer.Option(help="Probability that the better side does no more.")] = 0.5,
    deal: Annotated[list[str] | None, typer.Option(help="A deal of yours to try too; as often as you like.")] = None,
    picture: Picture = None,
    out: Out = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Deals under doubt: over elasticities, compliance and retaliation, who still gains, and the least regret.

    Example: `reciprocity negotiate robust metals_for_energy --draws 200`
    """
    from reciprocity.cli.progress import counting
    from reciprocity.negotiation.robust import answer_robust

    with counting("Drawing worlds") as progress:
        answer = answer_robust(
            table, draws=draws, seed=seed, threat=threat, compliance=compliance, retaliation=retaliation,
            deals=tuple(deal or ()), progress=progress,
        )  # fmt: skip

    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="doubt"):
        return
    sides = list(answer["candidates"][0]["probability_gains"])
    rows = [
        (one["deal"], *(f"{one['probability_gains'][code]:.0%}" for code in sides),
         *(f"{one['gain_musd'][code]['p05']:+,.0f} to {one['gain_musd'][code]['p95']:+,.0f}" for code in sides),
         f"{one['largest_regret_musd']:,.0f}")
        for one in answer["candidates"]
    ]  # fmt: skip
    heads = [
        "deal",
        *(f"{code} gains" for code in sides),
        *(f"{code}, mn USD, 5 to 95%" for code in sides),
        "largest regret",
    ]
    print_table(heads, rows, title=f"{answer['title']}: {draws} draws", right=range(1, 6))
    typer.echo(f"Least regret: {answer['least_regret']}.")
    typer.echo(f"Drawn: {answer['drawn']['compliance']}; {answer['drawn']['retaliation']}; published elasticity sets.")
    typer.echo(f"Again: {answer['reproduce']['command']}")
