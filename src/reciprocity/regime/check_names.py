"""Names in an act that must exist: lists, partners, programmes, quotas, facts, and codes of the schedule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter

from reciprocity import labels
from reciprocity.errors import Fault, ReciprocityError, did_you_mean
from reciprocity.regime.act import ProductList
from reciprocity.regime.book import Book
from reciprocity.regime.draft import Draft
from reciprocity.regime.facts import KNOWN
from reciprocity.regime.partners import partner
from reciprocity.regime.products import compiled_ids, is_compiled
from reciprocity.regime.schedule import schedule

SLIP = 0.88
"""How alike two names are of which one is a slip for the other; a new fact is no fault."""


def names(one: Draft, book: Book) -> Iterator[Fault]:
    """Names that stand for nothing in the book an act would join."""
    lists, quotas = [row.id for row in book.lists], [row.id for row in book.quotas]
    for where, row in one.rows("measure", "rule", "share"):
        yield from _products(where, [*row.products, *getattr(row, "except_products", [])], lists)
        yield from _exporters(f"{where}.exporters", [*row.exporters, *getattr(row, "except_exporters", [])], book)
    for where, row in one.rows("partners"):
        yield from _exporters(f"{where}.members", row.members, book)
    for where, row in one.rows("measure"):
        yield from _facts(f"{where}.when", row.when, one, book)
        yield from _dangling(f"{where}.quota", [row.quota] if row.quota else [], "a quota", quotas)
    for where, row in one.rows("share"):
        yield from _facts(f"{where}.fact", [row.fact.partition(":")[0]], one, book)
    slots = {row.slot for row in book.measures}
    for where, row in one.rows("rule"):
        unmet = [name for name in (*row.winner, *row.loser) if not any(_matches(slot, name) for slot in slots)]
        yield from _dangling(where, unmet, "a programme of any measure", slots)
    for where, row in one.rows("list"):
        unmet = [name for name in row.base if not is_compiled(name)]
        yield from _dangling(f"{where}.base", unmet, "a list", [*lists, *compiled_ids()])
    for where, row in one.rows("quota"):
        ids = {each.id for each in book.measures}
        yield from _dangling(where, [row.in_measure, row.over_measure], "a measure", ids)


def circles_of_lists(one: Draft, book: Book) -> Iterator[Fault]:
    """Lists that are made of themselves, of goods or of partners."""
    for section, column, of in _made_of(book):
        for round_ in _circles(of):
            for where, row in one.rows(section):
                if row.id in round_:
                    yield Fault(f"{where}.{column}", f"goes round in a circle: {' of '.join(round_)}")


def without_circles(book: Book) -> Book:
    """The book less the lists that are made of themselves, so that the rest of it can be looked at."""
    found = {name for _, _, of in _made_of(book) for round_ in _circles(of) for name in round_}
    return replace(
        book,
        lists=tuple(one for one in book.lists if one.id not in found),
        partners=tuple(one for one in book.partners if one[0] not in found),
    )


def _made_of(book: Book) -> Iterator[tuple[str, str, dict[str, Sequence[str]]]]:
    """Lists by section, with the column that says what each is made of."""
    yield "list", "base", {row.id: row.base for row in book.lists}
    yield "partners", "members", dict(book.partners)


def _circles(of: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Circles of names, one after another, each without the names of those before."""
    left = dict(of)
    while left:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            yield error.args[1]
            left = {name: made for name, made in left.items() if name not in error.args[1]}
        else:
            return


def _products(where: str, words: Iterable[str], lists: Sequence[str]) -> Iterator[Fault]:
    for word in words:
        if word == "all" or word.isdigit() or is_compiled(word) or word in lists:
            continue
        digits = word.replace(".", "")
        near = did_you_mean(word, [*lists, *compiled_ids()])
        near = near or "Add a [[list]] of that id, or give HS prefixes in digits"
        remedy = f"Write it without points: '{digits}'" if digits.isdigit() else near
        yield Fault(f"{where}.products", f"'{word}' is not a list or an HS prefix", remedy=remedy)


def _exporters(where: str, words: Iterable[str], book: Book) -> Iterator[Fault]:
    known = ["all", *(name for name, _ in book.partners)]
    unmet = [word for word in words if word not in known and not _is_partner(word)]
    countries = [iso for each in labels.regions() for iso in (each.code, *each.members)]
    yield from _dangling(where, unmet, "a country, a region or a partner list", [*known, *countries])


def _facts(where: str, facts: Iterable[str], one: Draft, book: Book) -> Iterator[Fault]:
    """Facts one slip away from one in use: no shipment would ever state them."""
    used = {name for row in book.measures if row.source != one.head.id for name, _ in row.when} | KNOWN
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


def codes(one: Draft) -> Iterator[Fault]:
    """HS prefixes that no line of the schedule is under."""
    importer = one.head.importer
    if importer not in ("USA", "CAN"):
        return
    lines = schedule(importer)
    for where, row in one.rows("measure", "list", "rule"):
        columns = ("include", "exclude") if isinstance(row, ProductList) else ("products", "except_products")
        for column in columns:
            for code in getattr(row, column, []):
                if not code.isdigit():
                    if isinstance(row, ProductList):
                        yield Fault(f"{where}.{column}", f"'{code}' is not an HS prefix", "Digits only")
                    continue
                low, high = lines.span(code)
                if low >= high or len(code) > 10:
                    yield Fault(
                        f"{where}.{column}", f"'{code}' is not in the schedule of {importer}", remedy="Check it"
                    )
