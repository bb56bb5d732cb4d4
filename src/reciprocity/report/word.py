"""The brief as a Word file: the same blocks as on paper, every picture with words in its place."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reciprocity.report import outline
from reciprocity.report.extra import needs
from reciprocity.report.outline import Block, Code, Drawing, Grid, Heading, Items, Pair, Panels, Paragraph
from reciprocity.report.pdf import png
from reciprocity.report.reading import Value
from reciprocity.report.wording import wording

INK = {"canada": "A94600", "usa": "005F96", "other": "00694D"}
"""The hues of the sides on white paper, for programs that know no style sheet."""
_LANGUAGES = {"en": "en-CA", "fr": "fr-CA"}


def docx(values: Sequence[Value], *, language: str = "en") -> bytes:
    """The brief as the bytes of a .docx file."""
    words = wording(language)
    document = needs("docx", "docx").Document()
    document.core_properties.title = outline.title(values, words)
    document.core_properties.author = "Reciprocity"
    document.core_properties.language = _LANGUAGES[words.language]
    document.styles["Normal"].font.name = "Arial"
    blocks = outline.outline(values, words)
    for at, block in enumerate(blocks):
        if at and isinstance(block, Heading) and block.level == 1:
            document.add_page_break()
        _add(document, block)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(level, said):
            document.add_heading(said, level=level)
        case Paragraph(said, tone):
            paragraph = document.add_paragraph()
            paragraph.add_run(said).bold = tone == "strong"
            paragraph.paragraph_format.keep_with_next = tone == "leading"
        case Items(items, numbered):
            for item in items:
                document.add_paragraph(item, style="List Number" if numbered else "List Bullet")
        case Panels():
            _panels(document, block)
        case Grid():
            _grid(document, block)
        case Drawing():
            _picture(document, block)
        case Pair(drawings):
            for one in drawings:
                _picture(document, one)
        case Code(said):
            document.add_paragraph().add_run(said).font.name = "Consolas"


def _panels(document: Any, block: Panels) -> None:
    shared = needs("docx.shared", "docx")
    frame = document.add_table(rows=1, cols=len(block.panels))
    for cell, panel in zip(frame.rows[0].cells, block.panels, strict=True):
        first = cell.paragraphs[0].add_run(panel.name)
        first.bold, first.font.color.rgb = True, shared.RGBColor.from_string(INK[panel.hue])
        large = cell.add_paragraph().add_run(panel.change)
        large.bold, large.font.size = True, shared.Pt(20)
        cell.add_paragraph().add_run(panel.money).bold = True
        cell.add_paragraph("\n".join(panel.lines))


def _grid(document: Any, block: Grid) -> None:
    align = needs("docx.enum.text", "docx").WD_ALIGN_PARAGRAPH
    shared = needs("docx.shared", "docx")
    drawn = document.add_table(rows=0, cols=len(block.head), style="Table Grid")
    for row in (block.head, *block.rows):
        for at, (cell, said) in enumerate(zip(drawn.add_row().cells, row, strict=True)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(said)
            run.font.size, run.bold = shared.Pt(8.5), row is block.head
            if block.words_to <= at < block.numbers_to:
                paragraph.alignment = align.RIGHT
    repeated = drawn.rows[0]._tr.get_or_add_trPr()
    repeated.append(needs("docx.oxml", "docx").OxmlElement("w:tblHeader"))


def _picture(document: Any, block: Drawing) -> None:
    shared = needs("docx.shared", "docx")
    said = document.add_paragraph()
    said.add_run(block.figure.title).bold = True
    said.paragraph_format.keep_with_next = True
    wide = 6.0 if block.width > 600 else 4.8
    shape = document.add_picture(BytesIO(png(block.figure, block.width)), width=shared.Inches(wide))
    shape._inline.docPr.set("descr", f"{block.figure.title} {block.figure.description}")
