"""The book: every row of law of both countries, with its two intervals and its source, as one value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

FOREVER = date.max
UNVERIFIED = frozenset("SM")
"""Confidence letters of rows that rest on one page or on memory."""


@dataclass(frozen=True, slots=True)
class Source:
    """An act: where rows come from."""

    id: str
    title: str
    kind: str
    citation: str
    importer: str
    published_on: date
    text: str | None
    source: str
    confidence: str
    path: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A provision that sets, adds to, caps, waives or bans; `rate` a fraction of value. Fields as in the act file."""

    id: str
    name: str
    slot: str
    rank: int
    kind: str
    rate: float | None
    amount: float | None
    unit: str | None
    floor_total: float | None
    cap_total: float | None
    basis: str
    share_min: float
    share_max: float
    products: tuple[str, ...]
    except_products: tuple[str, ...]
    exporters: tuple[str, ...]
    except_exporters: tuple[str, ...]
    when: tuple[tuple[str, bool | str], ...]
    quota: str | None
    counts: bool
    outside: bool
    importer: str
    valid_from: date
    valid_to: date
    known_from: date
    known_to: date
    confidence: str
    source: str
    chronology: tuple[str, ...]
    file: str | None
    quote: str | None
    also: tuple[tuple[str, str], ...]
    correction: str | None
    note: str | None

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def unverified(self) -> bool:
        """Whether the row rests on one page or on memory."""
        return self.confidence in UNVERIFIED


@dataclass(frozen=True, slots=True)
class Rule:
    """Which programme gives way on a good both reach, on the whole or on the part covered."""

    id: str
    winner: tuple[str, ...]
    loser: tuple[str, ...]
    part: str
    test: str
    products: tuple[str, ...]
    exporters: tuple[str, ...]
    importer: str
    valid_from: date
    valid_to: date
    known_from: date
    known_to: date
    confidence: str
    source: str
    chronology: tuple[str, ...]
    file: str | None
    quote: str | None
    also: tuple[tuple[str, str], ...]
    correction: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ProductList:
    """A named list of products, built from compiled lists and prefixes."""

    id: str
    title: str
    base: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    codes_equal: bool
    valid_from: date | None
    valid_to: date | None
    undated: bool
    told: tuple[tuple[date, date], ...]
    trade_musd: float | None
    unverified: str | None
    file: str | None
    quote: str | None
    correction: str | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Quota:
    """A quantity under one measure, beyond which another holds."""

    id: str
    title: str
    quantity: float
    unit: str
    period: str
    allocation: str
    in_measure: str
    over_measure: str
    valid_from: date
    valid_to: date
    known_from: date
    known_to: date
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Share:
    """Behaviour: what part of trade a fact holds for when no shipment says."""

    fact: str
    importer: str
    exporters: tuple[str, ...]
    products: tuple[str, ...]
    value: float
    valid_from: date | None
    valid_to: date | None
    method: str
    source: str


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the acts say. Two books of equal content are equal, whatever the order of their files."""

    sources: tuple[Source, ...]
    measures: tuple[Measure, ...]
    rules: tuple[Rule, ...]
    lists: tuple[ProductList, ...]
    partners: tuple[tuple[str, tuple[str, ...]], ...]
    quotas: tuple[Quota, ...]
    shares: tuple[Share, ...]
    not_modelled: tuple[tuple[str, str], ...]
    digest: str

    def __hash__(self) -> int:
        return hash(self.digest)

    def source(self, name: str) -> Source:
        """The act of that id."""
        return next(one for one in self.sources if one.id == name)


def acts_folder() -> Path:
    """Where the act files lie."""
    return Path(str(files("reciprocity.regime"))) / "acts"


def digest_of(folder: Path) -> str:
    """A fingerprint of every act file, by name and content."""
    total = sha256()
    for path in sorted(folder.rglob("*.toml")):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


@cache
def shipped_book() -> Book:
    """The book the package ships: the compiled acts, or the acts themselves when they are newer."""
    folder = acts_folder()
    compiled = folder.parent / "data" / "acts.json"
    digest = digest_of(folder)
    if compiled.is_file():
        content = json.loads(compiled.read_text(encoding="utf-8"))
        if content["digest"] == digest:
            return book_of(content)
    from reciprocity.regime.compile import compile_acts  # noqa: PLC0415 - pydantic is only for acts that changed

    return compile_acts(folder)


def book_of(content: Mapping[str, Any]) -> Book:
    """The book from its compiled content."""
    return Book(
        sources=tuple(_row(Source, one) for one in content["sources"]),
        measures=tuple(_row(Measure, one) for one in content["measures"]),
        rules=tuple(_row(Rule, one) for one in content["rules"]),
        lists=tuple(_row(ProductList, one) for one in content["lists"]),
        partners=tuple((name, tuple(members)) for name, members in content["partners"]),
        quotas=tuple(_row(Quota, one) for one in content["quotas"]),
        shares=tuple(_row(Share, one) for one in content["shares"]),
        not_modelled=tuple((name, reason) for name, reason in content["not_modelled"]),
        digest=content["digest"],
    )


_DAYS = frozenset({"valid_from", "valid_to", "known_from", "known_to", "published_on"})
_PAIRS = frozenset({"also", "when"})


def _row(kind: type[Any], fields: Mapping[str, Any]) -> Any:
    return kind(**{name: _value(name, value) for name, value in fields.items()})


def _value(name: str, value: Any) -> Any:
    if name in _DAYS and isinstance(value, str):
        return date.fromisoformat(value)
    if name == "told":
        return tuple((date.fromisoformat(day), date.fromisoformat(heard)) for day, heard in value)
    if name in _PAIRS:
        return tuple((first, second) for first, second in value)
    return tuple(value) if isinstance(value, list) else value
