"""How fast the law resolves: the whole panel, a deal's edit, the history of change dates. Processor time on one core.

uv run python benchmarks/regime.py
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from reciprocity import labels
from reciprocity.deal import apply
from reciprocity.deal.cases import find_deal
from reciprocity.regime import Override, Regime, regime_on
from reciprocity.regime.book import shipped_book
from reciprocity.regime.panel import panel
from reciprocity.regime.partners import BEYOND

DAYS = (date(2025, 10, 8), date(2026, 9, 29))
EDITS = {
    "the rate of the metal duties set": ("set", ("us.232.steel", "us.232.aluminum", "us.232.metals"), "rate"),
    "every section 232 duty scaled": ("scale", ("us.232",), "rate"),
    "a duty on everything added": ("add", ("all",), "rate"),
    "everything held to a ceiling": ("cap", ("all",), "rate"),
    "a share of everything given back": ("remission", ("all",), "quota_share"),
}


ENDS = (("USA", "CAN"), ("CAN", "USA"))
PICKED = (("us.232",), ("ca.surtax",))
GOODS = ("72", "73", "76", "8703", "8704", "8708", "44", "7208", "84", "85", "39", "48")


def partners() -> list[str]:
    """Every country the law can be asked about, but the importer."""
    members = {iso for one in labels.regions() for iso in one.members if iso != "ROW"}
    return sorted((members | BEYOND) - {"USA"})


def whole_panel(day: date) -> tuple[int, float, float]:
    """Partners, and million line by partner rates a second: the law of a day read first, and once it is read."""
    codes, taken, size = partners(), [], 0
    panel(shipped_book(), "USA", codes, on=day - timedelta(days=30)).rates()
    for _ in range(2):
        start = time.process_time()
        size = panel(shipped_book(), "USA", codes, on=day).rates().size
        taken.append(time.process_time() - start)
    return len(codes), size / 1e6 / taken[0], size / 1e6 / taken[1]


def milliseconds(law: Regime, edited: Callable[[int], Regime], repeats: int = 20) -> float:
    """From a changed number to the sector rates of both countries, every exporter."""
    law.sector_rates()
    edited(0).sector_rates()
    start = time.process_time()
    for number in range(1, repeats + 1):
        edited(number).sector_rates()
    return 1e3 * (time.process_time() - start) / repeats


def one_clause(law: Regime, kind: str, measures: tuple[str, ...], number: str) -> float:
    """A clause of the United States on all goods of Canada, its number moved."""
    row = Override("a", "USA", "CAN", ("all",), kind, measures)  # type: ignore[arg-type]
    return milliseconds(law, lambda step: law.overlay([replace(row, **{number: 0.1 + step / 1000})]))


def a_deal(law: Regime, name: str) -> float:
    """A deal that ships, the number of its first clause moved."""
    held = apply(find_deal(name)[0], law).overrides

    def edited(step: int) -> Regime:
        return replace(law, overrides=(replace(held[0], rate=0.1 + step / 1000), *held[1:]))

    return milliseconds(law, edited)


def clauses_of_both(law: Regime, many: int, goods: tuple[str, ...]) -> float:
    """So many clauses of both sides, rates, ceilings and quotas in turn, the number of every one of them moved."""
    rows = []
    for k in range(many):
        side, kind = k % 2, ("set", "cap", "quota")[k // 2 % 3]
        row = Override(str(k), *ENDS[side], (goods[k % len(goods)],), kind, PICKED[side], rate=0.1)  # type: ignore[arg-type]
        rows.append(replace(row, quota_share=0.8) if kind == "quota" else row)
    return milliseconds(law, lambda step: law.overlay([replace(one, rate=0.1 + step / 1000) for one in rows]))


def from_everybody(law: Regime) -> float:
    """A rate of the metal duties set for every exporter at once, 50 of them."""
    row = Override("a", "USA", "all", ("72", "73", "76"), "set", EDITS["the rate of the metal duties set"][1])
    return milliseconds(law, lambda step: law.overlay([replace(row, rate=0.1 + step / 1000)]))


def history() -> tuple[int, float]:
    """Every change date of 2025 and 2026, every exporter of both importers: dates and seconds."""
    book = shipped_book()
    days = {day for one in (*book.measures, *book.rules) for day in (one.valid_from, one.valid_to)}
    asked = sorted(day for day in days if date(2025, 1, 1) <= day <= date(2026, 12, 31))
    start = time.process_time()
    for day in asked:
        regime_on(day).sector_rates()
    return len(asked), time.process_time() - start


def table() -> str:
    """What was measured beside what is asked, as a table in Markdown."""
    rows = []
    for day in DAYS:
        count, first, again = whole_panel(day)
        words = f"{first:.0f} million rates a second; {again:.0f} once its acts are read"
        rows.append((f"every line from {count} partners, {day}", words, "at least 50 million"))
    for day in DAYS:
        law = regime_on(day)
        for words, edit in EDITS.items():
            rows.append((f"a deal's edit, {day}: {words}", f"{one_clause(law, *edit):.1f} ms", "10 ms"))
        rows.append(
            (f"the same, {day}: a deal of three clauses", f"{a_deal(law, 'metals_for_energy'):.1f} ms", "10 ms")
        )
        for many, goods, words in ((4, GOODS, ""), (12, GOODS, ""), (12, ("all",), " on all goods")):
            took = clauses_of_both(law, many, goods)
            rows.append((f"the same, {day}: {many} clauses of both sides{words}", f"{took:.1f} ms", "10 ms"))
        rows.append((f"the same, {day}: a clause on every exporter", f"{from_everybody(law):.0f} ms", "none"))
    dates, seconds = history()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    rows.append((f"{dates} change dates, every partner of both", f"{seconds:.1f} s, {memory:.2f} GB", "30 s, 1 GB"))
    lines = ["| what | processor time of one core | asked |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {' | '.join(one)} |" for one in rows)])


if __name__ == "__main__":
    print(table())
