"""Nouns that attribute: `the minister's comment that ...`, `her push for ...`."""

from __future__ import annotations

from reciprocity.record.grammar.extent import clause_end, object_end
from reciprocity.record.grammar.grammar import AUX, COMMON_VERBS, DETERMINERS, LIGHT_VERBS, PREPOSITIONS
from reciprocity.record.grammar.reported import has_verb, that_ahead
from reciprocity.record.grammar.scene import Found, Range, Scene
from reciprocity.record.grammar.subject import subject
from reciprocity.record.grammar.words import QUOTE


def noun_cue(scene: Scene, at: int) -> Found | None:
    """`Carney's comment in the House that ...`, `her push for ...`."""
    owner = _owner(scene, at) or _giver(scene, at)
    if owner is None:
        return None
    after = scene.low(at + 1)
    told = _told(scene, at)
    if told:
        return Found(((told, clause_end(scene, told)),), owner, (at, at + 1), scene.low(at), "noun")
    that = that_ahead(scene, at + 1, 9)
    if (
        that is not None
        and that < scene.stop
        and scene.low(that) == "that"
        and not any(scene.low(place) == "," for place in range(at, that))
    ):
        end = _before_predicate(scene, owner, that + 1, clause_end(scene, that), verbs=1)
        return Found(((that, end),), owner, (at, at + 1), scene.low(at), "noun")
    if after in ("for", "to", "against", "of", "on") and at + 2 < scene.stop:
        if after in ("of", "on") and scene.low(at) not in (
            "criticism",
            "praise",
            "denial",
            "view",
            "assessment",
            "condemnation",
            "stance",
            "position",
            "statement",
            "statements",
            "comments",
            "remarks",
            "views",
        ):
            return None
        begin = at + 1 if after == "to" else at + 2
        end = _before_predicate(scene, owner, begin + 1, object_end(scene, begin), verbs=0)
        return Found(((begin, end),), owner, (at, at + 1), scene.low(at), "noun")
    return None


def _told(scene: Scene, at: int) -> int:
    """Where the quote of `her message to Ottawa: "..."` begins; 0 when there is none."""
    for place in range(at + 1, min(at + 8, scene.stop - 1)):
        if scene.low(place) == ":":
            return place + 1 if scene.low(place + 1) == QUOTE else 0
        if scene.low(place) in AUX or scene.low(place) in (",", QUOTE, ";"):
            return 0
    return 0


def _giver(scene: Scene, at: int) -> Range | None:
    """Who makes it, in `made an assertion that ...`, `has taken a firm stance against ...`."""
    place = at - 1
    while at - place < 5 and scene.low(place).isalpha() and scene.low(place) not in DETERMINERS | LIGHT_VERBS:
        place -= 1
    if scene.low(place) in DETERMINERS:
        place -= 1
    if scene.low(place) not in LIGHT_VERBS:
        return None
    first = place
    while scene.low(first - 1) in AUX or scene.is_adverb(first - 1):
        first -= 1
    found = subject(scene, first)
    return found if found and scene.low(found[1] - 1) not in ("it", "that", "which", "this", "there") else None


def _before_predicate(scene: Scene, owner: Range, begin: int, end: int, *, verbs: int) -> int:
    """Where what a noun holds ends when the noun is the sentence's subject: before the sentence's own verb.

    `verbs` is how many verbs of its own the content has: `his claim that it works was denied`, `her call for aid fell`.
    """
    if has_verb(scene, scene.begin, owner[0]):
        return end
    seen = 0
    for place in range(begin, end):
        word, before = scene.low(place), scene.low(place - 1)
        if word in ("and", "or", "but", "because", "if", "when", "while", "who", "which", "that", "as", QUOTE):
            verbs += 1
        finite = word in AUX or word in COMMON_VERBS or (word.endswith("ed") and scene.is_adverb(place - 1))
        if finite and before != "to" and before not in AUX and not scene.is_adverb(place - 1):
            seen += 1
            if seen > verbs:
                return place
    return end


def _owner(scene: Scene, at: int) -> Range | None:
    """The possessive before a noun: `his`, `Carney's`, `the group's`."""
    place = at - 1
    steps = 0
    while place >= scene.begin and steps < 3:
        word = scene.low(place)
        if word in ("his", "her", "their"):
            return place, place + 1
        if word.endswith("'s") or (word == "'" and scene.low(place - 1).endswith("s")):
            begin = place
            while begin - 1 >= scene.begin and (
                scene.is_capital(begin - 1) or scene.low(begin - 1) in ("the", "prime", "minister")
            ):
                begin -= 1
            return begin, place + 1
        if not word.isalpha() or word in PREPOSITIONS or word in AUX or word in DETERMINERS:
            return None
        place -= 1
        steps += 1
    return None
