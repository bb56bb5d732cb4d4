"""How fast the law resolves: the whole panel, a deal's edit, the history of change dates. Processor time on one core.

uv run python benchmarks/regime.py
"""

from __future__ import annotations

import resource
import time
from dataclasses import replace
from datetime import date

from reciprocity.regime import Override, regime_on
from reciprocity.regime.book import shipped_book
from reciprocity.regime.panel import panel
from reciprocity.regime.partners import BEYOND, _members

DAY = date(2025, 10, 8)
METALS = ("us.232.steel", "us.232.aluminum")


def whole_panel(partners: int = 240) -> float:
    """Million line by partner rates a second, settled and gathered."""
    known = sorted((set(_members()) | BEYOND) - {"USA"})
    asked = (known * 3)[:partners]
    panel(shipped_book(), "USA", asked, on=DAY).rates()
    start = time.process_time()
    size = panel(shipped_book(), "USA", asked, on=date(2025, 10, 9)).rates().size
    return size / 1e6 / (time.process_time() - start)


def deal_edit(kind: str, repeats: int = 20) -> float:
    """Milliseconds from a changed clause to the sector rates of both countries, every exporter."""
    law = regime_on(DAY)
    law.sector_rates()
    row = Override("a", "USA", "CAN", ("all",), kind, METALS if kind == "set" else ("all",), 0.25)  # type: ignore[arg-type]
    law.overlay([row]).sector_rates()
    start = time.process_time()
    for number in range(repeats):
        law.overlay([replace(row, rate=0.1 + number / 1000)]).sector_rates()
    return 1e3 * (time.process_time() - start) / repeats


def history() -> tuple[int, float]:
    """Every change date since 2025, every exporter of both importers: dates and seconds."""
    book = shipped_book()
    days = {day for one in (*book.measures, *book.rules) for day in (one.valid_from, one.valid_to)}
    asked = sorted(day for day in days if date(2025, 1, 1) <= day <= date(2026, 12, 31))
    start = time.process_time()
    for day in asked:
        regime_on(day).sector_rates()
    return len(asked), time.process_time() - start


def main() -> None:
    """Print each figure."""
    print(f"panel of 240 partners: {whole_panel():.0f} million rates a second")
    print(f"deal edit, a rate set: {deal_edit('set'):.1f} ms; a cap on everything: {deal_edit('cap'):.1f} ms")
    dates, seconds = history()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"history: {dates} change dates in {seconds:.1f} s, {memory:.2f} GB at most")


if __name__ == "__main__":
    main()
