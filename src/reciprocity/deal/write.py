"""A deal as the text of its TOML file, which reads back as the same deal."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from reciprocity.deal.deal import Deal


def deal_text(deal: Deal) -> str:
    """The content of a deal's file."""
    content = deal.model_dump(mode="python", by_alias=True, exclude_defaults=True, exclude={"id"})
    clauses = content.pop("clause", ())
    french = content.pop("fr", None)
    lines = [f"{key} = {_scalar(value)}" for key, value in content.items()]
    for clause in clauses:
        lines += ["", "[[clause]]"]
        tables = {key: value for key, value in clause.items() if isinstance(value, dict)}
        lines += [
            f"{key} = {_scalar(value)}" for key, value in clause.items() if key not in tables and value is not None
        ]
        for name, table in tables.items():
            lines += ["", f"[clause.{name}]"]
            lines += [f"{_key(key)} = {_scalar(value)}" for key, value in table.items()]
    if french:
        lines += _french(french, {clause["id"] for clause in clauses})
    return "\n".join(lines) + "\n"


def _french(words: dict[str, Any], known: set[str]) -> list[str]:
    lines = ["", "[fr]", *(f"{key} = {_scalar(value)}" for key, value in words.items() if key != "clause")]
    for name, clause in ((name, one) for name, one in words.get("clause", {}).items() if name in known):
        lines += ["", f"[fr.clause.{_key(name)}]", *(f"{key} = {_scalar(value)}" for key, value in clause.items())]
    return lines


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else json.dumps(name, ensure_ascii=False)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_scalar(one) for one in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
