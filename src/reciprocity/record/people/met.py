"""The people a document names outside its quotes, as they come to be known."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from reciprocity.record.people.names import RUN, bare, is_body, lists, split_title
from reciprocity.record.registry import Registry

MEMORY = 60
"""How many speakers and names back a pronoun may reach."""
_LONGEST_SENTENCE = 4000
_HONORIFICS = {"mr": "m", "sir": "m", "lord": "m", "ms": "f", "mrs": "f", "miss": "f", "lady": "f"}


@dataclass(slots=True)
class Met:
    """Who was named so far.

    Args:
        surnames: Full names by surname; `?` stands before the surname of one that may be no person.
        posts: Places, titles and full names of those who were given a title.
        mentions: Places and full names of people, in order.
        unsure: The same of those that may be no people.
        alone: Names of one word that stood alone: no surnames of what is named later, as `Cambodia` of `Air Cambodia`.
        honorific: What `Mr.` or `Ms.` told of a full name: `m` or `f`.
    """

    text: str
    registry: Registry
    surnames: dict[str, str] = field(default_factory=dict)
    posts: list[tuple[int, str, str]] = field(default_factory=list)
    mentions: list[tuple[int, str]] = field(default_factory=list)
    unsure: list[tuple[int, str]] = field(default_factory=list)
    alone: set[str] = field(default_factory=set)
    honorific: dict[str, str] = field(default_factory=dict)

    def meet(self, ranges: list[tuple[int, int]]) -> None:
        """Learn every name between the given offsets."""
        for start, end in ranges:
            for match in RUN.finditer(self.text, start, end):
                self._meet_run(match)

    def _meet_run(self, match: re.Match[str]) -> None:
        titles, name = split_title(match[0].split())
        if not name:
            return
        surname = bare(name[-1])
        if len(name) == 1:
            self.alone.add(surname)
            if surname in self.surnames or (_is_polite(titles) and not self.registry.bearing(surname)):
                self.mentions.append((match.start(), self.surnames.setdefault(surname, surname)))
        elif is_body(name) or not self._meet_person(match.start(), name, titled=bool(titles)):
            return
        person = self.surnames.get(surname, "")
        if titles and person:
            title = "prime minister" if titles[-2:] == ["prime", "minister"] else titles[-1]
            self.posts.append((match.start(), title, person))
            if titles[-1] in _HONORIFICS:
                self.honorific[person] = _HONORIFICS[titles[-1]]

    def _meet_person(self, place: int, name: list[str], *, titled: bool) -> bool:
        """Learn a full name; False when it may be no person's."""
        surname = bare(name[-1])
        person = " ".join([*name[:-1], surname])
        if not titled and bare(name[0]).lower() not in lists().gender and self.registry.named(person) is None:
            if surname not in self.alone:
                self.surnames.setdefault("?" + surname, person)
            self.unsure.append((place, person))
            return False
        self.surnames[surname] = person
        self.mentions.append((place, person))
        return True

    def before(self, start: int, most: int = MEMORY) -> list[tuple[int, str]]:
        """The latest people named before a place."""
        at = bisect_left(self.mentions, (start, ""))
        return self.mentions[max(0, at - most) : at]

    def pair(self, mentions: list[tuple[int, str]], start: int) -> tuple[str, ...]:
        """The names of two people joined by `and` shortly before a place; none when there are none."""
        for (first, one), (second, two) in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
            between = self.text[first:second]
            if start - second < 400 and " and " in between and len(between) < 60 and one != two:
                return one, two
        return ()

    def sentence_start(self, place: int) -> int:
        """Where the sentence that a place is in begins, looked for as far back as a sentence goes."""
        return max(self.text.rfind(mark, max(0, place - _LONGEST_SENTENCE), place) for mark in ("\n", ". "))

    def opens_sentence(self, place: int) -> bool:
        """Whether a name is near the head of its sentence, where subjects stand."""
        return any(mark in self.text[max(0, place - 59) : place] for mark in ("\n", ". ", "” ")) or place < 59

    def subject_of(self, start: int, end: int) -> tuple[int, str]:
        """Place and name of the person at the head of the last sentence between two offsets; no name where none is."""
        for place, name in reversed(self.before(end)):
            if place < start or self.text.find(". ", place, end) >= 0:
                break
            if self.opens_sentence(place):
                return place, name
        at = bisect_left(self.unsure, (end, "")) - 1
        place, name = self.unsure[at] if at >= 0 else (-1, "")
        before = self.text[max(0, place - 30) : max(0, place)].rstrip()
        title = before.rstrip(",").rsplit(maxsplit=1)[-1:] if before.endswith(",") else []
        return (place, name) if place >= start and title and title[0].lower() in lists().titles else (place, "")

    def holder(self, title: str, start: int) -> str:
        """The full name of who was last given a title before a place, or else first; empty when nobody was."""
        held = [(place, name) for place, given, name in self.posts[-4 * MEMORY :] if given == title]
        return next((name for place, name in reversed(held) if place < start), held[0][1] if held else "")

    def gender(self, name: str) -> str:
        """`f`, `m` or empty, from the registry, an honorific in the text, or the given name."""
        known = self.registry.named(name)
        if known and known.gender:
            return known.gender
        return self.honorific.get(name, "") or lists().gender.get(name.split(maxsplit=1)[0].lower(), "")


def _is_polite(titles: list[str]) -> bool:
    return bool(titles) and titles[-1] in _HONORIFICS
