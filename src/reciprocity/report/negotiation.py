"""The figures of a negotiation: what both can have, what a clause is worth and in what, stage by stage, under doubt."""

from __future__ import annotations

from collections.abc import Sequence

from reciprocity.report.figures import (
    Band,
    Bars,
    Frontier,
    Intervals,
    Matrix,
    MirroredBars,
    Point,
    Track,
    Tracks,
    of_money,
    of_percent,
)
from reciprocity.report.figures.frontier import Role
from reciprocity.report.reading import Value, hue
from reciprocity.report.wording import Wording

CHOSEN = {
    "nash": "frontier.chosen_nash",
    "kalai-smorodinsky": "frontier.chosen_share",
    "egalitarian": "frontier.chosen_equal",
}
"""What the deal of each rule is called."""
MOST_DUTIES = 12
"""Trades in the picture of what sides do alone."""


def frontier(answer: Value, words: Wording) -> Frontier:
    """What both sides can have: efficient deals, the law, what happens without a deal, and the deal a rule picks."""
    one, other = answer["status_quo"]

    def at(name: str, said: str, role: Role) -> Point:
        return Point(said, answer[name][one], answer[name][other], role)

    title = words["frontier.title"].format(title=answer["title"])
    points = [at("status_quo", words["frontier.law"].format(day=words.day(answer["on"])), "status_quo")]
    if answer["threat"]["name"] != "law":
        points.append(at("threat_point", words["frontier.without"], "threat_point"))
    if answer["acceptable"]:
        chosen = words[CHOSEN[answer["rule"]]]
        points.append(at("chosen", chosen, "deal"))
        title = _given(answer, chosen, words)
    return Frontier(
        title=title,
        description=words["frontier.about"],
        left=words["frontier.axis"].format(side=words.region(one)),
        right=words["frontier.axis"].format(side=words.region(other)),
        better=words["frontier.better"],
        measure=of_percent(words["frontier.unit"], language=words.language),
        line=[(point["surplus"][one], point["surplus"][other]) for point in answer["points"]],
        points=points,
    )


def _given(answer: Value, chosen: str, words: Wording) -> str:
    """What the deal a rule picks would give each side."""
    left, right = answer["status_quo"]
    changes = {name: words.percent(answer["chosen"][side]) for name, side in (("left", left), ("right", right))}
    return words["frontier.finding"].format(
        title=answer["title"],
        chosen=chosen if words.language == "en" else chosen[:1].lower() + chosen[1:],
        left=words.place(left),
        right=words.place(right),
        left_change=changes["left"],
        right_change=changes["right"],
    )


def exchange(answer: Value, words: Wording) -> Matrix:
    """Marginal rates between every two clauses, for each side."""
    marginal = answer["marginal"]
    names = marginal["clauses"]
    blocks = [
        (words.region(side), hue(side), [[rates[a][b] for b in names] for a in names])
        for side, rates in marginal["rates"].items()
    ]
    return Matrix(
        title=words["exchange.title"].format(title=answer["title"]),
        description=words["exchange.about"],
        corner=words["exchange.rows"],
        names=[words.clause(one) for one in names],
        blocks=blocks,
        foot=[words["exchange.unit"].format(clause=words.clause(one), unit=marginal["units"][one]) for one in names],
        language=words.language,
    )


def alone(answer: Value, words: Wording) -> Tracks:
    """The duties that serve a side best, or both in a tariff war, on the largest trades: law against choice."""
    setters = list(dict.fromkeys(row["importer"] for row in answer["tariffs"]))
    partners = {row["exporter"] for row in answer["tariffs"]}
    largest = sorted(answer["tariffs"], key=lambda row: -row["imports_musd"])
    each = MOST_DUTIES // len(setters)
    shown = [row for setter in setters for row in [one for one in largest if one["importer"] == setter][:each]]
    key = "alone.route" if len(partners) <= len(setters) else "alone.partner" if len(setters) == 1 else "alone.both"

    def track(row: Value) -> Track:
        names = {name: words.region(row[name]) for name in ("importer", "exporter")}
        name = words[key].format(**names, sector=words.sector(row["sector"]))
        law, rate = (words.rate(row[which]) for which in ("law_rate", "rate"))
        return Track(name, row["law_rate"], row["rate"], law, rate, "fraction")

    return Tracks(
        title=words["alone.title"].format(title=answer["title"], what=answer["deal"]["title"]),
        description=words["alone.about"],
        columns=(words["alone.trade"], words["alone.law"].format(day=words.day(answer["on"])), words["alone.best"]),
        rows=[track(row) for row in shown],
    )


def weights(answer: Value, words: Wording) -> Bars:
    """Political weights inferred from the duties in force."""
    side = answer["side"]
    return Bars(
        title=words["inferred.title"].format(side=words.region(side), day=words.day(answer["on"])),
        description=words["inferred.about"],
        heading=words["inferred.sector"],
        measure=of_percent(words["inferred.unit"], language=words.language),
        rows=[(words.sector(one["sector"]), one["weight"], hue(side)) for one in answer["weights"]],
    )


def worths(answer: Value, by_clause: Value, words: Wording) -> MirroredBars:
    """What each clause of the deal found is worth to each side."""
    left, right = answer["sides"]
    rows = [
        (words.clause(one["id"]), *(one["sides"][side]["real_income_musd"] for side in (left, right)))
        for one in by_clause["clauses"]
    ]
    title = words["worths.title"].format(title=(answer["deal"] or answer["nearest"])["title"])
    return _both(answer, rows, title, words["worths.about"], words)


def stages(answer: Value, words: Wording) -> MirroredBars:
    """What each stage of a sequence brings to each side."""
    left, right = answer["sides"]
    rows = [
        (
            one["stage"] if one["acceptable"] else words["stages.unsigned"].format(stage=one["stage"]),
            one["sides"][left]["surplus_musd"] if one["acceptable"] else 0.0,
            one["sides"][right]["surplus_musd"] if one["acceptable"] else 0.0,
        )
        for one in answer["stages"]
    ]
    title = words["stages.title"].format(title=answer["title"])
    return _both(answer, rows, title, words["stages.about"], words)


def doubt(answer: Value, words: Wording) -> Intervals:
    """What each candidate brings to each side over draws."""
    sides = list(answer["candidates"][0]["gain_musd"])
    rows = []
    for side in sides:
        for one in answer["candidates"]:
            gain = one["gain_musd"][side]
            name = words["doubt.row"].format(side=words.region(side), deal=one["deal"])
            rows.append(Band(name, hue(side), gain["p50"], gain["p05"], gain["p95"]))
    return Intervals(
        title=words["doubt.title"].format(title=answer["title"], draws=answer["draws"]),
        description=words["doubt.about"],
        columns=(words["doubt.low"], words["doubt.middle"], words["doubt.high"], words["doubt.without"]),
        measure=of_money(words["figure.worth_unit"], language=words.language),
        rows=rows,
    )


def _both(
    answer: Value, rows: Sequence[tuple[str, float, float]], title: str, about: str, words: Wording
) -> MirroredBars:
    left, right = answer["sides"]
    return MirroredBars(
        title=title,
        description=about,
        left=words.region(left),
        right=words.region(right),
        gain=words["figure.gain"],
        loss=words["figure.loss"],
        measure=of_money(words["figure.worth_unit"], language=words.language),
        hues=(hue(left), hue(right)),
        rows=rows,
    )
