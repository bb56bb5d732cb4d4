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

from reciprocity.errors import Fault, InputError, ReciprocityError, did_you_mean
from reciprocity.files import read_toml, validate
from reciprocity.regime.act import ActFile, Measure, ProductList
from reciprocity.regime.book import FOREVER, Book, acts_folder, book_of
from reciprocity.regime.compile import content_of
from reciprocity.regime.law import law_of
from reciprocity.regime.partners import partner
from reciprocity.regime.products import compiled_ids, compiled_rows, is_compiled, lines_of
from reciprocity.regime.schedule import schedule

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
    faults += [fault for pair in mine for fault in _own(*pair)]
    faults += _across(mine, others)
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


def _own(path: Path, one: ActFile) -> Iterator[Fault]:
    """Faults a file shows by itself: dates and rates."""
    for key, row in (*_keyed("measure", one.measure), *_keyed("rule", one.rule), *_keyed("quota", one.quota)):
        where = f"{path}: {key}"
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            yield Fault(
                f"{where}.valid_to", f"{row.valid_to} is not after {row.valid_from}", "An end is after its start"
            )
        known = row.known_from or one.act.published_on
        if row.known_to is not None and row.known_to <= known:
            yield Fault(
                f"{where}.known_to", f"{row.known_to} is not after {known}", "It was known before it was replaced"
            )
    for key, row in _keyed("measure", one.measure):
        if row.kind in ("add", "total", "cap", "replace", "credit") and row.rate is None and not row.rates:
            yield Fault(f"{path}: {key}.rate", "is missing", f"A measure of kind {row.kind} has one")
        if row.kind in ("specific", "min_price") and (row.amount is None or row.unit is None):
            yield Fault(f"{path}: {key}.amount", "is missing, or its unit", f"A measure of kind {row.kind} has both")
    for key, row in _keyed("list", one.list_):
        if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
            yield Fault(f"{path}: {key}.valid_to", f"{row.valid_to} is not after {row.valid_from}")


def _across(mine: Acts, others: Acts) -> Iterator[Fault]:
    """Faults that show only beside the rest of the book."""
    everything = [*others, *mine]
    yield from _twice(everything, {path for path, _ in mine})
    yield from _overlaps(everything, {path for path, _ in mine})
    slots = {row.slot for _, one in everything for row in one.measure}
    lists = [row.id for _, one in everything for row in one.list_]
    book = book_of(content_of(everything, Path(), digest="unchecked"))
    sound = True
    for path, one in mine:
        found = [*_names(path, one, book, slots, lists), *_codes(path, one)]
        sound = sound and not found
        yield from found
    if sound:
        yield from _empty(mine, book)
        yield from _circles(mine, book)


def _twice(acts: Acts, mine: set[Path]) -> Iterator[Fault]:
    seen: dict[str, Path] = {}
    for path, one in acts:
        for key, name in [("act.id", one.act.id), *((f"{k}.id", r.id) for k, r in _keyed("list", one.list_))]:
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
            for key, row in _keyed(kind, group):
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


def _names(path: Path, one: ActFile, book: Book, slots: set[str], lists: Sequence[str]) -> Iterator[Fault]:
    """Names of lists, partners, programmes and quotas that do not exist."""
    partners = {name for name, _ in book.partners}
    known, ids = [*lists, *compiled_ids()], {row.id for row in book.measures}
    for key, row in (*_keyed("measure", one.measure), *_keyed("rule", one.rule), *_keyed("share", one.share)):
        where, tokens = f"{path}: {key}", [*row.products, *getattr(row, "except_products", [])]
        yield from (
            _dangling(f"{where}.products", name, "a list or an HS prefix", known)
            for name in tokens
            if name != "all" and not name.isdigit() and name not in lists and not is_compiled(name)
        )
        yield from (
            _dangling(f"{where}.exporters", name, "a country, a region or a partner list", partners)
            for name in (*row.exporters, *getattr(row, "except_exporters", []))
            if name != "all" and name not in partners and not _is_partner(name)
        )
    for key, row in _keyed("rule", one.rule):
        unmet = [name for name in (*row.winner, *row.loser) if not any(_matches(slot, name) for slot in slots)]
        yield from (_dangling(f"{path}: {key}", name, "a programme of any measure", slots) for name in unmet)
    for key, row in _keyed("list", one.list_):
        unmet = [name for name in row.base if not is_compiled(name) and name not in lists]
        yield from (_dangling(f"{path}: {key}.base", name, "a list", known) for name in unmet)
    for key, row in _keyed("quota", one.quota):
        unmet = [name for name in (row.in_measure, row.over_measure) if name not in ids]
        yield from (_dangling(f"{path}: {key}", name, "a measure", ids) for name in unmet)


def _matches(slot: str, pattern: str) -> bool:
    return slot == pattern or (pattern.endswith("*") and slot.startswith(pattern[:-1]))


def _dangling(where: str, name: str, kind: str, known: Iterable[str]) -> Fault:
    return Fault(where, f"'{name}' is not {kind}", remedy=did_you_mean(name, known))


def _is_partner(name: str) -> bool:
    try:
        return partner(name) == name
    except ReciprocityError:
        return False


def _codes(path: Path, one: ActFile) -> Iterator[Fault]:
    """HS prefixes that no line of the schedule is under."""
    importer = one.act.importer
    lines = schedule(importer)
    for key, row in (*_keyed("measure", one.measure), *_keyed("list", one.list_), *_keyed("rule", one.rule)):
        columns = ("include", "exclude") if isinstance(row, ProductList) else ("products", "except_products")
        for column in columns:
            for code in getattr(row, column, []):
                if not code.isdigit():
                    if isinstance(row, ProductList):
                        yield Fault(f"{path}: {key}.{column}", f"'{code}' is not an HS prefix", "Digits only")
                    continue
                low, high = lines.span(code)
                if low >= high or len(code) > 10:
                    yield Fault(f"{path}: {key}.{column}", f"'{code}' is not in the schedule of {importer}")


def _empty(mine: Acts, book: Book) -> Iterator[Fault]:
    """Lists in use that hold no line on the first day of the measure that uses them."""
    for path, one in mine:
        for key, row in _keyed("measure", one.measure):
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
        for key, row in _keyed(group, getattr(one, "list_" if group == "list" else group)):
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


def _keyed(name: str, rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for number, row in enumerate(rows, 1):
        yield f"{name}[{number}]", row
