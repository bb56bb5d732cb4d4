"""Files that are not quite documents: a clear message or a clean read, and nothing runs."""

from __future__ import annotations

import os
import time
from importlib.util import find_spec

import pytest

from reciprocity.errors import InputError
from reciprocity.record.read import document_of, read_document, read_file, read_folder
from reciprocity.record.text import markup
from reciprocity.record.text.markup import read_page

STORY = "The minister said on Tuesday that “énergie” talks would resume in the coming weeks.\n"


def write(folder, data, name="story.txt"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 truncated", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path, data, words):
    with pytest.raises(InputError, match=words):
        read_file(write(tmp_path, data))


def test_an_absent_file_a_folder_and_a_wrong_date_have_their_messages(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "no.txt")
    with pytest.raises(InputError, match="--published"):
        read_file(write(tmp_path, STORY), published="8 October")
    with pytest.raises(InputError, match="no document"):
        read_folder(tmp_path / "none")


def test_a_pipe_is_refused_and_left_out_of_a_folder(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="a pipe"):
        read_file(tmp_path / "pipe.txt")
    write(tmp_path, STORY)
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    readings, faults = read_folder(tmp_path, published="2025-10-08")
    assert (len(readings), faults) == (1, ())


def test_direction_marks_hide_no_end_of_a_sentence():
    page = document_of("Roy said \u202e“lliw eW\u202c sign” on \u2066Tuesday\u2069. \u200f“We will sign,” she said.")
    assert [one.exact for one in read_document(page).statements][-1] == "“We will sign,”"


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match=r"50\.0 MB"):
        read_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
def test_the_same_story_is_read_from_any_encoding(tmp_path, encoding):
    reading = read_file(write(tmp_path, STORY.encode(encoding)), published="2025-10-08")
    assert reading.document.text == STORY
    assert [time.value for time in reading.times] == ["2025-10-07", "FUTURE_REF (weeks)"]


def test_text_cut_in_the_middle_of_a_letter_is_read_with_a_note(tmp_path):
    reading = read_file(write(tmp_path, STORY.encode()[:-2] + "é".encode()[:1]), published="2025-10-08")
    assert reading.statements
    assert any("could not be decoded" in notice for notice in reading.document.notices)


def test_a_zero_byte_is_shown_and_told_of(tmp_path):
    reading = read_file(write(tmp_path, STORY.replace("talks", "ta\x00ks")), published="2025-10-08")
    assert "ta\ufffdks" in reading.document.text
    assert any("could not be decoded" in notice for notice in reading.document.notices)
    assert reading.statements


def test_progress_tells_of_paragraphs_and_of_files(tmp_path):
    told = []
    document = document_of("Talks go on.\n\n" * 250)
    read_document(document, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 250), (100, 250), (200, 250)]
    for name in ("a.txt", "b.markdown"):
        write(tmp_path, STORY, name)
    told.clear()
    read_folder(tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]


def test_what_would_drive_a_terminal_is_written_out(tmp_path, record):
    path = write(tmp_path, "“We will \x1b[31mnot\u202e sign,” Lee said.\n")
    shown = record("read", path)
    assert "We will \\u001b[31mnot\\u202e sign" in shown


def test_two_encodings_in_one_file_are_both_read(tmp_path):
    reading = read_file(write(tmp_path, STORY.encode() + STORY.encode("cp1252")), published="2025-10-08")
    assert reading.document.text == STORY * 2
    assert reading.document.notices == ("3 bytes are not UTF-8 and were read as cp1252.",)


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad"])
def test_what_shows_nothing_does_not_split_a_word(tmp_path, mark):
    text = f"The min{mark}ister sa{mark}id talks go on.\n"
    (said,) = read_file(write(tmp_path, text)).statements
    assert (said.source.exact, said.cue.exact) == (f"The min{mark}ister", f"sa{mark}id")


def test_a_quote_that_is_never_closed_ends_where_its_speaker_is_named():
    first, second = read_document(
        document_of("“We will wait, the minister said.\n\nTalks “go on, Ann Roy said.")
    ).statements
    assert (first.exact, first.source.exact, first.words) == ("“We will wait", "the minister", ())
    assert second.source.exact == "Ann Roy"


def test_direction_marks_are_told_of_and_stay_in_the_text(tmp_path):
    text = "The minister said “we will \u202enot\u202c sign” on Tuesday.\n"
    reading = read_file(write(tmp_path, text), published="2025-10-08")
    assert reading.document.text == text
    assert any("direction marks" in notice for notice in reading.document.notices)


def test_without_a_date_nothing_is_guessed(tmp_path):
    reading = read_file(write(tmp_path, STORY, "2025-10-08-story.txt"))
    assert reading.document.published == ""
    assert all(time.value == "" or time.value.startswith("FUTURE") for time in reading.times)
    assert all(not time.window.earliest for time in reading.times)
    assert any("--published" in notice for notice in reading.document.notices)


PAGE = """<!DOCTYPE html><html><head><title>Steel talks</title>
<meta property="article:published_time" content="2025-09-12T10:00:00-04:00">
<script>document.write("the minister said she resigned")</script><style>p { content: "he said" }</style></head>
<body onload="alert(1)"><nav>Home Politics</nav><article><h1>Steel talks</h1>
<p>The minister said Friday that talks on steel &amp; aluminum would go on &ldquo;for as long as needed.&rdquo;</p>
<p>&ldquo;We will not rush,&rdquo; she told reporters.<script>evil()</script></p>
<p style="display:none">The premier said something hidden.</p></article>
<footer>&copy; 2025 The Paper</footer></body></html>"""


def test_a_page_is_read_without_its_scripts_and_furniture(tmp_path):
    reading = read_file(write(tmp_path, PAGE, "page.html"))
    document = reading.document
    assert (document.published, document.published_from, document.title) == ("2025-09-12", "metadata", "Steel talks")
    assert "resigned" not in document.text
    assert "evil" not in document.text
    assert "hidden" not in document.text
    assert "The Paper" not in document.clean
    assert [one.exact for one in reading.statements] == [
        "that talks on steel & aluminum would go on “for as long as needed.”",
        "“We will not rush,”",
    ]


def test_a_page_cut_short_is_read_to_where_it_ends(tmp_path):
    reading = read_file(write(tmp_path, PAGE[: PAGE.index("</p>")], "page.html"))
    assert len(reading.statements) == 1


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“",
        "'a ",
        ", said",
        "he said ",
        " and Bob",
        "if ",
        "Ottawa will sign if Washington will sign ",
        "Monday ",
        "<p>",
        "A: ",
        "(",
    ],
)
def test_a_page_of_one_piece_over_and_over_does_not_hang(piece):
    began = time.process_time()
    read_document(document_of(piece * (30_000 // len(piece)), published="2025-10-08"))
    assert time.process_time() - began < 5


TRANSCRIPT = """PRIME MINISTER TRUDEAU:  (In English.)  It is a pleasure to be here.

We will meet again in March.

PRESIDENT BIDEN:  Thank you very much.

Q    Mr. President, will there be a deal?

PRESIDENT BIDEN:  Yes.
"""


def test_a_transcript_is_read_by_turns():
    reading = read_document(document_of(TRANSCRIPT, published="2023-03-24"))
    assert reading.document.kind == "transcript"
    speakers = [one.speakers[0] for one in reading.statements]
    assert speakers[0] == speakers[1] == "justin_trudeau"
    assert speakers[2] == speakers[4] == "joe_biden"
    assert reading.statements[3].record == "unnamed"
    assert reading.statements[0].exact == "It is a pleasure to be here."


def test_a_folder_is_read_in_order_and_its_faults_are_told(tmp_path):
    write(tmp_path, STORY, "a.txt")
    write(tmp_path, PAGE, "b.html")
    write(tmp_path, b"%PDF-1.4", "c.txt")
    readings, faults = read_folder(tmp_path, published="2025-10-08")
    assert len(readings) == 2
    assert "PDF" in str(faults[0])


def test_official_texts_keep_their_date_and_kind(shared):
    folder = shared / "record" / "us_official"
    fact_sheet = read_file(next(folder.rglob("*2025-03-06-fact-sheet*.md")))
    assert (fact_sheet.document.published, fact_sheet.document.published_from) == ("2025-03-06", "front matter")
    assert fact_sheet.document.kind == "fact-sheet"
    joint = read_file(next(folder.rglob("*2025-10-26-joint-statement*malaysia*.md")))
    assert joint.document.kind == "joint-statement"
    assert any("Malaysia" in one.bound and one.strength == "firm" for one in joint.commitments)
    remarks = read_file(next(folder.rglob("*2023-03-24-remarks*.md")))
    assert remarks.document.kind == "transcript"
    assert {"joe_biden", "justin_trudeau"} <= {one.speakers[0] for one in remarks.statements if one.speakers}


STORY_PAGE = (
    "<!DOCTYPE html><html><head><title>Steel talks</title></head><body><article><h1>Steel talks</h1>"
    + "".join(
        f"<p>The minister said on day {day} that talks on steel would go on for another week.</p>" for day in range(9)
    )
    + "</article><p>Sign up for our letter.</p></body></html>"
)


@pytest.mark.skipif(find_spec("trafilatura") is None, reason="needs trafilatura (extra html)")
def test_what_trafilatura_leaves_out_is_kept_as_furniture():
    chosen = read_page(STORY_PAGE)
    assert chosen.extractor == "trafilatura"
    assert [words for words, _ in chosen.paragraphs][-1] == "Sign up for our letter."
    assert sum(kind == "body" for _, kind in chosen.paragraphs) >= 9


def test_a_page_needs_no_extra(monkeypatch):
    monkeypatch.setattr(markup, "find_spec", lambda _name: None)
    page = read_page(STORY_PAGE)
    assert page.extractor == "html.parser"
    assert sum(kind == "body" for _, kind in page.paragraphs) >= 9
