"""Page one, which stands alone when photocopied: the deal in words, both sides' answer, who pays, how sure."""

from __future__ import annotations

from reciprocity.report import charts, findings, reading
from reciprocity.report.balance import balanced
from reciprocity.report.brief.page import Chapter, listed, part
from reciprocity.report.clauses import against_law, in_words, waiting
from reciprocity.report.figures import figure
from reciprocity.report.markup import Markup, tag
from reciprocity.report.numbers import direction
from reciprocity.report.payers import certainty, first_year, payers
from reciprocity.report.reading import Row, Value, hue, sides
from reciprocity.report.wording import Wording


def section(value: Value, words: Wording, chapter: Chapter) -> Markup:
    """The first page on one deal."""
    deal, below = value["deal"], chapter.heading(1)
    left, right = sides(value)
    return tag(
        "article",
        {"class": "sheet front", "id": chapter.mark},
        tag(chapter.heading(), {"class": "title"}, deal["title"]),
        tag("p", {"class": "finding"}, f"{findings.headline(value, words)}."),
        tag("p", {"class": "summary"}, _under_title(value, words, chapter)),
        tag(
            "div",
            {"class": "sides"},
            _side(value, left, words, below),
            part(words["brief.proposed"], _clauses(value, words), name="proposed", level=below),
            _side(value, right, words, below),
        ),
        tag(
            "div",
            {"class": "pair"},
            part(words["brief.pays"], listed(payers(value, words)), level=below),
            _balance(value, words, below),
        ),
        part(words["brief.sure"], listed([*first_year(value, words), *certainty(value, words)]), level=below),
        _rates(value, words, chapter),
    )


def _balance(value: Value, words: Wording, level: str) -> Markup:
    """What would balance the deal, where the answer holds it."""
    said = balanced(value, words)
    if not said:
        return Markup("")
    return part(words["brief.balance"], tag("p", None, said[0]), listed(said[1:]) if said[1:] else "", level=level)


def _under_title(value: Value, words: Wording, chapter: Chapter) -> str:
    day = f"{words['compare.day'].format(day=words.day(value['on']))}. " if chapter.level > 1 else ""
    return day + str(value["deal"].get("summary") or "")


def _clauses(value: Value, words: Wording) -> Markup:
    rows = value["deal"]["clauses"]
    if not rows:
        return tag("p", None, words["brief.no_clause"])
    return tag("ol", {"class": "clauses"}, *(tag("li", None, in_words(row, words), _under(row, words)) for row in rows))


def _under(clause: Row, words: Wording) -> str:
    said = " ".join(one for one in (against_law(clause, words), waiting(clause, words)) if one)
    return tag("span", {"class": "diff"}, said) if said else ""


def _side(value: Value, side: str, words: Wording, level: str) -> Markup:
    row = value["sides"][side]
    change = row["real_income_change"]
    year = reading.first_year(value)
    sooner = words.percent(year["sides"][side]["real_income_change"]) if year else ""
    unit = words["side.unit_year" if value.get("horizon") == "1y" else "side.unit_long"]
    return tag(
        "section",
        {"class": f"side {hue(side)}"},
        tag(level, None, words.region(side, row["name"])),
        tag("p", {"class": "big"}, tag("span", {"class": "way"}, direction(change)), words.percent(change)),
        tag("p", {"class": "unit"}, unit),
        tag("p", {"class": "money"}, words["side.a_year"].format(money=words.money(row["real_income_musd"]))),
        tag("p", {"class": "sooner"}, words["side.within_year"].format(percent=sooner)) if sooner else "",
        tag(
            "dl",
            None,
            *_term(words["side.real_wage"], words.percent(row.get("real_wage_change"))),
            *_term(words["side.tariff_revenue"], words.money(row.get("tariff_revenue_musd"))),
        ),
    )


def _term(name: str, what: str) -> tuple[Markup, Markup]:
    return tag("dt", None, name), tag("dd", None, what)


def _rates(value: Value, words: Wording, chapter: Chapter) -> Markup:
    drawn = charts.rates(value, words)
    if not drawn.rows:
        return tag("p", None, words["brief.unchanged"])
    return figure(drawn, data=words["brief.data_table"], level=chapter.heading(1), mark=chapter.mark)
