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


def partners() -> list[str]:
    """Every country the law can be asked about, but the importer."""
    members = {iso for one in labels.regions() for iso in one.members if iso != "ROW"}
    return sorted((members | BEYOND) - {"USA"})


def whole_panel() -> tuple[int, float]:
    """Partners, and million line by partner rates a second, rows of law read, settled and gathered."""
    codes = partners()
    panel(shipped_book(), "USA", codes, on=DAYS[0]).rates()
    start = time.process_time()
    size = panel(shipped_book(), "USA", codes, on=DAYS[0] + timedelta(days=1)).rates().size
    return len(codes), size / 1e6 / (time.process_time() - start)


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
    count, speed = whole_panel()
    rows = [(f"every line from {count} partners", f"{speed:.0f} million rates a second", "at least 50 million")]
    for day in DAYS:
        law = regime_on(day)
        for words, edit in EDITS.items():
            rows.append((f"a deal's edit, {day}: {words}", f"{one_clause(law, *edit):.1f} ms", "10 ms"))
        rows.append(
            (f"the same, {day}: a deal of three clauses", f"{a_deal(law, 'metals_for_energy'):.1f} ms", "10 ms")
        )
    dates, seconds = history()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    rows.append((f"{dates} change dates, every partner of both", f"{seconds:.1f} s, {memory:.2f} GB", "30 s, 1 GB"))
    lines = ["| what | processor time of one core | asked |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {' | '.join(one)} |" for one in rows)])


if __name__ == "__main__":
    print(table())
