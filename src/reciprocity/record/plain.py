"""Records as plain dictionaries (JSON, TOML) and back, without loss: `parse(type(x), plain(x)) == x`."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from reciprocity.errors import Fault, InputError, did_you_mean

T = TypeVar("T")


def plain(thing: Any) -> Any:
    """A record as dictionaries, lists, strings and numbers."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, (tuple, list)):
        return [plain(item) for item in thing]
    return thing


def parse(kind: type[T], value: Any, *, where: str = "record") -> T:
    """The record a plain dictionary stands for. Raises InputError naming every key that does not fit."""
    faults: list[Fault] = []
    made = _parse(kind, value, where, faults)
    if faults:
        raise InputError(faults)
    return made


def _parse(kind: Any, value: Any, where: str, faults: list[Fault]) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _parse_union(get_args(kind), value, where, faults)
    if origin is tuple:
        return _parse_list(get_args(kind)[0], value, where, faults)
    if is_dataclass(kind):
        return _parse_record(kind, value, where, faults)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    return _refuse(value, kind.__name__, where, faults)


def _parse_list(kind: Any, value: Any, where: str, faults: list[Fault]) -> Any:
    if not isinstance(value, (list, tuple)):
        return _refuse(value, "a list", where, faults)
    return tuple(_parse(kind, one, f"{where}[{at}]", faults) for at, one in enumerate(value))


def _parse_union(kinds: tuple[Any, ...], value: Any, where: str, faults: list[Fault]) -> Any:
    if value is None and type(None) in kinds:
        return None
    real = [kind for kind in kinds if kind is not type(None)]
    record = next((kind for kind in real if is_dataclass(kind)), None)
    scalar = next((kind for kind in real if not is_dataclass(kind)), None)
    chosen = record if record and (isinstance(value, dict) or not scalar) else scalar
    return _parse(chosen, value, where, faults)


def _parse_record(kind: Any, value: Any, where: str, faults: list[Fault]) -> Any:
    if not isinstance(value, dict):
        return _refuse(value, f"a table of {kind.__name__}", where, faults)
    hints = _hints(kind)
    before = len(faults)
    needed = {field.name for field in fields(kind) if _has_no_default(field)}
    faults.extend(
        Fault(f"{where}.{key}", f"is not a key of {kind.__name__}", remedy=did_you_mean(key, hints))
        for key in sorted(value.keys() - hints.keys())
    )
    faults.extend(
        Fault(f"{where}.{key}", "is missing", f"{kind.__name__} needs it") for key in sorted(needed - value.keys())
    )
    known = {name: _parse(hints[name], value[name], f"{where}.{name}", faults) for name in hints if name in value}
    return kind(**known) if len(faults) == before else None


def _has_no_default(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _refuse(value: Any, allowed: str, where: str, faults: list[Fault]) -> None:
    faults.append(Fault(where, f"{value!r:.60} does not fit", f"It must be {allowed}"))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
