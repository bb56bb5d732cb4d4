"""The first page on several deals: each told for both sides on one scale, day by day."""

from __future__ import annotations

from collections.abc import Sequence

from reciprocity.report import charts, reading
from reciprocity.report.brief.page import listed
from reciprocity.report.clauses import in_words
from reciprocity.report.figures import figure
from reciprocity.report.markup import Markup, joined, scrolled, table, tag
from reciprocity.report.payers import certainty
from reciprocity.report.reading import Value, sides
from reciprocity.report.wording import Wording


def section(values: Sequence[Value], words: Wording) -> Markup:
    """What the deals are, what each side would get from each, and how sure that is."""
    days = [[value for value in values if value["on"] == day] for day in reading.days(values)]
    return tag(
        "article",
        {"class": "sheet front"},
        tag("h1", {"class": "title"}, words["compare.title"].format(count=len(_titles(values)))),
        *(_day(group, words) for group in days),
        tag("h2", None, words["brief.deals"]),
        tag("dl", {"class": "deals"}, *_deals(values, words)),
        tag("h2", None, words["brief.sure"]),
        listed(certainty(values[0], words)),
    )


def _day(values: Sequence[Value], words: Wording) -> Markup:
    day = words["compare.day"].format(day=words.day(values[0]["on"]))
    drawn = figure(charts.by_deal(values, words), data=words["brief.data_table"], mark=values[0]["on"])
    return joined([tag("h2", None, day), drawn, scrolled(day, _table(values, words))])


def _table(values: Sequence[Value], words: Wording) -> Markup:
    head = [words["column.deal"]]
    for side in sides(values[0]):
        head += [f"{words.region(side)}, {words['side.real_income']}", words["column.income_musd"]]
    rows = []
    for value in values:
        cells = [value["deal"]["title"]]
        for row in value["sides"].values():
            cells += [words.percent(row["real_income_change"]), words.money(row["real_income_musd"])]
        rows.append(cells)
    return table("", head, rows)


def _titles(values: Sequence[Value]) -> dict[str, int]:
    """Each deal once, with the place of its first answer."""
    places: dict[str, int] = {}
    for place, value in enumerate(values, start=1):
        places.setdefault(value["deal"]["title"], place)
    return places


def _deals(values: Sequence[Value], words: Wording) -> list[Markup]:
    told = []
    for title, place in _titles(values).items():
        deal = values[place - 1]["deal"]
        said = deal.get("summary") or " ".join(in_words(clause, words) for clause in deal["clauses"])
        told += [tag("dt", None, tag("a", {"href": f"#deal-{place}"}, title)), tag("dd", None, said)]
    return told
