"""Goods on the days the acts name, worked by hand from their clauses: the day before, the day of, and as then known."""

from __future__ import annotations

import pytest

from reciprocity.regime import duty

CLAIMED = {"usmca_claimed": True}
NOT = {"usmca_claimed": False}
FROM_CANADA = [
    # product, day, as known on, facts, duty: the clause
    ("7606.12.30", "2025-03-12", None, CLAIMED, 0.25),  # Proclamation 10895 clause 2
    ("7208.10.15", "2025-04-20", "2025-05-05", NOT, 0.25),  # EO 14289 section 3(a)(ii), back to 4 March
    ("7208.10.15", "2025-06-04", None, NOT, 0.50),  # Proclamation 10947 clauses 1 and 5
    ("7326.90.86", "2025-05-01", None, CLAIMED | {"metal_share": {"steel": 0.8}}, 0.25),  # full value in chapter 73
    ("7326.90.86", "2026-03-01", None, NOT | {"metal_share": {"steel": 0.8}}, 0.029 + 0.40 + 0.02),  # 11012 clause 4
    ("8708.30.50", "2025-05-03", None, NOT, 0.275),  # 10908 clause 1
    ("8708.30.50", "2025-05-03", None, CLAIMED | {"knock_down_kit": True}, 0.25),  # 10908 clause 5
    ("8703.23.01", "2025-04-03", None, CLAIMED | {"us_content": 0.45}, 0.1375),  # 10908 clause 2
    ("8703.23.01", "2025-04-03", None, CLAIMED | {"us_content": 0.45, "us_content_approved": False}, 0.25),
    ("8703.23.01", "2025-04-03", None, NOT, 0.275),  # EO 14289 section 3(a)(i)
    ("8704.22.51", "2025-11-01", None, CLAIMED | {"us_content": 0.3}, 0.175),  # 10984 clause 2
    ("8704.22.51", "2025-11-01", None, CLAIMED | {"vehicle_age": 26}, 0.0),  # 10984 clause 10
    ("8702.90.31", "2025-11-01", None, NOT, 0.12),  # 10984 clause 1
    ("4407.11.00", "2025-10-14", None, NOT, 0.10),  # 10976 clause 6: not the Canada order as well
    ("9401.61.4011", "2026-06-01", "2025-10-30", CLAIMED, 0.30),  # 10976 clause 5 as signed
    ("9403.40.9060", "2027-01-01", None, CLAIMED, 0.50),  # as amended on 2025-12-31
    ("7408.11.60", "2025-08-01", None, CLAIMED | {"metal_share": {"copper": 0.95}}, 0.475),  # 10962 clause 4
    ("7408.11.60", "2026-04-06", None, CLAIMED | {"metal_share": {"copper": 0.95}}, 0.50),  # 11021 clause 1
    ("8504.23.00", "2026-05-01", None, CLAIMED, 0.15),  # 11021 clause 5(a)
    ("8429.52.10", "2026-06-07", None, CLAIMED | {"us_metal_weight_share": 0.9}, 0.25),  # 95% until then
    ("8429.52.10", "2026-06-07", None, CLAIMED | {"us_metal_weight_share": 0.96}, 0.10),  # 11021 clause 3(c)
    ("8429.52.10", "2026-06-08", None, NOT, 0.25),  # 11032 clause 2(a)
    ("8429.52.10", "2026-06-10", "2026-05-15", CLAIMED | {"us_content": 0.2}, 0.25),  # Annex I-B as then known
    ("4819.10.00", "2025-07-31", None, NOT, 0.25),
    ("4819.10.00", "2025-08-01", None, NOT, 0.35),  # EO of 2025-07-31 section 2
    ("4819.10.00", "2025-08-05", None, NOT | {"transshipped": True}, 0.40),  # its section 3
    ("3104.20.00", "2025-09-01", None, NOT, 0.10),  # its section 2(c) leaves potash alone
    ("4901.99.00", "2025-03-05", None, NOT, 0.0),  # EO 14193 section 2(j)
    ("8471.50.01", "2026-01-20", None, CLAIMED | {"gate": True}, 0.25),  # 11002 clause 3
    ("8471.50.01", "2026-01-20", None, CLAIMED | {"gate": True, "end_use": "data center"}, 0.0),
    ("6109.10.00", "2026-07-23", None, NOT, 0.265),  # section 122 to its last day
    ("6109.10.00", "2026-07-24", None, NOT, 0.265),  # section 301 from the next
    ("8471.30.01", "2026-05-01", None, NOT, 0.0),
    ("2208.30.30", "2026-08-22", None, CLAIMED, 0.50),  # Proclamation of 2026-08-18
    ("2208.30.30", "2026-08-25", None, NOT, 0.60),  # 'in addition to any other duties'
    ("2208.30.30", "2026-09-29", None, CLAIMED, float("inf")),  # the ban
    ("8711.50.00", "2026-09-28", None, CLAIMED, 0.50),  # on the vehicle list until the ban
    ("8711.50.00", "2026-09-29", None, CLAIMED, float("inf")),
    ("8703.23.01", "2026-08-25", None, NOT, 0.275),  # section 232 goods owe neither 301 nor 338
    ("8806.21.00", "2026-09-03", None, CLAIMED, 0.25),  # 11055 clause 1(b)
    ("8806.24.00", "2026-09-03", None, CLAIMED, 1.0),  # 11055 clause 1(a)
]
INTO_CANADA = [
    ("USA", "7208.10", "2026-09-07", None, CLAIMED, 0.25),
    ("USA", "7208.10", "2026-09-08", None, CLAIMED, 0.50),
    ("USA", "7208.10", "2026-09-10", "2026-08-20", CLAIMED, 0.25),
    ("USA", "7606.12", "2025-03-12", None, CLAIMED, 0.0),
    ("USA", "7606.12", "2025-03-13", None, CLAIMED, 0.25),
    ("USA", "2009.12", "2025-03-04", None, CLAIMED, 0.25),
    ("USA", "2009.12", "2025-09-01", None, CLAIMED, 0.0),
    ("USA", "8703.23", "2025-04-08", None, CLAIMED, 0.0),
    ("USA", "8703.23", "2025-04-09", None, NOT, 0.25),
    ("USA", "8703.23", "2025-06-01", None, CLAIMED | {"non_ca_mx_content": 0.5}, 0.125),
    ("USA", "8703.23", "2025-06-01", None, CLAIMED | {"in_remission_quota": True}, 0.0),
    ("USA", "7318.15", "2025-12-26", None, CLAIMED, 0.25),  # one metals surtax, not two
    ("DEU", "7318.15", "2025-12-25", None, {}, 0.0),
    ("DEU", "7318.15", "2025-12-26", None, {}, 0.25),
    ("DEU", "7208.10", "2025-12-26", None, {"in_quota": False}, 0.50),
    ("IND", "7208.10", "2025-07-31", None, {"melt_origin": "CHN"}, 0.25),
    ("CHN", "8703.80", "2025-06-01", None, {}, 1.0),
    ("CHN", "7208.10", "2024-10-21", None, {}, 0.0),
    ("CHN", "7208.10", "2024-10-22", None, {}, 0.25),
]


@pytest.mark.parametrize(("hs", "day", "known", "facts", "rate"), FROM_CANADA)
def test_a_canadian_good_entering_the_united_states(
    hs: str, day: str, known: str | None, facts: dict[str, object], rate: float
) -> None:
    found = duty(importer="USA", exporter="CAN", hs=hs, date=day, known=known, facts=facts)
    assert found.rate == pytest.approx(rate, abs=1e-9)


@pytest.mark.parametrize("question", INTO_CANADA, ids=[" ".join(map(str, row[:3])) for row in INTO_CANADA])
def test_a_good_entering_canada(question: tuple[str, str, str, str | None, dict[str, object], float]) -> None:
    exporter, hs, day, known, facts, rate = question
    found = duty(importer="CAN", exporter=exporter, hs=hs, date=day, known=known, facts=facts)
    assert found.rate == pytest.approx(rate, abs=1e-9)
