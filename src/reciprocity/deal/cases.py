"""The cases that ship: real deals with their situation, found by name wherever the package stands."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reciprocity.deal.deal import Deal, read_deal
from reciprocity.errors import Fault, InputError, did_you_mean
from reciprocity.files import read_toml
from reciprocity.record.views.thread import Thread, read_threads


def cases_folder() -> Path:
    """The folder of cases: beside the sources in a checkout, inside the package when installed."""
    inside = Path(str(files("reciprocity"))) / "cases"
    return inside if inside.is_dir() else Path(str(files("reciprocity"))).parents[1] / "cases"


def case_deals() -> dict[str, Path]:
    """The deals that ship, by name."""
    return {path.stem: path for path in sorted(cases_folder().glob("*/deals/*.toml"))}


def shipped_deals() -> dict[str, tuple[Deal, str]]:
    """Every deal that ships with the folder of its case, by name."""
    return {name: (read_deal(path), path.parent.parent.name) for name, path in case_deals().items()}


def find_deal(name: str, *, shipped_only: bool = False) -> tuple[Deal, Path]:
    """A deal by its file's path, or by the name of one that ships. Raises InputError."""
    path = Path(name)
    if not shipped_only and (path.suffix == ".toml" or path.exists()):
        return read_deal(path), path
    shipped = case_deals()
    if name not in shipped:
        allowed = f"Give the path of a .toml file, or one of {', '.join(shipped)}"
        raise InputError(Fault(name, "is neither a file nor a case", allowed, did_you_mean(name, shipped)))
    return read_deal(shipped[name]), shipped[name]


def case_threads() -> tuple[Thread, ...]:
    """The promises followed in the cases that ship."""
    return tuple(thread for folder in sorted(cases_folder().glob("*/record")) for thread in read_threads(folder))


def talks_of(deal: Deal, path: Path | None = None) -> Path | None:
    """The case folder of a deal's talks: the one its file is in, else the one with a deal between the same sides."""
    own = path.resolve().parent.parent if path else None
    if own and (own / "situation.toml").is_file():
        return own
    return _talks_between(frozenset(deal.sides))


@cache
def _talks_between(sides: frozenset[str]) -> Path | None:
    told = (path for path in case_deals().values() if (path.parent.parent / "situation.toml").is_file())
    return next((path.parent.parent for path in told if frozenset(read_deal(path).sides) == sides), None)


def situation(talks: Path | None, on: date) -> list[dict[str, Any]]:
    """What had happened up to a day at the talks of a case folder; nothing without one."""
    if talks is None:
        return []
    events = [{**event, "date": event["date"].isoformat()} for event in _read(talks / "situation.toml")["event"]]
    return [event for event in events if event["date"] <= on.isoformat()]


def said(talks: Path | None, on: date) -> list[dict[str, Any]]:
    """What was said at the talks up to a day, the oldest first: who, the source's own words, the sense of it, where."""
    threads = _threads(talks) if talks else ()
    rows = [one for thread in threads for one in (*thread.promises, *thread.turns) if one.date and one.date <= on]
    told = [
        {
            "date": str(one.date),
            "who": list(one.who),
            "words": one.words,
            "what": one.what,
            "source": one.source,
            "url": one.url,
        }
        for one in rows
    ]
    return sorted(told, key=lambda one: one["date"])


@cache
def _read(file: Path) -> dict[str, Any]:
    return read_toml(file)


@cache
def _threads(talks: Path) -> tuple[Thread, ...]:
    return read_threads(talks / "record")
