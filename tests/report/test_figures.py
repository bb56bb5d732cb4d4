"""Laws every figure holds: it is valid XML, told in words, its words stay inside, and its table has its numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reciprocity import labels
from reciprocity.report import figures
from reciprocity.report.figures.scale import fitted, ticks
from reciprocity.report.figures.svg import text_width

NAME = 'Steel <b> & "aluminum"'
PERCENT = figures.of_percent("% of real income")
MONEY = figures.of_money("US$ million")


def every_figure() -> list[figures.Figure]:
    said = {"title": f"Finding: {NAME}", "description": f"What is drawn: {NAME}"}
    tiles = (figures.Tile("CAN", NAME, 0.01, "canada"), figures.Tile("MEX", "Mexico", -0.002))
    tracks = [
        figures.Track(NAME, law=0.5, deal=0.25, law_words="50%", deal_words="25%", unit="fraction"),
        figures.Track("Crude", law=None, deal=830, law_words="—", deal_words="830 kb/d", unit="kb/d"),
    ]
    points = [
        figures.Point("law", 0.0, 0.0, "status_quo"),
        figures.Point("no deal", -0.002, -0.001, "threat_point"),
        figures.Point(NAME, 0.004, 0.001, "deal"),
    ]
    return [
        figures.MirroredBars(
            **said, left="Canada", right="United States", gain="gain", loss="loss",
            measure=MONEY, hues=("canada", "usa"),
            rows=[(NAME, 1200.0, -310.0), ("Oil", -5.5, 40.0)],
        ),
        figures.Bars(**said, heading="Sector", measure=MONEY, rows=[(NAME, 12.0, "canada"), ("Oil", -3.0, "usa")]),
        figures.Intervals(
            **said, columns=("Low", "Central", "High", "Walk away"), measure=PERCENT,
            rows=[figures.Band("Canada", "canada", 0.003, 0.001, 0.005, -0.001), figures.Band(NAME, "usa", -0.0004)],
        ),
        figures.Waterfall(
            **said, heading="Clause", total="Whole deal", side="canada", measure=PERCENT,
            steps=[(NAME, 0.003), ("Oil", -0.001)],
        ),
        figures.Tracks(**said, columns=("Clause", "Law", "Deal"), rows=tracks),
        figures.Frontier(
            **said, left="Canada", right="United States", better="better for both", measure=PERCENT,
            line=[(0.001, 0.003), (0.003, 0.002), (0.005, 0.0)], points=points,
        ),
        figures.TileMap(**said, heading="Partner", measure=PERCENT, tiles=tiles, grid=figures.PARTNERS),
        figures.Matrix(
            **said, corner="one more of", names=(NAME, "Oil"), foot=("Oil: one barrel",),
            blocks=[("Canada", "canada", [[-1.0, 0.034], [None, -1.0]]), ("United States", "usa", [[1, 2e5], [-3, 4]])],
        ),
    ]  # fmt: skip


EVERY = every_figure()
NAMES = [type(one).__name__ for one in EVERY]


@pytest.mark.parametrize("width", [350, 460, 800])
@pytest.mark.parametrize("drawn", EVERY, ids=NAMES)
def test_a_figure_is_told_in_words(drawn, width):
    tree = ET.fromstring(drawn.svg(width))  # noqa: S314
    names = {child.tag.split("}")[1]: child for child in tree}
    assert tree.get("role") == "img"
    assert names["title"].text == drawn.title
    assert names["desc"].text == drawn.description
    assert tree.get("aria-labelledby") == f"{names['title'].get('id')} {names['desc'].get('id')}"


@pytest.mark.parametrize("width", [350, 460, 800])
@pytest.mark.parametrize("drawn", EVERY, ids=NAMES)
def test_no_word_leaves_the_drawing(drawn, width):
    tree = ET.fromstring(drawn.svg(width))  # noqa: S314
    height = float(tree.get("height"))
    for word in tree.findall(".//{http://www.w3.org/2000/svg}text"):
        if float(word.get("x")) == 0 and word.get("text-anchor") == "middle":
            continue  # turned on its side, placed by its group
        wide = text_width(word.text or "", size=12)
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[word.get("text-anchor", "start")]
        left = float(word.get("x")) - share * wide
        assert left > -6, word.text
        assert left + wide < width + 6, word.text
        assert 0 < float(word.get("y")) < height + 1, word.text


@pytest.mark.parametrize("drawn", EVERY, ids=NAMES)
def test_a_table_has_what_the_figure_shows(drawn):
    rows = ET.fromstring(drawn.table()).findall("./tbody/tr")  # noqa: S314
    assert rows
    assert "Steel <b> & &quot;aluminum&quot;" not in drawn.table()
    assert any(NAME in "".join(row.itertext()) for row in rows)


@pytest.mark.parametrize("drawn", EVERY, ids=NAMES)
def test_a_drawing_alone_has_its_colours_written_out(drawn):
    alone = figures.standalone(drawn.svg(460))
    ET.fromstring(alone)  # noqa: S314
    assert "var(" not in alone
    assert "light-dark" not in alone


def test_zero_is_always_drawn():
    for drawn in EVERY[:4]:
        assert 'class="zero"' in drawn.svg(460)


def test_a_loss_differs_in_shape_from_a_gain():
    gain = figures.Bars("t", "d", "h", MONEY, [("a", 5.0, "canada")]).svg()
    loss = figures.Bars("t", "d", "h", MONEY, [("a", -5.0, "canada")]).svg()
    assert "pattern" not in gain
    assert "url(#" in loss


def mirrored(*rows: tuple[str, float, float]) -> figures.MirroredBars:
    return figures.MirroredBars("t", "d", "Canada", "United States", "gain", "loss", PERCENT, ("canada", "usa"), rows)


@pytest.mark.parametrize("width", [350, 600, 720])
def test_a_long_name_in_the_middle_is_told_whole(width):
    name = "Précédent : le plafond de 15 % de l’Union européenne, du Japon et de la Corée"
    drawn = mirrored((name, 0.01, 0.02), ("CUSMA", 0.01, -0.02)).svg(width)
    assert "…" not in drawn
    assert set(name.split()) <= set(re.sub("<[^>]*>", " ", drawn).split())


def test_a_loss_that_arithmetic_leaves_of_none_stands_where_a_gain_does():
    nothing, gain = mirrored(("a", 0.0, -1e-17)).svg(600), mirrored(("a", 0.0, 0.0)).svg(600)
    assert re.findall(r'<text [^>]*class="value halo">', nothing) == re.findall(r'<text [^>]*class="value halo">', gain)


def test_two_drawings_do_not_share_an_identity():
    names = [re.search(r'aria-labelledby="(\w+)-t', one.svg(width))[1] for one in EVERY for width in (350, 800)]
    assert len(set(names)) == len(names)


def test_every_region_has_a_tile():
    assert set(figures.PARTNERS) == {one.code for one in labels.regions()}
    assert len(set(figures.PARTNERS.values())) == len(figures.PARTNERS)


def test_every_province_and_state_has_a_tile():
    assert len(figures.PROVINCES_AND_STATES) == 13 + 50 + 1
    assert len(set(figures.PROVINCES_AND_STATES.values())) == 64


@given(
    st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=12),
    st.floats(200, 900),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_fitted_scale_keeps_every_bar_and_its_words_inside(values, room, leftward):
    start, end = (room, 0.0) if leftward else (0.0, room)
    scale = fitted(values, [50.0] * len(values), start, end)
    for value in values:
        beyond = 50.0 if (value >= 0) != leftward else -50.0
        assert -1e-6 * room - 1e-6 <= scale(value) + beyond <= room * (1 + 1e-6) + 1e-6


@given(st.floats(-1e6, 0), st.floats(1e-6, 1e6), st.integers(1, 8))
def test_ticks_are_inside_and_hold_zero(low, high, about):
    marked = ticks(low, high, about=about)
    assert 0.0 in marked
    assert all(low - 1e-6 * abs(low) <= tick <= high * (1 + 1e-6) for tick in marked)
