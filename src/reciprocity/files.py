"""Files people write and files we write: read whole or not at all, checked whole, written at once or not at all."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reciprocity.errors import Fault, InputError, did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    Model = TypeVar("Model", bound=BaseModel)

LARGEST = 4_000_000
"""Bytes; a file a person writes is smaller."""


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises InputError when it is absent, too large, not UTF-8 or not TOML."""
    where = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(Fault(where, f"cannot be read: {error.strerror}", remedy="Check the path")) from error
    if len(content) > LARGEST:
        raise InputError(Fault(where, f"has {len(content):,} bytes", f"At most {LARGEST:,} are read"))
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(Fault(where, f"is not UTF-8 text (byte {error.start})", remedy="Save it as UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(Fault(where, f"is not whole TOML: {error}", remedy="Mend that line")) from error


def validate(model: type[Model], content: Mapping[str, Any], *, where: str) -> Model:
    """A file's content as its model. Raises InputError with every fault, each named by its key."""
    from pydantic import ValidationError  # noqa: PLC0415 - half of those who write files never read one

    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InputError(faults_of(error, content, where=where)) from error


def faults_of(error: ValidationError, content: Any, *, where: str) -> tuple[Fault, ...]:
    """Every fault pydantic found, in the house's words: where, what was seen, what is allowed."""
    return tuple(_fault(one, content, where) for one in error.errors(include_url=False))


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file whole: a reader sees the old one or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _fault(one: Any, content: Any, where: str) -> Fault:
    key = _key(one["loc"], content)
    place = f"{where}: {key}" if key else where
    if one["type"] == "missing":
        return Fault(place, "is missing")
    if one["type"] == "extra_forbidden":
        return Fault(place, "is not a key of this table")
    if one["type"] == "value_error":
        return Fault(place, str(one["ctx"]["error"]))
    if one["type"] == "union_tag_not_found":
        return Fault(f"{place}.kind", "is missing")
    if one["type"] == "union_tag_invalid":
        tags = one["ctx"]["expected_tags"]
        remedy = did_you_mean(one["ctx"]["tag"], tags.replace("'", "").split(", "))
        return Fault(f"{place}.kind", f"'{one['ctx']['tag']}' is not a kind", f"Kinds are {tags}", remedy)
    return Fault(place, f"{_shown(one['input'])}: {one['msg'].removeprefix('Input ')}")


def _key(location: tuple[int | str, ...], content: Any) -> str:
    """`clause[2].rate` from pydantic's location, which also holds the tags of unions that nobody wrote."""
    key = ""
    for position, part in enumerate(location):
        last = position == len(location) - 1
        if isinstance(part, int):
            key += f"[{part + 1}]"
            content = content[part] if isinstance(content, list) and part < len(content) else None
        elif last or (isinstance(content, dict) and part in content):
            key += f".{part}" if key else part
            content = content.get(part) if isinstance(content, dict) else None
    return key


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
