"""The first page on several deals: each told for both sides on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from reciprocity.report import findings
from reciprocity.report.brief.page import listed
from reciprocity.report.figures import MirroredBars, figure, of_percent
from reciprocity.report.findings import LEFT, RIGHT, Value
from reciprocity.report.markup import Markup, joined, table, tag
from reciprocity.report.wording import Wording


def section(values: Sequence[Value], words: Wording) -> Markup:
    """What the deals are, what each side would get from each, and how sure that is."""
    return tag(
        "article",
        {"class": "sheet front"},
        tag("h1", {"class": "title"}, words["compare.title"].format(count=len(values))),
        tag("p", {"class": "summary"}, words["compare.front"].format(day=words.day(values[0]["on"]))),
        figure(chart(values, words), data=words["brief.data_table"], level="h2"),
        tag("div", {"class": "scroll"}, _table(values, words)),
        tag("h2", None, words["brief.deals"]),
        tag("dl", {"class": "deals"}, *(_deal(place, value) for place, value in enumerate(values, start=1))),
        tag("h2", None, words["brief.sure"]),
        listed(findings.certainty(values[0], words)),
    )


def chart(values: Sequence[Value], words: Wording) -> MirroredBars:
    """Real income of both sides under each deal."""
    return MirroredBars(
        title=f"{findings.best_for_both(values, words)}.",
        description=words["figure.by_deal_about"],
        left=words.region(LEFT),
        right=words.region(RIGHT),
        gain=words["figure.gain"],
        loss=words["figure.loss"],
        measure=of_percent(words["figure.by_deal_unit"], language=words.language),
        rows=[
            (value["deal"]["title"], *(value["sides"][side]["real_income_change"] for side in (LEFT, RIGHT)))
            for value in values
        ],
    )


def _table(values: Sequence[Value], words: Wording) -> Markup:
    head = [words["column.deal"]]
    for side in (LEFT, RIGHT):
        head += [f"{words.region(side)}, {words['side.real_income']}", words["column.income_musd"]]
    rows = []
    for value in values:
        cells = [value["deal"]["title"]]
        for side in (LEFT, RIGHT):
            row = value["sides"][side]
            cells += [words.percent(row["real_income_change"]), words.money(row["real_income_musd"])]
        rows.append(cells)
    return table("", head, rows)


def _deal(place: int, value: Value) -> Markup:
    deal = value["deal"]
    said = deal.get("summary") or "; ".join(clause["words"] for clause in deal["clauses"])
    return joined([tag("dt", None, tag("a", {"href": f"#deal-{place}"}, deal["title"])), tag("dd", None, said)])
