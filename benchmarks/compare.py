"""Side by side with others on the same cases: `just bench` writes docs/benchmarks.md.

Peers that are not installed are named as not run. Every row says how far its real incomes are from ours at 1e-12.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from machine import machine
from nested import solve_nested
from part import write_part
from scipy.optimize import root

import regime
from reciprocity.economy import default
from reciprocity.economy.economy import Economy
from reciprocity.model import Outcome, Shock, gradient, prepare, rebase, solve, solve_many
from reciprocity.model.problem import Problem

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "against" / "cp2015" / "cp2015_model.npz"


@dataclass(frozen=True)
class Row:
    case: str
    who: str
    seconds: tuple[float, float]  # clock, processor
    off: float | None
    note: str


def median_of(run: Callable[[], object], *, seconds: float = 2.0) -> tuple[float, float]:
    """Median times of a run, by the clock and of the processor, repeated for about as long as asked, once at least."""
    times: list[float] = []
    busy: list[float] = []
    start = time.perf_counter()
    while not times or (time.perf_counter() - start < seconds and len(times) < 200):
        before, worked = time.perf_counter(), time.process_time()
        run()
        times.append(time.perf_counter() - before)
        busy.append(time.process_time() - worked)
    return statistics.median(times), statistics.median(busy)


def rows_of(case: str, economy: Economy, tariff: np.ndarray, *, slow: bool) -> list[Row]:
    exact = solve(economy, tariff=tariff, tolerance=1e-12).welfare_hat

    def off(welfare: np.ndarray) -> float:
        return float(np.abs(welfare - exact).max())

    ours = solve(economy, tariff=tariff)
    rows = [
        Row(case, "reciprocity, one solve", median_of(lambda: solve(economy, tariff=tariff)), off(ours.welfare_hat),
            f"tolerance 1e-10, {ours.certificate.evaluations} evaluations"),
    ]  # fmt: skip
    outcome = Outcome(welfare=np.eye(len(economy.regions))[0])
    rows.append(
        Row(case, "reciprocity, gradient of one real income by all tariffs",
            median_of(lambda: gradient(ours, outcome)), None, f"{economy.tariff.size:,} derivatives")
    )  # fmt: skip
    sweeps = solve_nested(economy, tariff)
    rows.append(
        Row(case, "nested loops, as in CP2015", median_of(lambda: solve_nested(economy, tariff), seconds=1.0),
            off(sweeps[0]), f"tolerance 1e-6, {sweeps[1]:,} sweeps")
    )  # fmt: skip
    rows.append(scipy_row(case, economy, tariff, off))
    if slow:
        rows.append(puremacro_row(case, economy, tariff, off))
    return rows


def scipy_row(case: str, economy: Economy, tariff: np.ndarray, off: Callable[[np.ndarray], float]) -> Row:
    """The same residual given to a general root finder, without our preconditioner."""
    from reciprocity.model.shock import kernel_of

    base = prepare(economy)
    problem = Problem(base, kernel_of(economy, base.kernel, Shock(tariff=tariff)), base.deficits())
    start = problem.start(base.point)

    def run():
        return root(problem.residual, start, method="krylov", options={"fatol": 1e-8, "maxiter": 300})

    found = run()
    point = problem.point(found.x)
    welfare = point.income / base.point.income / np.exp((economy.consumption_share * point.p).sum(axis=1))
    note = "method krylov, 1e-8" + ("" if found.success else ", did not converge")
    return Row(case, "scipy.optimize.root on our equations", median_of(run, seconds=1.0), off(welfare), note)


def puremacro_row(case: str, economy: Economy, tariff: np.ndarray, off: Callable[[np.ndarray], float]) -> Row:
    if importlib.util.find_spec("puremacro") is None:
        return Row(case, "puremacro", (float("nan"), float("nan")), None, "not installed here: not run")
    from puremacro.trade.caliendo_parro import CaliendoParroModel

    model = CaliendoParroModel(
        trade_shares=economy.trade_share.transpose(2, 0, 1),
        gamma_va=economy.value_added_share,
        gamma_io=economy.input_share.transpose(0, 2, 1),
        alpha=economy.consumption_share,
        theta=economy.trade_elasticity,
        labor_income=economy.value_added,
        deficits=economy.deficit,
        tariffs=1.0 + economy.tariff.transpose(2, 0, 1),
    )
    before, worked = time.perf_counter(), time.process_time()
    result = model.solve_counterfactual(tariffs_new=1.0 + tariff.transpose(2, 0, 1))
    took = time.perf_counter() - before, time.process_time() - worked
    return Row(case, "puremacro", took, off(result.welfare_hat), f"as it comes, once; converged: {result.converged}")


def batch_row(economy: Economy) -> Row:
    draw = np.random.default_rng(0)
    n, j = economy.shape
    abroad = (1 - np.eye(n))[:, :, None]
    deals = []
    for _ in range(200):
        change = draw.uniform(-0.05, 0.3, (n, 1, j)) * (draw.random((n, n, 1)) < 0.1)
        deals.append(Shock(tariff=np.maximum(economy.tariff + change * abroad, 0.0)))
    before, worked = time.perf_counter(), time.process_time()
    answers = solve_many(economy, deals)
    took = (time.perf_counter() - before) / len(deals), (time.process_time() - worked) / len(deals)
    solved = sum(type(answer).__name__ == "Solved" for answer in answers)
    return Row("shipped, 21 x 40", "reciprocity, one of 200 random deals", took, None, f"{solved} of 200 solved")


def cases(*, slow: bool) -> list[Row]:
    economy = default()
    usa, can = (economy.regions.index(name) for name in ("USA", "CAN"))
    tariff = economy.tariff.copy()
    tariff[usa, can, :25] += 0.25
    tariff[can, usa, :25] += 0.25
    rows = rows_of("shipped, 21 x 40: 25% both ways on goods", economy, tariff, slow=slow)
    rows.append(batch_row(economy))
    if SHARED.exists():
        with np.load(SHARED, allow_pickle=False) as data:
            raw = Economy.from_shares(
                trade_share=data["pi"],
                tariff=data["tariff_1993"],
                input_share=data["gamma"],
                value_added_share=data["va_share"],
                consumption_share=data["alpha"],
                value_added=data["labour_income_usd"],
                trade_elasticity=data["theta"],
            )
            rows += rows_of("CP2015 NAFTA, 31 x 40", rebase(raw), data["tariff_nafta"], slow=slow)
    return rows


def table(rows: list[Row]) -> str:
    head = [
        "| case | who | clock | processor | furthest real income from ours at 1e-12 | note |",
        "|---|---|---|---|---|---|",
    ]
    lines = [
        f"| {r.case} | {r.who} | {clock(r.seconds[0])} | {clock(r.seconds[1])} | {gap(r.off)} | {r.note} |"
        for r in rows
    ]
    return "\n".join(head + lines)


def clock(seconds: float) -> str:
    if np.isnan(seconds):
        return "-"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"


def gap(off: float | None) -> str:
    return "-" if off is None else f"{off:.0e}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slow", action="store_true", help="run peers that take a minute or more")
    parser.add_argument("--write", type=Path, help="a Markdown file to write")
    asked = parser.parse_args()
    where = machine()
    rows = cases(slow=asked.slow)
    page = (
        "## The model\n\nWritten by `just bench`. Times are medians; where the machine was busy with other things, "
        "processor time says more than the clock.\n\n"
        f"Machine: {where}.\n\n{table(rows)}\n\n"
        "Every program gets the same exact base economy and the same new tariffs. "
        "gegravity is not in the table: it solves one sector without inputs, which is another model.\n\n"
        f"## The law\n\n{regime.table()}\n\n"
        "The law of the day is held; a duty is changed, and every sector's rate of both countries read again.\n"
    )
    print(page)
    if asked.write:
        write_part(asked.write, "model", page)


if __name__ == "__main__":
    main()
