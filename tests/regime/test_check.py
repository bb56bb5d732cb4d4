"""Bad books: every fault of every file at once, by file and key, and the old book untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from reciprocity.errors import InputError
from reciprocity.regime.book import shipped_book
from reciprocity.regime.check import check_files
from reciprocity.regime.compile import compile_acts

HEAD = """
[act]
id = "us.test"
title = "A test of the book"
kind = "proclamation"
citation = "none"
importer = "USA"
published_on = 2025-01-02
source = "a test"
confidence = "P"
"""


def measure(**fields: str) -> str:
    rows = {
        "id": '"us.test.one"',
        "name": '"Test"',
        "slot": '"us.test"',
        "kind": '"add"',
        "rate": "0.10",
        "products": '["7208"]',
        "exporters": '["CAN"]',
        "valid_from": "2025-01-10",
    } | fields
    return "\n[[measure]]\n" + "\n".join(f"{key} = {value}" for key, value in rows.items()) + "\n"


TABLE = "\n".join(
    line
    for line in measure(rates="{ JPN = 0.24, VNM = 0.46 }").splitlines()
    if line.split(" ")[0] not in ("rate", "exporters")
)


def faults(folder: Path, *files: str) -> list[str]:
    paths = []
    for number, text in enumerate(files):
        paths.append(folder / f"act{number}.toml")
        paths[-1].write_text(HEAD.replace("us.test", f"us.test{number or ''}") + text, encoding="utf-8")
    before = shipped_book()
    with pytest.raises(InputError) as told:
        check_files(paths)
    assert shipped_book() is before
    return [str(one) for one in told.value.faults]


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (measure(rate="25"), "measure[1].rate", "25 is not a fraction"),
        (measure(valid_to="2025-01-01"), "measure[1].valid_to", "is not after"),
        (measure() + measure(rate="0.2"), "measure[2].valid_from", "overlaps"),
        (measure() + measure(id='"us.test.two"', rate="0.2"), "measure[2].valid_from", "overlaps"),
        (measure(products='["us.no.such.list"]'), "measure[1].products", "is not a list"),
        (measure(exporters='["XXQ"]'), "measure[1].exporters", "is not a country"),
        (measure(products='["7200"]'), "measure[1].products", "is not in the schedule"),
        (
            measure(products='["us.t"]') + '\n[[list]]\nid = "us.t"\ntitle = "empty"\n',
            "measure[1].products",
            "holds no line",
        ),
        (measure(knd='"add"'), "measure[1].knd", "is not a key"),
        (measure(kind='"specific"'), "measure[1].amount", "is missing"),
        (measure(known_from="2025-05-01", known_to="2025-04-01"), "measure[1].known_to", "is not after"),
        ('\n[[list]]\nid = "us.t"\ntitle = "t"\nbase = ["no_list"]\n', "list[1].base", "is not a list"),
        (
            "".join(f'\n[[list]]\nid = "us.{a}"\ntitle = "t"\nbase = ["us.{b}"]\n' for a, b in ("ab", "ba")),
            "list[2].base",
            "goes round in a circle",
        ),
        (measure(when="{usmca_claimd = true}"), "measure[1].when", "Did you mean 'usmca_claimed'"),
        (measure(when='{us_content = ">> 3"}'), "measure[1].when.us_content", "is no condition"),
        (measure(quota='"nope"'), "measure[1].quota", "is not a quota"),
        (measure(floor_total="15"), "measure[1].floor_total", "15 is not a fraction"),
        (measure(rate="-0.1"), "measure[1].rate", "greater than or equal to 0"),
        (measure(share_min="0.9", share_max="0.1"), "measure[1].share_min", "is above share_max"),
        (measure(end_known_from="2025-05-01"), "measure[1].end_known_from", "Give valid_to too"),
        (measure(products='["72.08"]'), "measure[1].products", "Write it without points: '7208'"),
        (measure(rate='"ten"'), "measure[1].rate", "'ten'"),
        (
            '\n[[rule]]\nid = "us.r"\nwinner = ["us.122"]\nloser = ["us.122"]\nvalid_from = 2025-01-01\n',
            "rule[1].loser",
            "is the winner too",
        ),
        ('\n[[partners]]\nid = "us.p"\ntitle = "t"\nmembers = ["XXQ"]\n', "partners[1].members", "is not a country"),
        (measure(rates="{ JPN = 0.24 }"), "measure[1]", "give either exporters with one rate, or rates"),
        (TABLE.replace("0.24", "24"), "measure[1].rates", "24 is not a fraction"),
        (TABLE.replace("JPN", "XXQ"), "measure[1].exporters", "is not a country"),
    ],
)
def test_a_fault_is_named_by_file_and_key(tmp_path: Path, text: str, key: str, words: str) -> None:
    told = faults(tmp_path, text)
    assert any(f"act0.toml: {key}" in one and words in one for one in told), told


def test_an_importer_whose_law_is_not_held_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "act.toml"
    path.write_text(HEAD.replace('"USA"', '"FRA"') + measure(), encoding="utf-8")
    with pytest.raises(InputError, match=r"act\.importer: no tariff law of 'FRA' is held"):
        check_files([path])


def test_a_circle_of_precedence_is_a_fault(tmp_path: Path) -> None:
    slots = "".join(measure(id=f'"us.test.{n}"', slot=f'"us.{n}"') for n in ("a", "b", "c"))
    rules = "".join(
        f'\n[[rule]]\nid = "r.{w}"\nwinner = ["us.{w}"]\nloser = ["us.{l}"]\nvalid_from = 2025-01-10\n'
        for w, l in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    told = faults(tmp_path, slots + rules)
    assert any("circle" in one and "act0.toml: rule" in one for one in told), told


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        measure(rate="25"),
        measure(valid_to="2024-01-01") + measure(id='"x"', products='["no.list"]', exporters='["QQQ"]'),
        "\nnot toml at all [",
    )
    assert sum("act0.toml" in one for one in told) == 1
    assert sum("act1.toml" in one for one in told) == 3
    assert sum("act2.toml" in one for one in told) == 1


def test_one_book_with_every_fault_at_once_tells_them_all(tmp_path: Path) -> None:
    """A row with a fault of its own, even of its form, hides no other's."""
    told = faults(
        tmp_path,
        measure(rate="25")
        + measure(rate="0.2", valid_from="2025-02-01")
        + measure(id='"us.t.b"', slot='"us.t.b"', products='["us.no.such.list"]')
        + measure(id='"us.t.c"', slot='"us.t.c"', valid_to="2025-01-01")
        + measure(id='"us.t.d"', slot='"us.t.d"', products='["77777777"]')
        + measure(id='"us.t.e"', slot='"us.t.e"', products='["us.t.empty"]')
        + '\n[[list]]\nid = "us.t.empty"\ntitle = "over before it is used"\ninclude = ["7208"]\nvalid_to = 2025-01-05\n'
        + "".join(f'\n[[list]]\nid = "us.t.{a}"\ntitle = "t"\nbase = ["us.t.{b}"]\n' for a, b in ("xy", "yx"))
        + "".join(f'\n[[partners]]\nid = "us.p.{a}"\ntitle = "t"\nmembers = ["us.p.{b}"]\n' for a, b in ("xy", "yx"))
        + "".join(
            f'\n[[rule]]\nid = "us.r.{w}"\nwinner = ["{w}"]\nloser = ["{l}"]\nvalid_from = 2025-01-10\n'
            for w, l in (("us.test", "us.t.b"), ("us.t.b", "us.test"))
        ),
    )
    for key, words in (
        ("measure[1].rate", "25 is not a fraction"),
        ("measure[2].valid_from", "overlaps"),
        ("measure[3].products", "is not a list"),
        ("measure[4].valid_to", "is not after"),
        ("measure[5].products", "is not in the schedule"),
        ("measure[6].products", "holds no line"),
        ("list[2].base", "circle"),
        ("partners[1].members", "circle"),
        ("rule[1]", "circle: us.t.b gives way to us.test gives way to us.t.b"),
    ):
        assert any(f"act0.toml: {key}" in one and words in one for one in told), (key, told)
    assert len(told) == 11


def test_a_circle_that_a_later_rule_of_the_book_closes_is_a_fault(tmp_path: Path) -> None:
    """Metals outrank the surcharge from 6 April 2026: a rule the other way from January goes round from then."""
    rule = '\n[[rule]]\nid = "us.r"\nwinner = ["us.122"]\nloser = ["us.232.metals"]\nvalid_from = 2026-01-01\n'
    (told,) = faults(tmp_path, rule)
    assert "act0.toml: rule[1]: makes the rules go round in a circle: us.122" in told


def test_a_table_of_rates_is_a_row_for_each_rate(tmp_path: Path) -> None:
    (tmp_path / "act.toml").write_text(HEAD + TABLE.replace("}", ", KOR = 0.24 }"), encoding="utf-8")
    rows = {one.id: (one.rate, one.exporters) for one in compile_acts(tmp_path).measures}
    assert rows == {"us.test.one.24": (0.24, ("JPN", "KOR")), "us.test.one.46": (0.46, ("VNM",))}


def test_versions_known_one_after_the_other_do_not_overlap(tmp_path: Path) -> None:
    path = tmp_path / "act.toml"
    path.write_text(
        HEAD
        + measure(known_to="2025-03-01")
        + measure(rate="0.2", valid_from="2025-02-01", known_from="2025-03-01")
        + measure(id='"us.test.end"', slot='"us.t2"', valid_to="2025-06-01", end_known_from="2025-05-01"),
        encoding="utf-8",
    )
    assert check_files([path])["measures"] == 3


def test_the_shipped_book_has_no_fault() -> None:
    assert check_files([])["faults"] == 0


@pytest.mark.shared
def test_every_quote_of_the_shipped_book_is_in_its_text(shared: Path) -> None:
    assert check_files([], texts=shared / "law" / "us")["faults"] == 0


def test_the_compiled_acts_are_those_of_the_files(root: Path) -> None:
    """Run `python scripts/build_regime.py --acts` after an act changes."""
    import json

    folder = root / "src" / "reciprocity" / "regime"
    content = json.loads((folder / "data" / "acts.json").read_text(encoding="utf-8"))
    assert content["digest"] == compile_acts(folder / "acts").digest


def test_file_order_and_names_do_not_matter(tmp_path: Path) -> None:
    one, two = measure(), measure(id='"us.test.two"', slot='"us.b"')
    for folder, texts in (("ab", (one, two)), ("ba", (two, one))):
        (tmp_path / folder).mkdir()
        for n, text in enumerate(texts):
            number = 1 if text is one else 2
            head = HEAD.replace('"us.test"', f'"us.test{number}"')
            (tmp_path / folder / f"{n}.toml").write_text(head + text, encoding="utf-8")
    first, second = compile_acts(tmp_path / "ab"), compile_acts(tmp_path / "ba")
    assert first.measures == second.measures


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[act]\nid = 'us.x'\n", None], ids=["empty", "bytes", "bare", "absent"]
)
def test_a_file_that_is_no_act_is_one_clear_message(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "act.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as told:
        check_files([path])
    assert all("act.toml" in str(one) for one in told.value.faults)
