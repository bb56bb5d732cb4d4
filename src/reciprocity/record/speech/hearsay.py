"""The passive: `is expected to sign` and `it was said that` name no speaker, `was called hollow by an envoy` does."""

from __future__ import annotations

from reciprocity.record.grammar.clause import verb_group
from reciprocity.record.grammar.extent import clause_end
from reciprocity.record.grammar.grammar import AUX, PREPOSITIONS, TIMES
from reciprocity.record.grammar.reported import that_ahead
from reciprocity.record.grammar.scene import Found, Scene
from reciprocity.record.grammar.subject import subject
from reciprocity.record.grammar.words import QUOTE

HEARSAY = "hearsay"
"""The rule of what is said by nobody in particular."""
_RUMOURED = frozenset(("expect", "say", "report", "believe", "think", "understand", "allege", "know", "rumour"))


def passive(scene: Scene, at: int) -> Found | None:
    """What a passive verb of saying attributes: to the one after `by`, or to nobody."""
    cue = scene.lexicon.verbs[scene.low(at)]
    group = verb_group(scene, at, cue) if cue.form in ("past", "done") else None
    if group is None or not group.passive:
        return None
    about = subject(scene, group.start)
    if about is None:
        return None
    that = that_ahead(scene, at + 1, 6) if scene.low(about[0]) == "it" and "say" in cue.takes else None
    if that is not None and scene.low(that) == "that":
        return Found(((that, clause_end(scene, that)),), None, (group.start, at + 1), cue.lemma, HEARSAY)
    if scene.low(at + 1) == "by":
        stop = _agent_end(scene, at + 2)
        named = scene.low(stop) in ("as", "to", QUOTE) and bool(cue.takes & {"name", "say", "ask"})
        content = (about, (stop, clause_end(scene, stop))) if named else (about,)
        alone = "stance" in cue.takes and scene.low(about[0] - 1) not in AUX and not _is_time(scene, at + 2, stop)
        fits = stop > at + 2 and (named or alone)
        return Found(content, (at + 2, stop), (group.start, at + 1), cue.lemma, "passive") if fits else None
    if scene.low(at + 1) != "to" or cue.lemma not in _RUMOURED:
        return None
    content = (about, (at + 1, clause_end(scene, at + 1)))
    return Found(content, None, (group.start, at + 1), cue.lemma, HEARSAY)


def _is_time(scene: Scene, begin: int, end: int) -> bool:
    """Whether `by ...` says when, not by whom: `is expected by Friday`."""
    said = [scene.low(place) for place in range(begin, end)]
    return any(word in TIMES or word[:1].isdigit() or word in ("end", "then", "now") for word in said)


def _agent_end(scene: Scene, at: int) -> int:
    place = at
    while place < scene.stop and scene.low(place) not in PREPOSITIONS | AUX | {"as", "to", ",", QUOTE, ";", ":"}:
        if scene.low(place) == "and" and scene.low(place + 1) in scene.lexicon.verbs:
            break
        place += 1
    return place
