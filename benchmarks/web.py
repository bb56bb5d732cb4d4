"""How fast the live table answers: a hand on a slider in Chromium, and fifty people dragging at once.

uv run python benchmarks/web.py [--write docs/benchmarks.md] [--users 50] [--moves 20]

The table is `reciprocity serve` in a process of its own. In the browser a move is timed from the slider's
event to the new number in the page. The fifty are raw connections, so that they take as little of the machine as they
can: each asks for the next move as soon as the last is answered, with no pause to think, and every number that comes
back is held against the one worked out here.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from urllib.request import urlopen

from machine import machine
from part import write_part

TABLE = {"deal": "metals_for_energy", "on": "2025-10-08", "edited": "1", "on.aluminum": "1", "on.pipeline": "1",
         "on.canadian-metals": "1", "on.steel": "1"}  # fmt: skip
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NUMBER = re.compile(r'data-swap="head-1".*?<strong>([^<]*)</strong>', re.DOTALL)
ABOUT = """## The live table

Written by `just bench-web`. A move is timed in Chromium from the slider's event to the new number in the page. The
crowd asks over raw connections, each for the next move as soon as the last is answered, on the machine that serves it.
"""
DRAG = """async ({steps, event}) => {
  const slider = document.getElementById("r.steel"), head = document.getElementById("head-1"), took = [];
  for (const value of steps) {
    const seen = new Promise((done) => new MutationObserver((_, mine) => { mine.disconnect(); done(); })
      .observe(head, {childList: true}));
    slider.value = value;
    const started = performance.now();
    slider.dispatchEvent(new Event(event, {bubbles: true}));
    await seen;
    took.push(performance.now() - started);
    await new Promise((rest) => setTimeout(rest, 30));
  }
  return took;
}"""


@dataclass
class Crowd:
    """What fifty people met."""

    took: list[float] = field(default_factory=list)
    errors: int = 0
    wrong: int = 0


@contextmanager
def served():
    """The address of a table of its own, warm, and the process that serves it."""
    with socket.socket() as free, TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "reciprocity", "serve", "--port", str(port), "--store", f"{folder}/s.db"]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address)
            yield address, running.pid
        finally:
            running.terminate()
            running.wait(timeout=20)


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            urlopen(f"{address}/?{urlencode(TABLE)}", timeout=60).read()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not start")


def in_browser(address: str, moves: int) -> dict[str, list[float]]:
    """Milliseconds from the slider's event to the new number in the page, while dragging and on release."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/?{urlencode(TABLE)}")
        page.wait_for_selector("#steps-1 > *")
        steps = [50 - 0.5 * (at % 90) for at in range(1, moves + 1)]
        took = {event: page.evaluate(DRAG, {"steps": steps, "event": event}) for event in ("input", "change")}
        browser.close()
    return took


async def crowd(address: str, users: int, moves: int, right: dict[float, str]) -> Crowd:
    """So many people dragging at once."""
    met = Crowd()
    port = int(address.rpartition(":")[2])
    await asyncio.gather(*(_one(port, who, moves, right, met) for who in range(users)))
    return met


async def _one(port: int, who: int, moves: int, right: dict[float, str], met: Crowd) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    rates = list(right)
    for at in range(moves):
        rate = rates[(who * 7 + at) % len(rates)]
        started = time.perf_counter()
        status, text = await _post(reader, writer, {**TABLE, "v.steel": f"{rate:g}", "mode": "coarse"})
        met.took.append(1e3 * (time.perf_counter() - started))
        found = NUMBER.search(text)
        met.errors += status != 200
        met.wrong += status == 200 and (found is None or found[1] != right[rate])
    writer.close()


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fields: dict[str, str]) -> tuple[int, str]:
    body = urlencode(fields).encode()
    head = (
        f"POST /answer?lang=en HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = int(re.search(r"content-length: (\d+)", answer)[1])
    return int(answer.split(" ", 2)[1]), (await reader.readexactly(length)).decode()


def worked_out() -> dict[float, str]:
    """Canada's number, as the page writes it, for every rate that is asked."""
    from reciprocity.web.solving import pair_of
    from reciprocity.web.state import read_state
    from reciprocity.web.words import words_of

    found = {}
    for rate in (round(0.01 * at, 2) for at in range(50)):
        pair = pair_of(read_state({**TABLE, "v.steel": f"{rate:g}"}))
        change = pair["horizons"]["long"]["sides"]["CAN"]["real_income_change"]
        found[rate] = words_of("en").percent(change)
    return found


def processor(process: int) -> float:
    """Seconds of processor time a process has used."""
    used = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def p(values: list[float], percent: int) -> float:
    """A percentile."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def told(took: dict[str, list[float]], met: Crowd, users: int, seconds: float, spent: float) -> str:
    """The part of the page."""
    rows = [
        ("one hand, Chromium", "while dragging", took["input"], 0, 0),
        ("one hand, Chromium", "on release, everything", took["change"], 0, 0),
        (f"{users} at once", "while dragging", met.took, met.errors, met.wrong),
    ]
    cells = [
        f"| {who} | {what} | {' | '.join(f'{p(ms, at):.0f} ms' for at in (50, 90, 95))} | {len(ms)} | {off} | {wrong} |"
        for who, what, ms, off, wrong in rows
    ]
    head = ["| who | what | p50 | p90 | p95 | count | errors | wrong |", "|---|---|---|---|---|---|---|---|"]
    pace = (
        f"The {users} were given {len(met.took) / seconds:.0f} answers a second between them, "
        f"each for {spent:.1f} ms of the server's processor time."
    )
    return "\n".join([ABOUT, f"Machine: {machine()}.\n", *head, *cells, "", pace])


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="a Markdown page; its part on the live table is replaced")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--moves", type=int, default=20, help="of each of them")
    asked = parser.parse_args()
    right = worked_out()
    with served() as (address, process):
        took = in_browser(address, 60)
        started, spent = time.perf_counter(), processor(process)
        met = asyncio.run(crowd(address, asked.users, asked.moves, right))
        spent = 1e3 * (processor(process) - spent) / len(met.took)
        text = told(took, met, asked.users, time.perf_counter() - started, spent)
    print(text)
    if asked.write:
        write_part(asked.write, "live table", text)
    raise SystemExit(1 if met.errors or met.wrong else 0)


if __name__ == "__main__":
    main()
