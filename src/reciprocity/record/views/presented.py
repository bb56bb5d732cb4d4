"""A reading as JSON for other programs: each span with its line and its place in the clean text, speakers by name."""

from __future__ import annotations

from typing import Any

from reciprocity.record.document import Document
from reciprocity.record.plain import plain
from reciprocity.record.reading import Reading


def presented(reading: Reading) -> dict[str, Any]:
    """A reading as dictionaries, with what a program that scores or shows it would otherwise have to work out.

    `start` and `end` of a span are places in `document.text`, the text as received; `clean_start` and `clean_end` are
    places in `document.clean`, the text without what is not body (null inside what was left out).
    """
    names = {actor.id: actor.name for actor in reading.actors}
    made = _with_places(plain(reading), reading.document)
    made["document"]["clean"] = reading.document.clean
    for row in made["statements"]:
        row["speaker_names"] = [names.get(one, one) for one in row["speakers"]]
        row["chain_names"] = [names.get(one, one) for one in row["chain"]]
        row["exact"] = " ".join(span["exact"] for span in row["content"])
    for row in made["commitments"]:
        row["who_names"] = [names.get(one, one) for one in row["who"]]
    return made


def _with_places(thing: Any, document: Document) -> Any:
    if isinstance(thing, list):
        return [_with_places(one, document) for one in thing]
    if not isinstance(thing, dict):
        return thing
    made = {key: value if key == "lines" else _with_places(value, document) for key, value in thing.items()}
    if made.keys() == {"document", "start", "end", "exact"}:
        made["line"] = document.line_of(made["start"]).number
        made["clean_start"] = document.clean_offset(made["start"])
        made["clean_end"] = document.clean_offset(made["end"])
    return made
