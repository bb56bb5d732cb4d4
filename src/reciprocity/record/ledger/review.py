"""What a person made of what was read: confirmed, corrected, rejected. Kept by itself, never written over."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.record.commitment import Commitment
from reciprocity.record.ledger.lock import locked
from reciprocity.record.link import Link
from reciprocity.record.plain import parse, plain
from reciprocity.record.reading import Reading
from reciprocity.record.statement import REVIEWS, Statement

CORRECTABLE = {
    Statement: ("speakers", "chain", "act", "on", "where", "record", "issues"),
    Commitment: ("who", "bound", "what", "strength", "negated", "condition", "amount", "due", "issues"),
    Link: ("kind", "issues_a", "issues_b"),
}
"""What a person may put right in each record. Spans are not among them: the words are the document's."""

Reviewed = TypeVar("Reviewed", Statement, Commitment, Link)


@dataclass(frozen=True, slots=True)
class Review:
    """One verdict of one person on one record.

    Args:
        record: Id of a statement, commitment or link.
        verdict: One of `REVIEWS`; `open` takes an earlier verdict back.
        by: Who says so.
        at: When, ISO 8601 in UTC.
        exact: The record's words, so that the verdict can be read where the record is gone.
        changes: Fields put right, as JSON; empty unless the verdict is `corrected`.
        note: Why.
    """

    record: str
    verdict: str
    by: str
    at: str
    exact: str = ""
    changes: str = ""
    note: str = ""


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Every verdict ever given, oldest first. Raises InputError naming each line that is not one."""
    if not path.is_file():
        return ()
    found, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_checked(parse(Review, json.loads(line), where=f"{path}:{number}"), f"{path}:{number}"))
        except json.JSONDecodeError as error:
            faults.append(Fault(f"{path}:{number}", f"is not JSON: {error}", remedy="Mend or take out that line"))
        except InputError as error:
            faults.extend(error.faults)
    if faults:
        raise InputError(faults)
    return tuple(found)


def append_review(path: Path, review: Review) -> bool:
    """Add a verdict at the end of the file, under a lock. False when it says what already holds."""
    _checked(review, "review")
    with locked(path) as file:
        now = standing(read_reviews(path)).get(review.record)
        if now and (now.verdict, now.changes) == (review.verdict, review.changes):
            return False
        file.seek(0, os.SEEK_END)
        file.write(json.dumps(plain(review), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def standing(reviews: Iterable[Review]) -> dict[str, Review]:
    """The verdict that holds for each record: the last one."""
    return {one.record: one for one in reviews}


def reviewed(reading: Reading, verdicts: Mapping[str, Review]) -> Reading:
    """A reading with the verdicts on its records."""
    return replace(
        reading,
        statements=tuple(_apply(one, verdicts) for one in reading.statements),
        commitments=tuple(_apply(one, verdicts) for one in reading.commitments),
        links=tuple(_apply(one, verdicts) for one in reading.links),
    )


def changes_of(kind: type, given: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    """Corrections checked against what a record may hold. Raises InputError naming every one that does not fit."""
    allowed = CORRECTABLE[kind]
    faults = [
        Fault(f"{where}: {key}", "cannot be corrected", f"One of {', '.join(allowed)}", did_you_mean(key, allowed))
        for key in given
        if key not in allowed
    ]
    hints = get_type_hints(kind)
    checked = {}
    for key in given.keys() & set(allowed):
        try:
            checked[key] = parse(hints[key], given[key], where=f"{where}: {key}")
        except InputError as error:
            faults.extend(error.faults)
    if faults:
        raise InputError(faults)
    return checked


def _apply(record: Reviewed, verdicts: Mapping[str, Review]) -> Reviewed:
    verdict = verdicts.get(record.id)
    if verdict is None:
        return record
    given = json.loads(verdict.changes) if verdict.changes else {}
    return replace(record, review=verdict.verdict, **changes_of(type(record), given, where=f"review of {record.id}"))


def _checked(review: Review, where: str) -> Review:
    if review.verdict not in REVIEWS:
        allowed = f"One of {', '.join(REVIEWS)}"
        raise InputError(
            Fault(where, f"'{review.verdict}' is not a verdict", allowed, did_you_mean(review.verdict, REVIEWS))
        )
    return review
