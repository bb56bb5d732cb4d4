"""What differs between two regimes, two days or law and deal: in words, by measure and by sector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from reciprocity.regime import override as deal
from reciprocity.regime.law import Law, law_of

if TYPE_CHECKING:
    from reciprocity.regime.book import Measure
    from reciprocity.regime.override import Override
    from reciprocity.regime.regime import Regime


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure that began, ended or changed. Rates are fractions; None where it is not in force."""

    id: str
    name: str
    programme: str
    what: str
    before: float | None
    after: float | None
    source: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule of precedence between programmes that began or ended: which give way to which, on what part and test."""

    id: str
    what: str
    winner: tuple[str, ...]
    loser: tuple[str, ...]
    part: str
    test: str
    source: str


@dataclass(frozen=True, slots=True)
class SectorChange:
    """A sector's revenue rate before and after, fractions of value."""

    sector: str
    before: float
    after: float
    flow_before: float
    flow_after: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Two regimes on one direction of trade, side by side."""

    importer: str
    exporter: str
    first: str
    second: str
    total: SectorChange
    sectors: tuple[SectorChange, ...]
    measures: tuple[MeasureChange, ...]
    rules: tuple[RuleChange, ...]

    def words(self) -> Iterator[str]:
        """The difference in sentences, the whole first."""
        one = self.total
        verb = "stays" if abs(one.after - one.before) < 5e-6 else "rises" if one.after > one.before else "falls"
        yield (
            f"{self.importer} on goods of {self.exporter}: the average duty {verb} from {one.before:.2%} "
            f"({self.first}) to {one.after:.2%} ({self.second}) of 2024 trade."
        )
        for each in self.measures:
            yield f"  {_sentence(each)}"
        for rule in self.rules:
            yield f"  {_rule_sentence(rule)}"

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def compare(first: Regime, second: Regime, *, importer: str, exporter: str) -> Difference:
    """What differs from the first regime to the second, on one direction of trade."""
    before, after = first.sector_rates(), second.sector_rates()
    old = {one.sector: one for one in before.pair(importer, exporter)}
    rows = [
        SectorChange(
            one.sector, old[one.sector].revenue_rate, one.revenue_rate,
            old[one.sector].flow_equivalent_rate, one.flow_equivalent_rate,
        )
        for one in after.pair(importer, exporter)
    ]  # fmt: skip
    left, right = before.total(importer, exporter), after.total(importer, exporter)
    total = SectorChange(
        "all", left.revenue_rate, right.revenue_rate, left.flow_equivalent_rate, right.flow_equivalent_rate
    )
    laws = (_law(first, importer, exporter), _law(second, importer, exporter))
    changes = tuple(sorted(_changes(*laws), key=lambda one: (one.programme, one.id)))
    rows.sort(key=lambda one: -abs(one.after - one.before))
    deals = tuple(_deal_changes(first, second, importer, exporter))
    rules = tuple(_rule_changes(*laws))
    return Difference(importer, exporter, _named(first), _named(second), total, tuple(rows), (*changes, *deals), rules)


def _law(regime: Regime, importer: str, exporter: str) -> Law:
    law = law_of(regime.book, importer, exporter, regime.on, regime.known)
    mine = [one for one in regime.overrides if one.reaches(importer, exporter, regime.on)]
    return deal.edit_law(regime.book, law, [one for one in mine if one.kind == "suspend" and one.products == ("all",)])


def _changes(first: Law, second: Law) -> Iterator[MeasureChange]:
    old, new = _rows(first), _rows(second)
    for name in old.keys() | new.keys():
        was, now = old.get(name), new.get(name)
        if was is not None and now is not None:
            if (was.rate, was.basis, was.kind) != (now.rate, now.basis, now.kind):
                yield MeasureChange(name, now.name, now.slot, "changes", was.rate, now.rate, now.source)
        elif now is not None:
            yield MeasureChange(name, now.name, now.slot, "begins", None, now.rate, now.source)
        elif was is not None:
            yield MeasureChange(name, was.name, was.slot, "ends", was.rate, None, was.source)


def _rows(law: Law) -> dict[str, Measure]:
    return {
        one.id: one
        for rows, masks in zip(law.measures, law.lines, strict=True)
        for one, mask in zip(rows, masks, strict=True)
        if mask.any()
    }


def _rule_changes(first: Law, second: Law) -> Iterator[RuleChange]:
    """Rules between programmes of which both are in force, the ended ones first."""
    old, new = (
        {
            (one.winner, one.loser, one.rule.part, one.rule.test): one
            for one in law.precedence
            if one.winner and one.loser
        }
        for law in (first, second)
    )
    for what, here, there in (("ends", old, new), ("begins", new, old)):
        for key in sorted(here.keys() - there.keys()):
            rule = here[key].rule
            yield RuleChange(rule.id, what, *key, rule.source)


def _rule_sentence(one: RuleChange) -> str:
    way = "give way" if len(one.loser) > 1 else "gives way"
    part = "the whole good" if one.part == "whole" else "the part it takes"
    told = f"{', '.join(one.loser)} {way} to {', '.join(one.winner)} on {part}"
    return f"{told} ({one.id}) {one.what}: {one.source}."


def _deal_changes(first: Regime, second: Regime, importer: str, exporter: str) -> Iterator[MeasureChange]:
    old, new = set(first.overrides), set(second.overrides)
    for one in sorted(old ^ new, key=lambda each: each.id):
        if not one.reaches(importer, exporter, second.on if one in new else first.on):
            continue
        begins = one in new
        yield MeasureChange(
            f"deal.{one.id}", _override_words(one), "deal", "begins" if begins else "ends",
            None if begins else one.rate, one.rate if begins else None, one.source,
        )  # fmt: skip


def _override_words(one: Override) -> str:
    """What a deal's row does: as its clause says it, else by its numbers."""
    if one.words:
        return one.words
    goods = "all goods" if one.products == ("all",) else ", ".join(one.products)
    picked = "every duty" if "all" in one.measures else ", ".join(one.measures)
    return f"{_kind_words(one)}, {picked}, on {goods}"


def _kind_words(one: Override) -> str:
    """What a deal's row does, with every number it holds."""
    rate = "" if one.rate is None else f" {one.rate:.2%}"
    if one.kind in ("quota", "remission"):
        much = (
            f"US${one.quota_musd:,.0f} million" if one.quota_share is None else f"{one.quota_share:.2%} of 2024 trade"
        )
        return f"{one.kind}{rate} on {much}"
    if one.kind == "content" and one.threshold is not None:
        above, below = ("the law's rate" if each is None else f"{each:.2%}" for each in (one.rate, one.rate_below))
        return f"{above} from {one.threshold:.2%} of content of {', '.join(one.origin)}, {below} below it"
    if one.kind == "content":
        at = f" at{rate}" if rate else ""
        return f"owed{at} on what is not content of {', '.join(one.origin)} ({1 - (one.content or 0):.2%} of value)"
    if one.kind == "claim":
        return f"preference claimed on {one.share or 0:.2%} of trade"
    return f"{one.kind}{rate}"


def _sentence(one: MeasureChange) -> str:
    if one.programme == "deal":
        source = f" Source: {one.source.rstrip('.')}." if one.source else ""
        return f"Clause {one.id.removeprefix('deal.')} {one.what}: {one.name}.{source}"
    if one.what == "changes":
        return f"{one.name} ({one.id}) changes from {one.before or 0:.2%} to {one.after or 0:.2%}: {one.source}."
    value = one.after if one.what == "begins" else one.before
    shown = f" {'at' if one.what == 'begins' else 'from'} {value:.2%}" if value else ""
    return f"{one.name} ({one.id}) {one.what}{shown}: {(one.source or 'deal').rstrip('.')}."


def _named(regime: Regime) -> str:
    known = f", as known on {regime.known}" if regime.known else ""
    return f"{regime.on}{known}{', with the deal' if regime.overrides else ''}"
