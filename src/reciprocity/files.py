"""Files people write and files we write: read whole or not at all, checked whole, written at once or not at all."""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reciprocity.errors import Fault, InputError, did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    Model = TypeVar("Model", bound=BaseModel)

LARGEST = 4_000_000
"""Bytes; a file a person writes is smaller."""
WRITTEN = ".reciprocity-written.json"
"""Beside results: the hash of each as it was written, so that one changed by hand is known from one left alone."""


def read_text(path: Path) -> str:
    """The text of a file a person wrote. Raises InputError when it is absent, too large or not UTF-8."""
    where = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(Fault(where, f"cannot be read: {error.strerror}", remedy="Check the path")) from error
    if len(content) > LARGEST:
        raise InputError(Fault(where, f"has {len(content):,} bytes", f"At most {LARGEST:,} are read"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(Fault(where, f"is not UTF-8 text (byte {error.start})", remedy="Save it as UTF-8")) from error


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises InputError when it cannot be read as text or is not TOML."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(Fault(str(path), f"is not whole TOML: {error}", remedy="Mend that line")) from error


def shipped_toml(*path: str) -> dict[str, Any]:
    """A TOML table that ships with the package, by the folders that lead to it."""
    return tomllib.loads(files("reciprocity").joinpath(*path).read_text(encoding="utf-8"))


def validate(model: type[Model], content: Mapping[str, Any], *, where: str) -> Model:
    """A file's content as its model. Raises InputError with every fault, each named by its key."""
    from pydantic import ValidationError  # noqa: PLC0415 - half of those who write files never read one

    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InputError(faults_of(error, content, where=where, of=model)) from error


def faults_of(error: ValidationError, content: Any, *, where: str, of: Any) -> tuple[Fault, ...]:
    """Every fault pydantic found, in the house's words: where, what was seen, what is allowed.

    `of` is the type the content was held against; it tells which keys a table may have.
    """
    return tuple(_fault(one, content, where, of) for one in error.errors(include_url=False))


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


def write_results(made: Mapping[Path, str | bytes], *, replace: bool = False) -> list[Path]:
    """Write results whole, all or none. A file that a person wrote, or changed since, is not written over unasked.

    Args:
        made: what goes into each file.
        replace: write over whatever is there.

    Raises:
        InputError: a file is there that was not written here or was changed since, or a place cannot be written.
    """
    contents = {path: one.encode("utf-8") if isinstance(one, str) else one for path, one in made.items()}
    theirs = [] if replace else [path for path, content in contents.items() if not _may_write(path, content)]
    if theirs:
        seen, remedy = "is there already, and is not as it was last written", "Give another place, or --replace"
        raise InputError(Fault(str(path), seen, remedy=remedy) for path in theirs)
    for path, content in contents.items():
        try:
            write_atomically(path, content)
            written = {**_written(path.parent), path.name: sha256(content).hexdigest()}
            write_atomically(path.parent / WRITTEN, json.dumps(written, indent=1, sort_keys=True) + "\n")
        except OSError as error:
            raise InputError(Fault(str(path), f"cannot be written: {error.strerror}")) from error
    return list(made)


def _may_write(path: Path, content: bytes) -> bool:
    """Whether nothing of a person's is lost: no file, the same content, or a result as it was written."""
    if not os.path.lexists(path):
        return True
    if not path.is_file():
        return False
    there = path.read_bytes()
    return there == content or _written(path.parent).get(path.name) == sha256(there).hexdigest()


def _written(folder: Path) -> dict[str, str]:
    """The hashes kept beside results; none where the file is missing or is not ours."""
    try:
        kept = json.loads((folder / WRITTEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _fault(one: Any, content: Any, where: str, of: Any) -> Fault:
    key = _key(one["loc"], content)
    place = f"{where}: {key}" if key else where
    kind, seen, context = one["type"], one["input"], one.get("ctx", {})
    fault = Fault(place, f"{_shown(seen)}: {one['msg'].removeprefix('Input ')}")
    if kind == "missing":
        fault = Fault(place, "is missing")
    elif kind == "extra_forbidden":
        keys = _keys_beside(one["loc"], of)
        allowed = f"Its keys are {', '.join(keys)}" if keys else ""
        fault = Fault(place, "is not a key of this table", allowed, did_you_mean(str(one["loc"][-1]), keys))
    elif kind == "too_short":
        fault = Fault(place, f"has {len(seen) or 'no'} entries", f"It needs at least {context['min_length']}")
    elif kind == "value_error":
        fault = Fault(place, str(context["error"]))
    elif kind == "union_tag_not_found":
        fault = Fault(f"{place}.kind", "is missing")
    elif kind == "union_tag_invalid":
        tags = context["expected_tags"]
        remedy = did_you_mean(context["tag"], tags.replace("'", "").split(", "))
        fault = Fault(f"{place}.kind", f"'{context['tag']}' is not a kind", f"Kinds are {tags}", remedy)
    return fault


def _keys_beside(location: tuple[int | str, ...], of: Any) -> list[str]:
    """The keys a table may have, found by walking the type's schema down to where the unknown one stands."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - as above

    schema = TypeAdapter(of).json_schema()
    named = schema.get("$defs", {})

    def resolved(node: Any) -> Any:
        return named.get(node["$ref"].rsplit("/", 1)[-1], {}) if "$ref" in node else node

    node = resolved(schema)
    for part in location[:-1]:
        if isinstance(part, int):
            node = node.get("items", {})
        elif "discriminator" in node:
            node = {"$ref": node["discriminator"]["mapping"].get(part, "")}
        else:
            node = node.get("properties", {}).get(part, {})
        node = resolved(next((one for one in node.get("anyOf", ()) if one.get("type") != "null"), node))
    return list(node.get("properties", {}))


def _key(location: tuple[int | str, ...], content: Any) -> str:
    """`clause[2].rate` from pydantic's location, which also holds the tags of unions that nobody wrote."""
    key = ""
    for position, part in enumerate(location):
        last = position == len(location) - 1
        tag = position > 0 and isinstance(location[position - 1], int) and not last
        if tag and isinstance(content, dict) and part == content.get("kind"):
            continue
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
