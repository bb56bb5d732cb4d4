"""The shipped economy closes, says what it is, and says no to what is not one."""

from __future__ import annotations

import io
from importlib.resources import files

import numpy as np
import pytest

from reciprocity import labels
from reciprocity.economy import default, elasticities, elasticity_names, identities, read_table, shipped_table, small
from reciprocity.economy.economy import Economy
from reciprocity.economy.identities import SHIPPED_TOLERANCE, require
from reciprocity.economy.table import ARRAYS, parse_table
from reciprocity.errors import InputError, UnbalancedTable, UnknownName

DATA = files("reciprocity.economy").joinpath("data")


def base_residuals(economy: Economy) -> tuple[float, float]:
    """Spending and wage residuals of the base, written out from the equations and not from the solver."""
    flow = economy.trade_share / (1 + economy.tariff) * economy.expenditure[:, None, :]
    output = flow.sum(axis=0)
    revenue = (flow * economy.tariff).sum(axis=(1, 2))
    income = economy.value_added + revenue + economy.deficit
    spending = np.einsum("nkj,nj->nk", economy.input_share, output) + economy.consumption_share * income[:, None]
    wages = (economy.value_added_share * output).sum(axis=1)
    return (
        float(np.abs(spending / economy.expenditure - 1).max()),
        float(np.abs(wages / economy.value_added - 1).max()),
    )


@pytest.mark.parametrize("economy", [default(), small()], ids=["21x40", "5x10"])
def test_the_base_is_an_equilibrium(economy):
    assert max(base_residuals(economy)) < 1e-12
    assert np.abs(economy.trade_share.sum(axis=1) - 1).max() < 1e-14
    assert np.abs(economy.input_share.sum(axis=1) + economy.value_added_share - 1).max() < 1e-14
    assert np.abs(economy.consumption_share.sum(axis=1) - 1).max() < 1e-14
    assert abs(economy.deficit.sum()) < 1e-9 * economy.value_added.sum()


@pytest.mark.parametrize(
    ("sector", "musd"), [("STEEL", 7602.2), ("ALUM", 9008.4), ("OILGAS", 97001.5), ("AUTO", 32302.3)]
)
def test_what_canada_sells_the_united_states_in_2022(sector, musd):
    table = shipped_table()
    importer, exporter = table.regions.index("USA"), table.regions.index("CAN")
    assert table.trade[importer, exporter, table.sectors.index(sector)] == pytest.approx(musd, abs=0.05)


def test_baseline_tariffs_are_the_measured_american_ones_and_zero_elsewhere():
    table = shipped_table()
    usa = table.regions.index("USA")
    assert np.delete(table.tariff, usa, axis=0).max() == 0.0
    assert table.tariff[usa, usa].max() == 0.0
    assert table.tariff[usa, table.regions.index("CHN")].max() > 0.1


@pytest.mark.shared
def test_the_american_duties_are_those_of_the_customs_file(shared):
    """Calculated duty over customs value, 2024 (US Census)."""
    table = shipped_table()
    usa = table.regions.index("USA")
    lines = (shared / "us_imports_2024" / "us_imports_2024_region_industry.csv").read_text().splitlines()
    assert lines[0].split(",")[:4] == ["origin", "industry", "imports_musd", "duty_musd"]
    measured = {(row[0], row[1]): float(row[3]) / float(row[2]) for row in (line.split(",") for line in lines[1:])}
    for origin, sector in [("CHN", "MACH"), ("MEX", "AUTO"), ("CAN", "STEEL"), ("EU27", "FOOD")]:
        shipped = table.tariff[usa, table.regions.index(origin), table.sectors.index(sector)]
        assert shipped == pytest.approx(measured[origin, sector], abs=5e-4)


def test_every_name_of_the_table_is_a_label():
    table = shipped_table()
    assert table.regions == tuple(region.code for region in labels.regions())
    assert table.sectors == tuple(sector.code for sector in labels.sectors())


def test_what_ships_is_small_and_holds_no_pickle():
    assert sum(len(path.read_bytes()) for path in DATA.iterdir()) < 400_000
    for path in DATA.iterdir():
        if path.name.endswith(".npz"):
            np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)


def arrays() -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(DATA.joinpath("icio2022_5x10.npz").read_bytes())) as archive:
        return {name: archive[name] for name in archive.files}


def packed(content: dict[str, np.ndarray]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **content)
    return file.getvalue()


def test_a_transposed_trade_array_is_caught():
    content = arrays()
    content["trade"] = content["trade"].transpose(1, 0, 2)
    with pytest.raises(UnbalancedTable, match="sales = output") as caught:
        require(identities(parse_table(packed(content), where="mine"), tolerance=SHIPPED_TOLERANCE), where="mine")
    assert "axis order" in str(caught.value)


def test_lost_decimal_points_are_caught():
    content = arrays()
    content["intermediate"] = content["intermediate"] * 10
    with pytest.raises(UnbalancedTable, match=r"use = supply[\s\S]*cost = output"):
        require(identities(parse_table(packed(content), where="mine"), tolerance=1e-3), where="mine")


@pytest.mark.parametrize("key", sorted(ARRAYS))
def test_a_table_without_an_array_names_it(key):
    content = arrays()
    del content[key]
    with pytest.raises(InputError, match=f"{key}: is missing"):
        parse_table(packed(content), where="mine")


def test_all_faults_of_form_come_at_once():
    content = arrays()
    content["output"] = content["output"][:-1]
    content["final"] = content["final"] * np.nan
    with pytest.raises(InputError) as caught:
        parse_table(packed(content), where="mine")
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("content", [b"", b"not a table", packed(arrays())[:3000]], ids=["empty", "text", "cut short"])
def test_a_file_that_is_no_table_says_so(tmp_path, content):
    path = tmp_path / "mine.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"mine\.npz: "):
        read_table(path)


def test_an_absent_file_says_so(tmp_path):
    with pytest.raises(InputError, match=r"none\.npz: cannot be read"):
        read_table(tmp_path / "none.npz")


def test_elasticities_as_published():
    """Caliendo and Parro (2015), Table 1; Fontagné et al. (2022); as transcribed in the shared set."""
    steel = list(elasticities("CP2015").sectors).index("STEEL")
    refine = list(elasticities("CP2015").sectors).index("REFINE")
    assert elasticities("CP2015").theta[steel] == 3.28
    assert elasticities("CP2015").theta[refine] == 64.85
    assert elasticities("FGO2022").theta[steel] == 7.39
    for name in elasticity_names():
        assert np.all(elasticities(name).theta > 0)
    assert "FIN" in elasticities("CP2015").filled
    assert "STEEL" not in elasticities("CP2015").filled


def test_an_unknown_set_suggests_one():
    with pytest.raises(UnknownName, match="Did you mean 'CP2015'"):
        elasticities("CP2014")
