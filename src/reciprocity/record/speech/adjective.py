"""What somebody is: `is confident that ...`, `remains wary of ...`, `is reluctant to ...`."""

from __future__ import annotations

from reciprocity.record.grammar.extent import clause_end, object_end
from reciprocity.record.grammar.grammar import AUX, BE, PRONOUNS
from reciprocity.record.grammar.reported import finite_ahead
from reciprocity.record.grammar.scene import Found, Scene
from reciprocity.record.grammar.subject import subject

_LINKING = BE | {
    "remain",
    "remains",
    "remained",
    "seem",
    "seems",
    "seemed",
    "appear",
    "appears",
    "appeared",
    "sounded",
    "feel",
    "feels",
    "felt",
    "became",
    "grew",
}
_DEGREE = frozenset(("very", "quite", "more", "less", "most", "so", "too", "as", "far", "much", "fully", "equally"))
_NOBODY = frozenset(("it", "this", "that", "which", "there", "what"))


def holding(scene: Scene, at: int) -> Found | None:
    """`Officials are confident that a deal will come`: a state of mind and what it is about."""
    verb = at - 1
    while scene.is_adverb(verb) or scene.low(verb) in _DEGREE:
        verb -= 1
    if scene.low(verb) not in _LINKING:
        return None
    begin, end = _held(scene, at)
    if begin >= end:
        return None
    first = verb
    while scene.low(first - 1) in AUX or scene.is_adverb(first - 1):
        first -= 1
    source = subject(scene, first)
    if source is None or scene.low(source[1] - 1) in _NOBODY:
        return None
    return Found(((begin, end),), source, (first, at + 1), scene.low(at), "adjective")


def _held(scene: Scene, at: int) -> tuple[int, int]:
    """What an adjective is about: after the word it takes, or a clause without `that`; empty when there is nothing."""
    takes = scene.lexicon.adjectives[scene.low(at)]
    after = scene.low(at + 1)
    if after not in takes:
        bare = "that" in takes and (after in PRONOUNS or scene.is_capital(at + 1) or after in ("a", "the"))
        return (at + 1, clause_end(scene, at + 1)) if bare and finite_ahead(scene, at + 1) else (0, 0)
    if after in ("that", "to"):
        end = clause_end(scene, at + 1) if after == "that" else object_end(scene, at + 1)
        return at + 1, end
    return at + 2, object_end(scene, at + 2)
