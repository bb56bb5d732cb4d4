"""The clauses as rows of the page: a switch, a slider, a number box, what the law has, who gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reciprocity.deal import (
    AddTariff,
    Capacity,
    CapTariff,
    Clause,
    ContentRule,
    ExportTax,
    Investment,
    Quota,
    Remission,
    SetTariff,
    TradeCost,
    UsePreference,
)
from reciprocity.regime import Regime
from reciprocity.results import terms
from reciprocity.web.state import State, amount_of, quantity_of
from reciprocity.web.subject import subject_of
from reciprocity.web.told import clause_told


@dataclass(frozen=True, slots=True)
class Row:
    """One clause on the page. Amounts are in the clause's own unit; a rate is a fraction."""

    id: str
    words: str
    giver: str
    on: bool
    amount: float | None
    law: float | None
    lowest: float
    highest: float
    step: float
    unit: str
    estimated: bool
    statement: str
    source: str
    differs: bool
    subject: str
    quantity: float | None
    quantity_unit: str

    @property
    def is_rate(self) -> bool:
        """Whether the amount is a fraction, shown in per cent."""
        return self.unit == "fraction"

    @property
    def name(self) -> str:
        """The field of the form: `p.` in per cent, `v.` in the clause's own unit."""
        return f"{'p' if self.is_rate else 'v'}.{self.id}"

    @property
    def quantity_name(self) -> str:
        """The field of a quota's quantity."""
        return f"{'qp' if self.quantity_unit == 'fraction' else 'q'}.{self.id}"

    @property
    def quantity_shown(self) -> str:
        """A quota's quantity as the page has it: a share in per cent."""
        return f"{(self.quantity or 0.0) * (100.0 if self.quantity_unit == 'fraction' else 1.0):.10g}"

    def place(self, amount: float | None) -> float:
        """Where an amount is on the slider: 0 at its lowest, 1 at its highest."""
        return min(max(((amount or 0.0) - self.lowest) / ((self.highest - self.lowest) or 1.0), 0.0), 1.0)

    def shown(self, amount: float) -> str:
        """An amount as the page has it: a rate in per cent."""
        return f"{amount * 100.0 if self.is_rate else amount:.10g}"


def grouped(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows by what they are about, in the order in which a subject is first met."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.subject, []).append(row)
    return list(groups.items())


def rows_of(state: State, law: Regime, language: str = "en") -> list[Row]:
    """Every clause of the template, as this person has it."""
    kept = {clause.id: clause for clause in state.deal.in_language(language).clauses}
    template = state.template.in_language(language)
    return [_row(clause, kept.get(clause.id), law, language) for clause in template.clauses]


def _row(template: Clause, mine: Clause | None, law: Regime, language: str) -> Row:
    clause = mine or template
    at = terms(clause, law)
    lowest, highest, step = _range(template, at.law_value)
    amount = amount_of(clause)
    quantity, quantity_unit = quantity_of(clause) if isinstance(clause, Quota) else (None, "")
    return Row(
        id=clause.id,
        words=clause_told(clause, language),
        giver=clause.giver,
        on=mine is not None,
        amount=amount,
        law=at.law_value,
        lowest=lowest,
        highest=highest,
        step=step,
        unit=at.unit,
        estimated=_estimated(clause),
        statement=clause.statement,
        source=clause.source,
        differs=mine is not None and _differs(clause, amount, at.law_value),
        subject=subject_of(clause, law),
        quantity=quantity,
        quantity_unit=quantity_unit,
    )


def _estimated(clause: Clause) -> bool:
    """Whether what the clause counts with is no measured figure."""
    if isinstance(clause, ContentRule):
        return not clause.content_source
    return isinstance(clause, Capacity) and clause.saving.estimated


def _remitted(clause: Remission) -> tuple[float, float, float]:
    """Lowest, highest and step of a remission, in the unit it is told in."""
    told = clause.value_musd if clause.volume is None else clause.volume.value
    return (0.0, 1.0, 0.01) if told is None else (told / 100.0, told * 2.0, told / 100.0)


def _differs(clause: Clause, amount: float | None, law: float | None) -> bool:
    """Whether a clause is away from what the law has; a ceiling where there is nothing to hold down is not."""
    if amount is None:
        return True
    if isinstance(clause, CapTariff | Quota):
        return law is not None and amount < law - 1e-9
    return law is None or abs(amount - law) > 1e-9


def _range(template: Clause, law: float | None) -> tuple[float, float, float]:  # noqa: PLR0911 - one a kind
    """Lowest, highest and step of a clause's slider."""
    match template:
        case ContentRule() | UsePreference():
            return 0.0, 1.0, 0.01
        case Remission():
            return _remitted(template)
        case SetTariff() | CapTariff() | AddTariff() | Quota() | ExportTax():
            return 0.0, max(0.5, template.rate, law or 0.0), 0.005
        case TradeCost():
            return -0.2, 0.2, 0.005
        case Capacity():
            return 0.0, max(2000.0, template.capacity.value), 10.0
        case Investment():
            return 0.0, max(1000.0, template.amount_busd), 10.0
        case _:
            return 0.0, 1.0, 1.0
