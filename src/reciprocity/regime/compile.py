"""From act files to the book: read every file whole, check it whole, and only then make a book of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from reciprocity.errors import InputError
from reciprocity.files import read_toml, validate, write_atomically
from reciprocity.regime import act as form
from reciprocity.regime.book import FOREVER, Book, acts_folder, book_of, digest_of


def compile_acts(folder: Path) -> Book:
    """The book of a folder of acts. Raises InputError with every fault of every file; no book is made then."""
    return book_of(compiled_content(folder))


def write_compiled_acts() -> None:
    """Write the shipped acts in the form the package reads at start."""
    target = acts_folder().parent / "data" / "acts.json"
    content = compiled_content(acts_folder())
    write_atomically(
        target, json.dumps(content, default=_iso, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    )


def compiled_content(folder: Path) -> dict[str, Any]:
    """Every row of a folder of acts, as plain values."""
    return content_of(read_acts(sorted(folder.rglob("*.toml"))), folder, digest=digest_of(folder))


def content_of(acts: Iterable[tuple[Path, form.ActFile]], folder: Path, *, digest: str) -> dict[str, Any]:
    """Every row of acts that were read, as plain values."""
    content: dict[str, Any] = {
        key: [] for key in ("sources", "measures", "rules", "lists", "partners", "quotas", "shares", "not_modelled")
    }
    for path, one in acts:
        inside = path.relative_to(folder) if path.is_relative_to(folder) else path
        _append(content, inside.as_posix(), one)
    for rows in content.values():
        rows.sort(key=lambda row: json.dumps(row, default=_iso, sort_keys=True))
    content["digest"] = digest
    return json.loads(json.dumps(content, default=_iso))


def read_acts(paths: Iterable[Path]) -> list[tuple[Path, form.ActFile]]:
    """Each file as its model. Raises InputError with every fault of every file."""
    acts, faults = [], []
    for path in paths:
        try:
            acts.append((path, validate(form.ActFile, read_toml(path), where=str(path))))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return acts


def _append(content: dict[str, Any], path: str, one: form.ActFile) -> None:
    head = one.act
    content["sources"].append({**head.model_dump(), "path": path})
    for row in (single for table in one.measure for single in table.by_rate()):
        content["measures"] += _versions(_measure(row, head))
    for row in one.rule:
        content["rules"] += _versions(_rule(row, head))
    content["lists"] += [{**row.model_dump(), "told": list(row.told.items()), "source": head.id} for row in one.list_]
    content["partners"] += [(row.id, row.members) for row in one.partners]
    for row in one.quota:
        content["quotas"] += _versions({**row.model_dump(), **_known(row, head), "source": head.id})
    content["shares"] += [row.model_dump() for row in one.share]
    content["not_modelled"] += [(row.chronology, row.reason) for row in one.not_modelled]


def _measure(row: form.Measure, head: form.Act) -> dict[str, Any]:
    plain = row.model_dump(exclude={"rates"})
    plain["when"] = list(row.when.items())
    return {**plain, **_sourced(row, head)}


def _rule(row: form.Rule, head: form.Act) -> dict[str, Any]:
    return {**row.model_dump(), **_sourced(row, head)}


def _sourced(row: form.Measure | form.Rule, head: form.Act) -> dict[str, Any]:
    return {
        **_known(row, head),
        "importer": row.importer or head.importer,
        "confidence": row.confidence or head.confidence,
        "source": head.id,
        "file": row.file or (head.text if row.quote else None),
        "also": [(clause.file, clause.quote) for clause in row.also],
    }


def _known(row: form.Dated, head: form.Act) -> dict[str, Any]:
    return {
        "valid_to": row.valid_to or FOREVER,
        "known_from": row.known_from or head.published_on,
        "known_to": row.known_to or FOREVER,
    }


def _versions(row: dict[str, Any]) -> list[dict[str, Any]]:
    """One row, or two when its end became known later than the row did."""
    told = row.pop("end_known_from")
    if told is None or told <= row["known_from"]:
        return [row]
    return [{**row, "valid_to": FOREVER, "known_to": min(told, row["known_to"])}, {**row, "known_from": told}]


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
