"""Who trades: the names of partners, and whether a row of law reaches one."""

from __future__ import annotations

from functools import cache, lru_cache

from reciprocity import labels
from reciprocity.errors import Fault, UnknownName, did_you_mean
from reciprocity.regime.book import Book

BEYOND = frozenset(
    [
        "GTM",
        "SLV",
        "HND",
        "NIC",
        "DOM",
        "TTO",
        "VEN",
        "ECU",
        "IRQ",
        "KWT",
        "LKA",
        "DZA",
        "LIE",
        "CUB",
        "PRK",
        "IRN",
        "SYR",
        "QAT",
        "OMN",
        "BHR",
        "PAN",
        "PRY",
        "URY",
        "BOL",
        "HTI",
        "JAM",
        "NPL",
        "MDG",
        "LSO",
    ]
)
"""Countries the acts or the trade name which are only inside the rest of the world of the economy."""


def partner(name: str, *, where: str = "exporter") -> str:
    """The code of a partner a person means: an ISO code when it is a country, a region's code otherwise."""
    word = name.strip().upper()
    if word in _members() or word in BEYOND:
        return word
    try:
        return labels.region(name, where=where).code
    except UnknownName as error:
        hint = did_you_mean(word, [*_members(), *BEYOND])
        raise UnknownName(Fault(where, f"'{name}' is not a country or region", remedy=hint)) from error


def region_of(code: str) -> str:
    """The region of the economy that a partner belongs to."""
    return _members().get(code, code if code in _regions() else "ROW")


@lru_cache(maxsize=65536)
def reaches(book: Book, tokens: tuple[str, ...], code: str) -> bool:
    """Whether 'all', a country, a region or a partner list among the tokens holds the partner."""
    named = dict(book.partners)
    for token in tokens:
        if token in ("all", code):
            return True
        if token in _regions() and token not in _members() and _members().get(code) == token:
            return True
        if token in named and reaches(book, named[token], code):
            return True
    return False


@cache
def _members() -> dict[str, str]:
    return {iso: one.code for one in labels.regions() for iso in one.members if iso != "ROW"}


@cache
def _regions() -> frozenset[str]:
    return frozenset(one.code for one in labels.regions())
