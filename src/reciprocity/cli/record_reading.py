"""A reading on the terminal: a line of counts, then statements, promises, linkages, and what to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from reciprocity.cli.output import visible

if TYPE_CHECKING:
    from reciprocity.record.commitment import Commitment
    from reciprocity.record.document import Span
    from reciprocity.record.link import Link
    from reciprocity.record.reading import Reading


def show_reading(reading: Reading, *, brief: bool = False) -> None:
    """Print a reading; `brief` leaves out all but its counts."""
    typer.echo(visible(_counts(reading)))
    for notice in reading.document.notices:
        typer.echo(f"  note: {notice}", err=True)
    if brief:
        return
    names = {actor.id: actor.name for actor in reading.actors}
    for one in reading.statements:
        who = " and ".join(names[speaker] for speaker in one.speakers) or "(nobody found)"
        through = f" by way of {', '.join(names[actor] for actor in one.chain)}" if one.chain else ""
        line = reading.document.line_of(one.content[0].start).number
        typer.echo(visible(f"  {line:>4}  {who}{through} [{one.act}]: {_short(one.exact)}"))
    for commitment in reading.commitments:
        typer.echo(visible(f"  promise  {_commitment(commitment)}"))
    for link in reading.links:
        typer.echo(visible(f"  link     {_link(link)}"))


def _counts(reading: Reading) -> str:
    speakers = {speaker for one in reading.statements for speaker in (*one.speakers, *one.chain)}
    kinds = [actor.kind for actor in reading.actors if actor.id in speakers]
    by = [
        _many(kinds.count("person"), "person", "people"),
        _many(kinds.count("office") + kinds.count("body"), "office or body", "offices and bodies"),
        _many(kinds.count("unnamed"), "unnamed source", "unnamed sources"),
    ]
    dated = sum(one.due is not None for one in reading.commitments)
    title = reading.document.title or reading.document.id
    day = reading.document.published or "undated"
    return (
        f"{title} ({reading.document.kind}, {day}): {_many(len(reading.statements), 'statement', 'statements')} by "
        f"{', '.join(by)}; {_many(len(reading.commitments), 'commitment', 'commitments')} ({dated} dated), "
        f"{_many(len(reading.links), 'link', 'links')}, {_many(len(reading.times), 'time', 'times')}"
    )


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _commitment(one: Commitment) -> str:
    due = f", due {one.due.earliest}..{one.due.latest or '?'} (“{one.due.phrase}”)" if one.due else ", no date"
    condition = f", {one.condition}" if one.condition else ""
    return f"[{one.strength}] {one.bound} → {'not ' if one.negated else ''}{_short(one.what)}{due}{condition}"


def _link(one: Link) -> str:
    return f"[{one.kind}] {_end(one.a)} ↔ {_end(one.b) or '?'}"


def _end(end: Span | str) -> str:
    return _short(end if isinstance(end, str) else end.exact)


def _short(text: str, width: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
