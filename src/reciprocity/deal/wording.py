"""A clause in words, for a reader who sees nothing else."""

from __future__ import annotations

from reciprocity import labels
from reciprocity.deal.clauses import (
    BORDER,
    AddTariff,
    BorderClause,
    Capacity,
    CapTariff,
    Clause,
    EndPreference,
    ExportTax,
    Investment,
    LiftMeasures,
    SetTariff,
    TradeCost,
)
from reciprocity.deal.shares import ContentRule, Quota, Remission, UsePreference

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
    if isinstance(clause, ContentRule | Remission | UsePreference):
        return _assumed_of_a_part(clause)
    if isinstance(clause, Quota) and clause.exporter_rent is not None:
        return [f"Clause '{clause.id}': 2022 volumes stand for those of 2024, and a sector's quota is one."]
    if not isinstance(clause, Capacity):
        return []
    figures = (clause.capacity, clause.flow, clause.saving, clause.price, clause.sector_share)
    guesses = [figure for figure in figures if figure.estimated]
    said = [f"Clause '{clause.id}': {one.value:g} {one.unit} is an estimate: {one.source}." for one in guesses]
    return said + ([f"Clause '{clause.id}': {clause.note}"] if clause.note else [])


def _act(clause: Clause) -> str:
    if isinstance(clause, Quota | ContentRule | Remission | UsePreference):
        return _of_a_part(clause)
    return _at_the_border(clause) if isinstance(clause, BORDER) else _beyond_law(clause)


def _at_the_border(clause: BorderClause) -> str:
    """What an importer's law does to the goods."""
    importer, goods = _name(clause.importer), _goods(clause)
    match clause:
        case AddTariff():
            return f"{importer} adds {_percent(clause.rate)} to its duties on {goods}"
        case EndPreference():
            return f"{importer} ends the agreement's preference on {goods}"
        case SetTariff():
            what = _programmes(clause.measures) if clause.measures else "its whole duty"
            return f"{importer} sets {what} on {goods} at {_percent(clause.rate)}"
        case CapTariff():
            what = _programmes(clause.measures) if clause.measures else "its duties, all in,"
            return f"{importer} holds {what} on {goods} to at most {_percent(clause.rate)}"
        case LiftMeasures():
            return f"{importer} lifts {_programmes(clause.measures)} on {goods}"
        case _:
            return f"{importer} forbids imports of {goods}"


def _of_a_part(clause: Quota | ContentRule | Remission | UsePreference) -> str:
    """What an importer's law does to a part of the trade, or of its value."""
    match clause:
        case Quota():
            return f"{_quota(clause)} to at most {_percent(clause.rate)}{_licences(clause)}"
        case ContentRule():
            return _content(clause)
        case Remission():
            what = _programmes(clause.measures) if clause.measures else "its whole duty"
            condition = f", {clause.condition}" if clause.condition else ""
            return f"{_name(clause.importer)} gives back {what} on {_quantity(clause)} of {_goods(clause)}{condition}"
        case UsePreference():
            goods = _goods(clause)
            return f"The agreement's preference is claimed on {_percent(clause.utilisation_rate)} of trade in {goods}"


def _beyond_law(clause: Clause) -> str:
    """What changes costs and capital."""
    match clause:
        case TradeCost():
            way = "cheaper" if clause.change < 0 else "dearer"
            route = f"{_sector(clause.sector)} from {_name(clause.exporter)} to {_name(clause.importer)}"
            return f"Delivering {route} becomes {_percent(abs(clause.change))} of value {way}"
        case ExportTax():
            route = f"{_sector(clause.sector)} to {_name(clause.importer)}"
            return f"{_name(clause.exporter)} taxes its exports of {route} at {_percent(clause.rate)}"
        case Capacity():
            route = f"{_sector(clause.sector)} from {_name(clause.exporter)} to {_name(clause.importer)}"
            volume = f"{clause.capacity.value:g} {clause.capacity.unit}"
            return f"{_name(clause.giver)} permits {volume} of new capacity for {route}"
        case Investment():
            amount = f"US${clause.amount_busd:,.0f} billion over {clause.years:g} years"
            condition = f" ({clause.condition})" if clause.condition else ""
            return f"{_name(clause.investor)} invests {amount} in {_name(clause.host)}{condition}"
        case _:
            return clause.id


def _quota(clause: Quota) -> str:
    """Whose duty a quota is on, how much and what: all but its rate."""
    what = _programmes(clause.measures) if clause.measures else "its duties, all in,"
    return f"{_name(clause.importer)} holds {what} on {_quantity(clause)} of {_goods(clause)}"


def _licences(clause: Quota) -> str:
    """Who has what the licences are worth."""
    if clause.exporter_rent is None:
        return ""
    if clause.exporter_rent in {0.0, 1.0}:
        return ", the licences auctioned" if clause.exporter_rent == 0.0 else ", the licences with the exporters"
    return f", {_percent(clause.exporter_rent)} of the licences' worth with the exporters"


def _quantity(clause: Quota | Remission) -> str:
    """How much of trade a clause is about."""
    if clause.volume is not None:
        part = f", {_percent(clause.part)} of 2024 trade," if clause.part is not None else ""
        return f"{clause.volume.value:,.10g} {clause.volume.unit} a year{part}"
    if clause.value_musd is not None:
        return f"US${clause.value_musd:,.0f} million a year"
    if isinstance(clause, Remission) and clause.importers:
        return _list(tuple(f"{_percent(part)} of 2024 trade for {name}" for name, part in clause.importers.items()))
    return f"{_percent(clause.share or 0.0)} of 2024 trade"


def _content(clause: ContentRule) -> str:
    """On what value a duty is owed, or on what content its rate hangs."""
    importer, goods = _name(clause.importer), _goods(clause)
    of = _list(tuple(_name(code) for code in clause.origin or (clause.importer,)))
    what = _programmes(clause.measures) if clause.measures else "its whole duty"
    if clause.threshold is None:
        rate = f", at {_percent(clause.rate)}," if clause.rate is not None else ""
        return (
            f"{importer} takes {what} on {goods}{rate} only on the value that is not of {of}, "
            f"{_percent(1.0 - clause.content)} on average"
        )
    above, below = (
        _percent(rate) if rate is not None else "the law's rate" for rate in (clause.rate, clause.rate_below)
    )
    return (
        f"{importer} sets {what} on {goods} at {above} where {_percent(clause.threshold)} of value or more is of {of}, "
        f"and at {below} otherwise"
    )


def _assumed_of_a_part(clause: ContentRule | Remission | UsePreference) -> list[str]:
    """What a rule about a part of trade or value takes for granted."""
    said = f"Clause '{clause.id}': "
    if isinstance(clause, ContentRule):
        rests = f"({clause.content_source})" if clause.content_source else "(an assumption: no source is given)"
        told = f"{said}{_percent(clause.content)} of value is taken for the content of every good {rests}"
        return [f"{told}, spread by {_percent(clause.spread)}." if clause.spread else f"{told}."]
    if isinstance(clause, Remission):
        figures = [one for one in (clause.volume, clause.traded) if one is not None and one.estimated]
        estimates = [f"{said}{one.value:g} {one.unit} is an estimate: {one.source}." for one in figures]
        return [*estimates, f"{said}trade is charged the average of what is given back and what is not."]
    return [f"{said}the share that claims is set, and does not answer to what a claim saves."]


def _goods(clause: BorderClause) -> str:
    if clause.sector:
        what = _sector(clause.sector)
    elif clause.products:
        what = _named_goods(clause.products)
    else:
        what = "all goods"
    return f"{what} from {_name(clause.exporter)}"


def _named_goods(products: tuple[str, ...]) -> str:
    """Goods by HS prefix, and by the name of a list."""
    codes = tuple(one for one in products if one.replace(".", "").isdigit())
    lists = tuple(one for one in products if one not in codes)
    said = [f"goods of HS {_list(codes)}"] if codes else []
    said += [f"goods of the list{'s' if len(lists) > 1 else ''} {_list(lists)}"] if lists else []
    return " and ".join(said)


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
