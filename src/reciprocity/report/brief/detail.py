"""Behind the first page: sector by sector for both sides, everyone else, and the law the deal would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reciprocity.report import findings
from reciprocity.report.brief.page import part
from reciprocity.report.figures import PARTNERS, Bars, MirroredBars, Tile, TileMap, figure, of_money, of_percent
from reciprocity.report.findings import HUES, LEFT, RIGHT, Value
from reciprocity.report.markup import Markup, joined, table, tag
from reciprocity.report.numbers import number
from reciprocity.report.wording import Wording

SHOWN = 10
"""Sectors in the mirrored picture."""
EACH_WAY = 5
"""Sectors a side's own picture shows among gainers, and among losers."""


def section(value: Value, words: Wording, *, place: int) -> Markup:
    """The pages behind the first one."""
    return tag(
        "article",
        {"class": "sheet"},
        part(words["brief.sectors"], _sectors(value, words, mark=f"deal-{place}")),
        part(words["brief.others"], _third_parties(value, words, mark=f"deal-{place}")),
        part(words["brief.law"], _law(value, words)),
    )


def both_sides(value: Value, words: Wording) -> MirroredBars:
    """The sectors that move most on either side, told for both."""
    moves = {side: {row["sector"]: row for row in value["sectors"] if row["country"] == side} for side in (LEFT, RIGHT)}
    codes = sorted(
        set(moves[LEFT]) | set(moves[RIGHT]),
        key=lambda code: -max(abs(_moved(moves[side], code)) for side in (LEFT, RIGHT)),
    )
    names = {row["sector"]: row["name"] for row in value["sectors"]}
    return MirroredBars(
        title=f"{findings.sectors(value, words)}.",
        description=words["figure.sectors_about"],
        left=words.region(LEFT),
        right=words.region(RIGHT),
        gain=words["figure.gain"],
        loss=words["figure.loss"],
        measure=of_money(words["figure.output_unit"], language=words.language),
        rows=[
            (words.sector(code, names[code]), _moved(moves[LEFT], code), _moved(moves[RIGHT], code))
            for code in codes[:SHOWN]
        ],
    )


def one_side(value: Value, side: str, words: Wording) -> Bars:
    """The sectors that gain most and lose most on one side."""
    rows = sorted(
        (row for row in value["sectors"] if row["country"] == side), key=lambda row: -row["output_change_musd"]
    )
    gains = [row for row in rows if row["output_change_musd"] >= findings.SLIGHT_MUSD][:EACH_WAY]
    losses = [row for row in rows if row["output_change_musd"] <= -findings.SLIGHT_MUSD][-EACH_WAY:]
    return Bars(
        title=f"{findings.extremes(value, side, words)}.",
        description=words["figure.one_side_about"].format(side=words.region(side)),
        heading=words["figure.sector"],
        measure=of_money(words["figure.output_unit"], language=words.language),
        rows=[
            (words.sector(row["sector"], row["name"]), row["output_change_musd"], HUES[side])
            for row in [*gains, *losses]
        ],
    )


def partners(value: Value, words: Wording) -> TileMap:
    """Every region's real income on the map of partners."""
    sides = [(side, value["sides"][side], hue) for side, hue in ((LEFT, "canada"), (RIGHT, "usa"))]
    rows = [*sides, *((row["country"], row, "third") for row in value["third_parties"])]
    tiles = tuple(
        Tile(code, words.region(code, row["name"]), row["real_income_change"], hue) for code, row, hue in rows
    )
    return TileMap(
        title=f"{findings.third_parties(value, words)}.",
        description=words["figure.third_about"],
        heading=words["figure.partner"],
        measure=of_percent(words["figure.third_unit"], language=words.language),
        tiles=tiles,
        grid=PARTNERS,
    )


def _sectors(value: Value, words: Wording, *, mark: str) -> Markup:
    data = words["brief.data_table"]
    return joined(
        [
            figure(both_sides(value, words), data=data, mark=mark),
            tag(
                "div",
                {"class": "pair"},
                *(figure(one_side(value, side, words), data=data, wide=460, mark=mark) for side in (LEFT, RIGHT)),
            ),
            *(
                tag(
                    "details",
                    {"class": "long"},
                    tag("summary", None, words["brief.all_sectors"].format(side=words.region(side))),
                    tag("div", {"class": "scroll"}, _every_sector(value, side, words)),
                )
                for side in (LEFT, RIGHT)
            ),
        ]
    )


def _every_sector(value: Value, side: str, words: Wording) -> Markup:
    head = [
        words[f"column.{key}"]
        for key in ("sector", "output_level", "output_change", "output_musd", "exports_musd", "imports_musd")
    ]
    rows = [_sector_row(row, words) for row in value["sectors"] if row["country"] == side]
    return table(words["brief.all_sectors"].format(side=words.region(side)), head, rows)


def _sector_row(row: Mapping[str, Any], words: Wording) -> list[str]:
    def plain(key: str, *, signed: bool = True) -> str:
        return number(row.get(key), language=words.language, signed=signed)

    return [
        words.sector(row["sector"], row["name"]),
        plain("output_musd", signed=False),
        words.percent(row.get("output_change")),
        plain("output_change_musd"),
        plain("exports_change_musd"),
        plain("imports_change_musd"),
    ]


def _third_parties(value: Value, words: Wording, *, mark: str) -> Markup:
    return figure(partners(value, words), data=words["brief.data_table"], mark=mark)


def _law(value: Value, words: Wording) -> Markup:
    changed = [row for row in value["law"] if row["rate_before"] != row["rate_after"]]
    if not changed:
        return tag("p", None, words["brief.unchanged"])
    head = [
        words[f"column.{key}"]
        for key in ("sector", "importer", "exporter", "before", "after", "confidence", "measures")
    ]
    rows = [
        (
            words.sector(row["sector"], row["sector_name"]),
            words.region(row["importer"]),
            words.region(row["exporter"]),
            words.rate(row["rate_before"]),
            words.rate(row["rate_after"]),
            words["column.estimated"] if row.get("estimated") else str(row.get("confidence") or "—"),
            ", ".join(row.get("measures") or ()),
        )
        for row in changed
    ]
    return tag("div", {"class": "scroll"}, table("", head, rows, numeric=range(3, 5), name="data law"))


def _moved(rows: Mapping[str, Mapping[str, Any]], code: str) -> float:
    return rows[code]["output_change_musd"] if code in rows else 0.0
