"""The actors and issues known beforehand: two TOML files that ship and that a person may replace with their own."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.labels import fold, sector
from reciprocity.record.actor import ACTOR_KINDS, Actor, Post
from reciprocity.record.plain import parse

_ELIDED = re.compile(r"\bl'(?=\w)")
"""The French article before a vowel: `l'acier` names steel."""
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’-](?:(?:[A-Z]\.){2,}|[^\W_]+))*")


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the talks are about: the words that name it and the model's sectors it stands for."""

    id: str
    name: str
    terms: tuple[str, ...]
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """Actors and issues known beforehand, with what finds them by name."""

    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    _by_name: dict[str, Actor] = field(compare=False, repr=False)
    _by_surname: dict[str, tuple[Actor, ...]] = field(compare=False, repr=False)
    _by_term: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = field(compare=False, repr=False)
    _by_title: dict[str, tuple[tuple[Actor, Post], ...]] = field(compare=False, repr=False)

    @classmethod
    def of(cls, actors: tuple[Actor, ...], issues: tuple[Issue, ...]) -> Registry:
        """A registry of these actors and issues."""
        return cls(actors, issues, _names(actors), _surnames(actors), _terms(issues), _posts(actors))

    def actor(self, actor_id: str) -> Actor | None:
        """The actor of an id, or None."""
        return next((one for one in self.actors if one.id == actor_id), None)

    def named(self, name: str) -> Actor | None:
        """The actor a full name or alias means, in any case and with or without accents, or None."""
        return self._by_name.get(_folded(name))

    def bearing(self, surname: str) -> tuple[Actor, ...]:
        """The people with a surname."""
        return self._by_surname.get(_folded(surname), ())

    def holding(self, title: str) -> tuple[tuple[Actor, Post], ...]:
        """Every post with a title and who had it, in the order of the registry."""
        return self._by_title.get(_folded(title), ())

    def issues_in(self, text: str) -> tuple[str, ...]:
        """The issues a text names, in the order they first appear."""
        words = _words(text)
        terms = self._by_term
        found: dict[str, None] = {}
        for at in [at for at, word in enumerate(words) if word in terms]:
            for term, issue in terms[words[at]]:
                if _reads(words, at, term):
                    found[issue] = None
        return tuple(found)


def read_registry(actors: Path | None = None, issues: Path | None = None) -> Registry:
    """The registry, from a person's files or from those that ship. Raises InputError naming every fault."""
    if actors is None and issues is None:
        return shipped_registry()
    ours = shipped_registry()
    return Registry.of(
        actors=_actors(actors.read_text(encoding="utf-8"), str(actors)) if actors else ours.actors,
        issues=_issues(issues.read_text(encoding="utf-8"), str(issues)) if issues else ours.issues,
    )


@cache
def shipped_registry() -> Registry:
    """The registry that comes with Reciprocity."""
    home = files("reciprocity").joinpath("record")
    return Registry.of(
        actors=_actors(home.joinpath("actors.toml").read_text(encoding="utf-8"), "actors.toml"),
        issues=_issues(home.joinpath("issues.toml").read_text(encoding="utf-8"), "issues.toml"),
    )


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


_folded = lru_cache(maxsize=8192)(fold)


def _surnames(actors: tuple[Actor, ...]) -> dict[str, tuple[Actor, ...]]:
    table: dict[str, list[Actor]] = {}
    for actor in actors:
        if actor.kind == "person":
            table.setdefault(fold(actor.name.split()[-1]), []).append(actor)
    return {name: tuple(found) for name, found in table.items()}


def _names(actors: tuple[Actor, ...]) -> dict[str, Actor]:
    table: dict[str, Actor] = {}
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            table.setdefault(fold(name), actor)
    return table


def _posts(actors: tuple[Actor, ...]) -> dict[str, tuple[tuple[Actor, Post], ...]]:
    """Title, folded, to those who had a post of that title."""
    table: dict[str, list[tuple[Actor, Post]]] = {}
    for actor in actors:
        for post in actor.posts:
            table.setdefault(fold(post.title), []).append((actor, post))
    return {title: tuple(held) for title, held in table.items()}


def _words(text: str) -> list[str]:
    """The words of a text or a term as they are matched: small, no elided article, no ligature."""
    return _WORD.findall(_ELIDED.sub("", text.lower().replace("’", "'")).replace("œ", "oe"))


def _terms(issues: tuple[Issue, ...]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of each term, singular and plural, to the whole terms that begin with it."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for issue in issues:
        for term in issue.terms:
            words = tuple(_words(term))
            table.setdefault(words[0], []).append((words, issue.id))
            if len(words) == 1:
                table.setdefault(words[0] + "s", []).append(((words[0] + "s",), issue.id))
    return {word: tuple(terms) for word, terms in table.items()}


def _reads(words: list[str], at: int, term: tuple[str, ...]) -> bool:
    """Whether a term stands at a place, its last word in the singular or the plural."""
    seen = words[at : at + len(term)]
    return len(seen) == len(term) and seen[:-1] == list(term[:-1]) and seen[-1] in (term[-1], term[-1] + "s")
