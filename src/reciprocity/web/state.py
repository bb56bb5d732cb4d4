"""The table as one person has it: a deal, its edits, a day. It lives in the address, so a link carries all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from pydantic import TypeAdapter, ValidationError

from reciprocity.deal import (
    AddTariff,
    Capacity,
    CapTariff,
    Clause,
    ContentRule,
    Deal,
    ExportTax,
    Investment,
    Quota,
    Remission,
    SetTariff,
    TradeCost,
    UsePreference,
)
from reciprocity.deal.cases import find_deal
from reciprocity.economy import elasticities
from reciprocity.errors import Fault, InputError
from reciprocity.files import faults_of
from reciprocity.web.asked import a_day, short
from reciprocity.web.kept import packed, read_kept, unpacked
from reciprocity.web.settings import MOST_CLAUSES

DEFAULT_DEAL = "open_table"
_CLAUSE: TypeAdapter[Clause] = TypeAdapter(Clause)


@dataclass(frozen=True, slots=True)
class State:
    """What is on the table.

    Attributes:
        template: the deal as it stands in its file or where it was saved.
        deal: the deal with this person's edits; clauses that are switched off are gone.
        on: the day whose law counts.
        known: the day whose knowledge of the law counts, or None for all.
        elasticity_set: published set of trade elasticities, with values of one's own after it.
        link: the template as a word of an address, where it is not a case that ships.
    """

    template: Deal
    deal: Deal
    on: date
    known: date | None
    elasticity_set: str
    link: str = ""

    @property
    def edited(self) -> bool:
        """Whether the deal differs from its template."""
        return self.deal != self.template

    def address(self) -> str:
        """The query that brings this table back."""
        start = ("t", self.link) if self.link else ("deal", self.template.id)
        pairs: list[tuple[str, str]] = [start, ("on", self.on.isoformat())]
        if self.known:
            pairs.append(("known", self.known.isoformat()))
        pairs += [("theta", self.elasticity_set), ("edited", "1")]
        for clause in self.deal.clauses:
            pairs.append((f"on.{clause.id}", "1"))
            amount = amount_of(clause)
            if amount is not None:
                pairs.append((f"v.{clause.id}", f"{amount:.10g}"))
            if isinstance(clause, Quota):
                pairs.append((f"q.{clause.id}", f"{quantity_of(clause)[0]:.10g}"))
        return urlencode(pairs)


def amount_of(clause: Clause) -> float | None:  # noqa: PLR0911 - one number a kind
    """The number of a clause that a person can move; None for one that is only on or off."""
    match clause:
        case SetTariff() | CapTariff() | AddTariff() | Quota() | ExportTax():
            return clause.rate
        case ContentRule():
            return clause.content if clause.threshold is None else clause.threshold
        case Remission():
            return clause.value_musd if clause.part is None else clause.volume.value if clause.volume else clause.share
        case UsePreference():
            return clause.utilisation_rate
        case TradeCost():
            return clause.change
        case Capacity():
            return clause.capacity.value
        case Investment():
            return clause.amount_busd
        case _:
            return None


def quantity_of(quota: Quota) -> tuple[float, str]:
    """How much a quota lets in, and the unit it is told in: a fraction of 2024 trade, million USD, or a volume."""
    if quota.volume is not None:
        return quota.volume.value, f"{quota.volume.unit} a year"
    if quota.value_musd is not None:
        return quota.value_musd, "million USD"
    return quota.share or 0.0, "fraction"


def with_quantity(quota: Quota, quantity: float) -> Quota:
    """The quota for another quantity, in its own unit. Raises InputError."""
    content = quota.model_dump(by_alias=True, exclude_defaults=True) | {"kind": "quota"}
    if quota.volume is not None:
        content["volume"] = quota.volume.model_copy(update={"value": quantity}).model_dump()
    else:
        content["value_musd" if quota.value_musd is not None else "share"] = quantity
    found = _checked(content, quota.id)
    assert isinstance(found, Quota)  # noqa: S101 - its kind says so
    return found


def with_amount(clause: Clause, amount: float) -> Clause:
    """The clause at another number, checked like one from a file. Raises InputError."""
    content = clause.model_dump(by_alias=True, exclude_defaults=True)
    content["kind"] = clause.kind
    match clause:
        case SetTariff() | CapTariff() | AddTariff() | Quota() | ExportTax():
            content["rate"] = amount
        case ContentRule():
            content["content" if clause.threshold is None else "threshold"] = amount
        case Remission():
            content |= _remitted(clause, amount)
        case UsePreference():
            content["utilisation_rate"] = amount
        case TradeCost():
            content["change"] = amount
        case Capacity():
            content["capacity"] = {**content["capacity"], "value": amount}
        case Investment():
            content["amount_busd"] = amount
    return _checked(content, clause.id)


def _checked(content: dict[str, Any], where: str) -> Clause:
    try:
        return _CLAUSE.validate_python(content)
    except ValidationError as error:
        raise InputError(faults_of(error, content, where=where, of=Clause)) from error


def _remitted(clause: Remission, amount: float) -> dict[str, object]:
    """The quantity of a remission at another number, in the unit it is told in."""
    if clause.volume is not None:
        return {"volume": clause.volume.model_copy(update={"value": amount}).model_dump()}
    return {"value_musd" if clause.value_musd is not None else "share": amount}


def read_state(form: Mapping[str, str]) -> State:
    """The table that an address or a form describes. Raises InputError with every fault."""
    if form.get("t"):
        return state_of(unpacked(form["t"]), form)
    return _state(template_of(form.get("deal") or DEFAULT_DEAL), form)


def state_of(content: Mapping[str, Any], form: Mapping[str, str]) -> State:
    """A table that was kept, with an edit laid over it. Raises InputError."""
    kept = read_kept(content, where="link")
    stored = {"on": str(kept.on), "known": str(kept.known or ""), "theta": kept.theta}
    return replace(_state(kept.deal, {**stored, **form}), link=packed(content))


def _state(template: Deal, form: Mapping[str, str]) -> State:
    faults: list[Fault] = []
    on = a_day(form.get("on") or "2025-10-08", "on", faults)
    known = a_day(form["known"], "known", faults) if form.get("known") else None
    theta = ""
    try:
        theta = elasticities(_theta(form)).name
    except InputError as error:
        faults += error.faults
    clauses = _clauses(template, form, faults) if form.get("edited") else template.clauses
    if len(clauses) > MOST_CLAUSES:
        faults.append(Fault("deal", f"has {len(clauses)} clauses", f"At most {MOST_CLAUSES} are solved here"))
    if faults or on is None:
        raise InputError(faults)
    deal = template.model_copy(update={"clauses": tuple(clauses)})
    return State(template, deal, on, known, theta)


def _theta(form: Mapping[str, str]) -> str:
    """The set of elasticities of a form: one chosen, with the values of one's own that its boxes hold."""
    boxes = {key: words.strip() for key, words in form.items() if key.startswith("theta.")}
    chosen = form.get("theta") or ""
    if not boxes:
        return chosen
    own = [f"{key.removeprefix('theta.')}={words}" for key, words in boxes.items() if words]
    return " ".join([elasticities(chosen).published, *own])


@lru_cache(maxsize=64)
def template_of(name: str) -> Deal:
    """A shipped case by its name; an address never reads another file."""
    if not name.replace("_", "").replace("-", "").isalnum():
        raise InputError(Fault("deal", f"'{name}' is not the name of a case", "Letters, digits, - and _"))
    return find_deal(name, shipped_only=True)[0]


def _clauses(template: Deal, form: Mapping[str, str], faults: list[Fault]) -> Sequence[Clause]:
    kept = []
    for clause in template.clauses:
        if not form.get(f"on.{clause.id}"):
            continue
        try:
            kept.append(_edited(clause, form))
        except InputError as error:
            faults += error.faults
    return kept


def _edited(clause: Clause, form: Mapping[str, str]) -> Clause:
    """A clause at the numbers a form gives it; those it does not give stay. Raises InputError."""
    amount = _number(clause.id, form.get(f"v.{clause.id}"), form.get(f"p.{clause.id}"))
    if amount is not None and amount_of(clause) is not None and amount != amount_of(clause):
        clause = with_amount(clause, amount)
    if isinstance(clause, Quota):
        quantity = _number(clause.id, form.get(f"q.{clause.id}"), form.get(f"qp.{clause.id}"))
        if quantity is not None and quantity != quantity_of(clause)[0]:
            clause = with_quantity(clause, quantity)
    return clause


def _number(where: str, plain: str | None, percent: str | None) -> float | None:
    """A number given in its own unit or in per cent; None where it is not given. Raises InputError."""
    given = plain if percent is None else percent
    if given is None:
        return None
    try:
        return float(given) if percent is None else round(float(given) / 100.0, 12)
    except ValueError as error:
        raise InputError(Fault(where, f"'{short(given)}' is not a number", "Write it as 0.25")) from error
