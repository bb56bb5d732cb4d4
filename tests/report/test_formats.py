"""The brief on paper, in Word, on slides and in a workbook: opened again with the formats' own readers."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reciprocity.cli.brief import app
from reciprocity.errors import InputError
from reciprocity.report import formats
from reciprocity.report.brief import closing
from reciprocity.report.figures import Bars, of_money
from reciprocity.report.wording import wording
from report import synthetic

pytest.importorskip("typst", reason="the extra `report` is not installed")


@pytest.fixture(scope="module", params=["en", "fr"])
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("brief")
    formats.write(synthetic.three(), folder, formats=list(formats.FORMATS), language=request.param)
    return folder


def test_every_form_is_written(made):
    assert {path.suffix for path in made.glob("[!.]*")} == {f".{name}" for name in formats.FORMATS}


def test_the_pdf_is_accessible_by_its_own_word(made):
    content = (made / "brief.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert b"pdfuaid" in content
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content


def test_the_pdf_is_the_same_twice(tmp_path):
    from reciprocity.report.pdf import pdf

    assert pdf([synthetic.answer()]) == pdf([synthetic.answer()])


def test_every_picture_in_word_has_words(made):
    import docx

    document = docx.Document(str(made / "brief.docx"))
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told
    assert all(told)
    assert document.paragraphs[0].style.name == "Heading 1"


def test_every_chart_on_a_slide_has_words_and_numbers(made):
    from pptx import Presentation

    show = Presentation(str(made / "brief.pptx"))
    charts = [shape for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert charts
    for shape in charts:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
    first = charts[0].chart
    assert list(first.plots[0].series[0].values) == [-0.0142, 0.0087, 0.0031]
    assert all(slide.shapes.title.text_frame.text for slide in show.slides)


def sheets(path):
    with zipfile.ZipFile(path) as book:
        return [book.read(name).decode() for name in sorted(book.namelist()) if "worksheets/sheet" in name]


def test_the_workbook_has_formulas_that_agree_with_what_they_show(made):
    answer, clauses = sheets(made / "brief.xlsx")[:2]
    assert re.findall(r"<f>(SUM[^<]*)</f><v>([^<]*)</v>", clauses)[0] == ("SUM(E2:E4)", "3100.0")
    cells = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*>(?:<f>[^<]*</f>)?<v>([^<]*)</v>', answer))
    formulas = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>', answer))
    assert formulas["F2"] == "D2*E2"
    for place, formula in formulas.items():
        one, sign, other = re.fullmatch(r"([A-Z]+\d+)([*+])([A-Z]+\d+)", formula).groups()
        left, right = float(cells[one]), float(cells[other])
        assert float(cells[place]) == pytest.approx(left * right if sign == "*" else left + right, rel=1e-12)
    assert float(cells["F2"]) == pytest.approx(0.0031 * 1.95e6)


def test_what_people_wrote_is_no_formula_and_no_markup(tmp_path):
    value = synthetic.answer()
    value["deal"]["title"] = '=HYPERLINK("http://x")'
    value["deal"]["clauses"][0]["words"] = "#set page(width: 1pt) $x$ <b>*bold*</b> [link]"
    value["notes"] = ['=cmd|" /C calc"!A0']
    formats.write([value], tmp_path, formats=list(formats.FORMATS))
    for sheet in sheets(tmp_path / "brief.xlsx"):
        assert "HYPERLINK" not in "".join(re.findall(r"<f>[^<]*</f>", sheet))
        assert "cmd" not in "".join(re.findall(r"<f>[^<]*</f>", sheet))


def test_all_wrong_forms_are_told_at_once():
    with pytest.raises(InputError) as told:
        formats.check(["htm", "pdf", "odt"], language="en")
    assert len(told.value.faults) == 2
    assert "Did you mean 'html'?" in str(told.value)


def test_a_missing_extra_is_one_clear_message(monkeypatch, tmp_path):
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(InputError, match=r"reciprocity\[report\]"):
        formats.write([synthetic.answer()], tmp_path, formats=["html", "pdf"])
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_what_is_asked(tmp_path):
    done = CliRunner().invoke(
        app, ["metals_for_energy", "--on", "2025-10-08", "--format", "html,xlsx", "--out", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.glob("[!.]*")} == {"brief.html", "brief.xlsx"}


def test_a_drawing_as_png():
    from reciprocity.report.pdf import png

    drawn = Bars("t", "d", "h", of_money("US$ million"), [("a", 5.0, "canada"), ("b", -3.0, "usa")])
    content = png(drawn, 460)
    assert BytesIO(content).read(8) == b"\x89PNG\r\n\x1a\n"


def test_every_form_tells_what_was_said_in_its_own_words(made):
    import docx
    from pptx import Presentation

    slides = " ".join(
        shape.text_frame.text
        for slide in Presentation(str(made / "brief.pptx")).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )
    document = " ".join(one.text for one in docx.Document(str(made / "brief.docx")).paragraphs)
    cells = zipfile.ZipFile(made / "brief.xlsx").read("xl/sharedStrings.xml").decode()
    page = (made / "brief.html").read_text(encoding="utf-8")
    for told in (slides, document, cells, page):
        assert synthetic.QUOTE in told
        assert "A minister" in told
        assert "meet again" in told
    assert 'href="javascript:' not in page


def test_slides_tell_what_page_and_paper_tell(made):
    from pptx import Presentation

    from reciprocity.report.wording import wording

    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(made / "brief.pptx")).slides]
    language = "fr" if any("Ce qui" in title for title in titles) else "en"
    words = wording(language)
    for key in ("proposed", "by_clause", "pays", "sure", "rests", "said", "assumptions", "reproduce", "citation"):
        assert any(words[f"brief.{key}"] in title for title in titles), key


@pytest.mark.parametrize(
    ("named", "out", "expected"),
    [
        ("", "out", ["html"]),
        ("", "talks/brief.pdf", ["pdf"]),
        ("PDF, html,pdf", "talks", ["pdf", "html"]),
        ("docx", "note.docx", ["docx"]),
        ("", "v1.2", ["html"]),
    ],
)
def test_the_forms_asked_for_are_those_named_or_what_the_file_ends_in(named, out, expected):
    assert formats.asked(named, Path(out)) == expected


def test_one_file_is_written_where_it_is_asked_for_and_a_folder_of_that_name_stays_a_folder(tmp_path):
    file, folder = tmp_path / "talks" / "one.html", tmp_path / "kept.html"
    folder.mkdir()
    assert formats.write([synthetic.answer()], file, formats=formats.asked("", file)) == [file]
    assert formats.write([synthetic.answer()], folder, formats=["html"]) == [folder / "brief.html"]


def test_a_file_of_one_form_is_not_asked_for_in_another():
    with pytest.raises(InputError, match=r"brief\.pdf is one file, and --format asks for html"):
        formats.asked("html", Path("brief.pdf"))


def test_a_long_list_goes_over_as_many_slides_as_it_needs(tmp_path):
    many = [f"Note {at}: " + "what this answer rests on " * 8 for at in range(40)]
    formats.write([synthetic.answer() | {"notes": many}], tmp_path, formats=["pptx"])
    pptx = pytest.importorskip("pptx")
    slides = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in pptx.Presentation(str(tmp_path / "brief.pptx")).slides
    ]
    told = [texts for texts in slides if re.search(r"\(\d+/\d+\)$", texts[0])]
    assert len(told) > 3
    assert all(one in "\n".join(text for texts in told for text in texts) for one in many)
    assert max(len(text) for texts in told for text in texts) <= 2400


def test_reasons_that_differ_in_names_are_told_once():
    value = synthetic.answer()
    rests = "rests on measures that are not verified"
    value["law"] = [
        {**value["law"][0], "estimated": reasons}
        for reasons in ([f"{rests}: a, b"], [f"{rests}: b, c", "metal by average"], ["metal by average"])
    ]
    told = [one for one in closing.notes([value], wording("en")) if "verified" in one or "metal" in one]
    assert told == [f"Rates of the law, estimated: {rests}: a, b, c.", "Rates of the law, estimated: metal by average."]
