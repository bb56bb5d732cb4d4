"""Who has spoken in a document, and the actors its sources were found to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reciprocity.record.actor import Actor
from reciprocity.record.people.met import MEMORY, Met
from reciprocity.record.people.names import is_body, slug
from reciprocity.record.registry import Registry

Ids = tuple[str, ...]
"""Ids of actors who speak together; none when nobody could be found."""


@dataclass(slots=True)
class Speakers:
    """Actors by id, and places and ids of those who spoke, in order."""

    registry: Registry
    published: str
    met: Met
    actors: dict[str, Actor] = field(default_factory=dict)
    spoke: list[tuple[int, Ids]] = field(default_factory=list)

    def add(self, actor: Actor) -> str:
        """An actor's id, the actor put among those of the document."""
        self.actors.setdefault(actor.id, actor)
        return actor.id

    def person(self, name: str) -> str:
        """The actor id of a person by full name, from the registry when it knows them."""
        known = self.registry.named(name)
        return self.add(known or Actor(slug(name), name, "person", gender=self.met.gender(name)))

    def lately(self, start: int) -> Iterator[tuple[int, Ids]]:
        """The latest speakers before a place, nearest first."""
        return ((place, ids) for place, ids in reversed(self.spoke[-MEMORY:]) if place < start)

    def last(self, start: int) -> Ids:
        """Who spoke last before a place."""
        return next((ids for _, ids in self.lately(start)), ())

    def last_office(self, start: int) -> Ids:
        """The office or body that spoke last before a place; else whoever did."""
        return next((ids for _, ids in self.lately(start) if self._is_office(ids)), ()) or self.last(start)

    def _is_office(self, ids: Ids) -> bool:
        actor = self.actors.get(ids[0])
        return len(ids) == 1 and actor is not None and actor.kind in ("office", "body")

    def office_of(self, holder: str) -> str:
        """The office of a person: one the registry names for a post held that day, or one made from the name."""
        actor = self.actors[holder]
        for post in actor.posts:
            if not post.held_on(self.published):
                continue
            title = f"{post.title} of {'the ' if post.org == 'United States' else ''}{post.org}"
            for office in self.registry.actors:
                if office.speaks_for == title:
                    return self.add(office)
        return self.add(Actor(f"{holder}_office", f"Office of {actor.name}", "office", actor.side, speaks_for=holder))

    def holder(self, title: str, start: int) -> str:
        """Who holds the office a title names: by the text, else by the registry on the day; empty when unknown."""
        person = self.met.holder(title, start)
        if person:
            return self.person(person)
        for actor, post in self.registry.holding(title) if self.published else ():
            if post.org in ("Canada", "United States") and post.held_on(self.published):
                return self.add(actor)
        return ""

    def bearing(self, surname: str) -> str:
        """The full name of the one person of the registry with that surname; empty when none or several."""
        found = self.registry.bearing(surname)
        serving = [one for one in found if any(post.held_on(self.published) for post in one.posts)] or found
        return serving[0].name if len(serving) == 1 else ""

    def can_join(self, ids: Ids) -> bool:
        """Whether a part of `A and B` is somebody: a person, an office, or a body with a name."""
        actor = self.actors[ids[0]]
        parts = actor.name.split()
        named = all(word[:1].isupper() for word in parts) and (len(parts) > 1 or not is_body(parts))
        return named or actor.kind in ("person", "office") or self.registry.actor(ids[0]) is not None

    def is_unnamed(self, ids: Ids) -> bool:
        """Whether a source is not named."""
        return bool(ids) and all(self.actors[one].kind == "unnamed" for one in ids)
