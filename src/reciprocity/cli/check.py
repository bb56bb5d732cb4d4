"""`reciprocity check`: does this installation give the answers that are known?"""

from __future__ import annotations

from typing import Annotated

import typer

from reciprocity.cli.output import print_json, print_table

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command()
def check(as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False) -> None:
    """Ask this installation what is known from elsewhere: laws, published entries, results proved on paper.

    Example: `reciprocity check`
    """
    from dataclasses import asdict

    from reciprocity.known_answers import known_answers

    answers = known_answers()
    failed = sum(not one.holds for one in answers)
    if as_json:
        rows = [{**asdict(one), "holds": one.holds} for one in answers]
        print_json({"passed": not failed, "answers": rows})
    else:
        cells = [
            ("holds" if one.holds else "FAILS", one.what, f"{one.known:.9g}", f"{one.found:.9g}", one.source)
            for one in answers
        ]
        print_table(["", "asked", "known", "found here", "known from"], cells, right=[2, 3])
        typer.secho(f"\n{'PASSED' if not failed else 'FAILED'}: {len(answers) - failed} of {len(answers)}", bold=True)
    if failed:
        raise typer.Exit(1)
