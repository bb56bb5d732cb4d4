"""The rules of the book: what every act must satisfy before it is law here. All faults of all files at once.

Dates in order, no two versions of a row at once, every name known, every list in use with something in it, every code
in the schedule, no circle of precedence, every quote in its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from reciprocity.errors import Fault, InputError
from reciprocity.files import read_toml, validate
from reciprocity.regime.act import ActFile, Measure
from reciprocity.regime.book import FOREVER, Book, acts_folder, book_of
from reciprocity.regime.check_names import circles_of_lists, codes, names
from reciprocity.regime.check_rows import keyed, own_faults
from reciprocity.regime.compile import content_of
from reciprocity.regime.law import law_of
from reciprocity.regime.products import compiled_rows, is_compiled, lines_of

Acts = Sequence[tuple[Path, ActFile]]
GROUPS = {"measure": "measure", "rule": "rule", "list_": "list", "partners": "partners", "quota": "quota"}


def check_files(files: Sequence[Path], *, texts: Path | None = None) -> dict[str, Any]:
    """Check files against the book they would join; the shipped book itself when there are none.

    Args:
        files: act files; their rows may use the lists and programmes of the shipped book.
        texts: the folder of law texts, to find every quote in; not looked for when None.

    Raises:
        InputError: every fault of the files, named by file and key.
    """
    shipped = sorted(acts_folder().rglob("*.toml"))
    mine, faults = _read(files or shipped)
    given = {one.act.id for _, one in mine}
    others = [] if not files else [pair for pair in _read(shipped)[0] if pair[1].act.id not in given]
    faults += [fault for pair in mine for fault in own_faults(*pair)]
    faults += _across(mine, others, sound=not faults)
    if texts is not None:
        faults += [fault for path, one in mine for fault in _quotes(path, one, texts)]
    if faults:
        raise InputError(faults)
    count = {name: sum(len(getattr(one, key)) for _, one in mine) for key, name in GROUPS.items()}
    return {
        "files": len(mine),
        "measures": count["measure"],
        "rules": count["rule"],
        "lists": count["list"],
        "faults": 0,
    }


def _read(paths: Iterable[Path]) -> tuple[list[tuple[Path, ActFile]], list[Fault]]:
    acts: list[tuple[Path, ActFile]] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            acts.append((path, validate(ActFile, read_toml(path), where=str(path))))
        except InputError as error:
            faults += error.faults
    return acts, faults


def _across(mine: Acts, others: Acts, *, sound: bool) -> Iterator[Fault]:
    """Faults that show only beside the rest of the book; what is in lists and rules, only where files are sound."""
    everything = [*others, *mine]
    yield from _twice(everything, {path for path, _ in mine})
    yield from _overlaps(everything, {path for path, _ in mine})
    book = book_of(content_of(everything, Path(), digest="unchecked"))
    for path, one in mine:
        found = [*names(path, one, book), *codes(path, one), *circles_of_lists(path, one, book)]
        sound = sound and not found
        yield from found
    if sound:
        yield from _empty(mine, book)
        yield from _circles(mine, book)


def _twice(acts: Acts, mine: set[Path]) -> Iterator[Fault]:
    seen: dict[str, Path] = {}
    for path, one in acts:
        for key, name in [("act.id", one.act.id), *((f"{k}.id", r.id) for k, r in keyed("list", one.list_))]:
            if name in seen and path in mine:
                yield Fault(
                    f"{path}: {key}", f"'{name}' is already in {seen[name]}", remedy="Give it a name of its own"
                )
            seen[name] = path


def _overlaps(acts: Acts, mine: set[Path]) -> Iterator[Fault]:
    """Two versions of one row that would both be law, on some day as known on some day."""
    rows: dict[Any, list[tuple[Path, str, Any, date]]] = {}
    for path, one in acts:
        for kind, group in (("measure", one.measure), ("rule", one.rule), ("quota", one.quota)):
            for key, row in keyed(kind, group):
                rows.setdefault((kind, row.id), []).append((path, key, row, one.act.published_on))
                if isinstance(row, Measure):
                    goods = (row.products, row.except_products, row.exporters, row.except_exporters)
                    same = (row.importer or one.act.importer, row.slot, row.rank, *map(tuple, goods))
                    unlike = tuple(sorted((name, str(value)) for name, value in row.when.items()))
                    rows.setdefault((*same, unlike), []).append((path, key, row, one.act.published_on))
    told: set[tuple[str, str]] = set()
    for versions in rows.values():
        for (path, key, row, published), (other, name, that, day) in combinations(versions, 2):
            if (path in mine or other in mine) and _meet(row, published, that, day):
                pair = (f"{other}: {name}", f"{path}: {key}")
                if pair not in told:
                    told.add(pair)
                    yield Fault(
                        f"{other}: {name}.valid_from",
                        f"'{that.id}' overlaps '{row.id}' ({path}: {key})",
                        "Two versions of one row are never law at once",
                        "End the first with valid_to, or close it with known_to",
                    )


def _meet(row: Any, published: date, that: Any, day: date) -> bool:
    return any(
        max(a[0], b[0]) < min(a[1], b[1]) and max(a[2], b[2]) < min(a[3], b[3])
        for a in _boxes(row, published)
        for b in _boxes(that, day)
    )


def _boxes(row: Any, published: date) -> list[tuple[date, date, date, date]]:
    """The days in force by the days known: one box, or two when the end became known later."""
    known, until, end = row.known_from or published, row.known_to or FOREVER, row.valid_to or FOREVER
    told = row.end_known_from
    if told is None or told <= known:
        return [(row.valid_from, end, known, until)]
    return [(row.valid_from, FOREVER, known, min(told, until)), (row.valid_from, end, told, until)]


def _empty(mine: Acts, book: Book) -> Iterator[Fault]:
    """Lists in use that hold no line on the first day of the measure that uses them."""
    for path, one in mine:
        for key, row in keyed("measure", one.measure):
            importer = row.importer or one.act.importer
            for name in row.products:
                if name != "all" and not _ever(book, importer, name, row):
                    yield Fault(
                        f"{path}: {key}.products", f"list '{name}' holds no line while {row.id} is in force",
                        remedy="Check the list's own dates, or set undated = true",
                    )  # fmt: skip


def _ever(book: Book, importer: str, name: str, row: Measure) -> bool:
    days = {row.valid_from, date.fromordinal(row.valid_from.toordinal() + 1)}
    bases = [name, *(base for one in book.lists if one.id == name for base in one.base)]
    for base in bases:
        if is_compiled(base):
            _, start, _ = compiled_rows(base)
            days |= {date.fromordinal(int(day)) for day in np.unique(start) if day > row.valid_from.toordinal()}
    days |= {one.valid_from for one in book.lists if one.id == name and one.valid_from}
    end = row.valid_to or FOREVER
    return any(lines_of(book, importer, (name,), day).any() for day in sorted(days) if row.valid_from <= day < end)


def _circles(mine: Acts, book: Book) -> Iterator[Fault]:
    """Circles of precedence, on each day a rule begins."""
    files = {row.id: path for path, one in mine for row in one.rule}
    told: set[str] = set()
    for rule in book.rules:
        if rule.id not in files:
            continue
        for exporter in ("CAN", "USA", "CHN", "EU27"):
            if exporter == rule.importer:
                continue
            try:
                law_of(book, rule.importer, exporter, rule.valid_from, None)
            except InputError as error:
                for fault in error.faults:
                    if str(fault) not in told:
                        told.add(str(fault))
                        yield Fault(f"{files[rule.id]}: rule '{rule.id}'", fault.seen, fault.allowed, fault.remedy)


def _quotes(path: Path, one: ActFile, texts: Path) -> Iterator[Fault]:
    """Quotes that are not in their text, white space apart."""
    for group in ("measure", "rule", "list"):
        for key, row in keyed(group, getattr(one, "list_" if group == "list" else group)):
            pairs = [(row.file or one.act.text, row.quote)] if row.quote else []
            pairs += [(clause.file, clause.quote) for clause in getattr(row, "also", [])]
            for file, quote in pairs:
                if file is None or not (texts / file).is_file():
                    yield Fault(f"{path}: {key}.file", f"no text '{file}' in {texts}", "Every quote names its text")
                elif plain(quote) not in plain((texts / file).read_text(encoding="utf-8")):
                    yield Fault(f"{path}: {key}.quote", f"is not in {file}: '{quote[:60]}...'", "The exact words")


def plain(text: str) -> str:
    """A text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)
