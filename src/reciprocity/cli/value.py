"""`reciprocity value`: what a deal does on a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.dates import parse_day
from reciprocity.cli.output import print_json

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command()
def value(
    deal: Annotated[str, typer.Argument(help="A deal file (.toml), or the name of a case that ships.")],
    on: Annotated[str, typer.Option("--on", help="The day whose law the deal is held against, YYYY-MM-DD.")],
    known: Annotated[str | None, typer.Option("--known", help="The day whose knowledge of the law counts.")] = None,
    horizon: Annotated[
        list[str] | None, typer.Option("--horizon", help="1y, 3y or long; one year and the long run when not told.")
    ] = None,
    elasticities: Annotated[
        str | None,
        typer.Option(
            "--elasticities",
            help="A set of `reciprocity economy elasticities`, and your own values after it: 'FGO2022 STEEL=8'.",
        ),
    ] = None,
    by_clause: Annotated[bool, typer.Option("--by-clause", help="What each clause is worth to each side.")] = False,
    balance: Annotated[bool, typer.Option("--balance", help="What would balance it between the sides.")] = False,
    regions: Annotated[
        bool, typer.Option("--regions", help="What it does to each province and state: estimates.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
) -> None:
    """What a deal does to each side, against the law of a day.

    Gains are exact changes of real income, in per cent and in US dollars a year at base-year prices; + is a gain.

    Examples:

    - `reciprocity value metals_for_energy --on 2025-10-08`
    - `reciprocity value metals_for_energy --on 2025-10-08 --horizon 3y`
    - `reciprocity value metals_for_energy --on 2025-10-08 --by-clause`
    - `reciprocity value metals_for_energy --on 2025-10-08 --balance`
    - `reciprocity value metals_for_energy --on 2025-10-08 --regions`
    - `reciprocity value my_deal.toml --on 2026-09-29 --known 2026-08-10 --json`
    """
    from reciprocity import flow
    from reciprocity.cli.answer import print_answer, print_balance
    from reciprocity.cli.clauses import print_clauses
    from reciprocity.cli.progress import counting
    from reciprocity.cli.regions import print_regions
    from reciprocity.results import regions_block

    day = parse_day(on, where="--on")
    known_day = parse_day(known, where="--known") if known else None
    horizons = tuple(dict.fromkeys(horizon)) if horizon else flow.SIDE_BY_SIDE
    valuation = flow.value(deal, on=day, known=known_day, horizons=horizons, elasticity_set=elasticities)
    answer = valuation.to_dict()
    if by_clause:
        with counting("Solving every subset of the clauses") as progress:
            found = flow.by_clause(valuation, progress=progress)
        answer["by_clause"] = {"horizon": valuation.horizon, **found.to_dict(valuation.deal)}
    if balance:
        with counting("Moving each clause") as progress:
            answer["balance"] = flow.balance(valuation, progress=progress)
    if regions:
        answer["regions"] = regions_block(valuation.outcome, valuation.deal.sides, valuation.horizon)
    if as_json:
        print_json(answer)
    else:
        print_answer(answer)
        if by_clause:
            print_clauses(answer["by_clause"])
        if balance:
            print_balance(answer)
        if regions:
            print_regions(answer["regions"])
    if not as_json and Path(deal).suffix == ".toml":
        typer.echo(f"\nNext: reciprocity value {deal} --on {on} --json")
