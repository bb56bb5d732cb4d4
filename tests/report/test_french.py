"""What the program says of an answer and of the law is said in French, all of it, and nothing is lost on the way."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from reciprocity import flow
from reciprocity.deal.cases import case_deals
from reciprocity.deal.wording import PROGRAMMES
from reciprocity.regime import duty
from reciprocity.regime.book import shipped_book
from reciprocity.report.french import InEnglish, in_french, measure_in_french
from reciprocity.report.reading import in_language
from reciprocity.results import regions_block

FILES = {
    "sentences.toml": "reciprocity.report",
    "measures.toml": "reciprocity.report",
    "faults.toml": "reciprocity.web",
}
DAYS = (date(2025, 10, 8), date(2026, 9, 29))
GOODS = (
    "7208.10.15", "7601.10.30", "8703.23.01", "2709.00.20", "0406.10.02", "4407.11.00", "3004.90.92", "9403.60.80",
    "8708.29", "2711.21", "1701.14", "9801.00", "2402.20", "0702.00", "8541.43.00",
)  # fmt: skip
"""Duties by weight and by count, quotas, seasons, metals, vehicles, energy, medicines, wood, chapter 98."""


def catalogue(name: str) -> dict[str, str]:
    text = files(FILES[name]).joinpath("messages", name).read_text(encoding="utf-8")
    return tomllib.loads(text)["said"]


@pytest.mark.parametrize("name", FILES)
def test_the_french_fills_in_what_the_english_does(name):
    for english, french in catalogue(name).items():
        assert set(re.findall(r"\{\w+\}", french)) <= set(re.findall(r"\{\w+\}", english)), english
        assert not re.search(r"[^\u202f\u00a0][;:!?»%](?![\d/])", re.sub(r"\{\w+\}|`[^`]*`|https?:\S+", "x", french)), (
            french
        )


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", sorted(case_deals()))
def test_every_note_of_every_shipped_answer_is_in_french(name, day):
    found = flow.value(name, on=day)
    answer = {**found.to_dict(), "regions": regions_block(found.outcome, found.deal.sides, "long")}
    told = in_language(answer, "fr")
    said = [
        *told["notes"],
        *told["regions"]["notes"],
        *(one for row in told["law"] for one in row["estimated"] or ()),
        *(one for one in told["certificate"].values() if isinstance(one, str)),
    ]
    assert [one for one in said if isinstance(one, InEnglish)] == []
    assert len(told["notes"]) == len(answer["notes"])
    assert in_language(told, "fr") is told


def test_every_programme_that_people_have_a_name_for_has_one_in_french():
    assert [name for name in PROGRAMMES.values() if isinstance(measure_in_french(name), InEnglish)] == []


def test_every_measure_and_every_remark_on_a_list_is_in_french():
    book = shipped_book()
    names = {one.name for one in book.measures}
    remarks = {one.unverified for one in book.lists if one.unverified}
    assert names
    assert remarks
    assert [name for name in names if isinstance(measure_in_french(name), InEnglish)] == []
    assert [one for one in remarks if isinstance(in_french(one), InEnglish)] == []


@pytest.mark.parametrize("claimed", [True, False])
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("importer", "exporter"), [("USA", "CAN"), ("USA", "CHN"), ("USA", "RUS"), ("CAN", "USA")])
def test_every_reason_of_a_duty_is_in_french(importer, exporter, day, claimed):
    facts = {"usmca_claimed": True} if claimed else {}
    for hs in GOODS:
        found = duty(importer=importer, exporter=exporter, hs=hs, date=day, facts=facts)
        rows = (*found.stack, *found.near, *found.deposits)
        said = [*(one.reason for one in rows if one.reason), *found.flags]
        assert [one for one in said if isinstance(in_french(one), InEnglish)] == [], hs
        assert [one for one in rows if isinstance(measure_in_french(one.measure), InEnglish)] == [], hs


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("S232 autos (Japan, 15% all-in)", "S232 voitures (Japon, 15\u202f% en tout)"),
        ("CA surtax (2025-1) (in transit)", "CA surtaxe (2025-1) (en transit)"),
        ("IEEPA reciprocal (Korea: civil aircraft)", "IEEPA tarif réciproque (Corée\u202f: aéronefs civils)"),
    ],
)
def test_a_measures_name_is_told_part_by_part(english, french):
    assert measure_in_french(english) == french


def test_a_sentence_the_catalogue_lacks_stays_whole_and_says_that_it_is_english():
    for one in ("Cows may fly", "usmca_claimed is false, needs true; cows may fly"):
        assert in_french(one) == one
        assert isinstance(in_french(one), InEnglish)
    assert isinstance(measure_in_french("S232 cows (Japan)"), InEnglish)


def test_reasons_in_a_row_are_each_told():
    told = in_french("usmca_claimed is false, needs true; us_content is not said, needs > 0")
    assert (
        told
        == "usmca_claimed vaut non\u202f; il faudrait oui\u202f; us_content n’est pas précisé\u202f; il faudrait > 0"
    )
