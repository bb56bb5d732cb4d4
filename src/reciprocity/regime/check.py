"""The rules of the book: what every act must satisfy before it is law here. All faults of all files at once.

Dates in order, no two versions of a row at once, every name known, every list in use with something in it, every code
in the schedule, no circle of precedence, every quote in its text. A row with a fault of its own hides no other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np

from reciprocity.errors import Fault, InputError, ReciprocityError
from reciprocity.regime.act import Measure
from reciprocity.regime.book import FOREVER, Book, acts_folder, book_of
from reciprocity.regime.check_names import circles_of_lists, codes, names, without_circles
from reciprocity.regime.check_rows import own_faults
from reciprocity.regime.compile import content_of
from reciprocity.regime.draft import Draft, drafts
from reciprocity.regime.law import circle, expand
from reciprocity.regime.products import compiled_rows, is_compiled, lines_of

PARTNERS = ("CAN", "USA", "CHN", "EU27")
"""Partners on whom circles of precedence are looked for."""
COUNTED = {"measures": "measure", "rules": "rule", "lists": "list"}


def check_files(files: Sequence[Path], *, texts: Path | None = None) -> dict[str, Any]:
    """Check files against the book they would join; the shipped book itself when there are none.

    Args:
        files: act files; their rows may use the lists and programmes of the shipped book.
        texts: the folder of law texts, to find every quote in; not looked for when None.

    Raises:
        InputError: every fault of the files, named by file and key.
    """
    mine, faults = drafts(files or _shipped())
    others = _others(mine) if files else []
    faults += [fault for one in mine for fault in own_faults(one)]
    faults += _across(mine, others)
    if texts is not None:
        faults += [fault for one in mine for fault in _quotes(one, texts)]
    if faults:
        raise InputError(sorted(dict.fromkeys(faults), key=lambda one: one.where.partition(": ")[0]))
    counts = {name: sum(len(list(one.rows(section))) for one in mine) for name, section in COUNTED.items()}
    return {"files": len(mine), **counts, "faults": 0}


def book_with(files: Sequence[Path]) -> Book:
    """The shipped book with a person's own acts in it; one of a shipped act's id stands in its place.

    Raises InputError with every fault of the files.
    """
    check_files(files)
    mine, _ = drafts(files)
    content = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    acts = ((one.path, one.act) for one in (*_others(mine), *mine))
    return book_of(content_of(acts, acts_folder(), digest=content))


def _shipped() -> list[Path]:
    return sorted(acts_folder().rglob("*.toml"))


def _others(mine: Sequence[Draft]) -> list[Draft]:
    """The shipped acts that these files stand beside."""
    given = {one.head.id for one in mine}
    return [one for one in drafts(_shipped())[0] if one.head.id not in given]


def _across(mine: Sequence[Draft], others: Sequence[Draft]) -> Iterator[Fault]:
    """Faults that show only beside the rest of the book."""
    everything = [*others, *mine]
    yield from _twice(everything, mine)
    yield from _overlaps(everything, mine)
    book = book_of(content_of(((one.path, one.act) for one in everything), Path(), digest="unchecked"))
    for one in mine:
        yield from (*names(one, book), *codes(one), *circles_of_lists(one, book))
    rest = without_circles(book)
    yield from _empty(mine, rest)
    yield from _circles(mine, rest)


def _twice(everything: Sequence[Draft], mine: Sequence[Draft]) -> Iterator[Fault]:
    seen: dict[str, Path] = {}
    for one in everything:
        named = [
            (f"{one.path}: act.id", one.head.id),
            *((f"{at}.id", row.id) for at, row in one.rows("list", "partners")),
        ]
        for where, name in named:
            if name in seen and one in mine:
                yield Fault(where, f"'{name}' is already in {seen[name]}", remedy="Give it a name of its own")
            seen[name] = one.path


def _overlaps(everything: Sequence[Draft], mine: Sequence[Draft]) -> Iterator[Fault]:
    """Two versions of one row that would both be law, on some day as known on some day."""
    rows: dict[Any, list[tuple[Draft, str, Any]]] = {}
    for one in everything:
        for section in ("measure", "rule", "quota"):
            for where, row in one.rows(section):
                rows.setdefault((section, row.id), []).append((one, where, row))
                if isinstance(row, Measure):
                    rows.setdefault(_reach(row, one), []).append((one, where, row))
    ours = {one.path for one in mine}
    told: set[tuple[str, str]] = set()
    for versions in rows.values():
        for (one, where, row), (other, there, that) in combinations(versions, 2):
            new = (there, where) not in told and ours & {one.path, other.path}
            if new and _meet(row, one.head.published_on, that, other.head.published_on):
                told.add((there, where))
                yield Fault(
                    f"{there}.valid_from",
                    f"'{that.id}' overlaps '{row.id}' ({where})",
                    "Two versions of one row are never law at once",
                    "End the first with valid_to, or close it with known_to",
                )


def _reach(row: Measure, one: Draft) -> tuple[Any, ...]:
    """What two measures have in common when one of them can only be a version of the other."""
    goods = (row.products, row.except_products, row.exporters, row.except_exporters)
    conditions = tuple(sorted((name, str(value)) for name, value in row.when.items()))
    return (row.importer or one.head.importer, row.slot, row.rank, *map(tuple, goods), conditions)


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


def _empty(mine: Sequence[Draft], book: Book) -> Iterator[Fault]:
    """Lists in use that hold no line while the measure on them is in force; those with a fault of their own aside."""
    for one in mine:
        for where, row in one.rows("measure"):
            if row.valid_to is not None and row.valid_to <= row.valid_from:
                continue
            for name in row.products:
                try:
                    held = name == "all" or name.isdigit() or _ever(book, row.importer or one.head.importer, name, row)
                except ReciprocityError:
                    continue  # told as a name or a circle
                if not held:
                    yield Fault(
                        f"{where}.products", f"list '{name}' holds no line while {row.id} is in force",
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


def _circles(mine: Sequence[Draft], book: Book) -> Iterator[Fault]:
    """Circles of precedence, on each day a rule begins while one of the files' is in force."""
    told: set[frozenset[str]] = set()
    for one in mine:
        for where, row in one.rows("rule"):
            importer, end = row.importer or one.head.importer, row.valid_to or FOREVER
            days = {rule.valid_from for rule in book.rules if rule.importer == importer} | {row.valid_from}
            begun = sorted(day for day in days if row.valid_from <= day < end)
            for exporter, day in product((of for of in PARTNERS if of != importer), begun):
                found = circle(book, importer, exporter, day)
                mine_too = expand(tuple(row.winner), found) and expand(tuple(row.loser), found)
                if mine_too and frozenset(found) not in told:
                    told.add(frozenset(found))
                    words = f"makes the rules go round in a circle: {' gives way to '.join(found)}"
                    yield Fault(where, words, remedy="Date one of them, or take it out")


def _quotes(one: Draft, texts: Path) -> Iterator[Fault]:
    """Quotes that are not in their text, white space apart."""
    for where, row in one.rows("measure", "rule", "list"):
        pairs = [(row.file or one.head.text, row.quote)] if row.quote else []
        pairs += [(clause.file, clause.quote) for clause in getattr(row, "also", [])]
        for file, quote in pairs:
            if file is None or not (texts / file).is_file():
                yield Fault(f"{where}.file", f"no text '{file}' in {texts}", "Every quote names its text")
            elif plain(quote) not in plain((texts / file).read_text(encoding="utf-8")):
                yield Fault(f"{where}.quote", f"is not in {file}: '{quote[:60]}...'", "The exact words")


def plain(text: str) -> str:
    """A text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)
