"""`reciprocity record`: what was said and promised, word for word."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli import (
    record_check,
    record_deals,
    record_due,
    record_ledger,
    record_page,
    record_review,
    record_views,
)

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="What was said and promised, word for word, and what became of it."
)
for verbs in (record_check, record_due, record_views, record_deals, record_page, record_ledger, record_review):
    app.add_typer(verbs.app)


@app.callback()
def record() -> None:
    """What was said and promised, word for word, and what became of it."""


@app.command()
def read(
    source: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="An article, readout or transcript (text, Markdown, HTML), or a folder."),
    ],
    published: Annotated[str, typer.Option(help="The day it was published, as 2025-10-08.")] = "",
    actors: Annotated[Path | None, typer.Option(help="Your own actors.toml.")] = None,
    issues: Annotated[Path | None, typer.Option(help="Your own issues.toml.")] = None,
    reader: Annotated[str, typer.Option(help="auto, rules, or parse (with the extra `parse` installed).")] = "auto",
    llm_url: Annotated[
        str, typer.Option(help="Also ask a model at this OpenAI-compatible address (extra `llm`).")
    ] = "",
    llm_model: Annotated[str, typer.Option(help="Its name; your key is read from RECIPROCITY_LLM_KEY.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Everything read, as JSON.")] = False,
) -> None:
    """Read a document: who said what, what was promised by when, what hangs on what.

    Example: reciprocity record read article.txt --published 2025-10-08
    """
    from reciprocity.cli.progress import counting
    from reciprocity.cli.record_reading import show_reading
    from reciprocity.errors import InputError
    from reciprocity.record.read import read_file, read_folder
    from reciprocity.record.registry import read_registry
    from reciprocity.record.views.presented import presented

    registry = read_registry(actors, issues)
    with counting("Reading") as told:
        if source.is_dir():
            readings, faults = read_folder(source, published=published, registry=registry, reader=reader, progress=told)
        else:
            one = read_file(source, published=published, registry=registry, reader=reader, progress=told)
            readings, faults = (one,), ()
    if llm_url:
        from reciprocity.record.speech.llm import Model, with_proposals

        model = Model(llm_url, llm_model, os.environ.get("RECIPROCITY_LLM_KEY", ""))
        readings = tuple(with_proposals(one, model, registry) for one in readings)
    if as_json:
        rows = [presented(one) for one in readings]
        made = {"readings": rows} if source.is_dir() else rows[0]
        sys.stdout.writelines(json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(made))
        typer.echo()
    else:
        for reading in readings:
            show_reading(reading, brief=source.is_dir())
    if faults:
        raise InputError(faults)
