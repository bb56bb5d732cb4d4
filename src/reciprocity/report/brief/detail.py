"""Behind the first page: sector by sector for both sides, everyone else, the law, and what each clause rests on."""

from __future__ import annotations

from reciprocity.report import charts, reading
from reciprocity.report.brief.page import Chapter, part, tongue
from reciprocity.report.clauses import in_words
from reciprocity.report.figures import Figure, figure
from reciprocity.report.markup import Markup, joined, linked, scrolled, table, tag
from reciprocity.report.numbers import number
from reciprocity.report.reading import Row, Value, sides
from reciprocity.report.wording import Wording

_SECTOR_COLUMNS = ("sector", "output_level", "output_change", "output_musd", "exports_musd", "imports_musd")
AREA_COLUMNS = ("area", "output_musd", "output_percent", "jobs_change", "jobs_percent")
"""Of the table of provinces and states."""
LAW_COLUMNS = ("sector", "importer", "exporter", "before", "after", "confidence", "measures")
"""Of the table of rates the deal would change."""


def section(value: Value, words: Wording, chapter: Chapter) -> Markup:
    """The pages behind the first one."""
    level = chapter.heading(1)
    return tag(
        "article",
        {"class": "sheet"},
        _by_clause(value, words, chapter),
        part(words["brief.sectors"], _sectors(value, words, chapter), level=level),
        _areas(value, words, chapter),
        part(words["brief.others"], _drawn(charts.partners(value, words), words, chapter), level=level),
        part(words["brief.law"], _law(value, words), level=level),
        part(words["brief.rests"], _grounds(value, words), level=level),
    )


def _drawn(drawn: Figure, words: Wording, chapter: Chapter, *, wide: int = 800) -> Markup:
    return figure(drawn, data=words["brief.data_table"], wide=wide, level=chapter.heading(2), mark=chapter.mark)


def _sectors(value: Value, words: Wording, chapter: Chapter) -> Markup:
    whole = charts.both_sides(value, words)
    if not whole.rows:
        return joined([tag("p", None, whole.title), *(_every_sector(value, side, words) for side in sides(value))])
    own = (_drawn(charts.one_side(value, side, words), words, chapter, wide=460) for side in sides(value))
    return joined(
        [
            _drawn(whole, words, chapter),
            tag("div", {"class": "pair"}, *own),
            *(_every_sector(value, side, words) for side in sides(value)),
        ]
    )


def _by_clause(value: Value, words: Wording, chapter: Chapter) -> Markup:
    """What each clause is worth to each side, where the answer holds it."""
    if not value.get("by_clause"):
        return Markup("")
    drawn = (_drawn(charts.by_clause(value, side, words), words, chapter, wide=460) for side in sides(value))
    said = tag("p", None, how_shared(value, words))
    return part(words["brief.by_clause"], said, tag("div", {"class": "pair"}, *drawn), level=chapter.heading(1))


def _areas(value: Value, words: Wording, chapter: Chapter) -> Markup:
    """Provinces and states, where the answer holds them, with what is estimated."""
    if not any(value.get("regions", {}).get("countries", {}).values()):
        return Markup("")
    notes = (tag("p", {"class": "source", "lang": tongue(note)}, note) for note in value["regions"]["notes"])
    tables = (_every_area(value, country, words) for country in value["regions"]["countries"])
    drawn = _drawn(charts.areas(value, words), words, chapter)
    return part(words["brief.areas"], drawn, *tables, *notes, level=chapter.heading(1))


def _every_area(value: Value, country: str, words: Wording) -> Markup:
    heading = words["brief.all_areas"].format(side=words.region(country))
    rows = [area_row(row, words) for row in value["regions"]["countries"][country]]
    drawn = table(heading, [words[f"column.{key}"] for key in AREA_COLUMNS], rows)
    return tag("details", {"class": "long"}, tag("summary", None, heading), scrolled(heading, drawn))


def area_row(row: Row, words: Wording) -> list[str]:
    """One province or state in words, by AREA_COLUMNS."""
    output, jobs = (number(row[key], language=words.language, signed=True) for key in
                    ("output_change_musd", "jobs_change"))  # fmt: skip
    return [row[words.language], output, words.percent(row["output_percent"]), jobs, words.percent(row["jobs_percent"])]


def how_shared(value: Value, words: Wording) -> str:
    """How the deal's gain was shared over its clauses."""
    shapley = value["by_clause"].get("method") == "shapley"
    return words["brief.by_order" if shapley else "brief.by_path"]


def _every_sector(value: Value, side: str, words: Wording) -> Markup:
    heading = words["brief.all_sectors"].format(side=words.region(side))
    rows = [_sector_row(row, words) for row in value["sectors"] if row["country"] == side]
    drawn = table(heading, [words[f"column.{key}"] for key in _SECTOR_COLUMNS], rows)
    return tag("details", {"class": "long"}, tag("summary", None, heading), scrolled(heading, drawn))


def _sector_row(row: Row, words: Wording) -> list[str]:
    changes = [
        number(row.get(key), language=words.language, signed=True)
        for key in ("output_change_musd", "exports_change_musd", "imports_change_musd")
    ]
    level = number(row["output_musd"], language=words.language)
    return [words.sector(row["sector"], row["name"]), level, words.percent(row.get("output_change")), *changes]


def _law(value: Value, words: Wording) -> Markup:
    rows = reading.changed_law(value)
    if not rows:
        return tag("p", None, words["brief.unchanged"])
    drawn = table(
        "",
        [words[f"column.{key}"] for key in LAW_COLUMNS],
        [law_row(row, words) for row in rows],
        numeric=range(3, 5),
        name="data law",
    )
    return scrolled(words["brief.law"], drawn)


def law_row(row: Row, words: Wording) -> list[str]:
    """One rate the deal would change, in words, by LAW_COLUMNS."""
    grade = words.confidence(row.get("confidence"))
    return [
        words.sector(row["sector"], row["sector_name"]),
        words.region(row["importer"]),
        words.region(row["exporter"]),
        *(words.duty(duty) for duty in reading.duties(row)),
        f"{grade}, {words['column.estimated']}" if row.get("estimated") else grade,
        ", ".join(row.get("measures") or ()),
    ]


def _grounds(value: Value, words: Wording) -> Markup:
    told = []
    for clause in value["deal"]["clauses"]:
        said = " ".join(str(clause[key]) for key in ("statement", "note") if clause.get(key))
        source = tag("span", {"class": "source"}, linked(clause.get("source")))
        told += [tag("dt", None, in_words(clause, words)), tag("dd", None, said, " ", source)]
    return tag("dl", {"class": "deals"}, *told) if told else tag("p", None, words["brief.no_clause"])
