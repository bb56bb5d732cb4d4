"""The brief as a plain list of blocks, for files that are paged: PDF and Word read the same list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reciprocity.report import charts, findings, reading
from reciprocity.report.balance import balanced
from reciprocity.report.brief.closing import citation, facts, notes, quoted, said, versions
from reciprocity.report.brief.detail import AREA_COLUMNS, LAW_COLUMNS, area_row, how_shared, law_row
from reciprocity.report.brief.page import known
from reciprocity.report.clauses import against_law, in_words, waiting
from reciprocity.report.figures import Figure
from reciprocity.report.numbers import direction
from reciprocity.report.payers import certainty, first_year, payers, scientific
from reciprocity.report.reading import Value, sides
from reciprocity.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of a deal and begins a page."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a strong one tells the finding, a quiet one the day, a leading one stays with what follows."""

    words: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One side of the table."""

    name: str
    hue: str
    change: str
    money: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """Both sides, one beside the other."""

    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; columns from `words_to` on are numbers until `numbers_to`."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words_to: int = 1
    numbers_to: int = 99


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure drawn at a width, as so many per cent of the line."""

    figure: Figure
    width: int = 720
    share: int = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures, one beside the other where there is room."""

    drawings: tuple[Drawing, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to type."""

    words: str


Block = Heading | Paragraph | Items | Panels | Grid | Drawing | Pair | Code


_AREAS_SHOWN = 12
"""Provinces and states in the table on paper: those whose output moves most."""
_HALF = 420
"""Width of a figure that shares a line with another."""
_LAW_SHOWN = 6
"""Columns of the law on paper; the measures are too long for one."""


def title(values: Sequence[Value], words: Wording) -> str:
    """What the brief is called."""
    titles = list(dict.fromkeys(value["deal"]["title"] for value in values))
    return titles[0] if len(values) == 1 else words["compare.title"].format(count=len(titles))


def outline(values: Sequence[Value], words: Wording) -> list[Block]:
    """The whole brief, in order."""
    blocks: list[Block] = []
    if len(values) > 1:
        blocks += _comparison(values, words)
    for value in values:
        blocks += [*_front(value, words), *_detail(value, words)]
    return [*blocks, *_closing(values, words)]


def _comparison(values: Sequence[Value], words: Wording) -> list[Block]:
    blocks: list[Block] = [Heading(1, title(values, words))]
    for day in reading.days(values):
        group = [value for value in values if value["on"] == day]
        blocks.append(Heading(2, words["compare.day"].format(day=words.day(day))))
        blocks.append(Drawing(charts.by_deal(group, words)))
    blocks.append(Heading(2, words["brief.sure"]))
    return [*blocks, Items(tuple(certainty(values[0], words)))]


def _front(value: Value, words: Wording) -> list[Block]:
    deal = value["deal"]
    day = f"{words['brief.law_on'].format(day=words.day(value['on']))}, {known(value, words)}"
    told = tuple(
        " ".join(one for one in (in_words(row, words), against_law(row, words), waiting(row, words)) if one)
        for row in deal["clauses"]
    )
    return [
        Heading(1, deal["title"]),
        Paragraph(day, "quiet"),
        Paragraph(f"{findings.headline(value, words)}.", "strong"),
        *([Paragraph(str(deal["summary"]))] if deal.get("summary") else []),
        Panels(tuple(_panel(value, side, words) for side in sides(value))),
        Heading(2, words["brief.proposed"]),
        Items(told, numbered=True) if told else Paragraph(words["brief.no_clause"]),
        Heading(2, words["brief.pays"]),
        Items(tuple(payers(value, words))),
        *_balance(value, words),
        Heading(2, words["brief.sure"]),
        Items((*first_year(value, words), *certainty(value, words))),
    ]


def _balance(value: Value, words: Wording) -> list[Block]:
    said = balanced(value, words)
    if not said:
        return []
    rest = [Items(tuple(said[1:]))] if said[1:] else []
    return [Heading(2, words["brief.balance"]), Paragraph(said[0], "leading"), *rest]


def _areas(value: Value, words: Wording) -> list[Block]:
    """Provinces and states: the map, those that move most, and what is estimated."""
    if not any(value.get("regions", {}).get("countries", {}).values()):
        return []
    head = tuple(words[f"column.{key}"] for key in AREA_COLUMNS)
    rows = sorted(
        (row for listed in value["regions"]["countries"].values() for row in listed),
        key=lambda row: -abs(row["output_percent"]),
    )[:_AREAS_SHOWN]
    rows.sort(key=lambda row: -row["output_percent"])
    return [
        Heading(2, words["brief.areas"]),
        Drawing(charts.areas(value, words), 690, 78),
        Grid(head, tuple(tuple(area_row(row, words)) for row in rows)),
        Paragraph(" ".join(value["regions"]["notes"]), "quiet"),
    ]


def _panel(value: Value, side: str, words: Wording) -> Panel:
    row = value["sides"][side]
    change = row["real_income_change"]
    return Panel(
        name=words.region(side, row["name"]),
        hue=reading.hue(side),
        change=f"{direction(change)} {words.percent(change)}",
        money=words["side.a_year"].format(money=words.money(row["real_income_musd"])),
        lines=(
            words["side.unit_year" if value.get("horizon") == "1y" else "side.unit_long"],
            f"{words['side.real_wage']} {words.percent(row.get('real_wage_change'))}",
            f"{words['side.tariff_revenue']} {words.money(row.get('tariff_revenue_musd'))}",
        ),
    )


def _detail(value: Value, words: Wording) -> list[Block]:
    changed = reading.changed_law(value)
    head = tuple(words[f"column.{key}"] for key in LAW_COLUMNS[:_LAW_SHOWN])
    rows = tuple(tuple(law_row(row, words)[:_LAW_SHOWN]) for row in changed)
    law: list[Block] = (
        [Drawing(charts.rates(value, words)), Grid(head, rows, words_to=3, numbers_to=5)] if changed else []
    )
    worth: list[Block] = []
    if value.get("by_clause"):
        drawn = tuple(Drawing(charts.by_clause(value, side, words), _HALF) for side in sides(value))
        worth = [Heading(2, words["brief.by_clause"]), Paragraph(how_shared(value, words), "leading"), Pair(drawn)]
    return [
        *worth,
        Heading(2, words["brief.sectors"]),
        *_sectors(value, words),
        *_areas(value, words),
        Heading(2, words["brief.others"]),
        Drawing(charts.partners(value, words)),
        Heading(2, words["brief.law"]),
        *(law or [Paragraph(words["brief.unchanged"])]),
        Heading(2, words["brief.rests"]),
        Items(tuple(_ground(clause, words) for clause in value["deal"]["clauses"])),
    ]


def _sectors(value: Value, words: Wording) -> list[Block]:
    whole = charts.both_sides(value, words)
    if not whole.rows:
        return [Paragraph(whole.title)]
    return [Drawing(whole), Pair(tuple(Drawing(charts.one_side(value, side, words), _HALF) for side in sides(value)))]


def _ground(clause: reading.Row, words: Wording) -> str:
    said = " ".join(str(clause[key]) for key in ("statement", "note") if clause.get(key))
    return f"{in_words(clause, words)} {said} [{clause.get('source') or ''}]"


def _said(values: Sequence[Value], words: Wording) -> list[Block]:
    """What was said at the talks, on a page of its own."""
    told = tuple(f"{quoted(one, words)} [{one['source']}]" for one in said(values))
    if not told:
        return []
    return [Heading(1, words["brief.said"]), Paragraph(words["brief.said_about"], "leading"), Items(told)]


def _closing(values: Sequence[Value], words: Wording) -> list[Block]:
    certificate = words["brief.certificate"]
    return [
        *_said(values, words),
        Heading(2 if said(values) else 1, words["brief.situation"]),
        Items(
            tuple(f"{words.day(fact['date'])}. {fact['text']} [{fact.get('source') or ''}]" for fact in facts(values))
        ),
        Heading(2, words["brief.assumptions"]),
        Items(tuple(notes(values, words))),
        Heading(2, certificate),
        Grid(
            tuple(words[f"column.{key}"] for key in ("deal", "residual", "error", "evaluations", "closure")),
            tuple(
                (
                    value["deal"]["title"],
                    scientific(reading.residual(value)),
                    scientific(value["certificate"].get("error_estimate")),
                    str(value["certificate"].get("evaluations") or "—"),
                    str(value["certificate"].get("closure") or "—"),
                )
                for value in values
            ),
            numbers_to=4,
        ),
        Heading(2, words["brief.reproduce"]),
        Code("\n".join(dict.fromkeys(str(value["provenance"].get("command") or "") for value in values))),
        Code("\n\n".join(dict.fromkeys(str(value["provenance"].get("python_snippet") or "") for value in values))),
        Paragraph(" ".join(versions(values, words)), "quiet"),
        Heading(2, words["brief.citation"]),
        *(Paragraph(citation(value, words)) for value in values),
    ]
