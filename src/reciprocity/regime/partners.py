"""Who trades: the names of partners, and whether a row of law reaches one."""

from __future__ import annotations

from functools import cache, lru_cache

from reciprocity import labels
from reciprocity.errors import Fault, UnknownName, did_you_mean
from reciprocity.regime.book import Book

BEYOND = frozenset(
    """
    ABW AFG AIA ALB AND ARM ATA ATF ATG AZE BDI BEN BES BFA BHR BHS BIH BLM BLZ BMU BOL BRB BTN BWA CAF CCK COG
    COK COM CPV CUB CUW CXR CYM DJI DMA DOM DZA ECU ERI ESH ETH FJI FLK FRO FSM GAB GEO GGY GHA GIB GIN GLP GMB
    GNB GNQ GRD GRL GTM GUF GUY HND HTI IMN IRN IRQ JAM JEY KEN KGZ KIR KNA KWT LBN LBR LBY LCA LIE LKA LSO MAC
    MAF MCO MDA MDG MDV MHL MKD MLI MNE MNG MOZ MRT MSR MTQ MUS MWI MYT NAM NCL NER NIC NIU NPL NRU OMN PAN PLW
    PNG PRK PRY PSE PYF QAT REU RWA SDN SHN SLB SLE SLV SMR SOM SPM SRB SSD SUR SWZ SXM SYC SYR TCA TCD TGO TJK
    TKL TKM TLS TON TTO TUV TZA UGA URY UZB VAT VCT VEN VGB VUT WLF WSM YEM ZMB ZWE
    """.split()  # noqa: SIM905 - a list of quoted words would be three pages
)
"""Countries (ISO 3166) which are only inside the rest of the world, or a wider region, of the economy."""


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
    named = _named(book)
    for token in tokens:
        if token in ("all", code):
            return True
        if token in _regions() and token not in _members() and _members().get(code) == token:
            return True
        if token in named and reaches(book, named[token], code):
            return True
    return False


@lru_cache(maxsize=4)
def _named(book: Book) -> dict[str, tuple[str, ...]]:
    return dict(book.partners)


@cache
def _members() -> dict[str, str]:
    return {iso: one.code for one in labels.regions() for iso in one.members if iso != "ROW"}


@cache
def _regions() -> frozenset[str]:
    return frozenset(one.code for one in labels.regions())
