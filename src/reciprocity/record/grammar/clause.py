"""What stands around a verb: its helpers, its subject, and where what it governs begins and ends.

No parser: each rule looks at words, their order and punctuation, in one pass, so that a hundred articles a second can
be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.record.grammar.grammar import AUX, BE, DETERMINERS, OPENERS, PREPOSITIONS, PRONOUNS, RELATIVES
from reciprocity.record.grammar.lexicon import Cue
from reciprocity.record.grammar.scene import Scene
from reciprocity.record.grammar.words import QUOTE


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its helpers: where it begins, and what they make of it."""

    start: int
    passive: bool
    finite: bool


def verb_group(scene: Scene, at: int, cue: Cue) -> Group | None:
    """The verb at `at` with its helpers; None when the word is no finite verb or participle there."""
    low = scene.low
    first = at
    while first - 1 >= scene.begin and (
        low(first - 1) in AUX or scene.is_adverb(first - 1) or low(first - 1) in ("been", "being", "'ve", "'s", "’s")
    ):
        first -= 1
    helpers = [low(place) for place in range(first, at)]
    while first < at and low(first) not in AUX and not scene.is_adverb(first):
        first += 1
    if first == scene.begin and helpers and helpers[0] in OPENERS:
        first += 1
    has_be = any(word in BE for word in helpers)
    has_helper = any(word in AUX for word in helpers)
    if low(first - 1) == "to":
        return _infinitive(scene, first - 1)
    if cue.form == "ing":
        if not has_be and low(first - 1) in ("began", "begun", "begin", "started", "kept", "keeps", "stopped"):
            return _after_aspect(scene, first - 1)
        return Group(first, passive=False, finite=has_be)
    if cue.form in ("past", "done"):
        return Group(first, passive=has_be, finite=True)
    return Group(first, passive=False, finite=True) if has_helper or _agrees(scene, first, cue) else None


def _infinitive(scene: Scene, to: int) -> Group | None:
    """`continue to warn`, `went on to say`: the group begins at the first verb; other infinitives attribute nothing."""
    head = to - 1
    if scene.low(head) == "on" and scene.low(head - 1) in ("went", "goes", "gone"):
        return _after_aspect(scene, head - 1)
    if scene.low(head) in _ASPECTS:
        return _after_aspect(scene, head)
    return None


_ASPECTS = frozenset(
    (
        "continue",
        "continues",
        "continued",
        "continuing",
        "began",
        "begun",
        "appeared",
        "appears",
        "used",
        "likes",
        "liked",
    )
)
"""Verbs before `to say` of one who says it."""


def _after_aspect(scene: Scene, head: int) -> Group:
    first = head
    while first - 1 >= scene.begin and (scene.low(first - 1) in AUX or scene.is_adverb(first - 1)):
        first -= 1
    return Group(first, passive=False, finite=True)


def _agrees(scene: Scene, first: int, cue: Cue) -> bool:
    """Whether what stands before a bare present form can be its subject."""
    before = scene.low(first - 1)
    if before in ("", ",", QUOTE, "to") or before in DETERMINERS or before in PREPOSITIONS or before.endswith("'s"):
        if before == "," and cue.form == "s" and any(scene.low(place) == "," for place in range(first - 14, first - 1)):
            return True
        return before in (",", QUOTE) and (
            not cue.ambiguous or (first == scene.begin + 3 and scene.is_capital(first - 2))
        )
    if before in PRONOUNS or before in RELATIVES or before == ")":
        return True
    if cue.form == "s":
        return not cue.ambiguous or scene.is_capital(first - 1) or _is_noun_like(before)
    plural = before.endswith("s") and not before.endswith("ss") and before not in ("is", "was", "has")
    return (
        plural
        or _plural_head(scene, first)
        or before in ("people", "some", "many", "others", "most", "police", "men", "women", "both", "data")
    )


def _plural_head(scene: Scene, first: int) -> bool:
    """`Wineries in New York oppose`: a plural before the preposition of the phrase that ends before the verb."""
    for at in range(first - 2, max(scene.begin, first - 7), -1):
        if scene.low(at) in ("in", "of", "at", "for", "along", "from", "across", "on"):
            return scene.low(at - 1).endswith("s") and len(scene.low(at - 1)) > 3 and scene.low(at - 1) not in AUX
        if scene.low(at) == ",":
            return False
    return False


def _is_noun_like(word: str) -> bool:
    return word.isalpha() and len(word) > 3 and not word.endswith(("ing", "ed", "ous", "ive", "al", "ful", "ic"))
