"""The whole path: a deal and a day in, what it does to each side out."""

from __future__ import annotations

import json
from datetime import date

import pytest

from reciprocity.cli.root import build
from reciprocity.deal import Ban, CapTariff, Deal, Quota, SetTariff
from reciprocity.deal.cases import case_deals, find_deal
from reciprocity.errors import InputError
from reciprocity.flow import value

DAY = date(2025, 10, 8)


@pytest.fixture(scope="module")
def answers() -> dict[str, dict]:
    return {name: value(name, on=DAY).to_dict() for name in ("metals_for_energy", "cusma_as_written", "cusma_lapses")}


def clause(**changes) -> SetTariff:
    terms = {"id": "one", "kind": "tariff", "importer": "USA", "exporter": "CAN", "sector": "STEEL", "rate": 0.0}
    return SetTariff(**{**terms, "statement": "a test", "source": "a test", **changes})


def test_no_deal_changes_nothing():
    answer = value(Deal(title="nothing", sides=("CAN", "USA")), on=DAY)
    for one in answer.outcome.countries:
        assert abs(one.real_income_change) < 1e-12
        assert abs(one.real_wage_change) < 1e-12
    assert max(abs(one.output_change) for one in answer.outcome.sectors) < 1e-12


def test_a_clause_at_the_law_of_the_day_changes_nothing():
    """A ceiling above what is owed does not bind."""
    deal, _ = find_deal("metals_for_energy")
    loose = deal.clauses[0].model_copy(update={"rate": 4.0})
    answer = value(deal.model_copy(update={"clauses": (loose,)}), on=DAY)
    assert max(abs(one.real_income_change) for one in answer.outcome.countries) < 1e-12


def test_a_deal_of_clauses_at_the_law_of_the_day_changes_nothing_to_the_last_bit():
    """Solved twice, one world would differ by the rounding of sums, which is 1e-9 million USD of an American income."""
    answer = value("open_table", on=DAY)
    for horizon in ("1y", "long"):
        for country in answer.outcomes[horizon].countries:
            assert (country.real_income_change, country.real_income_musd, country.tariff_revenue_musd) == (0, 0, 0)


def test_the_order_of_clauses_is_irrelevant(answers):
    deal, _ = find_deal("metals_for_energy")
    turned = value(deal.model_copy(update={"clauses": deal.clauses[::-1]}), on=DAY)
    for code in ("CAN", "USA"):
        expected = answers["metals_for_energy"]["sides"][code]["real_income_change"]
        assert turned.outcome.country(code).real_income_change == pytest.approx(expected, abs=1e-11)


def test_the_answer_has_what_readers_of_its_json_need(answers):
    answer = answers["metals_for_energy"]
    assert {"on", "known", "deal", "sides", "third_parties", "sectors", "certificate", "provenance"} <= set(answer)
    assert set(answer["sides"]) == {"CAN", "USA"}
    for side in answer["sides"].values():
        assert {"real_income_change", "real_income_musd", "real_wage_change", "tariff_revenue_musd"} <= set(side)
    assert len(answer["third_parties"]) == 19
    assert len(answer["sectors"]) == 21 * 40
    assert {"title", "clauses"} <= set(answer["deal"])
    for key in ("economy_sha256", "regime_sha256", "deal_sha256"):
        assert len(answer["provenance"][key]) == 64
    json.dumps(answer, allow_nan=False)


def test_a_solve_is_short_and_says_how_exact_it_is(answers):
    for answer in answers.values():
        made = answer["certificate"]
        assert made["evaluations_before"] <= 20
        assert made["evaluations"] <= 20
        assert max(made["price_residual"], made["spending_residual"], made["wage_residual"]) < 1e-10
        assert made["error_estimate"] < 1e-9


def test_money_is_the_change_times_real_income(answers):
    for side in answers["cusma_as_written"]["sides"].values():
        assert side["real_income_musd"] == pytest.approx(side["real_income_change"] * side["income_musd"], rel=1e-12)


def test_free_access_to_the_american_market_is_worth_having(answers):
    """Signs a trade economist would insist on: Canada gains when duties on it end and loses when preference does."""
    assert answers["cusma_as_written"]["sides"]["CAN"]["real_income_change"] > 0
    assert answers["cusma_lapses"]["sides"]["CAN"]["real_income_change"] < 0
    metals = {row["sector"]: row for row in answers["metals_for_energy"]["sectors"] if row["country"] == "CAN"}
    assert metals["ALUM"]["output_change"] > 0.05
    assert metals["OILGAS"]["output_change"] > 0


def test_the_law_moves_with_the_day_and_with_what_was_known():
    later = value("cusma_as_written", on=date(2026, 9, 29))
    early = value("cusma_as_written", on=date(2025, 1, 2))
    assert abs(early.outcome.country("CAN").real_income_change) < 1e-4 < later.outcome.country("CAN").real_income_change


def test_two_deals_with_one_content_have_one_hash_and_one_answer():
    one = value(Deal(title="x", sides=("CAN", "USA"), clause=(clause(sector="STEEL"),)), on=DAY)
    two = value(Deal(title="x", sides=("Canada", "US"), clause=(clause(sector="acier"),)), on=DAY)
    assert one.provenance.deal_sha256 == two.provenance.deal_sha256
    assert one.outcome.country("CAN") == two.outcome.country("CAN")


def test_a_clause_on_law_that_is_not_held_says_so():
    with pytest.raises(InputError, match="no tariff law of MEX is held"):
        value(Deal(title="x", sides=("CAN", "MEX"), clause=(clause(importer="MEX"),)), on=DAY)


@pytest.mark.parametrize("name", sorted(case_deals()))
def test_every_case_has_its_expected_result_beside_it(name):
    """Expected results are a record of what changed: `just golden` rewrites them and the difference is the review."""
    path = case_deals()[name]
    for frozen in json.loads(path.with_suffix(".expected.json").read_text()):
        known = date.fromisoformat(frozen["known"]) if frozen["known"] else None
        answer = value(name, on=date.fromisoformat(frozen["on"]), known=known).to_dict()
        for code, side in frozen["sides"].items():
            for key, expected in side.items():
                assert answer["sides"][code][key] == pytest.approx(expected, rel=1e-6, abs=1e-9), (name, code, key)


def test_a_ban_is_told_as_one_in_strict_json():
    ban = Ban(
        id="none", kind="ban", importer="USA", exporter="CAN", sector="STEEL", statement="a test", source="a test"
    )
    answer = value(Deal(title="x", sides=("CAN", "USA"), clause=(ban,)), on=DAY).to_dict()
    row = next(row for row in answer["law"] if (row["importer"], row["sector"]) == ("USA", "STEEL"))
    assert (row["rate_after"], row["flow_equivalent_after"], row["banned_share_after"]) == (
        None,
        None,
        pytest.approx(1.0),
    )
    json.dumps(answer, allow_nan=False)
    assert answer["sides"]["CAN"]["real_income_change"] < 0


def test_a_quota_lies_between_the_law_and_a_ceiling_on_all_trade():
    terms = {"importer": "USA", "exporter": "CAN", "products": ("72",), "statement": "a test", "source": "a test"}
    terms |= {"measures": ("us.232.steel",), "rate": 0.1, "id": "one"}

    def steel(clause) -> float:
        rows = value(Deal(title="x", sides=("CAN", "USA"), clause=(clause,)), on=DAY, horizons=("long",)).to_dict()[
            "law"
        ]
        return next(row["rate_after"] for row in rows if (row["importer"], row["sector"]) == ("USA", "STEEL"))

    half, whole, ceiling = (
        steel(Quota(kind="quota", share=0.5, **terms)),
        steel(Quota(kind="quota", share=1.0, **terms)),
        steel(CapTariff(kind="cap", **terms)),
    )
    assert 0.4 > half > whole
    assert whole == pytest.approx(ceiling, abs=1e-3)


def test_a_quota_needs_one_quantity():
    terms = {"id": "one", "kind": "quota", "importer": "USA", "exporter": "CAN", "rate": 0.0}
    with pytest.raises(ValueError, match="no quantity"):
        Quota(**terms, statement="a test", source="a test")
    with pytest.raises(ValueError, match="given beside a share"):
        Quota(**terms, share=0.5, value_musd=10.0, statement="a test", source="a test")


class TestCommandLine:
    """What a person sees at the prompt."""

    def test_value_prints_the_pair_first(self, capsys):
        build()(["value", "metals_for_energy", "--on", "2025-10-08"], standalone_mode=False)
        shown = capsys.readouterr().out
        assert shown.splitlines()[0].startswith("Metals for energy · against the law of 2025-10-08")
        assert "unverified" in shown
        assert "Canada, in the long run: the sectors" in shown

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("value", "none.toml", "--on", "2025-10-08"), "none.toml: cannot be read"),
            (("value", "metals_for_enrgy", "--on", "2025-10-08"), "Did you mean 'metals_for_energy'"),
            (("value", "metals_for_energy", "--on", "8 October"), "--on: '8 October' is not a date"),
            (("value", "metals_for_energy", "--on", "2025-10-08", "--elasticities", "CP2014"), "Did you mean 'CP2015'"),
        ],
    )
    def test_bad_input_is_one_message_and_status_two(self, arguments, said, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(InputError) as caught:
            build()(list(arguments), standalone_mode=False)
        assert caught.value.exit_status == 2
        assert said in str(caught.value)
        assert list(tmp_path.iterdir()) == []

    def test_the_demo_writes_its_brief_and_asks_for_nothing(self, tmp_path, capsys):
        build()(["demo", "--out", str(tmp_path / "out")], standalone_mode=False)
        shown = capsys.readouterr().out
        assert shown.startswith("The situation on 2025-10-08")
        assert "Next: reciprocity value" in shown
        page = (tmp_path / "out" / "brief.html").read_text()
        assert page.startswith("<!doctype html>")
        assert "<script" not in page
        assert len(json.loads((tmp_path / "out" / "brief.json").read_text())) == 3


def test_a_clause_that_changes_no_duty_says_so():
    """The section 338 duties of August 2026 are in no law of October 2025; the duty on steel is."""
    idle = clause(id="later", sector=None, measures=("us.338",))
    deal = Deal(title="Two", sides=("CAN", "USA"), clauses=(idle, clause(id="steel")))
    answer = value(deal, on=DAY, horizons=("long",))
    said = [note for note in answer.notes if "changes no duty" in note]
    assert said == ["Clause 'later' changes no duty under the law of 2025-10-08."]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"measures": ("us.232.stel",)}, "Did you mean 'us.232.steel'?"),
        ({"sector": None, "products": ("7299",)}, "no line of the schedule begins with '7299'"),
        ({"sector": None, "products": ("s232_stel",)}, "is not a list or an HS prefix"),
    ],
)
def test_a_name_the_law_does_not_have_is_a_fault_of_its_clause(changes, words):
    with pytest.raises(InputError) as caught:
        value(Deal(title="Odd", sides=("CAN", "USA"), clauses=(clause(**changes),)), on=DAY)
    assert words in str(caught.value)
    assert "clause one" in str(caught.value)


MEXICO = """
title = "Another table"
sides = ["MEX", "USA"]
[[clause]]
id = "steel"
kind = "cap"
importer = "USA"
exporter = "MEX"
sector = "STEEL"
rate = 0.25
statement = "made up"
source = "made up"
"""


def test_a_deal_of_ones_own_has_what_was_said_between_its_sides_up_to_the_day(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(MEXICO.replace("MEX", "CAN"), encoding="utf-8")
    early, late = (value(file, on=day).to_dict()["said"] for day in (date(2025, 5, 5), date(2025, 10, 8)))
    assert early == []
    assert any("directed their teams to conclude this work" in one["words"] for one in late)
    assert all(one["date"] <= "2025-10-08" and one["source"] for one in late)
    assert [one["date"] for one in late] == sorted(one["date"] for one in late)


def test_other_sides_have_nothing_said_between_them(tmp_path):
    file = tmp_path / "other.toml"
    file.write_text(MEXICO, encoding="utf-8")
    answer = value(file, on=date(2025, 10, 8)).to_dict()
    assert answer["said"] == []
    assert answer["situation"] == []


@pytest.mark.parametrize(
    ("on", "words"), [("1999-10-08", "no act of USA before"), ("2035-10-08", "no act after"), ("2025-10-08", None)]
)
def test_a_day_the_acts_do_not_reach_says_so(on, words):
    answer = value("metals_for_energy", on=date.fromisoformat(on), horizons=("long",))
    said = [note for note in answer.notes if note.startswith("Law of")]
    assert (words in said[0]) if words else said == []
