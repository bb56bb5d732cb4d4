"""Records as rows of the index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Table

from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Span
from reciprocity.record.link import Link
from reciprocity.record.plain import plain
from reciprocity.record.reading import Reading
from reciprocity.record.statement import Statement

DAY = 1_000_000
"""How many statements of one day the order of statements has room for."""
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def first_number(day: str) -> int:
    """The first number of a day, by which statements are ordered; 0 where no day is known."""
    days = _ISO_DAY.findall(day)
    try:
        return date.fromisoformat(days[-1]).toordinal() * DAY if days else 0
    except ValueError:
        return 0


def statement_row(one: Statement, seq: int, reading: Reading) -> dict[str, Any]:
    """A statement's row of the index."""
    first, last = one.content[0], one.content[-1]
    return {
        "seq": seq, "id": one.id, "document": reading.document.id, "line": reading.document.line_of(first.start).number,
        "start": first.start, "end": last.end, "exact": one.exact, "speakers": _list(one.speakers),
        "chain": _list(one.chain), "said_on": one.on, "venue": one.where, "act": one.act, "record": one.record,
        "issues": _list(one.issues), "by": one.by, "review": one.review,
    }  # fmt: skip


def commitment_row(one: Commitment, reading: Reading) -> dict[str, Any]:
    """A commitment's row."""
    due, amount = one.due, one.amount
    return {
        "id": one.id, "document": reading.document.id, "line": reading.document.line_of(one.span.start).number,
        "start": one.span.start, "end": one.span.end, "exact": one.span.exact, "who": _list(one.who),
        "bound": one.bound, "what": one.what, "strength": one.strength, "negated": one.negated,
        "condition": one.condition, "amount": amount.value if amount else None, "unit": amount.unit if amount else "",
        "earliest": due.earliest if due else "", "nominal": due.nominal if due else "",
        "latest": due.latest if due else "", "phrase": due.phrase if due else "", "issues": _list(one.issues),
        "statements": _list(one.statements), "by": one.by, "review": one.review,
    }  # fmt: skip


def link_row(one: Link, reading: Reading) -> dict[str, Any]:
    """A link's row."""
    ends = {key: end.exact if isinstance(end, Span) else end for key, end in (("a", one.a), ("b", one.b))}
    return {
        "id": one.id, "document": reading.document.id, "kind": one.kind, **ends,
        "exact": one.span.exact if one.span else "", "issues_a": _list(one.issues_a), "issues_b": _list(one.issues_b),
        "statements": _list(one.statements), "by": one.by, "review": one.review,
    }  # fmt: skip


def columns(record: Any, table: Table) -> dict[str, Any]:
    """Of a record, what a table has a column for."""
    return {key: value for key, value in plain(record).items() if key in table.c}


def _list(items: Iterable[str]) -> str:
    return json.dumps(list(items), ensure_ascii=False)
