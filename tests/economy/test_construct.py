"""An economy is checked at the door, and the same economy comes in by every door."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from economies import random_economy
from reciprocity import Economy, InputError, solve
from reciprocity.economy.economy import ARRAYS
from reciprocity.errors import UnbalancedTable


def shares_of(economy: Economy) -> dict[str, np.ndarray]:
    names = [name for name in ARRAYS if name != "expenditure"]
    return {name: getattr(economy, name).copy() for name in names}


def values_of(economy: Economy) -> dict:
    """The input-output table behind a random economy."""
    flow = economy.trade_share * economy.expenditure[:, None, :] / (1 + economy.tariff)
    output = flow.sum(axis=0)
    inputs = economy.input_share * output[:, None, :]
    return {
        "regions": economy.regions,
        "sectors": economy.sectors,
        "trade": flow,
        "tariffs": economy.tariff.copy(),
        "intermediate": inputs,
        "final": economy.expenditure - inputs.sum(axis=2),
        "value_added": economy.value_added_share * output,
        "theta": economy.trade_elasticity.copy(),
    }


def tables_of(values: dict) -> dict[str, pd.DataFrame]:
    regions, sectors = values["regions"], values["sectors"]

    def long(array: np.ndarray, columns: list[str], axes: list, value: str = "value") -> pd.DataFrame:
        index = pd.MultiIndex.from_product(axes, names=columns)
        return pd.DataFrame({value: array.ravel()}, index=index).reset_index().sample(frac=1, random_state=0)

    route, account = ["importer", "exporter", "sector"], ["country", "sector"]
    use = ["country", "input_sector", "using_sector"]
    return {
        "trade": long(values["trade"], route, [regions, regions, sectors]),
        "tariffs": long(values["tariffs"], route, [regions, regions, sectors], "rate").query("rate > 0"),
        "intermediate": long(values["intermediate"], use, [regions, sectors, sectors]),
        "final": long(values["final"], account, [regions, sectors]),
        "value_added": long(values["value_added"], account, [regions, sectors]).sort_index(),
        "theta": pd.DataFrame({"sector": sectors, "trade_elasticity": values["theta"]}),
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_door_leads_to_the_same_economy(seed: int) -> None:
    economy = random_economy(seed)
    values = values_of(economy)
    doors = [
        Economy.from_shares(**shares_of(economy)),
        Economy.from_arrays(**values),
        Economy.from_arrays(**values, convention="ratio of two solves"),
        Economy.from_tables(**tables_of(values)),
    ]
    for other in doors:
        for name in ARRAYS:
            np.testing.assert_allclose(getattr(other, name), getattr(economy, name), rtol=1e-11, atol=1e-11)


def test_values_without_tariffs_in_them_are_told_apart() -> None:
    values = values_of(random_economy(0))
    mark_up = (values["trade"] * (1 + values["tariffs"])).sum(axis=1) / values["trade"].sum(axis=1)
    values["intermediate"] = values["intermediate"] / mark_up[:, :, None]
    values["final"] = values["final"] / mark_up
    values["value_added"] = values["trade"].sum(axis=0) - values["intermediate"].sum(axis=1)
    with pytest.raises(UnbalancedTable):
        Economy.from_arrays(**values)
    basic = Economy.from_arrays(**values, valuation="basic")
    np.testing.assert_allclose(solve(basic).welfare_hat, 1.0, atol=1e-12)


def test_a_transposed_trade_array_is_caught() -> None:
    values = values_of(random_economy(1))
    values["trade"] = values["trade"].transpose(1, 0, 2)
    with pytest.raises(UnbalancedTable, match="transposed"):
        Economy.from_arrays(**values)
    with pytest.raises(UnbalancedTable, match="transposed"):
        Economy.from_arrays(**values, convention="ratio of two solves")


@pytest.mark.parametrize(
    ("name", "axes", "word"),
    [("trade_share", (1, 0, 2), "transposed"), ("input_share", (0, 2, 1), "transposed")],
)
def test_transposed_shares_are_caught(name: str, axes: tuple[int, ...], word: str) -> None:
    shares = shares_of(random_economy(1))
    if name == "input_share":  # value added at a common share, so that only the sums can tell
        shares["value_added_share"] = np.full((4, 3), 0.5)
        shares["input_share"] *= 0.5 / shares["input_share"].sum(axis=1, keepdims=True)
    shares[name] = shares[name].transpose(axes)
    with pytest.raises(InputError, match=word):
        Economy.from_shares(**shares)


def test_all_faults_come_at_once() -> None:
    shares = shares_of(random_economy(1))
    shares["trade_elasticity"] = 1.0 / np.array([5.0, 8.0, 10.0])
    shares["tariff"] = 100.0 * shares["tariff"]
    shares["value_added"][2] = -1.0
    shares["consumption_share"] *= 1.5
    shares["deficit"] += 3.0
    with pytest.raises(InputError) as caught:
        Economy.from_shares(**shares)
    text = str(caught.value)
    for word in ("trade_elasticity", "1/theta", "tariff", "value_added[2]", "consumption_share", "deficit"):
        assert word in text
    assert len(caught.value.faults) == 5


def test_shapes_and_holes_are_told_together() -> None:
    shares = shares_of(random_economy(1))
    shares["tariff"] = shares["tariff"][:2]
    shares["value_added"][0] = np.nan
    with pytest.raises(InputError) as caught:
        Economy.from_shares(**shares)
    assert len(caught.value.faults) == 2


def test_shares_of_inputs_are_told_from_shares_of_output() -> None:
    shares = shares_of(random_economy(1))
    shares["input_share"] /= shares["input_share"].sum(axis=1, keepdims=True)
    with pytest.raises(InputError, match="multiply by 1 - value_added_share"):
        Economy.from_shares(**shares)


def test_gross_rates_are_refused() -> None:
    shares = shares_of(random_economy(1))
    shares["tariff"] += 1.0
    with pytest.raises(InputError, match="subtract 1"):
        Economy.from_shares(**shares)


def test_long_tables_name_what_they_do_not_know() -> None:
    tables = tables_of(values_of(random_economy(1)))
    tables["trade"] = tables["trade"].replace({"exporter": {"R3": "R33"}})
    tables["final"] = tables["final"].rename(columns={"value": "amount"})
    with pytest.raises(InputError) as caught:
        Economy.from_tables(**tables)
    assert "'R33'" in str(caught.value)
    assert "final.value" in str(caught.value)


def test_words_where_numbers_belong_are_told() -> None:
    tables = tables_of(values_of(random_economy(1)))
    tables["final"] = tables["final"].astype({"value": object})
    tables["final"].iloc[3, 2] = "n/a"
    with pytest.raises(InputError, match=r"final\.value"):
        Economy.from_tables(**tables)


def test_categories_of_final_use_are_added_up() -> None:
    values = values_of(random_economy(1))
    split = np.stack([0.25 * values["final"], 0.75 * values["final"]], axis=2)
    economy = Economy.from_arrays(**{**values, "final": split})
    np.testing.assert_allclose(economy.expenditure, random_economy(1).expenditure, rtol=1e-12)


def test_an_entry_that_stands_twice_is_refused() -> None:
    tables = tables_of(values_of(random_economy(1)))
    tables["trade"] = pd.concat([tables["trade"], tables["trade"].head(1)])
    with pytest.raises(InputError, match="twice"):
        Economy.from_tables(**tables)


def test_an_economy_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValueError, match="read-only"):
        random_economy(0).tariff[0, 1, 0] = 0.5


def test_a_deficit_that_leaves_nothing_to_spend_is_refused() -> None:
    shares = shares_of(random_economy(1))
    shares["deficit"] = np.array([2.0, -2.0, 0.0, 0.0]) * shares["value_added"][1]
    with pytest.raises(InputError, match="negative spending"):
        Economy.from_shares(**shares)
