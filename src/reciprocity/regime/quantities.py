"""How much of 2024 trade a deal's row is about: its goods, its quantity, and what of it claims the preference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reciprocity import labels
from reciprocity.regime import override as deal
from reciprocity.regime.behaviour import claim_share
from reciprocity.regime.book import Book
from reciprocity.regime.override import Override
from reciprocity.regime.partners import region_of
from reciprocity.regime.trade import partners_of, weights


def sized(book: Book, one: Override, on: date) -> Override:
    """A quantity of so much value as the part of 2024 trade it holds."""
    if one.kind not in deal.SIZED or one.quota_musd is None:
        return one
    inside = deal.lines_under(book, one.importer, one.products, on)
    regions = [each.code for each in labels.regions()] if one.exporter == "all" else [region_of(one.exporter)]
    held = [weights(book, one.importer, code) for region in regions for code in partners_of(one.importer, region)]
    total = sum(float(each.value[inside[each.line]].sum()) for each in held)
    return replace(one, quota_share=min(one.quota_musd / total, 1.0) if total > 0 else 1.0, quota_musd=None)


def covered(book: Book, one: Override, on: date) -> dict[str, tuple[float, float]]:
    """The part of each sector's 2024 trade that a row's goods are, and the part of those that its quantity holds."""
    held = weights(book, one.importer, one.exporter)
    inside = deal.lines_under(book, one.importer, one.products, on)[held.line]
    part = sized(book, one, on).quota_share or 0.0
    found = {}
    for position, sector in enumerate(labels.sectors()):
        there = held.sector == position
        goods = float(held.value[there & inside].sum())
        if goods > 0:
            found[sector.code] = (goods / float(held.value[there].sum()), part)
    return found


def share_claimed(book: Book, one: Override, on: date) -> float | None:
    """The share of 2024 trade in the goods of a deal's row that claims the preference on a day."""
    held = weights(book, one.importer, one.exporter)
    inside = deal.lines_under(book, one.importer, one.products, on)[held.line]
    total = float(held.value[inside].sum())
    if total <= 0:
        return None
    share = claim_share(one.importer, one.exporter, on)[held.line]
    return float((share * held.value)[inside].sum()) / total
