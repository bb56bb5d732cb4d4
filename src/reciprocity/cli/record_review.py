"""`reciprocity record review`: a person's verdict on what was read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reciprocity.cli.ledger_options import HERE, Json, LedgerFolder
from reciprocity.cli.output import print_json, print_table, visible

if TYPE_CHECKING:
    from reciprocity.record.commitment import Commitment
    from reciprocity.record.document import Document
    from reciprocity.record.ledger.ledger import Ledger
    from reciprocity.record.link import Link
    from reciprocity.record.statement import Statement

app = typer.Typer()


@app.command()
def review(
    record: Annotated[str, typer.Argument(help="Id of a statement, commitment or link, or its beginning.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="It is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is wrong.")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Take the verdict back.")] = False,
    correct: Annotated[
        list[str] | None, typer.Option(help="Put a field right: 'speakers=[\"pmo\"]', 'act=goal'.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who says so; your login when left out.")] = "",
    note: Annotated[str, typer.Option(help="Why.")] = "",
    ledger: LedgerFolder = HERE,
    as_json: Json = False,
) -> None:
    """Confirm, correct or reject what was read; without an id, go through what is open with two keys, y and n.

    Examples: `reciprocity record review`, `reciprocity record review s-1f2e --correct 'speakers=["pmo"]'`
    """
    from reciprocity.errors import Fault, InputError
    from reciprocity.record.ledger.ledger import open_ledger

    kept = open_ledger(ledger)
    verdicts = {"confirmed": confirm, "rejected": reject, "open": reopen, "corrected": bool(correct)}
    chosen = [word for word, wanted in verdicts.items() if wanted]
    if record and len(chosen) != 1:
        allowed = "--confirm, --reject, --reopen or --correct"
        raise InputError(Fault("record review", f"{len(chosen)} verdicts were given", f"One of {allowed}"))
    if record:
        one = _record(kept, record)
        written = _write(kept, one, chosen[0], correct or [], by, note)
        result = {"record": one.id, "verdict": chosen[0], "written": written}
        print_json(result) if as_json else typer.echo(f"{one.id}: {chosen[0]}{'' if written else ' (it was already)'}")
        return
    waiting = list(_open(kept))
    if as_json:
        print_json({"open": [{"record": one.id, "document": page.id, "words": _words(one)} for page, one in waiting]})
    elif typer.get_text_stream("stdin").isatty():
        _go_through(kept, waiting, by)
    else:
        print_table(["id", "words"], [(one.id, visible(_words(one))) for _, one in waiting])


def _record(ledger: Ledger, name: str) -> Statement | Commitment | Link:
    from reciprocity.errors import Fault, UnknownName
    from reciprocity.record.ledger.ledger import read_ledger

    found = [
        one
        for reading in read_ledger(ledger)
        for one in (*reading.statements, *reading.commitments, *reading.links)
        if one.id.startswith(name)
    ]
    if len(found) != 1:
        seen = (
            f"'{name}' begins the id of {len(found)} records" if found else f"'{name}' is not a record of {ledger.root}"
        )
        raise UnknownName(Fault("record review", seen, remedy="`reciprocity record review --json` lists those open"))
    return found[0]


def _open(ledger: Ledger) -> Iterator[tuple[Document, Statement | Commitment | Link]]:
    from reciprocity.record.ledger.ledger import read_ledger

    for reading in read_ledger(ledger):
        for one in (*reading.statements, *reading.commitments, *reading.links):
            if one.review == "open":
                yield reading.document, one


def _write(ledger: Ledger, one: Any, verdict: str, correct: list[str], by: str, note: str) -> bool:
    from datetime import UTC, datetime
    from getpass import getuser

    from reciprocity.record.ledger.review import Review, append_review, changes_of

    given = dict(_change(text) for text in correct)
    changes_of(type(one), given, where=one.id)
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    changes = json.dumps(given, ensure_ascii=False, sort_keys=True) if given else ""
    return append_review(ledger.reviews, Review(one.id, verdict, by or getuser(), at, _words(one), changes, note))


def _change(text: str) -> tuple[str, Any]:
    from reciprocity.errors import Fault, InputError

    field, found, value = text.partition("=")
    if not found:
        raise InputError(Fault("--correct", f"'{text}' has no =", 'FIELD=VALUE, as speakers=["pmo"] or act=goal'))
    try:
        return field.strip(), json.loads(value)
    except json.JSONDecodeError:
        return field.strip(), value


def _go_through(ledger: Ledger, waiting: list[tuple[Document, Any]], by: str) -> None:
    from reciprocity.record.caption import caption

    keys = {"y": "confirmed", "n": "rejected"}
    for number, (page, one) in enumerate(waiting, 1):
        typer.echo(f"\n{number} of {len(waiting)}  {visible(caption(page))}\n{visible(_words(one))}\n{_about(one)}")
        typer.echo("y it is right   n it is wrong   any other key later   q stop")
        key = typer.getchar().lower()
        if key == "q":
            return
        if key in keys:
            _write(ledger, one, keys[key], [], by, "")


def _about(one: Any) -> str:
    shown = {
        key: getattr(one, key, None) for key in ("speakers", "chain", "act", "on", "who", "strength", "kind", "by")
    }
    return "  ".join(
        f"{key}: {value if isinstance(value, str) else ', '.join(value)}" for key, value in shown.items() if value
    )


def _words(one: Any) -> str:
    if hasattr(one, "content"):
        return one.exact
    return one.span.exact if one.span else ""
