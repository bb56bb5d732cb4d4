"""Values of one's own in a published set: told in its name, of the named sectors alone, refused where they are none."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from reciprocity import flow
from reciprocity.economy import default, elasticities
from reciprocity.errors import InputError, UnknownName

DAY = date(2025, 10, 8)


def test_a_value_of_ones_own_is_of_its_sector_alone_and_told_in_the_name():
    published, own = elasticities("FGO2022"), elasticities(" FGO2022  STEEL=8 ALUM=5.50")
    assert own.name == "FGO2022 " + " ".join(f"{code}={own.own[code]:g}" for code in own.sectors if code in own.own)
    assert own.own == {"STEEL": 8.0, "ALUM": 5.5}
    assert own.published == published.name
    assert elasticities(own.name).name == own.name
    moved = [code for code, one, other in zip(own.sectors, own.theta, published.theta, strict=True) if one != other]
    assert set(moved) == {"STEEL", "ALUM"}
    assert published.own == {}
    economy = default(own.name)
    assert np.array_equal(economy.trade_elasticity, own.theta)


def test_a_value_that_is_the_sets_own_changes_nothing():
    published = elasticities("FGO2022")
    same = published.theta[published.sectors.index("STEEL")]
    assert elasticities(f"FGO2022 STEEL={float(same)!r}").name == "FGO2022"


def test_a_value_for_a_sector_that_was_filled_is_no_longer_filled():
    published = elasticities("FGO2022")
    code = published.filled[0]
    assert code not in elasticities(f"FGO2022 {code}=3").filled


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as caught:
        elasticities("FGO2022 STEAL=8 ALUM=much MACH=nan AUTO=900 =2 RUBPL")
    said = str(caught.value)
    for one in ("'STEAL' is not a sector", "'STEEL'", "'much' is not a number", "nan is not", "0.1 to 50", "'' is not"):
        assert one in said
    with pytest.raises(UnknownName, match="Did you mean"):
        elasticities("FGO202 STEEL=8")


def test_an_answer_with_ones_own_says_so_and_is_got_again_by_its_own_lines():
    answer = flow.value("metals_for_energy", on=DAY, elasticity_set="FGO2022 STEEL=30").to_dict()
    plain = flow.value("metals_for_energy", on=DAY, elasticity_set="FGO2022").to_dict()
    assert answer["sides"]["CAN"]["real_income_change"] != plain["sides"]["CAN"]["real_income_change"]
    assert "Elasticities set by hand, in place of the paper's: STEEL 30." in answer["notes"]
    assert "--elasticities 'FGO2022 STEEL=30'" in answer["provenance"]["command"]
    assert "--elasticities FGO2022 --json" in plain["provenance"]["command"]
    again: dict = {}
    snippet = answer["provenance"]["python_snippet"].replace("\nvalue(", "\nfound = value(")
    exec(snippet, again)  # noqa: S102 - the lines that the answer itself gives
    assert again["found"]["sides"] == answer["sides"]
