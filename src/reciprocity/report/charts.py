"""The figures of an answer: which numbers are drawn, under which finding, for every page, file and slide."""

from __future__ import annotations

from collections.abc import Sequence

from reciprocity.report import findings, reading
from reciprocity.report.figures import (
    PARTNERS,
    PROVINCES_AND_STATES,
    Bars,
    MirroredBars,
    Tile,
    TileMap,
    Track,
    Tracks,
    Waterfall,
    of_money,
    of_percent,
)
from reciprocity.report.numbers import percent
from reciprocity.report.reading import Row, Value, hue, sides
from reciprocity.report.wording import Wording

MOST_RATES = 5
"""Rates in the picture of the law."""
MOST_SECTORS = 10
"""Sectors in the picture of both sides."""
EACH_WAY = 5
"""Sectors in a side's own picture, among gainers and among losers."""


def by_deal(values: Sequence[Value], words: Wording) -> MirroredBars:
    """Real income of both sides under each deal."""
    left, right = sides(values[0])
    names = {"left": words.region(left), "right": words.region(right)}
    rows = [
        (value["deal"]["title"], *(value["sides"][side]["real_income_change"] for side in (left, right)))
        for value in values
    ]
    return MirroredBars(
        title=f"{findings.comparison(values, words)}.",
        description=words["figure.by_deal_about"].format(**names),
        **names,
        gain=words["figure.gain"],
        loss=words["figure.loss"],
        measure=of_percent(words["figure.by_deal_unit"], language=words.language),
        hues=(hue(left), hue(right)),
        rows=rows,
    )


def rates(value: Value, words: Wording) -> Tracks:
    """The rates the deal would change most, law against deal."""
    return Tracks(
        title=f"{findings.law(value, words)}.",
        description=words["figure.tracks_about"],
        columns=(words["figure.sector"], words["figure.law"], words["figure.deal"]),
        rows=[_track(row, words) for row in reading.changed_law(value)[:MOST_RATES]],
    )


def both_sides(value: Value, words: Wording) -> MirroredBars:
    """The sectors that move most on either side, told for both."""
    left, right = sides(value)
    moves = {side: {row["sector"]: row for row in reading.sectors_of(value, side)} for side in (left, right)}
    names = {"left": words.region(left), "right": words.region(right)}
    rows = [
        (words.sector(code, row["name"]), _moved(moves[left].get(code)), _moved(moves[right].get(code)))
        for code, row in {**moves[right], **moves[left]}.items()
    ]
    rows.sort(key=lambda row: -max(abs(row[1]), abs(row[2])))
    return MirroredBars(
        title=f"{findings.sectors(value, words)}.",
        description=words["figure.sectors_about"].format(**names),
        **names,
        gain=words["figure.gain"],
        loss=words["figure.loss"],
        measure=of_money(words["figure.output_unit"], language=words.language),
        hues=(hue(left), hue(right)),
        rows=[row for row in rows[:MOST_SECTORS] if max(abs(row[1]), abs(row[2])) >= findings.SLIGHT_MUSD],
    )


def one_side(value: Value, side: str, words: Wording) -> Bars:
    """The sectors that gain most and lose most on one side."""
    rows = reading.sectors_of(value, side)
    gains = [row for row in rows if row["output_change_musd"] >= findings.SLIGHT_MUSD][:EACH_WAY]
    losses = [row for row in rows if row["output_change_musd"] <= -findings.SLIGHT_MUSD][-EACH_WAY:]
    shown = [(words.sector(row["sector"], row["name"]), _moved(row), hue(side)) for row in [*gains, *losses]]
    return Bars(
        title=f"{findings.extremes(value, side, words)}.",
        description=words["figure.one_side_about"].format(side=words.region(side)),
        heading=words["figure.sector"],
        measure=of_money(words["figure.output_unit"], language=words.language),
        rows=shown,
    )


def by_clause(value: Value, side: str, words: Wording) -> Waterfall:
    """What each clause is worth to a side, adding up to the whole deal; for an answer that holds it."""
    worth = value["by_clause"]
    steps = [(words.clause(one["id"]), one["sides"][side]["real_income_musd"]) for one in worth["clauses"]]
    unit = "figure.worth_unit_year" if worth.get("horizon") == "1y" else "figure.worth_unit"
    return Waterfall(
        title=f"{findings.worth(steps, side, words)}.",
        description=words["figure.worth_about"].format(side=words.region(side)),
        heading=words["figure.clause"],
        total=words["figure.whole"],
        side=hue(side),
        measure=of_money(words[unit], language=words.language),
        steps=steps,
    )


def clauses_for_both(value: Value, words: Wording) -> MirroredBars:
    """What each clause is worth, told for both sides on one scale; for an answer that holds it."""
    left, right = sides(value)
    worth = value["by_clause"]
    rows = [
        (words.clause(one["id"]), *(one["sides"][side]["real_income_musd"] for side in (left, right)))
        for one in worth["clauses"]
    ]
    unit = "figure.worth_unit_year" if worth.get("horizon") == "1y" else "figure.worth_unit"
    return MirroredBars(
        title=f"{words['brief.by_clause']}.",
        description=words["worths.about"],
        left=words.region(left),
        right=words.region(right),
        gain=words["figure.gain"],
        loss=words["figure.loss"],
        measure=of_money(words[unit], language=words.language),
        hues=(hue(left), hue(right)),
        rows=rows,
    )


def partners(value: Value, words: Wording) -> TileMap:
    """Every region's real income on the map of partners."""
    rows = [(side, value["sides"][side], hue(side)) for side in sides(value)]
    rows += [(row["country"], row, "third") for row in value["third_parties"]]
    tiles = tuple(
        Tile(code, words.region(code, row["name"]), row["real_income_change"], side) for code, row, side in rows
    )
    return TileMap(
        title=f"{findings.third_parties(value, words)}.",
        description=words["figure.third_about"],
        heading=words["figure.partner"],
        measure=of_percent(words["figure.third_unit"], language=words.language),
        tiles=tiles,
        grid=PARTNERS,
        slight=findings.SLIGHT,
        slight_words=_slight(words),
    )


def areas(value: Value, words: Wording) -> TileMap:
    """Every province's and state's output on their map, for an answer that holds them: estimates."""
    block = value["regions"]
    rows = [(country, row) for country, listed in block["countries"].items() for row in listed]
    tiles = (Tile(row["code"], row[words.language], row["output_percent"], hue(country)) for country, row in rows)
    unit = "figure.areas_unit_year" if block.get("horizon") == "1y" else "figure.areas_unit"
    return TileMap(
        title=f"{findings.areas(value, words)}.",
        description=words["figure.areas_about"],
        heading=words["figure.area"],
        measure=of_percent(words[unit], language=words.language),
        tiles=tuple(tiles),
        grid=PROVINCES_AND_STATES,
        slight=findings.SLIGHT,
        slight_words=_slight(words),
    )


def _slight(words: Wording) -> str:
    return words["figure.slight"].format(percent=percent(findings.SLIGHT, language=words.language, signed=False))


def _track(row: Row, words: Wording) -> Track:
    law, deal = reading.duties(row)
    return Track(
        name=f"{words.sector(row['sector'], row['sector_name'])} → {words.region(row['importer'])}",
        law=law,
        deal=deal,
        law_words=words.duty(law),
        deal_words=words.duty(deal),
        unit="fraction",
    )


def _moved(row: Row | None) -> float:
    return row["output_change_musd"] if row else 0.0
