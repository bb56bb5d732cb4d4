"""`reciprocity record said | diff | positions | contradictions`: the ledger looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reciprocity.cli.ledger_options import HERE, Index, Json, LedgerFolder
from reciprocity.cli.output import print_json, print_table, visible

if TYPE_CHECKING:
    from reciprocity.record.views.positions import Grid

app = typer.Typer()
Who = Annotated[str, typer.Option(help="Actor id, as mark_carney.")]
_COLUMNS = 5
Issue = Annotated[str, typer.Option(help="Issue id, as steel.")]


@app.command()
def said(
    words: Annotated[
        str, typer.Argument(help='Words, "a phrase", beginnings*; accents and spelling do not matter.')
    ] = "",
    who: Who = "",
    issue: Issue = "",
    since: Annotated[str, typer.Option(help="First day, as 2025-10-07.")] = "",
    until: Annotated[str, typer.Option(help="Last day.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 50,
    rejected: Annotated[bool, typer.Option("--rejected", help="Show what a person rejected as well.")] = False,
    ledger: LedgerFolder = HERE,
    index: Index = "",
    as_json: Json = False,
) -> None:
    """Who said it, when, where, in whose words. CUSMA finds USMCA too, and energie finds énergie.

    Examples: `reciprocity record said CUSMA`, `reciprocity record said "trade deal" --who mark_carney --json`
    """
    from reciprocity.cli.progress import counting
    from reciprocity.record.ledger.ledger import open_ledger
    from reciprocity.record.ledger.said import said as said_in
    from reciprocity.record.ledger.store import open_store
    from reciprocity.record.plain import plain
    from reciprocity.record.read import parse_date

    first, last = (parse_date(one, where=name) if one else "" for name, one in (("--since", since), ("--until", until)))
    with counting("Indexing") as told, open_store(open_ledger(ledger), index, progress=told) as store:
        rows = said_in(
            store, words, who=who, issue=issue, since=first, until=last, rejected=rejected, limit=limit
        )  # fmt: skip
    if as_json:
        print_json({"said": [plain(row) for row in rows]})
        return
    cells = [
        (
            row.on or row.published,
            _names(row.speakers, row.chain),
            visible(row.exact),
            f"{visible(row.title or row.document)}:{row.line}",
        )
        for row in rows
    ]
    print_table(["said on", "who", "words", "where"], cells)


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(help="The earlier document.")],
    after: Annotated[Path, typer.Argument(help="The later one.")],
    published: Annotated[str, typer.Option(help="The day the documents were published, where they do not say.")] = "",
    as_json: Json = False,
) -> None:
    """The issues that went and came between two documents, and the promises only one of them makes.

    Example: `reciprocity record diff before.txt readout.txt` prints `- autos, lumber   + energy`
    """
    from reciprocity.record.plain import plain
    from reciprocity.record.read import document_from, read_document
    from reciprocity.record.registry import read_registry
    from reciprocity.record.views.compare import compare

    first, second = (read_document(document_from(path, published=published)) for path in (before, after))
    found = compare(first, second, read_registry())
    if as_json:
        print_json({"before": str(before), "after": str(after), **plain(found)})
        return
    typer.echo(f"asked or promised   {found.asked}")
    typer.echo(f"mentioned           {found.mentioned}")
    for title, rows in (("only before", found.only_before), ("only after", found.only_after)):
        if rows:
            print_table(
                [title, "line", "issues", "by"],
                [
                    (visible(row.span.exact), row.line, ", ".join(row.issues), row.due.latest if row.due else "")
                    for row in rows
                ],
                right=[1],
            )


@app.command()
def positions(
    who: Annotated[list[str] | None, typer.Option(help="Actors wanted (ids); everyone when left out.")] = None,
    issue: Annotated[list[str] | None, typer.Option(help="Issues wanted; all when left out.")] = None,
    until: Annotated[str, typer.Option(help="As known on this day.")] = "",
    ledger: LedgerFolder = HERE,
    index: Index = "",
    as_json: Json = False,
) -> None:
    """Who stands where: the latest words of each actor on each issue; a dot where nobody said anything.

    Example: `reciprocity record positions --issue steel --issue energy`
    """
    from reciprocity.cli.progress import counting
    from reciprocity.record.ledger.ledger import open_ledger
    from reciprocity.record.ledger.store import open_store
    from reciprocity.record.plain import plain
    from reciprocity.record.read import parse_date
    from reciprocity.record.views.positions import positions as positions_in

    last = parse_date(until, where="--until") if until else ""
    with counting("Indexing") as told, open_store(open_ledger(ledger), index, progress=told) as store:
        grid = positions_in(store, actors=who or (), issues=issue or (), until=last)
    if as_json:
        cells = [
            {
                "actor": actor,
                "issue": on,
                "statements": grid.counts.get((actor, on), 0),
                "latest": plain(grid.cell(actor, on)),
            }
            for actor in grid.actors
            for on in grid.issues
        ]
        print_json({"actors": list(grid.actors), "issues": list(grid.issues), "cells": cells})
        return
    shown = grid.issues if issue else grid.issues[:_COLUMNS]
    print_table(
        ["", *shown],
        [(visible(grid.names.get(one, one)), *(_cell(grid, one, on) for on in shown)) for one in grid.actors],
    )
    typer.echo("Each cell: the day and act of the latest words, and how many statements it rests on.")
    typer.echo(f"{len(grid.empty)} of {len(grid.actors) * len(grid.issues)} cells are empty.")
    if len(shown) < len(grid.issues):
        typer.echo(f"Not shown: {', '.join(grid.issues[len(shown) :])} (--issue shows one, --json all).")


@app.command()
def contradictions(
    files: Annotated[list[Path] | None, typer.Argument(help="Documents to read instead of the ledger.")] = None,
    published: Annotated[str, typer.Option(help="The day the documents were published, where they do not say.")] = "",
    ledger: LedgerFolder = HERE,
    as_json: Json = False,
) -> None:
    """Where the record disagrees with itself, by rule: scope, window, amount, or one side saying what binds both.

    Examples: `reciprocity record contradictions`, `reciprocity record contradictions article.txt readout.txt --json`
    """
    from reciprocity.record.ledger.ledger import open_ledger, read_ledger
    from reciprocity.record.plain import plain
    from reciprocity.record.read import document_from, read_document
    from reciprocity.record.registry import read_registry
    from reciprocity.record.views.contradictions import RULES
    from reciprocity.record.views.contradictions import contradictions as disagreements

    readings = (
        [read_document(document_from(path, published=published)) for path in files]
        if files
        else list(read_ledger(open_ledger(ledger)))
    )
    found = disagreements(readings, read_registry())
    if as_json:
        print_json({"rules": RULES, "contradictions": [plain(one) for one in found]})
        return
    for one in found:
        typer.echo(f"{one.rule}: {visible(one.differs)}   ({', '.join(one.side)}; {', '.join(one.issues)})")
        for place in (one.first, one.second):
            if place:
                typer.echo(f"  {place.on}  {visible(place.title)}, line {place.line}: {visible(place.span.exact)}")
    typer.echo(f"{len(found)} found by rule; none is a verdict.")


def _cell(grid: Grid, actor: str, issue: str) -> str:
    one = grid.cell(actor, issue)
    return f"{(one.on or one.published)[5:]} {one.act[:5]} {grid.counts[actor, issue]}" if one else "·"


def _names(speakers: tuple[str, ...], chain: tuple[str, ...]) -> str:
    said_by = ", ".join(speakers) or "?"
    return f"{said_by} (by way of {', '.join(chain)})" if chain else said_by
