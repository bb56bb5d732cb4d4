"""The acts against the law: each quote in its text, each row of the chronology accounted for, no two rows at odds."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reciprocity.regime import duty
from reciprocity.regime.act import ActFile, Measure, Rule
from reciprocity.regime.products import is_compiled

ROOT = Path(__file__).resolve().parents[2]
ACTS = ROOT / "src" / "reciprocity" / "regime" / "acts"
FAR = date(9999, 1, 1)


@cache
def acts() -> tuple[tuple[str, ActFile], ...]:
    """Every act, by file name."""
    return tuple(
        (path.name, ActFile.model_validate(tomllib.loads(path.read_text("utf-8"))))
        for path in sorted(ACTS.rglob("*.toml"))
    )


def rows() -> Iterator[tuple[str, ActFile, Measure | Rule]]:
    """Every measure and rule with its file."""
    for name, act in acts():
        for row in (*act.measure, *act.rule):
            yield name, act, row


def measure(identity: str) -> Measure:
    """A measure by id."""
    return next(row for _, _, row in rows() if row.id == identity and isinstance(row, Measure))


def plain(text: str) -> str:
    """A text with every run of white space made one space."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.shared
def test_every_quote_is_in_the_act_it_names(shared: Path) -> None:
    @cache
    def text(name: str) -> str:
        law = shared / "law" / "us" / name
        return plain((law if law.exists() else shared / name).read_text("utf-8"))

    missing = [
        (file, row.id, quote[:60])
        for file, act, row in rows()
        for source, quote in [
            *([(row.file or act.act.text, row.quote)] if row.quote else []),
            *((c.file, c.quote) for c in row.also),
        ]
        if source is None or plain(quote) not in text(source)
    ]
    assert missing == []


@pytest.mark.shared
def test_a_row_of_an_act_that_is_held_quotes_it(shared: Path) -> None:
    silent = [
        (file, row.id) for file, act, row in rows() if act.act.text and not row.quote and (row.confidence or "P") == "P"
    ]
    assert silent == []


@pytest.mark.shared
def test_every_row_of_the_chronology_is_in_the_book_or_left_out_with_a_reason(shared: Path) -> None:
    with (shared / "tariffs" / "measures_chronology.csv").open(encoding="utf-8") as handle:
        wanted = {row["measure_id"] for row in csv.DictReader(handle)}
    held = {one for _, _, row in rows() for one in row.chronology}
    left = {one.chronology for _, act in acts() for one in act.not_modelled}
    assert held - wanted == set()
    assert left - wanted == set()
    assert held & left == set()
    assert wanted - held - left == set()


def test_every_id_is_used_once() -> None:
    ids = Counter(
        row.id for _, act in acts() for row in (*act.measure, *act.rule, *act.list_, *act.partners, *act.quota)
    )
    assert [one for one, count in ids.items() if count > 1] == []


def test_no_row_ends_before_it_starts() -> None:
    for file, act, row in rows():
        known = row.known_from or act.act.published_on
        assert row.valid_to is None or row.valid_from < row.valid_to, (file, row.id)
        assert row.known_to is None or known < row.known_to, (file, row.id)
        assert row.end_known_from is None or row.valid_to is not None, (file, row.id)


def test_no_two_versions_of_one_measure_hold_on_one_day_as_known_on_one_day() -> None:
    """Rows of one programme, rank, conditions, partners and products with different rates never share a day."""
    groups: dict[tuple[object, ...], list[tuple[Measure, date]]] = {}
    for _, act, row in rows():
        if isinstance(row, Measure):
            goods = (tuple(row.products), tuple(row.except_products), tuple(row.exporters), tuple(row.except_exporters))
            key = (row.slot, row.rank, str(row.when), goods, row.importer)
            groups.setdefault(key, []).append((row, row.known_from or act.act.published_on))
    clashes = [
        (one.id, other.id)
        for group in groups.values()
        for place, (one, seen) in enumerate(group)
        for other, later in group[place + 1 :]
        if one.valid_from < (other.valid_to or FAR)
        and other.valid_from < (one.valid_to or FAR)
        and seen < (other.known_to or FAR)
        and later < (one.known_to or FAR)
    ]
    assert clashes == []


def test_every_list_named_is_defined() -> None:
    lists = {row.id for _, act in acts() for row in act.list_}
    partners = {row.id for _, act in acts() for row in act.partners}
    for file, _, row in rows():
        named = {*row.products, *getattr(row, "except_products", [])}
        assert {one for one in named if one != "all" and not one.isdigit() and not is_compiled(one)} <= lists, (
            file,
            row.id,
        )
        tokens = {*row.exporters, *getattr(row, "except_exporters", [])}
        assert {one for one in tokens if "." in one} <= partners, (file, row.id)


def test_rows_on_memory_or_one_page_say_where_they_were_read() -> None:
    for file, act in acts():
        assert act.act.text or act.act.source, file


# Each fault known in the compiled tables, and what the act says instead.

FAULTS: list[tuple[str, str, dict[str, object]]] = [
    *(
        (f"section 338, {kind}: as signed the start was 19 August", f"us.338.{kind}.as-signed",
         {"valid_from": date(2026, 8, 19), "known_to": date(2026, 8, 18)})
        for kind in ("alcohol", "dairy", "vehicles")
    ),
    *(
        (f"section 338, {kind}: 22 August became known on 18 August", f"us.338.{kind}.2026-08-22",
         {"valid_from": date(2026, 8, 22), "known_from": date(2026, 8, 18)})
        for kind in ("alcohol", "dairy", "vehicles")
    ),
    ("the Canada order as signed said 4 February", "us.ieepa.canada.25.as-signed",
     {"valid_from": date(2025, 2, 4), "known_to": date(2025, 2, 3), "rate": 0.25}),
    ("with 10% on energy", "us.ieepa.canada.energy.as-signed", {"valid_from": date(2025, 2, 4), "rate": 0.10}),
    ("upholstery, as known to December 2025", "us.232.upholstered.2026-01-01.as-signed",
     {"valid_from": date(2026, 1, 1), "rate": 0.30, "known_to": date(2025, 12, 31)}),
    ("cabinets, as known to December 2025", "us.232.cabinets.2026-01-01.as-signed",
     {"valid_from": date(2026, 1, 1), "rate": 0.50, "known_to": date(2025, 12, 31)}),
    ("the car credit begins on 5 April in the text of October 2025", "us.232.autos.offset.2030",
     {"valid_from": date(2025, 4, 5), "valid_to": date(2030, 5, 1), "counts": False}),
    ("in April 2025 it ended in two steps", "us.232.autos.offset.year-2",
     {"rate": 0.025, "valid_to": date(2027, 5, 1), "known_to": date(2025, 10, 17)}),
    ("aluminum: not Russia", "us.232.aluminum.2025-03-12", {"except_exporters": ["RUS"]}),
    ("Annex I-A: 10% for US metal in derivatives only", "us.232.metals.1a.us-metal.first",
     {"products": ["us.232.metals.1a-derivatives"], "rate": 0.10}),
    ("the emergency duties end on 20 February 2026", "us.ieepa.canada.35.2025-08-01", {"valid_to": date(2026, 2, 20)}),
    ("patented medicines: listed companies first", "us.232.pharma.listed", {"valid_from": date(2026, 7, 31)}),
    ("patented medicines: the others", "us.232.pharma.others", {"valid_from": date(2026, 9, 29)}),
    ("Annex I-C for CUSMA goods: a floor of 15%, no cap on content", "us.232.metals.1c.cusma",
     {"floor_total": 0.15, "share_min": 0.0, "basis": "non_us"}),
    ("drones: a third step", "us.232.uas.components.2027-02-09", {"valid_from": date(2027, 2, 9), "rate": 0.25}),
]  # fmt: skip


@pytest.mark.parametrize(("identity", "says"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_the_act_corrects_the_table(identity: str, says: dict[str, object]) -> None:
    row = measure(identity)
    assert {name: getattr(row, name) for name in says} == says
    assert row.quote


def test_the_start_of_4_march_is_known_from_the_pause() -> None:
    for known, rate in (("2025-02-02", 0.25), ("2025-02-03", 0.0)):
        assert canada("4819.10.00", "2025-02-10", known=known) == rate
    assert canada("4819.10.00", "2025-03-05", known="2025-02-03") == 0.25


def test_the_emergency_duty_ends_with_the_order_not_with_its_collection() -> None:
    assert canada("6109.10.00", "2026-02-19", cusma=False) == pytest.approx(0.165 + 0.35)
    assert canada("6109.10.00", "2026-02-20", cusma=False) == pytest.approx(0.165)
    assert canada("6109.10.00", "2026-02-24", cusma=False) == pytest.approx(0.165 + 0.10)


def test_each_change_of_the_order_of_programmes_has_its_own_day() -> None:
    starts = {row.id: row.valid_from for _, _, row in rows() if isinstance(row, Rule)}
    assert starts["us.stack.borders-over-metals"] == date(2025, 3, 4)
    assert starts["us.stack.metals-over-borders"] == date(2025, 6, 4)
    assert starts["us.stack.copper-content"] == date(2025, 8, 1)
    assert starts["us.stack.wood-over-borders"] == date(2025, 10, 14)
    assert starts["us.stack.vehicles-first.listed"] == date(2025, 11, 1)


def test_what_is_not_copper_owes_the_canada_order() -> None:
    """Proclamation 10962, clause 4: half copper at 50%, the other half at 35%."""
    facts = {"usmca_claimed": False, "metal_share": {"copper": 0.5}}
    found = duty(importer="USA", exporter="CAN", hs="7408.11.60", date="2025-08-01", facts=facts)
    assert found.rate == pytest.approx(0.03 + 0.5 * 0.5 + 0.5 * 0.35)


def test_all_three_section_338_acts_leave_section_232_goods_out_until_15_september() -> None:
    losers = [row for _, _, row in rows() if isinstance(row, Rule) and row.loser[0].startswith("us.338.")]
    assert {row.loser[0] for row in losers} == {"us.338.alcohol", "us.338.dairy", "us.338.vehicles"}
    assert all(row.valid_from == date(2026, 8, 19) for row in losers)
    assert all(row.valid_to is None for row in losers if row.loser == ["us.338.dairy"])
    assert all(row.valid_to == date(2026, 9, 15) for row in losers if row.loser != ["us.338.dairy"])


def test_forced_labour_is_known_from_the_memorandum_and_spares_cusma_goods() -> None:
    assert canada("6109.10.00", "2026-08-01", cusma=False, known="2026-07-22") == pytest.approx(0.165)
    assert canada("6109.10.00", "2026-08-01", cusma=False, known="2026-07-23") == pytest.approx(0.265)
    assert canada("6109.10.00", "2026-08-01") == 0.0


def test_canada_is_outside_the_quartz_safeguard() -> None:
    """Proclamation 11051, clause 2."""
    day = {"importer": "USA", "hs": "6810.99.0020", "date": "2026-08-20"}
    assert not any("quartz" in one.id for one in duty(exporter="CAN", **day).stack)
    assert any("quartz" in one.id and one.applies for one in duty(exporter="IND", **day).stack)


def test_the_new_derivatives_of_march_2025_start_on_a_notification() -> None:
    for identity in ("us.232.steel.derivative.2025-03-12", "us.232.aluminum.derivative.2025-03-12"):
        assert "notification" in (measure(identity).correction or "")


@pytest.mark.parametrize("code", ["3917.21.00", "8418.10.00", "9403.20.00"])
def test_civil_aircraft_codes_are_exempt_from_the_surcharge_only_as_aircraft_articles(code: str) -> None:
    day = {"importer": "USA", "exporter": "CHN", "hs": code, "date": "2026-05-01"}
    plainly = {one.slot for one in duty(**day).stack if one.applies and one.contribution}
    fitted = {one.slot for one in duty(**day, facts={"civil_aircraft": True}).stack if one.applies and one.contribution}
    assert "us.122" not in fitted
    assert "us.122" in plainly or "us.232.metals" in plainly


def test_steel_derivatives_are_there_before_august_2025() -> None:
    facts = {"usmca_claimed": True, "metal_share": {"steel": 0.6}}
    for hs, day, rate in (
        ("8431.49.90", "2025-05-01", 0.15),
        ("8450.11.00", "2025-06-22", 0.0),
        ("8450.11.00", "2025-06-23", 0.30),
    ):
        assert duty(importer="USA", exporter="CAN", hs=hs, date=day, facts=facts).rate == pytest.approx(rate)


def test_a_bare_heading_of_annex_1b_reaches_no_computer() -> None:
    found = duty(importer="USA", exporter="CAN", hs="8471.30.01", date="2026-05-01", facts={"usmca_claimed": True})
    assert found.rate == 0.0


def test_lines_moved_on_8_june_leave_annex_1b() -> None:
    for hs, before, after in (("8429.52.10", 0.25, 0.25), ("8432.10.00", 0.25, 0.15)):
        assert canada(hs, "2026-06-07") == pytest.approx(before)
        assert canada(hs, "2026-06-08") == pytest.approx(after)
    assert canada("8432.10.00", "2026-06-10", known="2026-05-20") == pytest.approx(0.25)


def test_unwrought_aluminum_is_aluminum() -> None:
    russia = duty(importer="USA", exporter="RUS", hs="7601.10.30", date="2026-05-01")
    assert any(one.id == "us.232.metals.russia" and one.applies for one in russia.stack)


def test_potash_pays_the_general_rate_for_three_days() -> None:
    assert canada("3104.20.00", "2025-03-06", cusma=False) == 0.25
    assert canada("3104.20.00", "2025-03-07", cusma=False) == 0.10


def canada(hs: str, day: str, *, cusma: bool = True, known: str | None = None) -> float:
    """The American duty on a Canadian good."""
    facts = {"usmca_claimed": cusma}
    return duty(importer="USA", exporter="CAN", hs=hs, date=day, known=known, facts=facts).rate
