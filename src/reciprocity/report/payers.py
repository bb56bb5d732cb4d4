"""Who pays, and how sure it is: the two lists under the headline, in sentences computed from the answer."""

from __future__ import annotations

from reciprocity.report import reading
from reciprocity.report.findings import SLIGHT_MUSD, extreme, losing_partners, pair, sentence, way
from reciprocity.report.reading import Value, sides
from reciprocity.report.wording import Wording


def payers(value: Value, words: Wording) -> list[str]:
    """Who pays: a side as a whole, its most losing sector, its treasury, a partner elsewhere."""
    return [
        *_paying_sides(value, words),
        *(_paying_sector(value, side, words) for side in sides(value)),
        *_treasuries(value, words),
        _elsewhere(value, words),
    ]


def certainty(value: Value, words: Wording) -> list[str]:
    """How sure: what kind of answer it is, over what time, on what law, how exactly solved."""
    said = [words["finding.sure_point"]]
    said.append(words["finding.sure_year_only" if value.get("horizon") == "1y" else "finding.sure_long"])
    rates = reading.bilateral_law(value)
    doubts = sum(reading.doubtful(row) for row in rates)
    if rates:
        key = "finding.sure_law_part" if doubts else "finding.sure_law_all"
        said.append(words[key].format(count=doubts, total=len(rates)))
    residual = reading.residual(value)
    if residual is not None:
        said.append(words["finding.sure_exact"].format(residual=scientific(residual)))
    return said


def first_year(value: Value, words: Wording) -> list[str]:
    """What the first year alone would bring, where it was computed."""
    year = reading.first_year(value)
    return [words["finding.sure_year"].format(**pair(value, year, words))] if year else []


def scientific(value: float | None) -> str:
    """A very small number as a power of ten: 3 × 10⁻¹²."""
    if value is None:
        return "—"
    if value == 0:
        return "0"
    lead, power = f"{value:.0e}".split("e")
    return f"{lead}\u00a0×\u00a010{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def _paying_sides(value: Value, words: Wording) -> list[str]:
    said = []
    for side in sides(value):
        row = value["sides"][side]
        if way(row["real_income_change"]) < 0:
            loss = {"percent": words.percent(row["real_income_change"]), "money": words.money(row["real_income_musd"])}
            said.append(sentence(words["finding.pays_side"].format(side=words.place(side), **loss)))
    some = any(extreme(value, side, sign=-1) for side in sides(value))
    return said or [words["finding.pays_no_side_but" if some else "finding.pays_no_side"]]


def _paying_sector(value: Value, side: str, words: Wording) -> str:
    most = extreme(value, side, sign=-1)
    if most is None:
        return sentence(words["finding.pays_no_sector"].format(side=words.place(side)))
    loss = {"money": words.money(most["output_change_musd"]), "percent": words.percent(most["output_change"])}
    name = words.sector_within(most["sector"], most["name"])
    return sentence(words["finding.pays_sector"].format(side=words.place(side), sector=name, **loss))


def _treasuries(value: Value, words: Wording) -> list[str]:
    said = []
    for side in sides(value):
        change = value["sides"][side].get("tariff_revenue_musd")
        if change is None or abs(change) < SLIGHT_MUSD:
            continue
        key = "finding.pays_treasury_less" if change < 0 else "finding.pays_treasury_more"
        said.append(sentence(words[key].format(side=words.place(side), money=words.money(change))))
    return said


def _elsewhere(value: Value, words: Wording) -> str:
    losers = losing_partners(value)
    if not losers:
        return words["finding.pays_no_third"]
    most = losers[0]
    return words["finding.pays_third"].format(
        partner=words.place(most["country"], most["name"]),
        percent=words.percent(most["real_income_change"]),
        money=words.money(most["real_income_musd"]),
    )
