"""`reciprocity export`: one file that runs the model on a deal, to mail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.dates import parse_day
from reciprocity.cli.output import Replace

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command()
def export(
    deal: Annotated[str, typer.Argument(help="A deal file (.toml), or the name of a case that ships.")],
    on: Annotated[str, typer.Option("--on", help="The day whose law the deal is held against, YYYY-MM-DD.")],
    known: Annotated[str | None, typer.Option("--known", help="The day whose knowledge of the law counts.")] = None,
    html: Annotated[bool, typer.Option("--html", help="As one HTML file; the only form there is.")] = True,  # noqa: ARG001
    language: Annotated[str, typer.Option("--language", help="en or fr.")] = "en",
    out: Annotated[Path | None, typer.Option("--out", help="The file; `out/<deal>.html` when not told.")] = None,
    replace: Replace = False,
) -> None:
    """Write one HTML file that runs the model in a browser with no network: move the terms, see both sides' answer.

    The file holds the world under the law of the day, the deal and the solver, and checks itself on opening against
    the answers it was written with, for the long run and the first year. It cannot carry taxes on exports, nor a quota
    whose licences exporters have, and says so.

    Examples:

    - `reciprocity export metals_for_energy --on 2025-10-08 --html`
    - `reciprocity export my_deal.toml --on 2026-09-29 --html --language fr --out accord.html`
    """
    from reciprocity import flow
    from reciprocity.files import write_results
    from reciprocity.report import offline
    from reciprocity.report.wording import wording

    day = parse_day(on, where="--on")
    known_day = parse_day(known, where="--known") if known else None
    wording(language)
    valuation = flow.value(deal, on=day, known=known_day)
    path = out or Path("out") / f"{valuation.deal.id or 'deal'}.html"
    write_results({path: offline.html(valuation, language=language)}, replace=replace)
    typer.echo(f"Written: {path}")
