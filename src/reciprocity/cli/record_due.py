"""`reciprocity record due`: what was promised by when, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reciprocity.cli.ledger_options import HERE, Json, LedgerFolder, day, ledger_if_any
from reciprocity.cli.output import print_json, visible

if TYPE_CHECKING:
    from reciprocity.record.views.due import Due, Happened

app = typer.Typer()


@app.command()
def due(
    on: Annotated[str, typer.Option(help="The day to look from, as 2025-12-03; today when left out.")] = "",
    ledger: LedgerFolder = HERE,
    thread: Annotated[list[Path] | None, typer.Option(help="A thread file to follow besides the ledger's own.")] = None,
    undated: Annotated[bool, typer.Option(help="Show promises of the ledger that name no day as well.")] = False,
    as_json: Json = False,
) -> None:
    """Deadlines that moved: each promise, its window, where it stands, and the words that broke it.

    Without a ledger here, the threads of the cases that ship are shown.

    Example: `reciprocity record due --on 2025-12-03`
    """
    from reciprocity.deal.cases import case_threads
    from reciprocity.record.ledger.ledger import read_ledger
    from reciprocity.record.plain import plain
    from reciprocity.record.views.due import dated, followed
    from reciprocity.record.views.due import due as due_on
    from reciprocity.record.views.thread import read_thread, read_threads

    look_from = day(on, where="--on")
    kept = ledger_if_any(ledger)
    readings = list(read_ledger(kept)) if kept else []
    shipped = case_threads()
    threads = [read_thread(path) for path in thread or ()]
    threads += followed(read_threads(kept.threads), shipped, readings) if kept else shipped
    rows = due_on(threads, readings, on=look_from)
    rows = rows if undated else dated(rows)
    if as_json:
        print_json({"on": look_from.isoformat(), "due": [plain(row) for row in rows]})
        return
    if kept is None:
        typer.echo(f"No ledger at {ledger}: these are the promises followed in the cases that ship.\n")
    typer.echo("\n\n".join(map(_shown, rows)) or f"Nothing was promised by {look_from}.")


def _shown(row: Due) -> str:
    lines = [
        f"{_headline(row)}",
        f"  {visible(row.what)}",
        f"  {', '.join(part for part in (row.said_on, *map(visible, row.who)) if part)}: {_words(row)}",
    ]
    if row.window.phrase:
        phrase, rule = visible(row.window.phrase), visible(row.window.convention)
        lines.append(f"  window {row.window.days('open')}   “{phrase}”; {rule}")
    if row.moved_to:
        lines.append(f"  the deadline moved to {row.moved_to.nominal}: “{visible(row.moved_to.phrase)}”")
    lines += [_turn(one) for one in row.history]
    lines.append(f"  source {visible(row.source)} {row.url}".rstrip())
    lines += [f"  in the ledger: {visible(one.title)}, line {one.line}" for one in row.seen]
    return "\n".join(lines)


def _headline(row: Due) -> str:
    late = f" since {row.overdue_since} ({row.days_overdue} days)" if row.overdue_since else ""
    fate = f"; moved to {row.moved_to.nominal}" if row.moved_to else f"; {row.status}"
    if row.broken:
        fate += f", broken {row.broken.date}, {row.broken_after} days after it was said"
    return f"{row.timing.upper()}{late}{fate}"


def _words(row: Due) -> str:
    return f"“{_line(row.words)}”" if row.words else "(in own words)"


def _line(text: str) -> str:
    """A text on one line, as it can be shown."""
    return visible(" ".join(text.split()))


def _turn(one: Happened) -> str:
    said = f"“{_line(one.words)}”" if one.words else visible(one.what)
    who = f"{visible(', '.join(one.who))}: " if one.who else ""
    source = " ".join(part for part in (visible(one.source), one.url) if part)
    return f"  {one.date or one.dated}  {one.status}  {who}{said}  ({source})"
