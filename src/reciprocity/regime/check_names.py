"""Names in an act that must exist: lists, partners, programmes, quotas, facts, and codes of the schedule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from reciprocity import labels
from reciprocity.errors import Fault, ReciprocityError, did_you_mean
from reciprocity.regime.act import ActFile, ProductList
from reciprocity.regime.book import Book
from reciprocity.regime.check_rows import keyed
from reciprocity.regime.facts import KNOWN
from reciprocity.regime.partners import partner
from reciprocity.regime.products import compiled_ids, is_compiled
from reciprocity.regime.schedule import schedule

SLIP = 0.88
"""How alike two names are of which one is a slip for the other; a new fact is no fault."""


def names(path: Path, one: ActFile, book: Book) -> Iterator[Fault]:
    """Names that stand for nothing in the book an act would join."""
    lists, quotas = [row.id for row in book.lists], [row.id for row in book.quotas]
    for key, row in (*keyed("measure", one.measure), *keyed("rule", one.rule), *keyed("share", one.share)):
        where = f"{path}: {key}"
        yield from _products(where, [*row.products, *getattr(row, "except_products", [])], lists)
        yield from _exporters(f"{where}.exporters", [*row.exporters, *getattr(row, "except_exporters", [])], book)
    for key, row in keyed("partners", one.partners):
        yield from _exporters(f"{path}: {key}.members", row.members, book)
    for key, row in keyed("measure", one.measure):
        yield from _facts(f"{path}: {key}.when", row.when, one, book)
        yield from _dangling(f"{path}: {key}.quota", [row.quota] if row.quota else [], "a quota", quotas)
    for key, row in keyed("share", one.share):
        yield from _facts(f"{path}: {key}.fact", [row.fact.partition(":")[0]], one, book)
    slots = {row.slot for row in book.measures}
    for key, row in keyed("rule", one.rule):
        unmet = [name for name in (*row.winner, *row.loser) if not any(_matches(slot, name) for slot in slots)]
        yield from _dangling(f"{path}: {key}", unmet, "a programme of any measure", slots)
    for key, row in keyed("list", one.list_):
        unmet = [name for name in row.base if not is_compiled(name)]
        yield from _dangling(f"{path}: {key}.base", unmet, "a list", [*lists, *compiled_ids()])
    for key, row in keyed("quota", one.quota):
        ids = {each.id for each in book.measures}
        yield from _dangling(f"{path}: {key}", [row.in_measure, row.over_measure], "a measure", ids)


def circles_of_lists(path: Path, one: ActFile, book: Book) -> Iterator[Fault]:
    """Lists that are made of themselves."""
    try:
        TopologicalSorter({row.id: row.base for row in book.lists}).prepare()
    except CycleError as error:
        round_ = error.args[1]
        for key, row in keyed("list", one.list_):
            if row.id in round_:
                yield Fault(f"{path}: {key}.base", f"goes round in a circle: {' of '.join(round_)}")


def _products(where: str, words: Iterable[str], lists: Sequence[str]) -> Iterator[Fault]:
    for word in words:
        if word == "all" or word.isdigit() or is_compiled(word) or word in lists:
            continue
        digits = word.replace(".", "")
        near = did_you_mean(word, [*lists, *compiled_ids()])
        remedy = f"Write it without points: '{digits}'" if digits.isdigit() else near
        yield Fault(f"{where}.products", f"'{word}' is not a list or an HS prefix", remedy=remedy)


def _exporters(where: str, words: Iterable[str], book: Book) -> Iterator[Fault]:
    known = ["all", *(name for name, _ in book.partners)]
    unmet = [word for word in words if word not in known and not _is_partner(word)]
    countries = [iso for each in labels.regions() for iso in (each.code, *each.members)]
    yield from _dangling(where, unmet, "a country, a region or a partner list", [*known, *countries])


def _facts(where: str, facts: Iterable[str], one: ActFile, book: Book) -> Iterator[Fault]:
    """Facts one slip away from one in use: no shipment would ever state them."""
    used = {name for row in book.measures if row.source != one.act.id for name, _ in row.when} | KNOWN
    for name in facts:
        near = get_close_matches(name, used, n=1, cutoff=SLIP) if name not in used else []
        if near and not name.startswith("metal"):
            remedy = f"Did you mean '{near[0]}'?"
            yield Fault(where, f"'{name}' is not a fact that any other act asks for", remedy=remedy)


def _matches(slot: str, pattern: str) -> bool:
    return slot == pattern or (pattern.endswith("*") and slot.startswith(pattern[:-1]))


def _dangling(where: str, words: Iterable[str], kind: str, known: Collection[str]) -> Iterator[Fault]:
    """Those of the names that are not known."""
    for name in words:
        if name not in known:
            yield Fault(where, f"'{name}' is not {kind}", remedy=did_you_mean(name, known))


def _is_partner(name: str) -> bool:
    try:
        return partner(name) == name
    except ReciprocityError:
        return False


def codes(path: Path, one: ActFile) -> Iterator[Fault]:
    """HS prefixes that no line of the schedule is under."""
    importer = one.act.importer
    if importer not in ("USA", "CAN"):
        return
    lines = schedule(importer)
    for key, row in (*keyed("measure", one.measure), *keyed("list", one.list_), *keyed("rule", one.rule)):
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
