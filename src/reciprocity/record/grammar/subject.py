"""Who acts: the words before a verb that name its subject."""

from __future__ import annotations

from reciprocity.record.grammar.grammar import (
    APPOSITIVE,
    AUX,
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    WEEKDAYS,
)
from reciprocity.record.grammar.scene import Scene
from reciprocity.record.grammar.words import QUOTE

_BREAKS = frozenset((";", ":", "—", "–", "--", "?", "!", "…", "...", "•", "(", "[", "|", "/"))


def subject(scene: Scene, first: int) -> tuple[int, int] | None:
    """The words before a verb group that name who acts, as a range; None when there are none."""
    last = first
    low = scene.low
    while low(last - 1) in WEEKDAYS or (low(last - 1) == "on" and low(last) in WEEKDAYS):
        last -= 1
    if low(last - 1) == "far" and low(last - 2) == "so":
        last -= 2
    if low(last - 1) in ("there", "here") and low(last - 2).endswith("s"):
        last -= 1
    if low(last - 1) == ",":
        return _before_apposition(scene, last - 1)
    if low(last - 1) == ")":
        return _before_bracket(scene, last - 1)
    if low(last - 1) in ("—", "–", "-", "--"):
        opening = _previous(scene, last - 2, (low(last - 1),), reach=25)
        return subject(scene, opening) if opening >= 0 else None
    begin = _phrase_start(scene, last)
    return _trimmed(scene, begin, last)


def _before_bracket(scene: Scene, close: int) -> tuple[int, int] | None:
    opening = _previous(scene, close - 1, ("(",), reach=12)
    if opening < 0:
        return None
    found = subject(scene, opening)
    return (found[0], close + 1) if found else None


def _before_apposition(scene: Scene, comma: int) -> tuple[int, int] | None:
    """The subject before `, who is there too,`: the phrase left of the comma that opens what the last comma closes."""
    opening = comma
    for _ in range(4):
        opening = _previous(scene, opening - 1, (",",), reach=28)
        if opening < 0:
            return None
        after = scene.low(opening + 1)
        looks = after in APPOSITIVE or after in PREPOSITIONS or after[:1].isdigit() or scene.is_capital(opening + 1)
        if looks or after.endswith(("ing", "ed")) or after in ("meanwhile", "however", "president", "chief", "too"):
            found = _trimmed(scene, _phrase_start(scene, opening), opening)
            if found:
                return (found[0], comma + 1) if after in APPOSITIVE or scene.is_capital(opening + 1) else found
        elif opening <= scene.begin:
            return None
    return None


def _previous(scene: Scene, at: int, marks: tuple[str, ...], *, reach: int) -> int:
    for place in range(at, max(scene.begin - 1, at - reach), -1):
        if scene.low(place) in marks:
            return place
    return -1


def _phrase_start(scene: Scene, last: int) -> int:
    """How far left the noun phrase that ends before `last` goes."""
    at = last - 1
    low = scene.low
    if low(at) in PRONOUNS or low(at) in RELATIVES:
        joint = low(at - 1) in ("and", "of", "all", "both") and low(at) == "whom"
        return at - 2 if joint and low(at - 2) in ("all", "both", "some", "most", "many") else at
    while at >= scene.begin:
        word = low(at)
        if word == "who" and at < last - 1 and scene.low(at - 1) not in (",", ""):
            at -= 1
            continue
        if word in _BREAKS or word == QUOTE or word in SUBORDINATORS:
            break
        if word == "," and not _lists(scene, at):
            break
        if word == "and" and (at == last - 1 or not _joins_names(scene, at)):
            break
        if word in AUX or (_is_finite(scene, at) and at < last - 1):
            break
        at -= 1
    return at + 1


def _is_finite(scene: Scene, at: int) -> bool:
    cue = scene.lexicon.verbs.get(scene.low(at))
    return cue is not None and not scene.is_capital(at) and cue.form == "past" and not cue.ambiguous


def _lists(scene: Scene, comma: int) -> bool:
    """Whether a comma parts names in a list: `Smith, Jones and Brown`."""
    later = range(comma + 1, min(comma + 8, scene.end))
    return (
        scene.is_capital(comma - 1)
        and scene.is_capital(comma + 1)
        and any(scene.low(place) == "and" for place in later)
    )


def _joins_names(scene: Scene, at: int) -> bool:
    """Whether `and` ties two names or two nouns, not two clauses."""
    before, after = scene.low(at - 1), scene.low(at + 1)
    if after in PRONOUNS or after in AUX or before in ("", ","):
        return before == "," and scene.is_capital(at + 1) and scene.is_capital(at - 2)
    for place in range(at - 1, max(scene.begin - 1, at - 9), -1):
        word = scene.low(place)
        if word in AUX or _is_finite(scene, place):
            return False
        if word in _BREAKS or word == ",":
            break
    return True


_LEADING = frozenset(("a", "an", "the", "its", "their", "your", "my", "of", "for", "with", "by"))
"""What needs a noun behind it: `an added benefit`, `Ottawa's stated aim`, `271 pledged seats` have no subject."""


def _trimmed(scene: Scene, begin: int, last: int) -> tuple[int, int] | None:
    """A phrase without the adverbs and prepositional openers in front of it."""
    low = scene.low
    while begin < last and (scene.low(begin) in OPENERS or scene.low(begin) in (",", "-", "*", "•")):
        begin += 1
    if begin < last and (
        scene.low(begin) in PREPOSITIONS or (scene.low(begin).endswith("ly") and not scene.is_capital(begin))
    ):
        begin = _name_start(scene, begin, last)
    if begin >= last or not any(scene.words.text[place][0].isalnum() for place in range(begin, last)):
        return None
    if low(last - 1) in _LEADING or low(last - 1).endswith(("'s", "s'")) or low(last - 1).isdigit():
        return None
    return begin, last


def _name_start(scene: Scene, begin: int, last: int) -> int:
    """After an opener without a comma (`On Tuesday the minister`): the last determiner, or the last run of capitals."""
    for place in range(last - 1, begin, -1):
        if scene.low(place) in DETERMINERS:
            return place
    at = last
    while at - 1 > begin and scene.is_capital(at - 1) and scene.low(at - 1) not in TIMES:
        at -= 1
    return at
