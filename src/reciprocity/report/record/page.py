"""The page: articles with margins, and what the ledger says across them. One file, no script, offline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from reciprocity.record.check import Check
from reciprocity.record.claims import QuoteReport
from reciprocity.record.contradictions import Contradiction
from reciprocity.record.due import Due, Happened
from reciprocity.record.positions import Grid
from reciprocity.record.reading import Reading
from reciprocity.report.markup import Markup, joined, tag
from reciprocity.report.record.article import article, line_address
from reciprocity.report.record.words import flat, linked, listed, quoted, shown

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What a page shows.

    Args:
        title: Its heading.
        readings: The documents, each with its margin.
        due: Promises as they stand on a day.
        grid: Who stands where; None leaves it out.
        contradictions: Where the record disagrees with itself.
        quotes: Quotes held against an original.
    """

    title: str
    readings: tuple[Reading, ...]
    due: tuple[Due, ...] = ()
    grid: Grid | None = None
    contradictions: tuple[Contradiction, ...] = ()
    quotes: tuple[QuoteReport, ...] = ()


def record_page(page: RecordPage) -> str:
    """A page as HTML."""
    sections = [
        ("deadlines", "Deadlines that moved", _deadlines(page.due)),
        ("positions", "Who stands where", _positions(page.grid)),
        ("contradictions", "Where the record disagrees with itself", _contradictions(page.contradictions)),
        ("quotes", "Quotes held against the original", joined(_report(one) for one in page.quotes)),
    ]
    there = [(name, title, body) for name, title, body in sections if body]
    contents = [(name, title) for name, title, _ in there]
    contents += [(one.document.id, _short(one)) for one in page.readings]
    links = [tag("li", None, tag("a", {"href": f"#{name}"}, shown(title))) for name, title in contents]
    body = [
        tag("h1", None, shown(page.title)),
        tag("nav", {"aria-label": "Contents"}, tag("ul", None, *links)),
        *(tag("section", {"id": name}, tag("h2", None, title), content) for name, title, content in there),
        *(article(one) for one in page.readings),
    ]
    head = [
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"name": "referrer", "content": "no-referrer"}),
        tag("title", None, flat(page.title)),
        tag("style", None, Markup(_style())),
    ]
    whole = tag("html", {"lang": "en"}, tag("head", None, *head), tag("body", None, tag("main", None, *body)))
    return f"<!doctype html>\n{whole}\n"


def _style() -> str:
    folder = files("reciprocity.report").joinpath("styles")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("tokens.css", "record.css"))


def _short(reading: Reading) -> str:
    return reading.document.title or f"{reading.document.kind} {reading.document.published}".strip()


def _deadlines(rows: tuple[Due, ...]) -> Markup:
    if not rows:
        return Markup("")
    head = ("promise", "window", f"on {rows[0].on}", "what became of it", "where")
    return _table(head, [tuple(_due_cells(row)) for row in rows])


def _due_cells(row: Due) -> Iterator[Markup]:
    said = [quoted(row.words)] if row.words else [shown(row.what)]
    yield joined([*said, tag("br"), tag("span", {"class": "soft"}, f"{row.said_on}, ", shown(listed(row.who)))])
    days = " .. ".join(day or "open" for day in (row.window.earliest, row.window.nominal, row.window.latest))
    yield joined([shown(days), tag("br"), quoted(row.window.phrase)] if row.window.phrase else ["no day"])
    late = f" since {row.overdue_since}, {row.days_overdue} days" if row.overdue_since else ""
    moved = f"; moved to {row.moved_to.nominal}" if row.moved_to else ""
    yield joined([f"{row.timing}{late}{moved}"])
    yield tag("ul", {"class": "turns"}, *map(_turn, row.history)) if row.history else joined(["open"])
    seen = [tag("a", {"href": line_address(one.document, one.line)}, f"line {one.line}") for one in row.seen]
    yield joined([linked(row.url, row.source), *(piece for one in seen for piece in (" ", one))])


def _turn(one: Happened) -> Markup:
    words = quoted(one.words) if one.words else shown(one.what)
    who = joined([shown(listed(one.who)), ": "]) if one.who else Markup("")
    day = shown(one.date or one.dated)
    return tag("li", None, day, f" {one.status}. ", who, words, " (", linked(one.url, one.source), ")")


def _positions(grid: Grid | None) -> Markup:
    if grid is None or not grid.actors:
        return Markup("")
    rows = []
    for actor in grid.actors:
        cells = [shown(grid.names.get(actor, actor))]
        for issue in grid.issues:
            one = grid.cell(actor, issue)
            where = one and line_address(one.document, one.line)
            cells.append(
                tag("a", {"href": where, "title": flat(one.exact[:200])}, shown(f"{one.act} {one.on}"))
                if one
                else Markup("")
            )
        rows.append(tuple(cells))
    note = tag("p", {"class": "soft"}, f"{len(grid.empty)} of {len(grid.actors) * len(grid.issues)} cells are empty.")
    return joined([_table(("", *grid.issues), rows), note])


def _contradictions(found: tuple[Contradiction, ...]) -> Markup:
    if not found:
        return Markup("")
    rows = []
    for one in found:
        places = [place for place in (one.first, one.second) if place]
        links = [
            tag(
                "li",
                None,
                tag("a", {"href": line_address(at.document, at.line)}, f"line {at.line}"),
                " ",
                shown(at.span.exact),
            )
            for at in places
        ]
        rows.append(
            (shown(one.rule), shown(one.differs), shown(listed(one.side)), tag("ul", {"class": "turns"}, *links))
        )
    return _table(("rule", "what differs", "side", "where"), rows)


def _report(report: QuoteReport) -> Markup:
    rows = []
    for check, span in report.claimed:
        line = report.article.line_of(span.start).number
        place = tag("a", {"href": line_address(report.article.id, line)}, f"line {line}")
        rows.append((shown(check.status), place, shown(check.quote), joined(_changes(check))))
    counts = report.counts()
    said = f"{counts['word_for_word']} word for word, {counts['respelled']} respelled, {counts['edited']} edited, "
    total = tag("p", None, f"{said}{counts['missing']} missing; {counts['of_others']} quotes of other sources.")
    return joined([total, _table(("", "where", "quote", "changes"), rows)])


def _changes(check: Check) -> Iterator[Markup]:
    for one in check.changes:
        old, new = tag("ins", None, shown(one.quoted or "nothing")), tag("del", None, shown(one.found or "nothing"))
        yield (
            tag("div", None, f"{one.kind}: ", new, " → ", old)
            if one.quoted or one.found
            else tag("div", None, one.kind)
        )


def _table(head: tuple[str, ...], rows: list[tuple[Markup, ...]]) -> Markup:
    top = tag("tr", None, *(tag("th", {"scope": "col"}, shown(words)) for words in head))
    body = [
        tag("tr", None, tag("th", {"scope": "row"}, row[0]), *(_cell(words) for words in row[1:])) for row in rows
    ]  # fmt: skip
    return tag("div", {"class": "scroll"}, tag("table", None, tag("thead", None, top), tag("tbody", None, *body)))


def _cell(words: Markup) -> Markup:
    return tag("td", None, words) if words else tag("td", {"class": "empty"}, "·")
