"""`reciprocity brief`: what a deal does, as a document to carry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.dates import parse_day
from reciprocity.cli.output import Replace

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command()
def brief(
    deals: Annotated[
        list[str], typer.Argument(help="Deal files (.toml), or names of cases that ship; one or several.")
    ],
    on: Annotated[str, typer.Option("--on", help="The day whose law the deals are held against, YYYY-MM-DD.")],
    known: Annotated[str | None, typer.Option("--known", help="The day whose knowledge of the law counts.")] = None,
    formats: Annotated[
        str,
        typer.Option("--format", help="html, pdf, docx, pptx, xlsx; several are joined by commas. html when not told."),
    ] = "",
    language: Annotated[str, typer.Option("--language", help="en or fr.")] = "en",
    out: Annotated[Path, typer.Option("--out", help="Folder for the files; or one file, as talks/brief.pdf.")] = Path(
        "out"
    ),
    replace: Replace = False,
) -> None:
    """Write the brief: the deal in words, what each side would get, who pays, how sure, the sources, how to redo it.

    HTML is one file that asks for nothing. The other forms need `pip install 'reciprocity[report]'`.

    Examples:

    - `reciprocity brief metals_for_energy --on 2025-10-08`
    - `reciprocity brief metals_for_energy cusma_lapses --on 2025-10-08 --format html,pdf --language fr`
    - `reciprocity brief metals_for_energy --on 2026-09-29 --out brief.pdf`
    - `reciprocity brief my_deal.toml --on 2026-09-29 --format pdf,xlsx,docx,pptx --out talks`
    """
    from reciprocity import flow
    from reciprocity.cli.progress import counting
    from reciprocity.report import formats as forms

    asked = forms.asked(formats, out)
    day = parse_day(on, where="--on")
    known_day = parse_day(known, where="--known") if known else None
    forms.check(asked, language=language)
    with counting("Solving every subset of the clauses") as progress:
        answers = [flow.whole_answer(flow.value(deal, on=day, known=known_day), progress=progress) for deal in deals]
    for path in forms.write(answers, out, formats=asked, language=language, replace=replace):
        typer.echo(f"Written: {path}")
