"""Law as lines a person reads: measures by programme, what gives way to what, and a duty with its clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import typer

from reciprocity.cli.output import visible
from reciprocity.cli.regime_options import percent

if TYPE_CHECKING:
    from reciprocity.regime.book import Book
    from reciprocity.regime.shipment import Duty, Entry

WIDTH = 79
MARK = "?"
BASES = {
    "full": "", "non_us": "of what is not US content", "non_cusma": "of what is not CUSMA content",
    "metal:any": "of the metal content", "metal:steel": "of the steel content",
    "metal:aluminum": "of the aluminum content", "metal:copper": "of the copper content",
}  # fmt: skip


def law_lines(book: Book, measures: Sequence[dict[str, Any]], rules: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The measures in force, programme by programme, then the rules between programmes."""
    cited = {one.id: one.citation for one in book.sources}
    for programme, rows in groupby(sorted(measures, key=_programme), key=_programme):
        yield f"\n{programme}"
        for row in rows:
            part = f", {BASES[row['basis']]}" if BASES.get(row["basis"]) and row["kind"] != "free" else ""
            mark = f" {MARK}" if row["mark"] else ""
            told = f"{row['name']}{part}{_when(row['when'])}, since {row['valid_from']}{mark}"
            yield from hung(f"{_takes(row):>9}  ", told)
            yield from hung(" " * 11, f"{row['id']}; {cited[row['source']]}")
    if rules:
        yield "\nWhat gives way"
    for row in rules:
        part = "the whole good" if row["part"] == "whole" else "the part the winner takes"
        test = "where it takes more than zero" if row["test"] == "owed" else "where it reaches the good, even at zero"
        yield from hung(
            "  ", f"{', '.join(row['loser'])} to {', '.join(row['winner'])}, on {part}, {test} ({row['id']})"
        )
    yield f"\n{MARK} rests on one page or on memory, not on the act."


def duty_lines(book: Book, found: Duty) -> Iterator[str]:
    """Each measure of a duty with the clause that makes it count or give way, then those whose conditions are unmet."""
    texts = {one.text: one.citation for one in book.sources}
    for one in (*found.stack, *found.deposits):
        yield ""
        yield from hung("", f"{one.measure} ({one.id}): {_told(one)}")
        for file, quote in _clauses(one):
            yield from hung("  ", f"{texts.get(file, file)}: \u201c{quote}\u201d")
    if found.near:
        yield "\nNot counted"
    for one in found.near:
        yield from hung("  ", f"{one.measure} ({one.id}): {one.reason}")


def _programme(row: dict[str, Any]) -> str:
    return row["programme"]


def _takes(row: dict[str, Any]) -> str:
    """What a measure takes, in a word."""
    kind, rate = row["kind"], percent(row["rate"])
    return {"free": "exempt", "prohibit": "banned", "credit": f"-{rate}"}.get(kind, rate or kind)


def _when(conditions: dict[str, Any]) -> str:
    """The facts a measure hangs on."""
    said = [
        f"{name}{'' if wanted is True else f' {wanted}'}" for name, wanted in conditions.items() if wanted is not False
    ]
    said += [f"not {name}" for name, wanted in conditions.items() if wanted is False]
    return f", if {' and '.join(said)}" if said else ""


def _told(one: Entry) -> str:
    if one.reason and not one.applies:
        return one.reason
    taken = f"{percent(one.rate)} {BASES.get(one.basis, f'({one.basis})')}".rstrip()
    return f"{taken} adds {percent(one.contribution)}{f'; {one.reason}' if one.reason else ''}"


def _clauses(one: Entry) -> Iterator[tuple[str, str]]:
    """The words a measure counts by, or gives way by."""
    if not one.applies and one.rule_clause:
        yield one.rule_clause
        return
    if one.quote:
        yield one.citation, one.quote
    yield from one.also


def echo_hung(head: str, text: str) -> None:
    """Print a text after a head, its further lines under it."""
    typer.echo("\n".join(hung(head, text)))


def hung(head: str, text: str) -> list[str]:
    """The lines of a text after a head, further lines under the first."""
    return wrap(visible(text), WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)
