"""Nouns that attribute: `the minister's comment that ...`, `her push for ...`."""

from __future__ import annotations

from reciprocity.record.extent import clause_end, object_end
from reciprocity.record.grammar import AUX, DETERMINERS, PREPOSITIONS
from reciprocity.record.reported import that_ahead
from reciprocity.record.scene import Found, Range, Scene


def noun_cue(scene: Scene, at: int) -> Found | None:
    """`Carney's comment in the House that ...`, `her push for ...`."""
    owner = _owner(scene, at)
    if owner is None:
        return None
    after = scene.low(at + 1)
    that = that_ahead(scene, at + 1, 9)
    if (
        that is not None
        and that < scene.stop
        and scene.low(that) == "that"
        and not any(scene.low(place) == "," for place in range(at, that))
    ):
        return Found(((that, clause_end(scene, that)),), owner, (at, at + 1), scene.low(at), "noun")
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
        return Found(((begin, object_end(scene, begin)),), owner, (at, at + 1), scene.low(at), "noun")
    return None


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
