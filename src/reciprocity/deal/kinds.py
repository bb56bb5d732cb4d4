"""The kinds of clause a deal file may hold, and the keys of each, read from the types themselves."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, get_args

from reciprocity.deal.clauses import Clause
from reciprocity.errors import Fault, InputError, did_you_mean

_FORM = {"string": "text", "number": "number", "integer": "number", "boolean": "true or false", "array": "list"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a clause.

    Attributes:
        name: as it is written in the file.
        form: what kind of value it takes: text, number, list, date, table.
        required: whether a clause of the kind must have it.
        meaning: what it says, with its unit.
    """

    name: str
    form: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of clause: the word for `kind`, what it does, and its keys, those it must have first."""

    name: str
    meaning: str
    keys: tuple[Key, ...]


def kinds() -> tuple[Kind, ...]:
    """Every kind of clause, in the order the types are listed."""
    return tuple(_kind(one) for one in get_args(get_args(Clause)[0]))


def kind(name: str) -> Kind:
    """One kind by its name. Raises InputError."""
    known = {one.name: one for one in kinds()}
    if name not in known:
        allowed = f"Kinds are {', '.join(known)}"
        raise InputError(Fault(name, "is not a kind of clause", allowed, did_you_mean(name, known)))
    return known[name]


def _kind(of: Any) -> Kind:
    schema = of.model_json_schema(by_alias=True)
    required = set(schema.get("required", ()))
    keys = [
        Key(name, _form(one, schema.get("$defs", {})), name in required, one.get("description", ""))
        for name, one in schema["properties"].items()
        if name != "kind"
    ]
    keys.sort(key=lambda one: not one.required)
    return Kind(schema["properties"]["kind"]["const"], cleandoc(of.__doc__), tuple(keys))


def _form(node: dict[str, Any], named: dict[str, Any]) -> str:
    """What a key takes, in the words of a file: a figure's table with its own keys."""
    if "anyOf" in node:
        return _form(next(one for one in node["anyOf"] if one.get("type") != "null"), named)
    if "$ref" in node:
        return f"table: {', '.join(named[node['$ref'].rsplit('/', 1)[-1]]['properties'])}"
    if node.get("format") == "date":
        return "date"
    return "table" if node.get("type") == "object" else _FORM[node["type"]]
