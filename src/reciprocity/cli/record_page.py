"""`reciprocity record page`: the record as one page to open, send or print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.ledger_options import HERE, LedgerFolder, day
from reciprocity.cli.output import Replace

app = typer.Typer()


@app.command()
def page(
    files: Annotated[list[Path] | None, typer.Argument(help="Documents to read instead of the ledger.")] = None,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("record.html"),
    against: Annotated[Path | None, typer.Option(help="An original to hold the quotes against.")] = None,
    published: Annotated[str, typer.Option(help="The day the documents were published.")] = "",
    on: Annotated[str, typer.Option(help="The day deadlines are looked at from; today when left out.")] = "",
    ledger: LedgerFolder = HERE,
    replace: Replace = False,
) -> None:
    """Write the record as one self-contained page: articles with a margin, deadlines, positions, contradictions.

    Example: `reciprocity record page article.txt --against readout.txt --published 2025-10-08 --out record.html`
    """
    from reciprocity.deal.cases import case_threads
    from reciprocity.files import write_results
    from reciprocity.record.ledger.ledger import open_ledger, read_ledger
    from reciprocity.record.ledger.store import index_of
    from reciprocity.record.quotes.claims import check_reading
    from reciprocity.record.quotes.quotes import searched
    from reciprocity.record.read import document_from, read_document
    from reciprocity.record.registry import read_registry
    from reciprocity.record.views.contradictions import contradictions
    from reciprocity.record.views.due import dated, due, followed
    from reciprocity.record.views.positions import positions
    from reciprocity.record.views.thread import read_threads
    from reciprocity.report.record import RecordPage, record_page

    given = tuple(read_document(document_from(path, published=published)) for path in files or ())
    kept = None if given else open_ledger(ledger)
    readings = tuple(read_ledger(kept)) if kept else given
    threads = followed(read_threads(kept.threads) if kept else (), case_threads(), readings)
    rows = dated(due(threads, readings, on=day(on, where="--on")))
    original = searched(document_from(against, published=published)) if against else None
    made = RecordPage(
        title=f"The record: {ledger}" if kept else "The record",
        readings=readings,
        due=rows,
        grid=positions(index_of(readings)),
        contradictions=contradictions(readings, read_registry()),
        quotes=tuple(check_reading(one, original) for one in readings) if original else (),
    )
    write_results({out: record_page(made)}, replace=replace)
    typer.echo(f"Wrote {out}")
