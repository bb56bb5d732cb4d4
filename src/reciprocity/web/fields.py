"""What a form or a program sent, as words by name, whatever way it was sent; and the same for OpenAPI."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from reciprocity.errors import Fault, InputError

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_FIELDS, MOST_FILES = 1000, 10
"""Of a form; starlette holds the same."""
TABLE_FIELDS: Mapping[str, str] = {
    "deal": "Name of a deal that ships.",
    "on": "The day whose law counts, as 2025-10-08.",
    "known": "The day whose knowledge of the law counts; all that is known when left out.",
    "theta": "Set of trade elasticities, with values of one's own after it, as FGO2022 STEEL=8.",
    "theta.{sector}": "A value of one's own, as theta.STEEL=8.",
    "t": "A table as a self-contained link has it, in place of `deal`.",
    "edited": "Anything: the clauses below count; all clauses of the deal when left out.",
    "on.{clause}": "Anything: the clause is on the table. One field a clause, as on.steel.",
    "v.{clause}": "The clause's number in its own unit, as v.steel=0.25.",
    "p.{clause}": "The same in per cent, as p.steel=25.",
    "q.{clause}": "A quota's quantity in its own unit: a share of 2024 trade, million USD or a volume.",
    "qp.{clause}": "A quota's share of 2024 trade in per cent.",
}
"""What an address or a form says of a table."""


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form or of a JSON object. Raises InputError for anything else."""
    sort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sort == "application/json":
        return _from_json(await request.body())
    if sort not in FORMS:
        if not await request.body():
            return {}
        raise InputError(Fault("body", "is not a form", remedy="Send a form, or a JSON object"))
    body = await request.body()
    async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as form:
        files = [key for key, value in form.items() if isinstance(value, UploadFile)]
        found = {key: str(value) for key, value in form.items()}
    if files:
        raise InputError([Fault(key, "is a file", remedy="Paste its words") for key in files])
    if body and not found:
        raise InputError(Fault("body", "is not a form", remedy="Send a form, or a JSON object"))
    return found


def table_query(**more: str) -> dict[str, Any]:
    """What OpenAPI says of an address that holds a table."""
    return {"parameters": [_parameter(name, told) for name, told in {**TABLE_FIELDS, **more}.items()]}


def form_body(fields: Mapping[str, str], *, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """What OpenAPI says of a form."""
    properties = {name: {"type": "string", "description": told} for name, told in fields.items()}
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return {"requestBody": {"content": {FORMS[0]: {"schema": schema}, "application/json": {"schema": schema}}}}


def _from_json(body: bytes) -> dict[str, str]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(Fault("body", "is not JSON", remedy="Send a form, or a JSON object")) from error
    if not isinstance(content, dict):
        raise InputError(Fault("body", "is not a form", remedy="Send a form, or a JSON object"))
    if len(content) > MOST_FIELDS:
        raise InputError(Fault("body", f"has {len(content):,} fields", f"At most {MOST_FIELDS:,} are read"))
    faults = [
        Fault(key, "is not text", "Text, a number or yes and no")
        for key, value in content.items()
        if not isinstance(value, str | int | float | bool | None)
    ]
    if faults:
        raise InputError(faults)
    return {key: _word(value) for key, value in content.items() if value not in (None, False)}


def _word(value: str | float) -> str:
    return "1" if value is True else str(value)


def _parameter(name: str, told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": "string"}, "description": told}
