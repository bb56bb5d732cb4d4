"""`reciprocity record check`: is this quote in that document, and what was changed?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reciprocity.cli.ledger_options import HERE, Json, LedgerFolder
from reciprocity.cli.output import print_json, print_table, visible

if TYPE_CHECKING:
    from reciprocity.record.document import Document
    from reciprocity.record.quotes.check import Change, Check
    from reciprocity.record.quotes.claims import QuoteReport

app = typer.Typer()


@app.command()
def check(
    article: Annotated[Path | None, typer.Argument(help="The article whose quotes to check.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="The document the quotes are said to come from; the whole ledger when left out.")
    ] = None,
    quote: Annotated[list[str] | None, typer.Option(help="A quote to check instead of an article's.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Whose quotes are said to come from it (an actor's id).")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show the quotes of others as well.")] = False,
    strict: Annotated[bool, typer.Option(help="Exit with status 1 when a quote is edited or missing.")] = False,
    ledger: LedgerFolder = HERE,
    as_json: Json = False,
) -> None:
    """Hold quotes against the original: exact, same words, edited (with the changes) or not found.

    Without --by, a source's quotes are taken to be said of the document when words of that source are in it.

    Examples: `reciprocity record check article.txt --against readout.txt`,
    `reciprocity record check --quote "in the coming weeks" --against readout.txt --json`,
    `reciprocity record check article.txt --ledger talks`
    """
    from reciprocity.cli.progress import counting
    from reciprocity.errors import Fault, InputError
    from reciprocity.record.quotes.claims import check_reading
    from reciprocity.record.quotes.quotes import check_quote, searched
    from reciprocity.record.read import document_from, read_file

    if (article is None) == (not quote):
        raise InputError(Fault("record check", "needs an ARTICLE or a --quote, one of the two"))
    with counting("Reading") as told:
        reading = read_file(article, progress=told) if article else None
    if against is None:
        quotes = [one.exact for said in reading.statements for one in said.words] if reading else list(quote or ())
        checks = _anywhere(quotes, ledger, reading.document.sha256 if reading else "", as_json)
    elif reading is None:
        original = searched(document_from(against))
        checks = tuple(check_quote(one, original) for one in quote or ())
        _show_checks(checks, {original.document.id: original.document}, as_json)
    else:
        report = check_reading(reading, searched(document_from(against)), by=by or ())
        checks = tuple(one for one, _ in report.claimed)
        _show_report(report, str(article), str(against), everything=everything, as_json=as_json)
    if strict and not all(one.accepted for one in checks):
        raise typer.Exit(1)


def _anywhere(quotes: list[str], ledger: Path, own: str, as_json: bool) -> tuple[Check, ...]:
    """Quotes held against every document of a ledger but the one they stand in."""
    from reciprocity.cli.progress import counting
    from reciprocity.record.ledger.ledger import open_ledger, read_ledger
    from reciprocity.record.quotes.quotes import check_anywhere, searched

    documents = {
        one.document.id: one.document for one in read_ledger(open_ledger(ledger)) if one.document.sha256 != own
    }
    checks = []
    with counting("Checking") as told:
        originals = [searched(one) for one in documents.values()]
        for done, words in enumerate(quotes):
            told(done, len(quotes))
            best = check_anywhere(words, originals)
            checks.extend([best] if best else [])
    _show_checks(tuple(checks), documents, as_json)
    return tuple(checks)


def _show_checks(checks: tuple[Check, ...], documents: dict[str, Document], as_json: bool) -> None:
    from reciprocity.record.caption import caption

    if as_json:
        print_json({"checks": [{"document": one.document} | _row(one, documents[one.document]) for one in checks]})
        return
    rows = []
    for one in checks:
        page = documents[one.document]
        where = f"{visible(caption(page))}, {_place(one, page)}" if one.span else ""
        rows.append((one.status, visible(one.quote), where, _changes(one)))
    print_table(["", "quote", "found", "changes"], rows)


def _show_report(report: QuoteReport, article: str, against: str, *, everything: bool, as_json: bool) -> None:
    counts = report.counts()
    pairs = list(zip(report.checks, report.quotes, strict=True))
    if as_json:
        rows = [
            {"start": at.start, "end": at.end, "line": report.article.line_of(at.start).number}
            | _row(one, report.against)
            for one, at in pairs
        ]
        print_json({"article": article, "against": against, "counts": counts, "checks": rows})
        return
    rows = [
        (
            one.status if one.claimed else f"({one.status})",
            report.article.line_of(at.start).number,
            visible(one.quote),
            _place(one, report.against),
            _changes(one),
        )
        for one, at in pairs
        if one.claimed or everything
    ]
    print_table(["", "line", "quote", "found", "changes"], rows, right=[1])
    edited = f"{counts['edited']} edited, " if counts["edited"] else ""
    typer.echo(
        f"{counts['word_for_word']} word for word, {counts['respelled']} respelled, {edited}{counts['missing']} missing"
    )
    if counts["of_others"] and not everything:
        typer.echo(f"{counts['of_others']} quotes of other sources are not said to come from it (--all shows them)")


def _row(one: Check, document: Document) -> dict[str, Any]:
    found = one.span and {
        "start": one.span.start,
        "end": one.span.end,
        "line": document.line_of(one.span.start).number,
        "exact": one.span.exact,
    }
    return {
        "quote": one.quote,
        "status": one.status,
        "accepted": one.accepted,
        "claimed": one.claimed,
        "statement": one.statement,
        "found": found,
        "changes": [{"kind": each.kind, "quoted": each.quoted, "found": each.found} for each in one.changes],
    }


def _place(one: Check, document: Document) -> str:
    return f"line {document.line_of(one.span.start).number}" if one.span else ""


def _changes(one: Check) -> str:
    return "; ".join(map(_change, one.changes))


def _change(change: Change) -> str:
    if not change.quoted and not change.found:
        return change.kind
    return visible(f"{change.kind}: {change.quoted.strip() or 'nothing'} for {change.found.strip() or 'nothing'}")
