"""Build what the regime ships from ../shared/data: schedule, lists, trade, claims; and compile the acts.

uv run python scripts/build_regime.py            # the tables and the compiled acts
uv run python scripts/build_regime.py --acts     # the compiled acts only
uv run python scripts/build_regime.py --lists    # the compiled product lists, with their marks
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from seasons import seasons

from reciprocity import labels
from reciprocity.errors import InputError
from reciprocity.regime.check import check_files
from reciprocity.regime.compile import write_compiled_acts
from reciprocity.regime.schedule import PROGRAMMES

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
TARIFFS = SHARED / "tariffs"
OUT = ROOT / "src" / "reciprocity" / "regime" / "data"
METALS = ("steel", "aluminum", "copper")
FAR = date(9999, 1, 1).toordinal()
SECTORS = tuple(one.code for one in labels.sectors())

ISO3 = {
    "0003": "EU27", "1220": "CAN", "2010": "MEX", "2050": "GTM", "2110": "SLV", "2150": "HND", "2190": "NIC",
    "2230": "CRI", "2470": "DOM", "2740": "TTO", "3010": "COL", "3070": "VEN", "3310": "ECU", "3330": "PER",
    "3370": "CHL", "3510": "BRA", "3570": "ARG", "4039": "NOR", "4120": "GBR", "4359": "SVK", "4419": "CHE",
    "4621": "RUS", "4890": "TUR", "5050": "IRQ", "5081": "ISR", "5130": "KWT", "5170": "SAU", "5200": "ARE",
    "5330": "IND", "5350": "PAK", "5380": "BGD", "5420": "LKA", "5490": "THA", "5520": "VNM", "5550": "KHM",
    "5570": "MYS", "5590": "SGP", "5600": "IDN", "5650": "PHL", "5700": "CHN", "5800": "KOR", "5820": "HKG",
    "5830": "TWN", "5880": "JPN", "6021": "AUS", "6141": "NZL", "7210": "DZA", "7290": "EGY", "7530": "NGA",
    "7620": "AGO", "7910": "ZAF",
}  # fmt: skip
"""Census country codes of the 2024 import table. Slovakia is inside EU27 there: its own row is left out."""

PUBLISHED = {
    "metals": ("etr_232_steel", "etr_232_aluminum", "etr_232_copper"),
    "vehicles": (
        "etr_232_autos", "etr_232_auto_parts", "etr_232_mhd_vehicles", "etr_232_mhd_parts", "etr_232_buses",
    ),
    "wood": ("etr_232_softwood", "etr_232_wood_furniture", "etr_232_kitchen_cabinets"),
    "medicines": ("etr_232_pharmaceuticals",),
    "semiconductors": ("etr_232_semiconductors",),
    "border order": ("etr_fentanyl",),
    "reciprocal tariff": ("etr_ieepa",),
    "surcharge": ("etr_s122",),
    "section 301": ("etr_301",),
    "safeguards": ("etr_section_201",),
    "base": ("etr_base",),
    "other": ("etr_other",),
}  # fmt: skip
"""The programmes of the published rates and the columns each is the sum of."""


MARKED_BY_DAY = "ieepa_reciprocal_exempt"
"""The list whose rows an act made on different days: the mark is the day, so that a row can take one act's goods."""


def ordinals(days: pd.Series, missing: int) -> np.ndarray:
    return np.array(
        [missing if day is None or pd.isna(day) else pd.Timestamp(day).toordinal() for day in days], np.int32
    )


def read_lists() -> pd.DataFrame:
    """The compiled lists; a code of ten digits that is no line, 0901.11.00.00, stands for the eight it ends."""
    rows = pd.read_parquet(TARIFFS / "product_lists.parquet")
    rows["hts_prefix"] = rows.hts_prefix.str.slice(0, 10)
    lines = pd.read_parquet(TARIFFS / "hts_lines_2025_2026.parquet", columns=["hts10"]).hts10
    whole = rows.hts_prefix.str.fullmatch(r"\d{8}00") & ~rows.hts_prefix.isin(lines)
    rows["hts_prefix"] = rows.hts_prefix.where(~whole, rows.hts_prefix.str.slice(0, 8))
    return pd.concat([rows.fillna({"attr": ""}), section_301_rows(rows)], ignore_index=True)


def section_301_rows(lists: pd.DataFrame) -> pd.DataFrame:
    """What 2024 collected on Chinese goods beyond the general rate, by eight-digit line, as the step it is nearest to.

    Where the duties on metals of 2018 applied, 25 points are theirs on steel and 10 on aluminum.
    """
    trade = read_trade()
    trade = trade[trade.partner == "CHN"]
    eight = trade.groupby(trade.hs10.str[:8])[["duty_usd", "imports_usd"]].sum()
    lines = read_schedule()
    general = pd.Series(base_rates(lines)[0], lines.index)
    eight["general"] = general.groupby(general.index.str[:8]).mean().reindex(eight.index).fillna(0.0)
    extra = eight.duty_usd / eight.imports_usd - eight.general
    for metal, rate in (("steel|mill", 0.25), ("aluminum|mill", 0.10)):
        prefixes = tuple(lists[lists.attr == metal].hts_prefix)
        extra = extra - np.where(eight.index.str.startswith(prefixes), rate, 0.0)
    steps = np.array([0.0, 0.075, 0.25, 0.5, 1.0])
    step = steps[np.searchsorted([0.035, 0.14, 0.375, 0.75], extra.to_numpy())]
    found = pd.DataFrame({"hts_prefix": eight.index, "attr": [f"{100 * one:g}%" for one in step]})[step > 0]
    return found.assign(list_id="us_301_china_2024", valid_from=None, valid_to=None, source="US Census 2024")


def write_lists() -> None:
    """The compiled lists: `id`, `prefix`, `mark`, first and last day (the source's inclusive ends made half-open)."""
    rows = read_lists()
    inclusive = rows.attr.str.contains("INCLUSIVE").to_numpy()
    rows["attr"] = rows.attr.where(rows.list_id != MARKED_BY_DAY, rows.valid_from.astype(str))
    ids = sorted(rows.list_id.unique())
    marks = sorted(rows.attr.unique())
    np.savez_compressed(
        OUT / "product_lists.npz",
        ids=np.array(ids),
        marks=np.array(marks),
        list=np.array([ids.index(one) for one in rows.list_id], np.uint8),
        mark=np.array([marks.index(one) for one in rows.attr], np.uint8),
        prefix=rows.hts_prefix.to_numpy().astype("S10"),
        valid_from=ordinals(rows.valid_from, 0),
        valid_to=ordinals(rows.valid_to, FAR) + inclusive,
    )


def read_trade() -> pd.DataFrame:
    trade = pd.read_parquet(SHARED / "us_imports_2024" / "us_imports_2024_hs10_country.parquet")
    trade = trade.astype({"cty_code": object, "hs10": object, "ind": object})
    trade["partner"] = trade.cty_code.map(ISO3)
    return trade[(trade.partner != "SVK") & (trade.imports_usd > 0)]


def specific_equivalent(lines: pd.DataFrame, trade: pd.DataFrame) -> pd.Series:
    """Calculated duty over value of 2024 for those who pay the general rate: what a duty by weight came to."""
    paying = trade[
        ~trade.partner.isin(["CAN", "MEX", "KOR", "AUS", "CHL", "COL", "PER", "SGP", "ISR", "CHN", "CRI", "DOM"])
    ]
    paying = paying[paying.duty_usd > 0]
    line = paying.groupby("hs10")[["duty_usd", "imports_usd"]].sum()
    eight = paying.groupby(paying.hs10.str[:8])[["duty_usd", "imports_usd"]].sum()
    by_line = (line.duty_usd / line.imports_usd).reindex(lines.index)
    by_eight = (eight.duty_usd / eight.imports_usd).reindex(lines.index.str[:8])
    return by_line.fillna(pd.Series(by_eight.to_numpy(), lines.index))


def read_schedule() -> pd.DataFrame:
    """One row a ten-digit line: the last printed rate of each (two lines of 20,425 changed theirs)."""
    printed = pd.read_parquet(TARIFFS / "hts_lines_2025_2026.parquet").sort_values("pub_from")
    lines = printed.groupby("hts10").last()
    trade = read_trade()
    codes = sorted(set(lines.index) | set(trade.hs10))
    eight = lines.groupby(lines.index.str[:8]).first()
    full = lines.reindex(codes)
    full["path"] = full.path.fillna("")
    for column in (
        "gen_kind", "gen_adval", "gen_specific_usd", "gen_specific_unit", "usmca_special", "special", "general",
        "c2_kind", "c2_adval",
    ):  # fmt: skip
        parent = eight[column].reindex(full.index.str[:8]).to_numpy()
        full[column] = full[column].where(full.gen_kind.notna() | (column == "gen_kind"), parent)
    full["gen_kind"] = full.gen_kind.where(full.gen_kind.notna(), eight.gen_kind.reindex(full.index.str[:8]).to_numpy())
    full["printed"] = full.index.isin(lines.index)
    return full.join(specific_equivalent(full, trade).rename("ave"))


def base_rates(lines: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """General rate, CUSMA rate and whether the general one is an equivalent of a duty that is not ad valorem."""
    kind = lines.gen_kind.fillna("missing").to_numpy()
    plain = np.isin(kind, ("free", "ad_valorem"))
    general = np.where(kind == "free", 0.0, lines.gen_adval.fillna(0.0))
    general = np.where(plain, general, lines.ave.fillna(lines.gen_adval).fillna(0.0))
    special = lines.usmca_special.fillna("").to_numpy().astype(str)
    relieved = (special == "Free") | np.char.startswith(special, "See 98")
    return general, np.where(relieved, 0.0, general), ~plain & (kind != "missing")


def unit_duties(lines: pd.DataFrame) -> dict[str, np.ndarray]:
    """Duties by unit as printed: USD a unit, the unit, and the ad valorem part beside it; zero where there is none."""
    stated = lines.gen_kind.isin(["specific", "compound"]) & lines.gen_specific_usd.notna()
    units = ["", *sorted(lines.gen_specific_unit[stated].unique())]
    return {
        "per_unit": np.where(stated, lines.gen_specific_usd.fillna(0.0), 0.0).astype(np.float32),
        "beside": np.where(stated, lines.gen_adval.fillna(0.0), 0.0).astype(np.float32),
        "unit": np.array([units.index(one) for one in lines.gen_specific_unit.where(stated, "")], np.uint8),
        "units": np.array(units),
    }


def agreements(lines: pd.DataFrame) -> np.ndarray:
    """The trade agreements under which each line is free, a bit each, in the order of `PROGRAMMES`."""
    free = lines.special.fillna("").str.findall(r"Free\s*\(([^)]*)\)").str.join(",").str.replace(" ", "").str.split(",")
    return np.array([sum(1 << n for n, one in enumerate(PROGRAMMES) if one in held) for held in free], np.uint16)


def line_sectors(lines: pd.DataFrame, trade: pd.DataFrame) -> np.ndarray:
    """The model's sector of each line: the trade table's own; else the commonest of its six- or four-digit heading."""
    known = trade.drop_duplicates("hs10").set_index("hs10").ind.dropna()
    valued = trade.dropna(subset=["ind"])
    sector = known.reindex(lines.index)
    special = lines.index.str[:2].isin(["98", "99"])
    outside = lines.index.isin(trade[trade.ind.isna()].hs10)
    for digits in (8, 6, 4):
        parent = valued.groupby([valued.hs10.str[:digits], "ind"]).imports_usd.sum().reset_index()
        best = parent.sort_values("imports_usd").drop_duplicates("hs10", keep="last").set_index("hs10").ind
        fill = best.reindex(lines.index.str[:digits]).to_numpy()
        sector = sector.where(sector.notna() | special | outside, fill)
    return np.array([SECTORS.index(one) if isinstance(one, str) else -1 for one in sector], np.int8)


def metal_shares(lines: pd.DataFrame) -> np.ndarray:
    """Steel, aluminum and copper as part of value, from inputs in the BEA detail tables; at most one together."""
    table = pd.read_parquet(TARIFFS / "conc_hs10_gtap_naics_bea_metalshares.parquet").set_index("hs10")
    shares = table[[f"{metal}_share" for metal in METALS]].clip(0, 1)
    by_six = shares.groupby(shares.index.str[:6]).mean().reindex(lines.index.str[:6]).to_numpy()
    found = shares.reindex(lines.index).to_numpy(float)
    found = np.nan_to_num(np.where(np.isnan(found), by_six, found)).T
    return (found / np.maximum(found.sum(axis=0), 1.0)).astype(np.float16)


def write_schedule_and_trade() -> None:
    lines, trade = read_schedule(), read_trade()
    general, preference, equivalent = base_rates(lines)
    season, days = seasons(lines.path.to_dict())
    np.savez_compressed(
        OUT / "us_schedule.npz",
        code=lines.index.astype(np.int64).to_numpy(),
        general=general.astype(np.float32),
        preference=preference.astype(np.float32),
        column_2=np.where(lines.c2_kind.to_numpy() == "ad_valorem", lines.c2_adval.fillna(0.0), general).astype(
            np.float32
        ),
        equivalent=equivalent,
        agreements=agreements(lines),
        quota_line=lines.usmca_special.fillna("").str.startswith("See 98").to_numpy(),
        printed=lines.printed.to_numpy(),
        sector=line_sectors(lines, trade),
        metal_share=metal_shares(lines),
        **unit_duties(lines),
        season=season,
        season_days=days,
    )
    partners = sorted(trade.partner.unique())
    position = {code: number for number, code in enumerate(lines.index)}
    trade = trade.sort_values(["partner", "hs10"])
    np.savez_compressed(
        OUT / "us_imports_2024.npz",
        partners=np.array(partners),
        partner=trade.partner.map(partners.index).to_numpy(np.uint8),
        line=trade.hs10.map(position).to_numpy(np.uint16),
        value=(trade.imports_usd / 1e6).to_numpy(np.float32),
        duty_rate=(trade.duty_usd / trade.imports_usd).to_numpy(np.float32),
    )
    write_claims(position)
    write_canada(lines, trade)


def write_claims(position: dict[str, int]) -> None:
    """Share of value entered under CUSMA by line and month, in 65,534ths; 65,535 where the table has none."""
    claims = pd.read_parquet(TARIFFS / "usmca_claims_ca_mx_hts10_monthly.parquet")
    claims = claims[claims.hts10.isin(position)]
    months = sorted(claims.month.unique())
    out = {"months": ordinals(pd.Series(months), 0)}
    for exporter, iso in (("CA", "CAN"), ("MX", "MEX")):
        table = claims[claims.exporter == exporter].pivot_table(index="hts10", columns="month", values="claim_share")
        values = table.reindex(columns=months).to_numpy()
        out[f"line_{iso}"] = table.index.map(position).to_numpy(np.uint16)
        out[f"share_{iso}"] = np.where(np.isnan(values), 65535, np.round(np.nan_to_num(values) * 65534)).astype(
            np.uint16
        )
    np.savez_compressed(OUT / "cusma_claims.npz", **out)


def write_canada(lines: pd.DataFrame, trade: pd.DataFrame) -> None:
    """Canada's imports by six-digit code and partner, an estimate (see docs/explanation/reading-the-law.md).

    Sector totals are OECD ICIO 2022. Inside a sector the composition is that of US imports in 2024: from the partner
    where it is not the United States, from everyone else where it is.
    """
    flows = np.load(SHARED / "economy" / "canus_21x40.npz")["X"]
    regions = [one.code for one in labels.regions()]
    sector = line_sectors(lines, trade)
    six = sorted(lines.index[lines.printed].str[:6].unique())
    place = {code: number for number, code in enumerate(six)}
    line_six = np.array([place.get(code[:6], -1) for code in lines.index])
    member = {iso: one.code for one in labels.regions() for iso in (*one.members, one.code)}
    trade = trade.assign(region=[member.get(one, "ROW") for one in trade.partner])
    number = trade.hs10.map({code: n for n, code in enumerate(lines.index)}).to_numpy()
    ok = (line_six[number] >= 0) & (sector[number] >= 0)
    trade, number = trade[ok], number[ok]
    key_six, key_sector = line_six[number], sector[number]
    canada, rows = regions.index("CAN"), []
    for exporter, region in enumerate(regions):
        if exporter == canada:
            continue
        inside = (trade.region != "CAN") if region == "USA" else (trade.region == region)
        inside = inside.to_numpy()
        amount = np.zeros((len(six), len(SECTORS)))
        np.add.at(amount, (key_six[inside], key_sector[inside]), trade.imports_usd.to_numpy()[inside])
        total = amount.sum(axis=0)
        scaled = amount * np.divide(flows[exporter, canada], total, out=np.zeros(len(SECTORS)), where=total > 0)
        rows += [(n, s, exporter, scaled[n, s]) for n, s in zip(*np.nonzero(scaled > 1e-4), strict=True)]
    table = np.array(rows)
    np.savez_compressed(
        OUT / "canada_imports.npz",
        code=np.array(six, dtype=np.int64),
        regions=np.array(regions),
        line=table[:, 0].astype(np.uint16),
        sector=table[:, 1].astype(np.uint8),
        partner=table[:, 2].astype(np.uint8),
        value=table[:, 3].astype(np.float32),
        unplaced=np.array(
            [[flows[e, canada, s] for s in range(len(SECTORS))] for e in range(len(regions))], np.float32
        ),
    )


def write_published() -> None:
    """The rates on Canada that others publish, by day of change and programme; parts of a programme added up."""
    with (TARIFFS / "reference_etr_by_partner_authority.csv").open(encoding="utf-8") as file:
        table = [row for row in csv.DictReader(file) if row["country"] == "1220"]
    rows = []
    for row in table:
        parts = {name: sum(float(row[one]) for one in columns) for name, columns in PUBLISHED.items()}
        kept = {name: round(rate, 6) for name, rate in parts.items() if rate > 0}
        rows.append({"since": row["date"][:10], "rate": round(float(row["weighted_etr"]), 6), "programmes": kept})
    (OUT / "published_rates.json").write_text(json.dumps({"USA CAN": rows}, separators=(",", ":")) + "\n")


def write_tables() -> None:
    """Every table that ships, but the acts."""
    write_lists()
    write_schedule_and_trade()
    write_published()


def main() -> None:
    if "--lists" in sys.argv:
        rows = read_lists()
        print(rows.groupby(["list_id", "attr"]).size().to_string())
        return
    OUT.mkdir(exist_ok=True)
    if "--acts" not in sys.argv:
        write_tables()
    try:
        check_files([])
    except InputError as error:
        sys.exit(f"{error}\nNothing was compiled.")
    write_compiled_acts()
    for path in sorted(OUT.iterdir()):
        print(f"{path.name:24} {path.stat().st_size / 1024:8.0f} KB")


if __name__ == "__main__":
    main()
