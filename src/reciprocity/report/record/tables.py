"""What the ledger says across its documents, as tables: deadlines, positions, contradictions, quotes.

Each is told in a language and sends its clicks where `place` says a document's line is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from reciprocity.record.quotes.check import Check
from reciprocity.record.views.contradictions import Contradiction
from reciprocity.record.views.due import Due, Happened
from reciprocity.record.views.positions import Grid
from reciprocity.report.markup import Markup, joined, scrolled, tag
from reciprocity.report.record.wording import captioned, named
from reciprocity.report.record.words import flat, linked, listed, quoted, shown
from reciprocity.report.wording import Wording

Place = Callable[[str, int], str]
"""The address of a document's line."""
_TOLD_IN = {"lang": "en"}
"""The language in which the threads that ship are told; that of somebody's own documents is not known."""


def deadlines(rows: Sequence[Due], words: Wording, place: Place) -> Markup:
    """Promises with their windows, where they stand, and what became of them; nothing for none."""
    if not rows:
        return Markup("")
    on = words["across.on"].format(day=rows[0].on)
    head = (words["across.promise"], words["across.span"], on, words["across.became"], words["across.where"])
    cells = [tuple(_due_cells(row, words, place)) for row in rows]
    return table(words["across.deadlines"], head, cells, stacks=True)


def grid(found: Grid | None, words: Wording, place: Place) -> Markup:
    """Who stands where: the latest words of each actor on each issue; nothing for an empty grid."""
    if found is None or not found.actors:
        return Markup("")
    rows = []
    for actor in found.actors:
        cells = [shown(found.names.get(actor, actor))]
        for issue in found.issues:
            one = found.cell(actor, issue)
            if one is None:
                cells.append(Markup(""))
                continue
            told = f"{named(words, 'act', one.act)} {one.on}"
            link = {"href": place(one.document, one.line), "title": flat(one.exact[:200])}
            counted = tag("span", {"class": "soft"}, f" ({found.counts.get((actor, issue), 0)})")
            cells.append(joined([tag("a", link, shown(told)), counted]))
        rows.append(tuple(cells))
    head = ("", *(named(words, "issue", issue) for issue in found.issues))
    told = words["across.empty"].format(empty=len(found.empty), all=len(found.actors) * len(found.issues))
    note = tag("p", {"class": "soft"}, f"{words['across.latest']} {told}")
    return joined([table(words["across.positions"], head, rows), note])


def contradictions(found: Iterable[Contradiction], words: Wording, place: Place) -> Markup:
    """Where the record disagrees with itself, by rule; nothing for none."""
    rows = []
    for one in found:
        ends = [end for end in (one.first, one.second) if end]
        links = [
            tag("li", None, _line(place(end.document, end.line), end.line, words), " ", shown(end.span.exact))
            for end in ends
        ]
        told = (shown(named(words, "rule", one.rule)), shown(differs(one, words)), shown(listed(one.side)))
        rows.append((*told, tag("ul", {"class": "turns"}, *links)))
    head = tuple(words[f"across.{key}"] for key in ("rule", "differs", "side", "where"))
    return table(words["across.contradictions"], head, rows, stacks=True) if rows else Markup("")


def differs(one: Contradiction, words: Wording) -> str:
    """What differs, in this language."""
    first, second = one.first, one.second
    if one.rule == "one side only":
        return words["across.only"].format(side=listed(one.side))
    if second and one.rule.startswith("window") and first.due and second.due:
        before, after = (
            f"{due.latest or words['across.no_last_day']} (“{due.phrase}”)" for due in (first.due, second.due)
        )
        return words["across.then"].format(before=before, after=after)
    if second and one.rule == "amount changed" and first.amount and second.amount:
        before, after = (f"{amount[0]:,.10g} {amount[1]}" for amount in (first.amount, second.amount))
        return words["across.then"].format(before=before, after=after)
    return one.differs


def changes(check: Check, words: Wording) -> Iterator[Markup]:
    """Every difference between a quote and what was found, one a line."""
    nothing = words["across.nothing"]
    for one in check.changes:
        kind = named(words, "change", one.kind)
        old, new = tag("ins", None, shown(one.quoted or nothing)), tag("del", None, shown(one.found or nothing))
        yield (
            tag("div", None, f"{kind}{words.colon} ", new, " → ", old)
            if one.quoted or one.found
            else tag("div", None, kind)
        )


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[Markup]], *, stacks: bool = False) -> Markup:
    """A table that scrolls inside its own frame, or lays its cells one under another on a phone; empty is a dot."""
    heads = head if stacks else [""] * len(head)
    top = [tag("th", {"scope": "col"}, shown(words)) if words else tag("td", None, "") for words in head]
    body = [
        tag("tr", None, tag("th", {"scope": "row"}, row[0]), *map(_cell, row[1:], heads[1:])) for row in rows
    ]  # fmt: skip
    whole = tag(
        "table",
        {"class": "data stacks" if stacks else "data"},
        tag("thead", None, tag("tr", None, *top)),
        tag("tbody", None, *body),
    )
    return scrolled(name, whole)


def _due_cells(row: Due, words: Wording, place: Place) -> Iterator[Markup]:
    tongue = _TOLD_IN if row.thread else None
    said = [quoted(row.words)] if row.words else [shown(row.what)]
    who = joined([row.said_on, ", " if row.said_on and row.who else "", shown(listed(row.who))])
    yield tag("span", tongue, *said, tag("br"), tag("span", {"class": "soft"}, who))
    days, phrase = row.window.days(words["margin.open"]), row.window.phrase
    apart = tag("span", {"class": "days"}, shown(days))
    yield joined([apart, tag("br"), tag("span", tongue, quoted(phrase))] if phrase else [words["margin.no_day"]])
    yield joined([_standing(row, words)])
    turns = [_turn(one, words) for one in row.history]
    yield tag("ul", {"class": "turns"}, *turns) if turns else joined([words["across.still_open"]])
    seen = [_line(place(one.document, one.line), one.line, words) for one in row.seen]
    source = tag("span", tongue, linked(row.url, captioned(row.source, words)))
    yield joined([source, *(piece for one in seen for piece in (" ", one))])


def _standing(row: Due, words: Wording) -> str:
    """Where a promise stands on the day: late since when, moved to when, broken after how long."""
    parts = [named(words, "timing", row.timing)]
    if row.overdue_since:
        parts[0] += " " + words["across.since"].format(day=row.overdue_since, days=row.days_overdue)
    if row.moved_to:
        parts.append(words["across.moved"].format(day=row.moved_to.nominal))
    if row.broken:
        phrase = words["across.broken_undated" if row.broken_after is None else "across.broken"]
        parts.append(phrase.format(day=row.broken.date, days=row.broken_after))
    return "; ".join(parts)


def _turn(one: Happened, words: Wording) -> Markup:
    said = quoted(one.words) if one.words else shown(one.what)
    who = joined([shown(listed(one.who)), ": "]) if one.who else Markup("")
    day = shown(one.date) if one.date else tag("span", _TOLD_IN, shown(one.dated))
    status = named(words, "status", one.status)
    told = tag("span", _TOLD_IN, who, said, " (", linked(one.url, one.source), ")")
    return tag("li", None, day, f" {status}. ", told)


def _line(address: str, line: int, words: Wording) -> Markup:
    return tag("a", {"href": address}, words["margin.line"].format(line=line))


def _cell(words: Markup, head: str) -> Markup:
    if not words:
        return tag("td", {"class": "empty"}, "·")
    return tag("td", {"data-head": flat(head)} if head else None, words)
