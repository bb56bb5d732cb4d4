"""The actors and issues known beforehand: two TOML files that ship and that a person may replace with their own."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.labels import fold, sector
from reciprocity.record.actor import ACTOR_KINDS, Actor
from reciprocity.record.plain import parse


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the talks are about: the words that name it and the model's sectors it stands for."""

    id: str
    name: str
    terms: tuple[str, ...]
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """Actors and issues known beforehand."""

    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]

    def actor(self, actor_id: str) -> Actor | None:
        """The actor of an id, or None."""
        return next((one for one in self.actors if one.id == actor_id), None)

    def named(self, name: str) -> Actor | None:
        """The actor a full name or alias means, in any case and with or without accents, or None."""
        return _names(self).get(fold(name))


def read_registry(actors: Path | None = None, issues: Path | None = None) -> Registry:
    """The registry, from a person's files or from those that ship. Raises InputError naming every fault."""
    if actors is None and issues is None:
        return shipped_registry()
    ours = shipped_registry()
    return Registry(
        actors=_actors(actors.read_text(encoding="utf-8"), str(actors)) if actors else ours.actors,
        issues=_issues(issues.read_text(encoding="utf-8"), str(issues)) if issues else ours.issues,
    )


@cache
def shipped_registry() -> Registry:
    """The registry that comes with Reciprocity."""
    home = files("reciprocity").joinpath("record")
    return Registry(
        actors=_actors(home.joinpath("actors.toml").read_text(encoding="utf-8"), "actors.toml"),
        issues=_issues(home.joinpath("issues.toml").read_text(encoding="utf-8"), "issues.toml"),
    )


def issues_in(text: str, registry: Registry) -> tuple[str, ...]:
    """The issues a text names, in the order they first appear."""
    pattern, owner = _issue_pattern(registry.issues)
    found = (owner[_singular(fold(match.group()), owner)] for match in pattern.finditer(text.replace("’", "'")))
    return tuple(dict.fromkeys(found))


def _actors(text: str, where: str) -> tuple[Actor, ...]:
    rows = _rows(text, where, "actor")
    actors = parse(tuple[Actor, ...], rows, where=f"{where}: actor")
    faults = [
        Fault(f"{where}: {one.id}.kind", f"'{one.kind}' is not a kind of actor", f"One of {', '.join(ACTOR_KINDS)}")
        for one in actors
        if one.kind not in ACTOR_KINDS
    ]
    return _unique(actors, where, faults)


def _issues(text: str, where: str) -> tuple[Issue, ...]:
    issues = parse(tuple[Issue, ...], _rows(text, where, "issue"), where=f"{where}: issue")
    for issue in issues:
        for code in issue.sectors:
            sector(code, where=f"{where}: {issue.id}.sectors")
    return _unique(issues, where, [])


def _rows(text: str, where: str, key: str) -> Any:
    try:
        return tomllib.loads(text).get(key, [])
    except tomllib.TOMLDecodeError as error:
        raise InputError(Fault(where, f"not TOML: {error}", remedy="Mend the line it names.")) from error


def _unique(rows: tuple[Any, ...], where: str, faults: list[Fault]) -> tuple[Any, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            faults.append(Fault(f"{where}: {row.id}", "is there twice", "An id names one thing"))
        seen.add(row.id)
    if faults:
        raise InputError(faults)
    return rows


@cache
def _names(registry: Registry) -> dict[str, Actor]:
    table: dict[str, Actor] = {}
    for actor in registry.actors:
        for name in (actor.name, *actor.aliases):
            table.setdefault(fold(name), actor)
    return table


@cache
def _issue_pattern(issues: tuple[Issue, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    owner = {fold(term): issue.id for issue in issues for term in issue.terms}
    terms = sorted((term.replace("’", "'") for issue in issues for term in issue.terms), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, terms)) + r")s?(?!\w)", re.IGNORECASE), owner


def _singular(word: str, owner: dict[str, str]) -> str:
    return word if word in owner else word.removesuffix("s")
