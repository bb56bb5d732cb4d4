"""Who `he`, `they` and `the leaders` are, from those named and heard before."""

from __future__ import annotations

import re

from reciprocity.record.people.met import MEMORY
from reciprocity.record.people.speakers import Ids, Speakers

SINGULAR = {
    "he": "m", "she": "f", "his": "m", "her": "f", "him": "m", "himself": "m", "he himself": "m", "she herself": "f",
    "il": "m", "elle": "f", "lui": "m",
}  # fmt: skip
"""Pronouns of one person, and the gender they tell."""
PLURAL = frozenset(["they", "we", "their", "them", "our", "us", "they both", "both", "ils", "elles"])
"""Pronouns of several people or of a body."""
TIED = re.compile(r"\w+-(?:t-)?(il|elle|ils|elles|on)")
"""A French verb with its pronoun behind it: `a-t-il`."""
BOTH = re.compile(
    r"(?:the|both|the two) (?:two )?(?:leaders|prime ministers|presidents|ministers|men|women|pair|secretaries)"
)
"""Nouns that mean two people already named."""


def one_of(speakers: Speakers, gender: str, start: int) -> Ids:
    """Who `he` or `she` is: the nearest speaker or person named before, whose gender does not speak against it."""
    met = speakers.met
    latest = next(((place, ids) for place, ids in speakers.lately(start) if _may_be(speakers, ids, gender)), None)
    sentence = met.sentence_start(start)
    for place, person in reversed(met.before(start, 12)):
        if latest and place <= latest[0] + 60:
            break
        if place < sentence and met.opens_sentence(place) and met.gender(person) in ("", gender):
            return (speakers.person(person),)
    if latest:
        return latest[1]
    person = next((name for _, name in reversed(met.before(start)) if met.gender(name) in ("", gender)), "")
    return (speakers.person(person),) if person else ()


def _may_be(speakers: Speakers, ids: Ids, gender: str) -> bool:
    actor = speakers.actors.get(ids[0])
    return len(ids) == 1 and actor is not None and actor.kind == "person" and actor.gender in ("", gender)


def several(speakers: Speakers, start: int) -> Ids:
    """Who `they` are: those who last spoke together, a body, or two people named together since."""
    named = speakers.met.before(start)
    for place, ids in speakers.lately(start):
        first = speakers.actors.get(ids[0])
        if len(ids) > 1 or (first and first.kind in ("body", "unnamed", "office")):
            return _pair(speakers, [one for one in named if place < one[0]], start) or ids
    return _pair(speakers, named, start) or speakers.last(start)


def both(speakers: Speakers, start: int) -> Ids:
    """Who `the leaders` are: two people named together before, or the first two people of the text."""
    pair = _pair(speakers, speakers.met.before(start), start)
    names = list(dict.fromkeys(name for place, name in speakers.met.mentions[:MEMORY] if place < start))
    return pair or tuple(speakers.person(name) for name in names[:2])


def _pair(speakers: Speakers, mentions: list[tuple[int, str]], start: int) -> Ids:
    return tuple(speakers.person(name) for name in speakers.met.pair(mentions, start))
