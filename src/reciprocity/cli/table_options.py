"""The options that the verbs at a table share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TableName = Annotated[
    str, typer.Argument(metavar="TABLE", help="A table's file (.toml), or the name of one that ships.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")]
Threat = Annotated[str, typer.Option(help="What happens without a deal: law, nash, mfn, announced; else the table's.")]
RuleName = Annotated[str, typer.Option("--rule", help="nash, kalai-smorodinsky or egalitarian.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write the deal to this file, for `reciprocity value`.")]
Picture = Annotated[Path | None, typer.Option("--picture", help="Draw it to this file (.svg).")]
Everyone = Annotated[bool, typer.Option("--everyone", help="Duties on every partner, not only on the other side.")]
