"""Who speaks: people, offices, bodies, and sources that are not named."""

from __future__ import annotations

from dataclasses import dataclass

ACTOR_KINDS = ("person", "office", "body", "unnamed")
"""What an actor can be."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post an actor held, with its dates (ISO; empty when open or not known)."""

    title: str
    org: str = ""
    since: str = ""
    until: str = ""

    def held_on(self, date: str) -> bool:
        """Whether the post was held on an ISO date; an empty date asks about no day in particular."""
        return not date or ((not self.since or self.since <= date) and (not self.until or date <= self.until))


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone a statement comes from.

    Args:
        id: Short name, as `mark_carney`; an unnamed source gets one made from its document and words.
        kind: One of `ACTOR_KINDS`.
        side: Country code the actor speaks for (`CA`, `US`, ...), or empty.
        speaks_for: The actor an office speaks for, or empty.
        gender: `f`, `m` or empty when the record does not say; only pronouns use it.
    """

    id: str
    name: str
    kind: str
    side: str = ""
    posts: tuple[Post, ...] = ()
    aliases: tuple[str, ...] = ()
    speaks_for: str = ""
    gender: str = ""
