"""The page: articles with margins, and what the ledger says across them. One file, no script, offline."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from reciprocity.record.caption import caption
from reciprocity.record.quotes.claims import QuoteReport
from reciprocity.record.reading import Reading
from reciprocity.record.views.contradictions import Contradiction
from reciprocity.record.views.due import Due
from reciprocity.record.views.positions import Grid
from reciprocity.report.markup import Markup, joined, tag
from reciprocity.report.record.article import article, line_address
from reciprocity.report.record.style import margin_style
from reciprocity.report.record.tables import changes, contradictions, deadlines, grid, table
from reciprocity.report.record.wording import captioned, named, record_wording
from reciprocity.report.record.words import flat, shown
from reciprocity.report.wording import Wording

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
    words = record_wording("en")
    sections = [
        ("deadlines", words["across.deadlines"], deadlines(page.due, words, line_address)),
        ("positions", words["across.positions"], grid(page.grid, words, line_address)),
        ("contradictions", words["across.contradictions"], contradictions(page.contradictions, words, line_address)),
        ("quotes", words["across.quotes"], joined(_report(one, words) for one in page.quotes)),
    ]
    there = [(name, title, body) for name, title, body in sections if body]
    contents = [(name, title) for name, title, _ in there]
    contents += [(one.document.id, captioned(caption(one.document), words)) for one in page.readings]
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
    names = ("tokens.css", "record.css")
    sheets = [folder.joinpath(name).read_text(encoding="utf-8") for name in names]
    return "\n".join([*sheets, margin_style()])


def _report(report: QuoteReport, words: Wording) -> Markup:
    rows = []
    for check, span in report.claimed:
        line = report.article.line_of(span.start).number
        told = words["margin.line"].format(line=line)
        place = tag("a", {"href": line_address(report.article.id, line)}, told)
        status = shown(named(words, "check", check.status))
        rows.append((status, place, shown(check.quote), joined(changes(check, words))))
    counts = report.counts()
    said = f"{counts['word_for_word']} word for word, {counts['respelled']} respelled, {counts['edited']} edited, "
    total = tag("p", None, f"{said}{counts['missing']} missing; {counts['of_others']} quotes of other sources.")
    return joined([total, table("quotes", ("", "where", "quote", "changes"), rows)])
