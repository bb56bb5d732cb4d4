"""What follows a speech verb, past time, place and hearer."""

from __future__ import annotations

from reciprocity.record.grammar.extent import clause_end
from reciprocity.record.grammar.grammar import (
    AUX,
    COMMON_VERBS,
    DETERMINERS,
    NO_CLAUSE,
    PASSED,
    PREPOSITIONS,
    PRONOUNS,
    QUESTIONS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    TOPICAL,
    WARY,
    WEEKDAYS,
)
from reciprocity.record.grammar.lexicon import Cue
from reciprocity.record.grammar.scene import Complement, Scene
from reciprocity.record.grammar.words import QUOTE


def reported(scene: Scene, place: int, cue: Cue | None) -> Complement | None:
    """What follows a speech verb, past time, place and hearer: from `that`, a quote, a colon or the clause itself."""
    begin = _clause_start(scene, place, cue)
    if begin is None or begin >= scene.stop:
        return None
    if scene.low(begin) == QUOTE and all(_says_when(scene, at) for at in range(begin + 1, scene.stop)):
        return begin, begin + 1, "quote"
    return begin, clause_end(scene, begin), "clause"


def _says_when(scene: Scene, at: int) -> bool:
    """Whether a word after a quote only says when it was said: `said “no” on Tuesday`."""
    return scene.low(at) in TIMES or (scene.low(at) in ("on", "late", "early") and scene.low(at + 1) in TIMES)


def told(scene: Scene, place: int, cue: Cue) -> Complement | None:  # noqa: ARG001
    """`told reporters that ...`."""
    begin = after_addressee(scene, place)
    if begin == place or scene.low(begin) in AUX or scene.low(begin) == "to":
        return None
    return reported(scene, begin, None)


def _clause_start(scene: Scene, place: int, cue: Cue | None) -> int | None:
    """Where what was said begins after the verb; None when nothing said follows."""
    at = place
    while scene.low(at) in TIMES or scene.low(at) in PASSED or (scene.low(at).endswith("ly") and scene.is_adverb(at)):
        at += 1
    word = scene.low(at)
    if at >= scene.stop or word in ("that", QUOTE):
        return at if at < scene.stop else None
    if word in (":", ","):
        return at + 1 if word == ":" else _past_comma(scene, at)
    if word in TOPICAL:
        return that_ahead(scene, at, 12)
    if word in PREPOSITIONS:
        return _past_phrase(scene, at)
    if cue is None:
        return at
    is_clause = _begins_clause(scene, at, cue) and ("stance" not in cue.takes or finite_ahead(scene, at))
    return at if is_clause else None


def _past_comma(scene: Scene, comma: int) -> int | None:
    """After `said,`: a quote, or what comes after an insertion that a second comma closes."""
    if scene.low(comma + 1) == QUOTE:
        return comma + 1
    ahead = that_ahead(scene, comma + 1, 16)
    if ahead is not None and scene.low(ahead - 1) == ",":
        return ahead
    return None


def that_ahead(scene: Scene, at: int, reach: int) -> int | None:
    """The place of `that`, or after a colon, within reach of a place and before any verb."""
    for place in range(at, min(at + reach, scene.stop)):
        word = scene.low(place)
        if word == "that" and scene.low(place - 1) not in PREPOSITIONS and scene.low(place + 1) != "day":
            return place
        if word == ":":
            return place + 1
        if word == QUOTE and scene.low(place - 1) == ",":
            return place
        if word in (";", "—", "–") or word in AUX:
            return None
    return None


def _past_phrase(scene: Scene, at: int) -> int | None:
    """After `said in a statement Friday`: `that`, a colon, or a clause after a day or with a subject of its own."""
    ahead = that_ahead(scene, at, 18)
    if ahead is not None:
        return ahead
    for place in range(at + 1, min(at + 18, scene.stop - 1)):
        word = scene.low(place)
        if word == QUOTE:
            return place
        if word == "," and scene.low(place + 1) == QUOTE:
            return place + 1
        if word in WEEKDAYS and scene.low(place + 1) not in PREPOSITIONS and scene.low(place + 1) not in (",", "and"):
            return place + 1
        before = scene.low(place - 1)
        if word in ("he", "she", "they", "it", "we", "there") and before not in PREPOSITIONS:
            return place if before not in SUBORDINATORS else None
    return None


def _begins_clause(scene: Scene, at: int, cue: Cue) -> bool:
    word = scene.low(at)
    if word in NO_CLAUSE:
        return False
    if cue.lemma in WARY:
        return word in QUESTIONS or (finite_ahead(scene, at) and word not in AUX)
    plain = cue.lemma in _PLAINLY or word in PRONOUNS or word in QUESTIONS
    return plain or has_verb(scene, at, scene.stop) or _has_figure(scene, at)


def _has_figure(scene: Scene, at: int) -> bool:
    """`estimates the cost at $2 billion`: a number close by says something without a verb."""
    return any(scene.low(place)[-1:].isdigit() or "$" in scene.low(place) for place in range(at, at + 8))


_PLAINLY = frozenset(("say", "think", "believe", "add", "argue", "insist"))
"""Verbs after which anything is a clause; after others a verb must come, so that `pledged delegates` is none."""


def finite_ahead(scene: Scene, at: int) -> bool:
    """Whether a verb with a subject comes soon: what follows is a clause, not a thing."""
    for place in range(at + 1, min(at + 12, scene.stop)):
        word = scene.low(place)
        if word in AUX or word.endswith("n't"):
            return scene.low(place - 1) not in ("who", "that", "which")
        if word in (",", ";") or word in RELATIVES or word in ("to", QUOTE):
            return False
    return False


def has_verb(scene: Scene, begin: int, end: int) -> bool:
    """Whether a stretch has a verb or a quote in it, by the look of its words."""
    return any(
        scene.low(place) in AUX or scene.low(place) == QUOTE or verb_shaped(scene.low(place))
        for place in range(begin, end)
    )


def verb_shaped(word: str) -> bool:
    """Whether a word looks like a finite verb."""
    return (
        (len(word) > 4 and word.endswith(("ed", "es")))
        or word.endswith(("'s", "'re", "'ve", "'ll", "n't", "'d", "'m"))
        or (word in COMMON_VERBS)
    )


def after_addressee(scene: Scene, at: int) -> int:
    """The place after `reporters`, `the committee`, `Global News`, `him`."""
    place = at
    if scene.low(place) in ("me", "him", "her", "them", "us", "you", "reporters", "lawmakers", "members"):
        return place + 1
    limit = min(at + 9, scene.stop)
    while place < limit:
        word = scene.low(place)
        if word in (",", QUOTE, ":", ";", "that", "to") or word in PREPOSITIONS or word in WEEKDAYS or word in PRONOUNS:
            break
        if (
            word in AUX
            or (place > at and word in DETERMINERS)
            or (place > at and (_turns_small(scene, place) or _turns_capital(scene, place)))
        ):
            break
        place += 1
    return place


def _turns_capital(scene: Scene, place: int) -> bool:
    """`told workers Ottawa would act`: a name after a small noun begins what was said, if no `that` comes."""
    small = not scene.is_capital(place - 1) and scene.low(place - 1) not in DETERMINERS
    return small and scene.is_capital(place) and that_ahead(scene, place, 6) is None


def _turns_small(scene: Scene, place: int) -> bool:
    """`told Global News tariffs`: a lower-case word after a run of capitals begins what was said."""
    return scene.is_capital(place - 1) and not scene.is_capital(place) and scene.words.text[place][0].isalpha()
