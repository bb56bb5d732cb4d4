"""`reciprocity record add | ledger | export`: keeping a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reciprocity.cli.ledger_options import HERE, Index, Json, LedgerFolder
from reciprocity.cli.output import Replace, print_json, print_table, visible

if TYPE_CHECKING:
    from reciprocity.record.ledger.ledger import Ledger
    from reciprocity.record.reading import Progress

app = typer.Typer()


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Articles, readouts, transcripts, or folders of them.")],
    published: Annotated[str, typer.Option(help="The day they were published, where the file does not say.")] = "",
    ledger: LedgerFolder = HERE,
    as_json: Json = False,
) -> None:
    """Read documents into a ledger; reading one again changes nothing.

    Example: `reciprocity record add article.txt --published 2025-10-08 --ledger talks`
    """
    from reciprocity.cli.progress import counting
    from reciprocity.errors import InputError
    from reciprocity.record.ledger.ledger import open_ledger
    from reciprocity.record.ledger.versions import by_file

    kept = open_ledger(ledger, create=True)
    paths, there = _texts(files), by_file(kept.records())
    rows, faults = [], []
    with counting("Reading") as told:
        for done, path in enumerate(paths):
            told(done, len(paths))
            try:
                alike = there.get(path.name, [])
                rows.append(_added(kept, path, published, told if len(paths) == 1 else None, versions=alike))
            except InputError as error:
                faults.extend(error.faults)
    if as_json:
        print_json({"ledger": str(ledger), "added": rows})
    else:
        cells = [(row["result"], row["file"], row["statements"], row["commitments"], row["links"]) for row in rows]
        print_table(["", "file", "statements", "commitments", "links"], cells, right=[2, 3, 4])
    if faults:
        raise InputError(faults)


@app.command("ledger")
def show_ledger(ledger: LedgerFolder = HERE, index: Index = "", rebuild: bool = False, as_json: Json = False) -> None:
    """What a ledger holds, and whether every byte of it is as it was written.

    Examples: `reciprocity record ledger`, `reciprocity record ledger --rebuild --index postgresql://host/talks`
    """
    from reciprocity.cli.progress import counting
    from reciprocity.errors import InputError
    from reciprocity.record.caption import caption
    from reciprocity.record.ledger.ledger import damage, open_ledger, read_ledger, unplaced
    from reciprocity.record.ledger.store import clear, open_store

    kept = open_ledger(ledger)
    faults = damage(kept)
    if faults:
        raise InputError(faults)
    if rebuild:
        clear(kept, index)
    with counting("Indexing") as told, open_store(kept, index, progress=told):
        pass
    rows = [
        {
            "id": one.document.id,
            "published": one.document.published,
            "kind": one.document.kind,
            "title": caption(one.document),
            "statements": len(one.statements),
            "commitments": len(one.commitments),
            "open": sum(each.review == "open" for each in (*one.statements, *one.commitments, *one.links)),
        }
        for one in read_ledger(kept)
    ]
    lost = [one.record for one in unplaced(kept)]
    if as_json:
        print_json({"ledger": str(ledger), "documents": rows, "reviews_of_records_no_longer_read": lost})
        return
    cells = [(row["published"], row["kind"], visible(row["title"]), row["statements"], row["open"]) for row in rows]
    print_table(["published", "kind", "document", "statements", "to review"], cells, right=[3, 4])
    if lost:
        typer.echo(f"{len(lost)} verdicts are on records the reader no longer finds; they are kept.")


@app.command()
def export(
    form: Annotated[str, typer.Argument(help="jsonld (Web Annotation) or csv.")] = "jsonld",
    out: Annotated[Path | None, typer.Option(help="The file to write; printed when left out.")] = None,
    ledger: LedgerFolder = HERE,
    replace: Replace = False,
) -> None:
    """Every statement and commitment in a form other programs read.

    Examples: `reciprocity record export jsonld --out ledger.jsonld`, `reciprocity record export csv > said.csv`
    """
    from reciprocity.errors import Fault, InputError, did_you_mean
    from reciprocity.files import write_results
    from reciprocity.record.ledger.ledger import open_ledger, read_ledger
    from reciprocity.record.views.export import FORMS

    if form not in FORMS:
        raise InputError(
            Fault("record export", f"'{form}' is not a form", " or ".join(FORMS), did_you_mean(form, FORMS))
        )
    text = FORMS[form](read_ledger(open_ledger(ledger)))
    if out:
        write_results({out: text}, replace=replace)
    else:
        typer.echo(text, nl=False)


def _added(kept: Ledger, path: Path, published: str, told: Progress | None, *, versions: list[Path]) -> dict[str, Any]:
    """Read one file into a ledger: what became of it and how much is in it."""
    from reciprocity.errors import Fault, InputError
    from reciprocity.record.ledger.ledger import add_reading
    from reciprocity.record.read import read_file

    reading = read_file(path, published=published, progress=told)
    if not reading.document.published:
        remedy = "Give it with --published 2025-10-08"
        raise InputError(Fault(str(path), "does not say when it was published", remedy=remedy))
    how = add_reading(kept, reading, path.read_bytes(), suffix=path.suffix.lower(), versions=versions)
    counts = {word: len(getattr(reading, word)) for word in ("statements", "commitments", "links")}
    return {"file": str(path), "document": reading.document.id, "result": how, **counts}


def _texts(files: list[Path]) -> list[Path]:
    from reciprocity.record.read import texts_in

    return [one for path in files for one in (texts_in(path) if path.is_dir() else (path,))]
