"""`reciprocity record deals`: from words to numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.ledger_options import HERE, Json, LedgerFolder
from reciprocity.cli.output import Replace, print_json, print_table, visible

app = typer.Typer()


@app.command()
def deals(
    files: Annotated[list[Path] | None, typer.Argument(help="Documents to read instead of the ledger.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write each draft as a deal file into this folder.")] = None,
    sides: Annotated[
        str, typer.Option(help="The two sides of the table, as CAN,USA, where the text does not say.")
    ] = "",
    published: Annotated[str, typer.Option(help="The day the documents were published.")] = "",
    ledger: LedgerFolder = HERE,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Every exchange found, as a draft deal whose clauses cite their statements.

    Example: `reciprocity record deals article.txt --out drafts`; `reciprocity value` then computes a draft
    """
    from reciprocity.deal import read_deal
    from reciprocity.deal.cases import case_deals
    from reciprocity.deal.drafts import draft_toml, drafts, name_of
    from reciprocity.files import write_results
    from reciprocity.record.ledger.ledger import open_ledger, read_ledger
    from reciprocity.record.read import document_from, read_document
    from reciprocity.record.registry import read_registry

    given = [read_document(document_from(path, published=published)) for path in files or ()]
    readings = given if files else list(read_ledger(open_ledger(ledger)))
    cases = {name: read_deal(path) for name, path in case_deals().items()}
    table = tuple(one.strip() for one in sides.split(",") if one.strip())
    found = drafts(readings, read_registry(), sides=table, cases=cases)
    written = {one.link: out / name_of(one) for one in found if out and one.deal}
    made = {written[one.link]: draft_toml(one) for one in found if one.link in written}
    write_results(made, replace=replace)
    if as_json:
        rows = [
            {
                "link": one.link,
                "document": one.document,
                "title": one.title,
                "line": one.line,
                "give": one.give,
                "get": one.get,
                "statements": list(one.statements),
                "deal": one.deal.model_dump(mode="json", by_alias=True, exclude_defaults=True) if one.deal else None,
                "toml": draft_toml(one),
                "missing": one.missing,
                "cases": list(one.cases),
                "file": str(written.get(one.link, "")),
            }
            for one in found
        ]
        print_json({"deals": rows})
        return
    cells = [
        (
            f"{visible(one.title)}:{one.line}",
            visible(one.give),
            visible(one.get),
            one.missing or str(written.get(one.link, f"{len(one.deal.clauses) if one.deal else 0} clauses")),
            ", ".join(one.cases),
        )
        for one in found
    ]
    print_table(["where", "given", "got", "draft", "case"], cells)
    typer.echo(f"{len(found)} exchanges. A draft's numbers are placeholders: open it and write those that are meant.")
