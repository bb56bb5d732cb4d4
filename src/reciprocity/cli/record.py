"""`reciprocity record`: what was said and promised, word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli import record_check, record_due

app = typer.Typer(no_args_is_help=True, help="What was said and promised, word for word, and what became of it.")
app.add_typer(record_check.app)
app.add_typer(record_due.app)


@app.callback()
def record() -> None:
    """What was said and promised, word for word, and what became of it."""


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="An article, readout or transcript: text, Markdown or HTML.")],
    published: Annotated[str, typer.Option(help="The day it was published, as 2025-10-08.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Everything read, as JSON.")] = False,
) -> None:
    """Read a document: who said what, what was promised by when, what hangs on what.

    Example: reciprocity record read article.txt --published 2025-10-08
    """
    from reciprocity.record.plain import plain
    from reciprocity.record.read import read_file

    reading = read_file(file, published=published)
    if as_json:
        typer.echo(json.dumps(plain(reading), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{len(reading.statements)} statements")
