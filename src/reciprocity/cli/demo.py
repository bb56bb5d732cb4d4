"""`reciprocity demo`: the situation, three deals, what each side gains; no network, no argument."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from reciprocity.cli.answer import print_sectors, print_third_parties
from reciprocity.cli.output import Replace, print_table
from reciprocity.report.numbers import money, percent

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")
DEALS = ("metals_for_energy", "cusma_as_written", "cusma_lapses")
DAY, LATER = "2025-10-08", "2026-09-29"


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for brief.html and brief.json.")] = Path("out"),
    replace: Replace = False,
) -> None:
    """The talks of October 2025: three deals, what each does to both sides, and a brief to carry.

    Writes `out/brief.html` (self-contained, for screen and paper) and `out/brief.json`.

    Example: `reciprocity demo`
    """
    from datetime import date

    from reciprocity import flow

    answers = [flow.value(name, on=date.fromisoformat(DAY)).to_dict() for name in DEALS]
    later = [flow.value(name, on=date.fromisoformat(LATER)).to_dict() for name in DEALS]
    _situation(answers[0])
    _pairs(answers, f"Three deals, against the law of {DAY}")
    _pairs(later, f"The same asked on {LATER}")
    first = answers[0]
    typer.secho(f"\n{first['deal']['title']}: {first['deal']['summary']}", bold=True)
    for code in first["sides"]:
        print_sectors(first, code)
    print_third_parties(first)
    _notes(first)
    written = flow.write_brief(answers, out, replace=replace)
    typer.echo(f"\nWritten: {' and '.join(str(path) for path in written)}")
    typer.echo(f"Next: reciprocity value metals_for_energy --on {LATER}")


def _situation(answer: Mapping[str, Any]) -> None:
    """What had happened by the day, each with its source; what rests on one page or on memory says so."""
    typer.secho(f"The situation on {answer['on']}", bold=True)
    rows = []
    for event in answer["situation"]:
        doubt = " [unverified]" if event["confidence"] in {"S", "M"} else ""
        rows.append((event["date"], f"{event['text']} ({event['source']}){doubt}"))
    print_table(["", ""], rows)


def _pairs(answers: list[dict[str, Any]], title: str) -> None:
    """Both sides' gain from each deal, at each horizon."""
    rows = []
    for answer in answers:
        for horizon, block in answer["horizons"].items():
            cells = []
            for side in block["sides"].values():
                cells += [percent(side["real_income_change"]), money(side["real_income_musd"])]
            rows.append((answer["deal"]["title"], horizon, *cells))
    names = [side["name"] for side in answers[0]["sides"].values()]
    columns = ["deal", "horizon", names[0], "a year", names[1], "a year"]
    typer.echo()
    print_table(columns, rows, title=f"{title}: change of real income (+ is a gain)", right=[2, 3, 4, 5])


def _notes(answer: Mapping[str, Any]) -> None:
    typer.echo()
    for note in answer["notes"]:
        typer.echo(f"Note: {note}")
