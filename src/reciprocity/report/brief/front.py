"""Page one, which stands alone when photocopied: the deal in words, both sides' answer, who pays, how sure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reciprocity.report import findings
from reciprocity.report.brief.page import listed, part
from reciprocity.report.figures import Track, Tracks, figure
from reciprocity.report.findings import HUES, LEFT, RIGHT, Value
from reciprocity.report.markup import Markup, joined, tag
from reciprocity.report.numbers import direction, quantity
from reciprocity.report.wording import Wording


def section(value: Value, words: Wording, *, place: int, alone: bool) -> Markup:
    """The first page on one deal."""
    deal = value["deal"]
    level = "h1" if alone else "h2"
    below = "h2" if alone else "h3"
    return tag(
        "article",
        {"class": "sheet front", "id": f"deal-{place}"},
        tag(level, {"class": "title"}, deal["title"]),
        tag("p", {"class": "finding"}, f"{findings.headline(value, words)}."),
        tag("p", {"class": "summary"}, deal["summary"]) if deal.get("summary") else "",
        tag(
            "div",
            {"class": "sides"},
            _side(value, LEFT, words, level=below),
            part(words["brief.proposed"], clauses(value, words), name="proposed", level=below),
            _side(value, RIGHT, words, level=below),
        ),
        tag(
            "div",
            {"class": "pair"},
            part(words["brief.pays"], listed(findings.payers(value, words)), level=below),
            part(
                words["brief.sure"],
                listed([*findings.certainty(value, words), *findings.first_year(value, words)]),
                level=below,
            ),
        ),
        _tracks(value, words, place=place, level=below),
    )


def clauses(value: Value, words: Wording) -> Markup:
    """Each clause in words, with the law it would replace and its dates."""
    rows = value["deal"]["clauses"]
    if not rows:
        return tag("p", None, words["brief.no_clause"])
    items = (tag("li", None, clause["words"], tag("span", {"class": "diff"}, diff(clause, words))) for clause in rows)
    return tag("ol", {"class": "clauses"}, *items)


def diff(clause: Mapping[str, Any], words: Wording) -> str:
    """One clause against the law: law 50% → deal 25%, from October 8, 2025."""
    new, old = amount(clause, "value", words), amount(clause, "law_value", words)
    key = "clause.new" if clause.get("law_value") is None else "clause.law_to_deal"
    return " · ".join(one for one in (words[key].format(law=old, deal=new), _dates(clause, words)) if one)


def amount(clause: Mapping[str, Any], key: str, words: Wording) -> str:
    """A clause's value, or the law's, in its unit."""
    return quantity(clause.get(key), clause.get("unit") or "", language=words.language)


def subject(clause: Mapping[str, Any], words: Wording) -> str:
    """What a clause is about: a sector by its name in this language, anything else as it was written."""
    return words.sector(str(clause["what"]))


def _dates(clause: Mapping[str, Any], words: Wording) -> str:
    start, end = clause.get("from"), clause.get("until")
    if start and end:
        return words["clause.from_until"].format(**{"from": words.day(start), "until": words.day(end)})
    if start:
        return words["clause.from"].format(day=words.day(start))
    return words["clause.until"].format(day=words.day(end)) if end else ""


def _side(value: Value, side: str, words: Wording, *, level: str) -> Markup:
    row = value["sides"][side]
    change = row["real_income_change"]
    year = value.get("horizons", {}).get("1y", {}).get("sides", {}).get(side)
    sooner = words["side.within_year"].format(percent=words.percent(year["real_income_change"])) if year else ""
    return tag(
        "section",
        {"class": f"side {HUES[side]}"},
        tag(level, None, words.region(side, row["name"])),
        tag(
            "p",
            {"class": "big"},
            tag("span", {"class": "way", "aria-hidden": "true"}, direction(change)),
            words.percent(change),
        ),
        tag("p", {"class": "unit"}, words["side.a_year_unit"]),
        tag("p", {"class": "money"}, words["side.a_year"].format(money=words.money(row["real_income_musd"]))),
        tag("p", {"class": "sooner"}, sooner) if sooner else "",
        tag(
            "dl",
            None,
            *_term(words["side.real_wage"], words.percent(row.get("real_wage_change"))),
            *_term(words["side.tariff_revenue"], words.money(row.get("tariff_revenue_musd"))),
        ),
    )


def _term(name: str, what: str) -> tuple[Markup, Markup]:
    return tag("dt", None, name), tag("dd", None, what)


def _tracks(value: Value, words: Wording, *, place: int, level: str) -> Markup:
    rows = [
        Track(
            name=subject(clause, words),
            giver=words.region(str(clause.get("who") or "")),
            law=clause.get("law_value"),
            deal=clause["value"],
            law_words=amount(clause, "law_value", words),
            deal_words=amount(clause, "value", words),
            unit=clause.get("unit") or "",
        )
        for clause in value["deal"]["clauses"]
        if isinstance(clause.get("value"), int | float)
    ]
    if not rows:
        return joined([])
    changed = sum(row.law != row.deal for row in rows)
    key = "figure.tracks_title_one" if len(rows) == 1 else "figure.tracks_title"
    columns = (words["figure.clause"], words["figure.given_by"], words["figure.law"], words["figure.deal"])
    title = words[key].format(changed=changed, total=len(rows))
    drawn = Tracks(title, words["figure.tracks_about"], columns, rows)
    return figure(drawn, data=words["brief.data_table"], level=level, mark=f"deal-{place}")
