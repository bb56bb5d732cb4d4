"""Names people write find the code they mean, in two languages."""

from __future__ import annotations

import pytest

from reciprocity import labels
from reciprocity.errors import UnknownName


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("steel", "STEEL"),
        ("Acier", "STEEL"),
        ("lumber", "WOOD"),
        ("bois d'oeuvre", "WOOD"),
        ("C24A", "STEEL"),
        ("électricité", "POWER"),
    ],
)
def test_sectors(word, code):
    assert labels.sector(word).code == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("US", "USA"), ("etats-unis", "USA"), ("Hong Kong", "CHN"), ("FRA", "EU27"), ("UK", "GBR"), ("México", "MEX")],
)
def test_regions(word, code):
    assert labels.region(word).code == code


def test_one_agreement_three_names():
    assert {labels.bloc(name).code for name in ("CUSMA", "USMCA", "T-MEC", "ACEUM")} == {"CUSMA"}


def test_no_word_means_two_things():
    for rows in (labels.regions(), labels.sectors()):
        owners: dict[str, str] = {}
        for row in rows:
            for word in (row.code, row.en, row.fr, *row.aliases):
                assert owners.setdefault(labels.fold(word), row.code) == row.code


def test_a_typo_is_an_error_with_a_suggestion():
    with pytest.raises(UnknownName, match=r"'stel' is not a sector\. Did you mean 'steel'"):
        labels.sector("stel")
