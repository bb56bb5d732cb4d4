"""Whom the writer cites: `according to X`, `in the words of X`, `as X put it`."""

from __future__ import annotations

from dataclasses import replace

from reciprocity.record.grammar.clause import verb_group
from reciprocity.record.grammar.grammar import TIMES
from reciprocity.record.grammar.reported import has_verb
from reciprocity.record.grammar.scene import Found, Range, Scene
from reciprocity.record.grammar.subject import subject
from reciprocity.record.grammar.words import QUOTE
from reciprocity.record.speech.governing import governing


def according(scene: Scene, at: int) -> Found | None:
    """`..., according to X` and `According to X, ...`; also `in the words of X`."""
    if scene.low(at) == "according" and scene.low(at + 1) == "to":
        return _told_by(scene, (at, at + 2))
    words = scene.low(at) == "words" and scene.low(at + 1) == "of" and scene.low(at - 2) == "in"
    return _told_by(scene, (at - 2, at + 2)) if words else None


def _told_by(scene: Scene, cue: Range) -> Found | None:
    """What stands around words that name a source: before them, after them, or on both sides."""
    place = cue[1]
    begin = left_start(scene, cue[0])
    stop = cue[0] - (scene.low(cue[0] - 1) == ",")
    if begin >= stop:
        source = (place, _first_comma(scene, place))
        right = source[1] + (scene.low(source[1]) == ",")
        return Found(((right, scene.stop),), source, cue, "according", "according") if right < scene.stop else None
    source = (place, source_end(scene, place))
    inner = through(Scene(scene.words, scene.begin, stop, scene.lexicon), source)
    return inner or Found(_both_sides(scene, (begin, stop), source[1]), source, cue, "according", "according")


def _both_sides(scene: Scene, left: Range, comma: int) -> tuple[Range, ...]:
    """What stands before words that name a source and, where they only interrupt it, what comes after."""
    right = comma + 1
    closed = scene.low(comma) == "," and right < scene.stop
    goes_on = closed and (
        scene.low(right) == QUOTE or (not has_verb(scene, *left) and has_verb(scene, right, scene.stop))
    )
    return (left, (right, scene.stop)) if goes_on else (left,)


def as_told(scene: Scene, at: int) -> Found | None:
    """`As X said, ...` and `..., as X put it`."""
    opening = left_start(scene, at) == at
    if not opening and scene.low(at - 1) not in (",", "—", "–", QUOTE):
        return None
    verb = next((place for place in range(at + 2, min(at + 12, scene.stop)) if _reports(scene, place)), 0)
    group = verb_group(scene, verb, scene.lexicon.verbs[scene.low(verb)]) if verb else None
    start = group.start if group else verb
    source = subject(scene, start) if verb and not (group and group.passive) else None
    if source is None or source[0] != at + 1:
        return None
    after = verb + 1 + (scene.low(verb + 1) == "it")
    while after < scene.stop and (scene.low(after) in TIMES or scene.low(after) == "on"):
        after += 1
    cue = (start, verb + 1)
    if after < scene.stop and scene.low(after) not in (",", ":", "—", "–"):
        return None
    begin, stop = (after + 1, scene.stop) if opening else (left_start(scene, at), at - (scene.low(at - 1) != QUOTE))
    said = begin < stop and (has_verb(scene, begin, stop) or scene.low(begin) == QUOTE)
    lemma = scene.lexicon.verbs[scene.low(verb)].lemma
    return Found(((begin, stop),), source, cue, lemma, "according") if said else None


def _reports(scene: Scene, at: int) -> bool:
    """Whether a verb can say `as X ...` of what somebody said: a verb of saying, or `put it`."""
    cue = scene.lexicon.verbs.get(scene.low(at))
    if cue is None or cue.form not in ("past", "s", "base", "done"):
        return False
    return (
        ("say" in cue.takes and not cue.ambiguous)
        or cue.lemma == "report"
        or (cue.lemma == "put" and scene.low(at + 1) == "it")
    )


def _first_comma(scene: Scene, at: int) -> int:
    """Where the source of `According to X, ...` ends: the first comma, or the one that closes an apposition."""
    commas = [place for place in range(at, scene.stop) if scene.low(place) == ","]
    if len(commas) > 1 and _apposition(scene, commas[0]) and not has_verb(scene, commas[0] + 1, commas[1]):
        return commas[1]
    return commas[0] if commas else scene.stop


def through(scene: Scene, via: Range) -> Found | None:
    """`X said that ..., according to Y`: one attribution to X that came through Y."""
    for at in range(scene.begin + 1, scene.end):
        if _is_strong(scene, at):
            one = governing(scene, at, [], [])
            if one and one.source:
                return replace(one, via=via)
    return None


def _is_strong(scene: Scene, at: int) -> bool:
    cue = scene.lexicon.verbs.get(scene.low(at))
    return cue is not None and "say" in cue.takes and not cue.ambiguous


def left_start(scene: Scene, at: int) -> int:
    """Where the statement left of a parenthesis begins: the sentence, less its opening conjunction."""
    begin = scene.begin
    while begin < at and scene.low(begin) in ("but", "and", "still", "yet", "however", "meanwhile", ",", "•", "-", "*"):
        begin += 1
    return begin


def source_end(scene: Scene, at: int) -> int:
    """Where a noun phrase that names a source and ends a statement stops."""
    place = at
    while place < scene.stop:
        word = scene.low(place)
        if word in (";", ":", "—", "–", QUOTE) or (word == "--"):
            return place
        if word == "," and not _apposition(scene, place):
            return place
        if place > at and word in scene.lexicon.verbs and scene.low(place - 1) == ",":
            return place - 1
        place += 1
    return scene.stop


def _apposition(scene: Scene, comma: int) -> bool:
    after = scene.low(comma + 1)
    if after == QUOTE or after in scene.lexicon.verbs:
        return False
    return (
        after in ("a", "an", "the", "who", "one", "whose", "which", "his", "her", "their", "jr", "r-", "d-")
        or after[:1].isdigit()
        or (scene.is_capital(comma + 1) and after not in TIMES)
        or after in ("president", "director", "chief", "chair", "chairman", "chairwoman", "professor", "head", "vice")
        or after in ("executive", "senior", "founder", "co-founder", "spokesman", "spokeswoman", "spokesperson")
    )
