"""A clause as the brief tells it: in words in the reader's language, and against the law where both have a value."""

from __future__ import annotations

from collections.abc import Iterable

from reciprocity.deal.wording import PROGRAMMES
from reciprocity.report.findings import sentence
from reciprocity.report.french import measure_in_french
from reciprocity.report.numbers import THIN, number
from reciprocity.report.reading import Row
from reciprocity.report.wording import Wording

_KINDS = frozenset({
    "tariff", "cap", "lift", "ban", "add", "quota", "content", "remission", "preference", "end_preference",
    "trade_cost", "export_tax", "capacity", "investment",
})  # fmt: skip


def in_words(clause: Row, words: Wording) -> str:
    """The clause as one sentence. English is the deal's own; French is built from what the clause sets."""
    told = str(clause.get("words") or clause["id"])
    if words.language == "fr" and clause.get("kind") in _KINDS and _border(clause):
        told = words[f"clause.{_phrase(clause)}"].format(**_facts(clause, words)) + _dates(clause, words)
    return sentence(told).rstrip(".") + "."


def against_law(clause: Row, words: Wording) -> str:
    """Law 50% → deal 25%, where the clause says both; else nothing."""
    if clause.get("value") is None:
        return ""
    new, old = (words.quantity(clause.get(key), clause.get("unit") or "") for key in _BOTH)
    if clause.get("law_value") is None:
        return ""
    key = "clause.law_to_deal" if clause["law_value"] else "clause.new"
    return words[key].format(law=old, deal=new)


def waiting(clause: Row, words: Wording) -> str:
    """That the clause does not count on the day asked, where it does not."""
    return words["clause.waiting"] if clause.get("in_force") is False else ""


_BOTH = ("value", "law_value")


def _phrase(clause: Row) -> str:
    """Which phrase tells the clause."""
    return "content_from" if clause.get("kind") == "content" and clause.get("threshold") is not None else clause["kind"]


def _border(clause: Row) -> bool:
    return bool(clause.get("importer") or clause.get("investor"))


def _facts(clause: Row, words: Wording) -> dict[str, str]:
    capacity = clause.get("capacity") or {}
    change = clause.get("change") or 0.0
    return {
        "importer": words.place(str(clause.get("importer") or "")),
        "exporter": words.place(str(clause.get("exporter") or "")),
        "giver": words.place(str(clause.get("giver") or "")),
        "goods": _goods(clause, words),
        "measures": _programmes(clause) or words["clause.every_measure"],
        "rate": words.rate(clause.get("rate")),
        "share": words.rate(clause.get("utilisation_rate")),
        "change": words.percent(change),
        "quantity": _quantity(clause, words),
        "licences": _licences(clause, words),
        "rest": words.rate(1.0 - float(clause.get("content") or 0.0)),
        "origin": words["clause.and"].join(words.place(code) for code in _origin(clause)),
        "at": words["clause.at"].format(rate=words.rate(clause["rate"])) if clause.get("rate") is not None else "",
        "above": _or_law(clause.get("rate"), words),
        "below": _or_law(clause.get("rate_below"), words),
        "threshold": words.rate(clause.get("threshold")),
        "volume": words.quantity(capacity.get("value"), str(capacity.get("unit") or "")),
        "investor": words.place(str(clause.get("investor") or "")),
        "host": words.place(str(clause.get("host") or "")),
        "amount": words.money(1000.0 * float(clause.get("amount_busd") or 0.0), signed=False),
        "years": number(clause.get("years"), digits=0, language=words.language),
    }


def _programmes(clause: Row) -> str:
    """The programmes of law a clause is about, by the names people know them by, else by their ids."""
    ids = {one: one.removesuffix(".*").removesuffix("*") for one in _listed(clause.get("measures"))}
    named = (measure_in_french(PROGRAMMES[known]) if known in PROGRAMMES else one for one, known in ids.items())
    return f"{THIN}; ".join(dict.fromkeys(named))


def _licences(clause: Row, words: Wording) -> str:
    """Who has what a quota's licences are worth, where the clause tells."""
    share = clause.get("exporter_rent")
    if share is None:
        return ""
    return words["clause.with_exporters"].format(share=words.rate(share)) if share else words["clause.auctioned"]


def _quantity(clause: Row, words: Wording) -> str:
    """How much of trade a quota or a remission is for."""
    volume = clause.get("volume")
    if volume:
        return words.quantity(volume["value"], str(volume["unit"]))
    if clause.get("value_musd") is not None:
        return words.money(float(clause["value_musd"]), signed=False)
    shares = clause.get("importers") or {"": clause.get("share") or 0.0}
    told = (words["clause.of_trade"].format(share=words.rate(part)) + (f" ({who})" if who else "")
            for who, part in shares.items())  # fmt: skip
    return words["clause.and"].join(told)


def _origin(clause: Row) -> Iterable[str]:
    return _listed(clause.get("origin")) or [str(clause.get("importer") or "")]


def _or_law(rate: float | None, words: Wording) -> str:
    return words["clause.as_law"] if rate is None else words.rate(rate)


def _goods(clause: Row, words: Wording) -> str:
    if clause.get("sector"):
        return words.sector_within(str(clause["sector"]))
    products = ", ".join(_listed(clause.get("products")))
    return words["clause.products"].format(products=products) if products else words["clause.all_goods"]


def _dates(clause: Row, words: Wording) -> str:
    start, end = clause.get("from"), clause.get("until")
    if start and end:
        return words["clause.from_until"].format(start=words.day(start), end=words.day(end))
    if start:
        return words["clause.from"].format(day=words.day(start))
    return words["clause.until"].format(day=words.day(end)) if end else ""


def _listed(words: object) -> Iterable[str]:
    return [str(word) for word in words] if isinstance(words, list | tuple) else []
