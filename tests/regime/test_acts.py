"""The acts against the law: each quote in its text, each row of the chronology accounted for, no two rows at odds."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reciprocity.regime.act import ActFile, Measure, Rule
from reciprocity.regime.products import is_compiled

ROOT = Path(__file__).resolve().parents[2]
ACTS = ROOT / "src" / "reciprocity" / "regime" / "acts"
FAR = date(9999, 1, 1)


@cache
def acts() -> tuple[tuple[str, ActFile], ...]:
    """Every act, by file name."""
    return tuple(
        (path.name, ActFile.model_validate(tomllib.loads(path.read_text("utf-8"))))
        for path in sorted(ACTS.rglob("*.toml"))
    )


def rows() -> Iterator[tuple[str, ActFile, Measure | Rule]]:
    """Every measure and rule with its file."""
    for name, act in acts():
        for row in (*act.measure, *act.rule):
            yield name, act, row


def measure(identity: str) -> Measure:
    """A measure by id."""
    return next(row for _, _, row in rows() if row.id == identity and isinstance(row, Measure))


def plain(text: str) -> str:
    """A text with every run of white space made one space."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.shared
def test_every_quote_is_in_the_act_it_names(shared: Path) -> None:
    @cache
    def text(name: str) -> str:
        law = shared / "law" / "us" / name
        return plain((law if law.exists() else shared / name).read_text("utf-8"))

    missing = [
        (file, row.id, quote[:60])
        for file, act, row in rows()
        for source, quote in [
            *([(row.file or act.act.text, row.quote)] if row.quote else []),
            *((c.file, c.quote) for c in row.also),
        ]
        if source is None or plain(quote) not in text(source)
    ]
    assert missing == []


@pytest.mark.shared
def test_a_row_of_an_act_that_is_held_quotes_it(shared: Path) -> None:
    silent = [
        (file, row.id) for file, act, row in rows() if act.act.text and not row.quote and (row.confidence or "P") == "P"
    ]
    assert silent == []


def test_every_id_is_used_once() -> None:
    ids = Counter(
        row.id for _, act in acts() for row in (*act.measure, *act.rule, *act.list_, *act.partners, *act.quota)
    )
    assert [one for one, count in ids.items() if count > 1] == []


def test_no_row_ends_before_it_starts() -> None:
    for file, act, row in rows():
        known = row.known_from or act.act.published_on
        assert row.valid_to is None or row.valid_from < row.valid_to, (file, row.id)
        assert row.known_to is None or known < row.known_to, (file, row.id)
        assert row.end_known_from is None or row.valid_to is not None, (file, row.id)


def test_no_two_versions_of_one_measure_hold_on_one_day_as_known_on_one_day() -> None:
    """Rows of one programme, rank, conditions, partners and products with different rates never share a day."""
    groups: dict[tuple[object, ...], list[tuple[Measure, date]]] = {}
    for _, act, row in rows():
        if isinstance(row, Measure):
            goods = (tuple(row.products), tuple(row.except_products), tuple(row.exporters), tuple(row.except_exporters))
            key = (row.slot, row.rank, str(row.when), goods, row.importer)
            groups.setdefault(key, []).append((row, row.known_from or act.act.published_on))
    clashes = [
        (one.id, other.id)
        for group in groups.values()
        for place, (one, seen) in enumerate(group)
        for other, later in group[place + 1 :]
        if one.valid_from < (other.valid_to or FAR)
        and other.valid_from < (one.valid_to or FAR)
        and seen < (other.known_to or FAR)
        and later < (one.known_to or FAR)
    ]
    assert clashes == []


def test_every_list_named_is_defined() -> None:
    lists = {row.id for _, act in acts() for row in act.list_}
    partners = {row.id for _, act in acts() for row in act.partners}
    for file, _, row in rows():
        named = {*row.products, *getattr(row, "except_products", [])}
        assert {one for one in named if one != "all" and not one.isdigit() and not is_compiled(one)} <= lists, (
            file,
            row.id,
        )
        tokens = {*row.exporters, *getattr(row, "except_exporters", [])}
        assert {one for one in tokens if "." in one} <= partners, (file, row.id)


def test_rows_on_memory_or_one_page_say_where_they_were_read() -> None:
    for file, act in acts():
        assert act.act.text or act.act.source, file
