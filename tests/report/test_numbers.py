"""Numbers as people read them: the rules of the two locales, asserted on their own characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reciprocity.report.numbers import ABSENT, day, money, number, percent, quantity, rate


@pytest.mark.parametrize(
    ("value", "digits", "language", "shown"),
    [
        (1234.5, 1, "en", "1,234.5"),
        (1234.5, 1, "fr", "1\u202f234,5"),
        (-1234567.0, 0, "en", "\u22121,234,567"),
        (-1234567.0, 0, "fr", "\u22121\u202f234\u202f567"),
        (float("nan"), 0, "en", ABSENT),
        (None, 0, "fr", ABSENT),
    ],
)
def test_number_follows_its_locale(value, digits, language, shown):
    assert number(value, digits=digits, language=language) == shown


@pytest.mark.parametrize(
    ("change", "language", "shown"),
    [
        (0.0031, "en", "+0.31%"),
        (0.0031, "fr", "+0,31\u202f%"),
        (-0.25, "en", "\u221225.00%"),
        (0.0, "en", "0.00%"),
        (-0.00002, "en", "\u22120.002%"),
        (0.0000004, "en", "0.00%"),
        (float("inf"), "en", ABSENT),
    ],
)
def test_percent_carries_its_sign(change, language, shown):
    assert percent(change, language=language) == shown


@pytest.mark.parametrize(
    ("musd", "language", "shown"),
    [
        (6200.0, "en", "+US$6.2\u00a0billion"),
        (-340.0, "en", "\u2212US$340\u00a0million"),
        (6200.0, "fr", "+6,2\u202fmilliards $\u00a0US"),
        (1500.0, "fr", "+1,5\u202fmilliard $\u00a0US"),
        (1960.0, "fr", "+2,0\u202fmilliards $\u00a0US"),
        (1940.0, "fr", "+1,9\u202fmilliard $\u00a0US"),
        (-340.0, "fr", "\u2212340\u202fmillions $\u00a0US"),
        (999.97, "en", "+US$1.0\u00a0billion"),
        (2_500_000.0, "en", "+US$2.5\u00a0trillion"),
        (2_500_000.0, "fr", "+2,5\u202fbillions $\u00a0US"),
        (0.0, "en", "US$0.0\u00a0million"),
    ],
)
def test_money_is_in_words(musd, language, shown):
    assert money(musd, language=language) == shown


@given(st.floats(-1, 1), st.sampled_from(["en", "fr"]))
def test_a_number_that_shows_as_zero_has_no_sign(change, language):
    shown = percent(change, language=language)
    nonzero = any(digit in shown for digit in "123456789")
    assert (shown[0] in "+\u2212") == nonzero


def test_rates_are_levels():
    assert rate(0.25) == "25%"
    assert rate(0.125) == "12.5%"
    assert rate(0.0) == "0%"
    assert rate(0.25, language="fr") == "25\u202f%"


def test_days_are_in_words():
    assert day("2025-10-08") == "October\u00a08, 2025"
    assert day("2025-10-01", language="fr") == "1er\u00a0octobre 2025"
    assert day("after the review") == "after the review"
    assert day(None) == ABSENT


def test_a_quantity_keeps_its_unit():
    assert quantity(0.25, "fraction") == "25%"
    assert quantity(830.0, "kb/d") == "830\u202fkb/d"
    assert quantity(6.6, "Mt", language="fr") == "6,6\u202fMt"
    assert quantity(None, "Mt") == ABSENT
