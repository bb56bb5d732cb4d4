"""A clause in words, for a reader who sees nothing else."""

from __future__ import annotations

from reciprocity import labels
from reciprocity.deal.clauses import (
    AddTariff,
    Ban,
    Capacity,
    CapTariff,
    Clause,
    EndPreference,
    Investment,
    LiftMeasures,
    Quota,
    SetTariff,
    TradeCost,
)

PROGRAMMES = {
    "us.232": "every section 232 duty",
    "us.232.steel": "the section 232 duty on steel",
    "us.232.aluminum": "the section 232 duty on aluminum",
    "us.232.copper": "the section 232 duty on copper",
    "us.232.metals": "the section 232 metals annexes",
    "us.232.autos": "the section 232 duty on vehicles",
    "us.232.auto_parts": "the section 232 duty on vehicle parts",
    "us.232.trucks": "the section 232 duty on trucks",
    "us.232.truck_parts": "the section 232 duty on truck parts",
    "us.232.wood": "the section 232 duty on lumber",
    "us.ieepa": "the emergency duties",
    "us.ieepa.canada": "the emergency duty on Canada",
    "us.122": "the section 122 surcharge",
    "us.301.forced_labor": "the section 301 duty on forced labour",
    "us.338": "the section 338 duties and bans",
    "ca.surtax": "its surtaxes",
    "ca.surtax.metals": "its surtax on steel and aluminum",
    "ca.surtax.derivative": "its surtax on steel derivatives",
    "ca.surtax.autos": "its surtax on vehicles",
    "ca.surtax.2026": "its counter-tariffs of 2026",
}
"""Programmes of law by the names people know them by."""


def in_words(clause: Clause) -> str:
    """The clause as one English sentence without its end: who does what to whose goods, how much, from when."""
    return f"{_act(clause)}{_dates(clause)}"


def scope(clause: Clause) -> str:
    """What the clause is about: a sector's code, HS prefixes or lists, capital, or all goods."""
    if isinstance(clause, Investment):
        return "capital"
    products = getattr(clause, "products", ())
    return clause.sector or (", ".join(products) if products else "all goods")


def assumptions(clause: Clause) -> list[str]:
    """What a clause takes for granted, in sentences a reader must see beside its numbers."""
    if isinstance(clause, Investment):
        return [f"Clause '{clause.id}': the year's inflow is spending now; the claim on later income is not counted."]
    if not isinstance(clause, Capacity):
        return []
    figures = (clause.capacity, clause.flow, clause.saving, clause.price, clause.sector_share)
    guesses = [figure for figure in figures if figure.estimated]
    said = [f"Clause '{clause.id}': {one.value:g} {one.unit} is an estimate: {one.source}." for one in guesses]
    return said + ([f"Clause '{clause.id}': {clause.note}"] if clause.note else [])


def _act(clause: Clause) -> str:  # noqa: PLR0911 - one sentence a kind
    match clause:
        case AddTariff():
            return f"{_name(clause.importer)} adds {_percent(clause.rate)} to its duties on {_goods(clause)}"
        case EndPreference():
            return f"{_name(clause.importer)} ends the agreement's preference on {_goods(clause)}"
        case SetTariff():
            what = _programmes(clause.measures) if clause.measures else "its whole duty"
            return f"{_name(clause.importer)} sets {what} on {_goods(clause)} at {_percent(clause.rate)}"
        case CapTariff():
            what = _programmes(clause.measures) if clause.measures else "its duties, all in,"
            return f"{_name(clause.importer)} holds {what} on {_goods(clause)} to at most {_percent(clause.rate)}"
        case LiftMeasures():
            return f"{_name(clause.importer)} lifts {_programmes(clause.measures)} on {_goods(clause)}"
        case Quota():
            return f"{_quota(clause)} to at most {_percent(clause.rate)}"
        case Ban():
            return f"{_name(clause.importer)} forbids imports of {_goods(clause)}"
        case TradeCost():
            way = "cheaper" if clause.change < 0 else "dearer"
            route = f"{_sector(clause.sector)} from {_name(clause.exporter)} to {_name(clause.importer)}"
            return f"Delivering {route} becomes {_percent(abs(clause.change))} of value {way}"
        case Capacity():
            route = f"{_sector(clause.sector)} from {_name(clause.exporter)} to {_name(clause.importer)}"
            volume = f"{clause.capacity.value:g} {clause.capacity.unit}"
            return f"{_name(clause.giver)} permits {volume} of new capacity for {route}"
        case Investment():
            amount = f"US${clause.amount_busd:,.0f} billion over {clause.years:g} years"
            condition = f" ({clause.condition})" if clause.condition else ""
            return f"{_name(clause.investor)} invests {amount} in {_name(clause.host)}{condition}"


def _quota(clause: Quota) -> str:
    """Whose duty a quota is on, how much and what: all but its rate."""
    much = f"{clause.share:.0%} of 2024 trade" if clause.share else f"US${clause.value_musd:,.0f} million a year"
    what = _programmes(clause.measures) if clause.measures else "its duties, all in,"
    return f"{_name(clause.importer)} holds {what} on {much} of {_goods(clause)}"


def _goods(clause: SetTariff | CapTariff | LiftMeasures | AddTariff | Quota | Ban | EndPreference) -> str:
    if clause.sector:
        what = _sector(clause.sector)
    elif clause.products:
        what = f"goods of HS {_list(clause.products)}"
    else:
        what = "all goods"
    return f"{what} from {_name(clause.exporter)}"


def _dates(clause: Clause) -> str:
    start = f" from {clause.starts.isoformat()}" if clause.starts else ""
    return f"{start} until {clause.ends.isoformat()}" if clause.ends else start


def _name(code: str) -> str:
    name = labels.region(code).en
    return f"the {name}" if code in {"USA", "GBR", "EU27"} else name


def _sector(code: str | None) -> str:
    return labels.sector(code or "").en.lower()


def _percent(rate: float) -> str:
    return f"{rate * 100:.4g}%"


def _programmes(measures: tuple[str, ...]) -> str:
    """Programmes by the name people know, one that has none by its id."""
    names = [PROGRAMMES.get(one.removesuffix(".*").removesuffix("*"), one) for one in measures]
    return _list(tuple(dict.fromkeys(names)))


def _list(words: tuple[str, ...]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
