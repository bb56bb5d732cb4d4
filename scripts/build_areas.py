"""Build the table of provinces and states the package ships: where each sector's output and jobs are.

    uv run python scripts/build_areas.py [--shared ../shared/data]

Writes src/reciprocity/economy/data/areas.csv: for every province and state, its share of the country's output by sector
and its jobs by sector. Same input, same bytes. Where no source tells a sector apart, the nearest wider industry's split
stands in; SOURCES in economy/data/sources.toml says which.

Canada: GDP at basic prices by province and industry, 2021 (Statistics Canada, table 36-10-0402-01), kept beside this
script in regions/province_gdp_2021.csv; employment by industry, 2021 (table 14-10-0023-01), below.
United States: output and jobs by state, 2020 (US EPA, USEEIO state models).
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parents[1]
OUT = HERE / "src" / "reciprocity" / "economy" / "data" / "areas.csv"
GDP = HERE / "scripts" / "regions" / "province_gdp_2021.csv"
NAMES = HERE / "scripts" / "regions" / "names.csv"

PROVINCES = ("NL", "PE", "NS", "NB", "QC", "ON", "MB", "SK", "AB", "BC", "YT", "NT", "NU")
REST = ("all", "31-33", "21+22", "services less 53", "23", "53")
OTHER_FACTORIES = ("31-33", "336Y", "3364", "3365", "3366", "334", "333", "331+332", "325", "311+312", "321+322")
SMELTERS = {"QC": 0.87, "BC": 0.13}
"""Primary aluminum by capacity: eight smelters in Quebec, one at Kitimat with about 0.43 of 3.2 Mt. An estimate."""
REFINERIES = {"BC": 67, "AB": 434, "SK": 130, "ON": 393, "QC": 402, "NB": 313, "NL": 115}
"""Thousand barrels a day by province, end of 2015: Natural Resources Canada, refineries in Canada."""
METALS = ("STEEL", "ALUM", "NFM", "FABMET")
INDUSTRY = {
    "FOR": "321+322", "COAL": "212", "OILGAS": "211", "MIN": "212", "MSUP": "211", "FOOD": "311+312",
    "WOOD": "321+322", "PAPER": "321+322", "CHEM": "325", "PHARMA": "325", "ELEC": "334", "MACH": "333",
    "AUTO": "336Y", "POWER": "22", "WATER": "22", "CONS": "23", "TRADE": "41+44-45+48-49",
    "LANDTR": "41+44-45+48-49", "OTRANS": "41+44-45+48-49", "HOTEL": "71+72", "MEDIA": "51", "IT": "54",
    "FIN": "52", "REAL": "53", "BUS": "54", "GOV": "55+56+81+91", "EDHLTH": "61+62", "OSERV": "71+72",
}  # fmt: skip
EMPLOYED = (
    (329.6, ("AGR", "FOR")),
    (258.1, ("COAL", "OILGAS", "MIN", "MSUP")),
    (140.7, ("POWER", "WATER")),
    (1757.0, ("FOOD", "TEX", "WOOD", "PAPER", "REFINE", "CHEM", "PHARMA", "RUBPL", "NMM", *METALS, "ELEC", "ELEQ",
              "MACH", "AUTO", "TRANEQ", "OTHMAN")),
    (1461.1, ("CONS",)),
    (3866.5, ("TRADE", "LANDTR", "OTRANS")),
    (715.1, ("MEDIA", "OSERV")),
    (963.9, ("FIN",)),
    (356.6, ("REAL",)),
    (2382.8, ("IT", "BUS")),
    (3976.3, ("EDHLTH",)),
    (962.7, ("HOTEL",)),
    (1793.7, ("GOV",)),
)  # fmt: skip
"""Employment in Canada in 2021, thousand (table 14-10-0023-01, without the territories), and the sectors it is shared
among by compensation of employees. Other services (81) stand with public administration."""


def provinces(shared: Path) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Output shares and jobs (province, sector)."""
    raw = np.load(shared / "economy" / "canus_21x40.npz", allow_pickle=False)
    sectors = [str(one) for one in raw["industries"]]
    here = list(raw["regions"]).index("CAN")
    pay, added = raw["V"][here, 0], raw["V"][here].sum(axis=0)
    with GDP.open() as file:
        gdp = {row["naics"]: np.array([float(row[one]) for one in PROVINCES]) for row in csv.DictReader(file)}
    whole = {
        "AGR": _less(gdp, *REST),
        "TRANEQ": gdp["3364"] + gdp["3365"] + gdp["3366"],
        "REFINE": _spread(REFINERIES),
        "ALUM": _spread(SMELTERS),
        **dict.fromkeys(("TEX", "RUBPL", "NMM", "ELEQ", "OTHMAN"), _less(gdp, *OTHER_FACTORIES)),
        **{sector: gdp[code] for sector, code in INDUSTRY.items()},
    }
    part = added[sectors.index("ALUM")] / sum(added[sectors.index(one)] for one in METALS)
    metals = gdp["331+332"] / gdp["331+332"].sum()
    for one in ("STEEL", "NFM", "FABMET"):
        whole[one] = np.maximum(metals - part * whole["ALUM"], 0.0)
    share = np.array([whole[one] / whole[one].sum() for one in sectors]).T
    jobs = np.zeros(len(sectors))
    for thousands, group in EMPLOYED:
        where = [sectors.index(one) for one in group]
        jobs[where] = 1000.0 * thousands * pay[where] / pay[where].sum()
    return share, share * jobs, sectors


def states(shared: Path, sectors: list[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Output shares and jobs (state, sector). Industries that hold several sectors are shared out by compensation."""
    folder = shared / "regions" / "us_states_2020"
    raw = np.load(folder / "us_states_2020.npz", allow_pickle=False)
    table = np.load(shared / "economy" / "canus_21x40.npz", allow_pickle=False)
    pay = table["V"][list(table["regions"]).index("USA"), 0]
    with (folder / "bea_summary_to_canus.csv").open() as file:
        group = {row["bea_summary"]: row["canus_industry"].split("+") for row in csv.DictReader(file)}
    group["212"], group["22"] = ["COAL", "MIN"], ["POWER"]
    count = len(raw["states"])
    output, jobs = np.zeros((count, len(sectors))), np.zeros((count, len(sectors)))
    for codes, values, total in (("industries", "output_musd", output), ("commodities", "jobs", jobs)):
        for k, code in enumerate(raw[codes]):
            names = [one for one in group[str(code)] if one]
            where = [sectors.index(one) for one in names]
            total[:, where] += raw[values][:, k, None] * (pay[where] / pay[where].sum()) if where else 0.0
    return output / output.sum(axis=0), jobs, [str(one) for one in raw["states"]]


def _less(gdp: dict[str, np.ndarray], whole: str, *parts: str) -> np.ndarray:
    return np.maximum(gdp[whole] - sum(gdp[one] for one in parts), 0.0)


def _spread(by_province: dict[str, float]) -> np.ndarray:
    found = np.array([float(by_province.get(one, 0.0)) for one in PROVINCES])
    return found / found.sum()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parent / "shared" / "data")
    shared = parser.parse_args().shared
    with NAMES.open(encoding="utf-8") as file:
        names = {row["code"]: (row["en"], row["fr"]) for row in csv.DictReader(file)}
    share, jobs, sectors = provinces(shared)
    us_share, us_jobs, codes = states(shared, sectors)
    rows = [("CAN", code, share[k], jobs[k]) for k, code in enumerate(PROVINCES)]
    rows += [("USA", code, us_share[k], us_jobs[k]) for k, code in enumerate(codes)]
    with OUT.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country", "code", "en", "fr", "measure", *sectors])
        for country, code, part, persons in rows:
            head = [country, code, *names[code]]
            writer.writerow([*head, "output_share", *(f"{value:.6g}" for value in part)])
            writer.writerow([*head, "jobs", *(f"{value:.0f}" for value in persons)])
    print(f"{OUT.name} {OUT.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
