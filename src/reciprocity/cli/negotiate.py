"""`reciprocity negotiate`: what both would sign, and what each would do alone."""

from __future__ import annotations

import typer

from reciprocity.cli import negotiate_alone, negotiate_deals, negotiate_doubt, negotiate_price
from reciprocity.cli.output import print_json, print_table
from reciprocity.cli.table_options import Json

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="What both sides would sign, and what each would do alone.",
)
for verbs in (negotiate_deals, negotiate_price, negotiate_alone, negotiate_doubt):
    app.add_typer(verbs.app)


@app.command()
def tables(as_json: Json = False) -> None:
    """List the tables that ship. Example: `reciprocity negotiate tables`"""
    from reciprocity.negotiation.table import case_tables, read_table

    found = [(name, read_table(path)) for name, path in case_tables().items()]
    rows = [
        {"table": name, "title": one.title, "on": one.on.isoformat(), "sides": list(one.sides),
         "clauses": [each.id for each in one.open]}
        for name, one in found
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    print_table(
        ["table", "title", "on", "clauses"], [(r["table"], r["title"], r["on"], ", ".join(r["clauses"])) for r in rows]
    )
