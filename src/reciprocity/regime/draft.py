"""Act files as far as they can be read: a row that is not sound is left out, and the others keep their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from reciprocity.errors import Fault, InputError
from reciprocity.files import read_toml, validate
from reciprocity.regime import act as form

SECTIONS: Mapping[str, type[BaseModel]] = {
    "measure": form.Measure, "rule": form.Rule, "list": form.ProductList, "partners": form.PartnerList,
    "quota": form.Quota, "share": form.Share, "not_modelled": form.NotModelled,
}  # fmt: skip
RATES = ("rate", "floor_total", "cap_total")


@dataclass(frozen=True, slots=True)
class Draft:
    """An act file, its sound rows by section, each with the number it has in the file."""

    path: Path
    head: form.Act
    sections: Mapping[str, tuple[tuple[int, Any], ...]]

    def rows(self, *sections: str) -> Iterator[tuple[str, Any]]:
        """The rows of some sections, each with its place: 'my-act.toml: measure[2]'."""
        for section in sections:
            for number, row in self.sections.get(section, ()):
                yield f"{self.path}: {section}[{number}]", row

    @property
    def act(self) -> form.ActFile:
        """The sound rows as an act file."""
        rows: dict[str, Any] = {name: [row for _, row in self.sections.get(name, ())] for name in SECTIONS}
        return form.ActFile.model_construct(None, act=self.head, list_=rows.pop("list"), **rows)


def drafts(paths: Iterable[Path]) -> tuple[list[Draft], list[Fault]]:
    """Every file as far as it can be read, and every fault of its form."""
    found: list[Draft] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            content = read_toml(path)
            faults += _faults_of_form(path, content)
            head = form.Act.model_validate(content.get("act"))
            found.append(
                Draft(path, head, {name: tuple(_sound(content.get(name), of)) for name, of in SECTIONS.items()})
            )
        except InputError as error:
            faults += error.faults
        except ValidationError:
            continue  # the head: told with the form's faults
    return found, faults


def _faults_of_form(path: Path, content: Mapping[str, Any]) -> tuple[Fault, ...]:
    try:
        validate(form.ActFile, content, where=str(path))
    except InputError as error:
        return tuple(error.faults)
    return ()


def _sound(rows: Any, of: type[BaseModel]) -> Iterator[tuple[int, Any]]:
    for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
        try:
            yield number, of.model_validate(row)
        except ValidationError as error:
            yield from ((number, one) for one in _as_meant(row, of, error))


def _as_meant(row: Any, of: type[BaseModel], error: ValidationError) -> Iterator[Any]:
    """A row whose faults are only a key too many or a rate written as per cent, as it was meant; none otherwise."""
    meant = dict(row) if isinstance(row, dict) else {}
    for fault in error.errors(include_url=False):
        key = fault["loc"][0] if fault["loc"] else ""
        if fault["type"] == "extra_forbidden":
            meant.pop(key, None)
        elif key in RATES and isinstance(meant.get(key), int | float):
            meant[key] = abs(meant[key]) / 100
    try:
        yield of.model_validate(meant)
    except ValidationError:
        return
