"""Nouns that attribute: `the minister's comment that ...`, `her push for ...`."""

from __future__ import annotations

from reciprocity.record.extent import clause_end, object_end
from reciprocity.record.grammar import AUX, COMMON_VERBS, DETERMINERS, PREPOSITIONS
from reciprocity.record.reported import has_verb, that_ahead
from reciprocity.record.scene import Found, Range, Scene
from reciprocity.record.words import QUOTE


def noun_cue(scene: Scene, at: int) -> Found | None:
    """`Carney's comment in the House that ...`, `her push for ...`."""
    owner = _owner(scene, at)
    if owner is None:
        return None
    after = scene.low(at + 1)
    if after == ":" and scene.low(at + 2) == QUOTE:
        return Found(((at + 2, clause_end(scene, at + 2)),), owner, (at, at + 1), scene.low(at), "noun")
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
        ):
            return None
        begin = at + 1 if after == "to" else at + 2
        end = _before_predicate(scene, owner, begin + 1, object_end(scene, begin), verbs=0)
        return Found(((begin, end),), owner, (at, at + 1), scene.low(at), "noun")
    return None


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
