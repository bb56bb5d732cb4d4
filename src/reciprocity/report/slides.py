"""The brief as slides: the answer first, then charts that PowerPoint can edit, each with words in its place."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reciprocity.report import charts, findings, outline, reading
from reciprocity.report.balance import balanced
from reciprocity.report.brief.closing import citation, notes, quoted, said, solved, versions
from reciprocity.report.clauses import against_law, in_words
from reciprocity.report.extra import needs
from reciprocity.report.payers import certainty, payers
from reciprocity.report.reading import Row, Value, hue, sides
from reciprocity.report.word import INK
from reciprocity.report.wording import Wording, wording

_TITLE_ONLY, _TITLE_AND_BODY = 5, 1
_PERCENT, _MONEY = '+0.00%;"−"0.00%;0', '+#,##0;"−"#,##0;0'
_WIDE, _HIGH = 12.3, 5.4
"""Inches of the slide a chart may fill."""
_MOST_LETTERS = 2400
"""Letters on a slide of items, 60 for each item's own line."""


def pptx(values: Sequence[Value], *, language: str = "en") -> bytes:
    """The brief as the bytes of a .pptx file."""
    words = wording(language)
    show = needs("pptx", "pptx").Presentation()
    inches = needs("pptx.util", "pptx").Inches
    show.slide_width, show.slide_height = inches(13.333), inches(7.5)
    show.core_properties.title = outline.title(values, words)
    show.core_properties.author = "Reciprocity"
    for day in reading.days(values) if len(values) > 1 else ():
        drawn = charts.by_deal([value for value in values if value["on"] == day], words)
        named = [(drawn.left, drawn.hues[0]), (drawn.right, drawn.hues[1])]
        held = words["compare.day"].format(day=words.day(day))
        _chart(show, drawn, named, percent=True, before=f"{held}{words.colon} ")
    for value in values:
        _deal(show, value, words)
    _bullets(show, words["brief.said"], [quoted(one, words) + f" [{one['source']}]" for one in said(values)])
    _bullets(show, words["brief.assumptions"], notes(values, words))
    for value in values:
        _bullets(show, words["brief.reproduce"], _redone(value, words))
    _bullets(show, words["brief.citation"], [citation(value, words) for value in values])
    buffer = BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def _redone(value: Value, words: Wording) -> list[str]:
    """How well the answer is solved, and the lines that give it again."""
    made = value["provenance"]
    lines = (str(made[key]) for key in ("command", "python_snippet") if made.get(key))
    return [solved(value, words), *lines, *versions([value], words)]


def _deal(show: Any, value: Value, words: Wording) -> None:
    left, right = sides(value)
    _answer(show, value, words)
    _bullets(show, words["brief.proposed"], [_told(clause, words) for clause in value["deal"]["clauses"]])
    if value.get("by_clause"):
        worth = charts.clauses_for_both(value, words)
        _chart(show, worth, [(worth.left, hue(left)), (worth.right, hue(right))], percent=False)
    drawn = charts.both_sides(value, words)
    if drawn.rows:
        _chart(show, drawn, [(drawn.left, hue(left)), (drawn.right, hue(right))], percent=False)
    _bullets(show, words["brief.pays"], payers(value, words))
    _bullets(show, words["brief.balance"], balanced(value, words))
    _bullets(show, words["brief.sure"], certainty(value, words))
    _bullets(show, words["brief.rests"], [_ground(clause, words) for clause in value["deal"]["clauses"]])


def _told(clause: Row, words: Wording) -> str:
    """A clause in words, and against the law."""
    return " ".join(one for one in (in_words(clause, words), against_law(clause, words)) if one)


def _ground(clause: Row, words: Wording) -> str:
    return f"{words.clause(clause['id'])}{words.colon} {clause.get('statement') or ''} [{clause.get('source') or ''}]"


def _answer(show: Any, value: Value, words: Wording) -> None:
    """Both sides' numbers, one beside the other."""
    util = needs("pptx.util", "pptx")
    slide = _slide(show, f"{value['deal']['title']}. {findings.headline(value, words)}.")
    day = words["compare.day"].format(day=words.day(value["on"]))
    for at, side in enumerate(sides(value)):
        row = value["sides"][side]
        box = slide.shapes.add_textbox(
            util.Inches(0.6 + 6.2 * at), util.Inches(2.2), util.Inches(5.8), util.Inches(3.2)
        )
        frame = box.text_frame
        frame.word_wrap = True
        money = words["side.a_year"].format(money=words.money(row["real_income_musd"]))
        lines = (
            (words.region(side, row["name"]), 28),
            (words.percent(row["real_income_change"]), 60),
            (money, 24),
            (day, 16),
        )
        for place, (line, size) in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = line, util.Pt(size), place < 2
            if place == 0:
                run.font.color.rgb = needs("pptx.dml.color", "pptx").RGBColor.from_string(INK[hue(side)])


def _chart(
    show: Any, drawn: charts.MirroredBars, series: list[tuple[str, str]], *, percent: bool, before: str = ""
) -> None:
    """The two sides as bars that can be edited; the finding is the slide's title."""
    data = needs("pptx.chart.data", "pptx").CategoryChartData(number_format=_PERCENT if percent else _MONEY)
    data.categories = [row[0] for row in reversed(drawn.rows)]
    for at, (name, _) in enumerate(series, start=1):
        data.add_series(name, [row[at] for row in reversed(drawn.rows)])
    util = needs("pptx.util", "pptx")
    kind = needs("pptx.enum.chart", "pptx")
    slide = _slide(show, f"{before}{drawn.title}")
    frame = slide.shapes.add_chart(
        kind.XL_CHART_TYPE.BAR_CLUSTERED,
        util.Inches(0.5),
        util.Inches(1.7),
        util.Inches(_WIDE),
        util.Inches(_HIGH),
        data,
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{drawn.title} {drawn.description}")
    chart = frame.chart
    chart.has_legend, chart.has_title = True, False
    chart.legend.position, chart.legend.include_in_layout = kind.XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size = util.Pt(12)
    chart.category_axis.tick_label_position = kind.XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.has_title = True
    chart.value_axis.tick_labels.number_format = _PERCENT if percent else _MONEY
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, 0
    chart.value_axis.axis_title.text_frame.text = drawn.measure.unit
    colour = needs("pptx.dml.color", "pptx").RGBColor
    for one, (_, side) in zip(chart.plots[0].series, series, strict=True):
        one.invert_if_negative = False
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = colour.from_string(INK[side])
    chart.plots[0].has_data_labels = True
    chart.plots[0].data_labels.font.size = util.Pt(10)
    chart.plots[0].data_labels.number_format_is_linked = True


def _bullets(show: Any, heading: str, items: Sequence[str]) -> None:
    """Items on as many slides as they need."""
    parts = _slides(items)
    for at, part in enumerate(parts, start=1):
        _page(show, f"{heading} ({at}/{len(parts)})" if len(parts) > 1 else heading, part)


def _slides(items: Sequence[str]) -> list[list[str]]:
    """Items in parts that fit a slide each; an item that fits none has one of its own."""
    parts: list[list[str]] = []
    for item in items:
        if parts and _letters([*parts[-1], item]) <= _MOST_LETTERS:
            parts[-1].append(item)
        else:
            parts.append([item])
    return parts


def _page(show: Any, heading: str, items: Sequence[str]) -> None:
    util = needs("pptx.util", "pptx")
    slide = _slide(show, heading, layout=_TITLE_AND_BODY)
    body = slide.placeholders[1]
    body.left, body.top, body.width, body.height = (
        util.Inches(0.5),
        util.Inches(1.6),
        util.Inches(_WIDE),
        util.Inches(_HIGH),
    )
    for at, item in enumerate(items):
        paragraph = body.text_frame.paragraphs[0] if at == 0 else body.text_frame.add_paragraph()
        paragraph.text = item
        paragraph.font.size = util.Pt(_size(items))


def _size(items: Sequence[str]) -> int:
    """Points at which the items fit a slide."""
    letters = _letters(items)
    return next((points for points, most in ((20, 900), (16, 1500), (13, _MOST_LETTERS)) if letters <= most), 11)


def _letters(items: Sequence[str]) -> int:
    return sum(map(len, items)) + 60 * len(items)


def _slide(show: Any, heading: str, *, layout: int = _TITLE_ONLY) -> Any:
    util = needs("pptx.util", "pptx")
    slide = show.slides.add_slide(show.slide_layouts[layout])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (
        util.Inches(0.5),
        util.Inches(0.4),
        util.Inches(_WIDE),
        util.Inches(1.1),
    )
    title.text_frame.text = heading
    title.text_frame.word_wrap = True
    title.text_frame.paragraphs[0].font.size = util.Pt(28)
    title.text_frame.paragraphs[0].font.bold = True
    title.text_frame.paragraphs[0].alignment = needs("pptx.enum.text", "pptx").PP_ALIGN.LEFT
    return slide
