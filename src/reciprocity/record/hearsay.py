"""The passive: `is expected to sign` has no speaker, `was called hollow by one envoy` names one after the verb."""

from __future__ import annotations

from reciprocity.record.clause import verb_group
from reciprocity.record.extent import clause_end
from reciprocity.record.grammar import AUX, PREPOSITIONS
from reciprocity.record.scene import Found, Scene
from reciprocity.record.subject import subject
from reciprocity.record.words import QUOTE

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
    if scene.low(at + 1) == "by":
        stop = _agent_end(scene, at + 2)
        fits = stop > at + 2 and scene.low(stop) in ("as", "to", QUOTE) and bool(cue.takes & {"name", "say", "ask"})
        content = (about, (stop, clause_end(scene, stop)))
        return Found(content, (at + 2, stop), (group.start, at + 1), cue.lemma, "passive") if fits else None
    if scene.low(at + 1) != "to" or cue.lemma not in _RUMOURED:
        return None
    content = (about, (at + 1, clause_end(scene, at + 1)))
    return Found(content, None, (group.start, at + 1), cue.lemma, HEARSAY)


def _agent_end(scene: Scene, at: int) -> int:
    place = at
    while place < scene.stop and scene.low(place) not in PREPOSITIONS | AUX | {"as", "to", ",", QUOTE, ";", ":"}:
        place += 1
    return place
