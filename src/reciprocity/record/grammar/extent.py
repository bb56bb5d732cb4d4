"""How far a thing or a clause that a verb governs goes to the right."""

from __future__ import annotations

from collections.abc import Callable

from reciprocity.record.grammar.grammar import AUX, BE, COMMENTS, DO, HAVE, MODAL, PREPOSITIONS, PRONOUNS, RELATIVES
from reciprocity.record.grammar.quotation import CLOSING
from reciprocity.record.grammar.scene import Scene
from reciprocity.record.grammar.words import QUOTE

_JOINING = frozenset((QUOTE, "and", "or", "but"))
_BREAKS = frozenset((";", ":", "—", "–", "--", "?", "!", "…", "...", "•", "(", "[", "|", "/"))


def object_end(scene: Scene, at: int) -> int:
    """Where a thing that a verb governs ends: before the next clause, or the sentence's end."""
    place = at
    low = scene.low
    while place < scene.stop:
        word = low(place)
        if place > at and (_breaks_off(scene, place) or (word == "," and not _continues(scene, place, at))):
            return place
        if place > at + 1 and word in ("because", "while", "although", "though", "after", "when", "but", "if"):
            return place
        if word == "despite" and place > at + 1 and low(at) != "to":
            return place
        if word == "as" and place > at + 1 and _opens_clause(scene, place + 1):
            return place
        if place > at and word == "and" and new_verb(scene, place):
            return place
        place += 1
    return scene.stop


def _opens_clause(scene: Scene, at: int) -> bool:
    """Whether what comes after `as` has a verb of its own: a pronoun, or a helper close by."""
    return scene.low(at) in PRONOUNS or any(scene.low(place) in AUX for place in range(at, at + 7))


def _breaks_off(scene: Scene, at: int) -> bool:
    """Whether a mark, or a quote that ends with a comma, closes the thing before a place."""
    word = scene.low(at)
    if scene.low(at - 1) == QUOTE and trails_off(scene, at - 1):
        return word not in _JOINING
    return word in _BREAKS and word not in ("(", "/")


def _continues(scene: Scene, comma: int, begin: int) -> bool:
    """Whether a comma is inside a list of things that began at a place: `detect, track, and counter`."""
    if scene.low(comma + 1) in ("and", "or") and any(scene.low(place) == "," for place in range(begin, comma)):
        return not (new_verb(scene, comma + 1) or _other_speaker(scene, comma + 1))
    ahead = range(comma + 1, min(comma + 7, scene.stop))
    after = scene.low(comma + 1)
    if after in PREPOSITIONS or after in (
        "including",
        "especially",
        "particularly",
        "sometimes",
        "such",
        "now",
        "even",
    ):
        return after not in ("after", "while", "when", "as", "with", "in", "on", "at")
    return any(scene.low(place) in ("and", "or") for place in ahead) and scene.low(comma + 1) not in (
        "and", "but", "who", "which", "while", "as", "saying", "according", "calling", "arguing",
    )  # fmt: skip


def new_verb(scene: Scene, conjunction: int) -> bool:
    """Whether a verb with the same subject comes after `and` or `but`."""
    at = conjunction + 1
    while scene.is_adverb(at):
        at += 1
    if scene.low(at) in HAVE | BE | DO | MODAL:
        return True
    cue = scene.lexicon.verbs.get(scene.low(at))
    return cue is not None and not scene.is_capital(at) and cue.form in ("past", "s", "ing")


def clause_end(scene: Scene, at: int) -> int:
    """Where a reported clause ends: before the next attribution in the sentence, or the sentence's end."""
    now = _told_now(scene, at)
    for place in range(at if scene.low(at) == QUOTE else at + 1, scene.stop):
        word = scene.low(place)
        if now and word in ("and", "but") and _tells_now(scene, place + 1):
            return place - (scene.low(place - 1) == ",")
        joined = scene.low(place + 1) == "and"
        if word == QUOTE and (joined or trails_off(scene, place)) and participle(scene, place + 1 + joined):
            return place + 1
        if word in _ENDERS and _ENDERS[word](scene, place):
            return place
    return scene.stop


def _told_now(scene: Scene, at: int) -> bool:
    """Whether the verb that a clause hangs on is in the present: `says`."""
    verb = next(
        (place for place in range(at - 1, max(scene.begin, at - 3), -1) if scene.low(place) in scene.lexicon.verbs), -1
    )
    return verb >= 0 and scene.lexicon.verbs[scene.low(verb)].form == "s"


def _tells_now(scene: Scene, at: int) -> bool:
    """`says the plan works and warns that ...`: a present form after a conjunction that says something more."""
    cue = scene.lexicon.verbs.get(scene.low(at))
    if cue is None or cue.form != "s":
        return False
    after = scene.low(at + 1)
    return after in cue.particles or (
        bool(cue.takes & {"say", "told"}) and (after in ("that", QUOTE) or not cue.ambiguous)
    )


def trails_off(scene: Scene, quote: int) -> bool:
    """Whether a quote ends with a comma."""
    return scene.words.text[quote].rstrip(f"{CLOSING} ").endswith(",")


def _comma_ends(scene: Scene, comma: int) -> bool:
    after = comma + 1
    joined = scene.low(after) in ("and", "but", "or", "yet")
    if joined and _same_speaker_goes_on(scene, after):
        return True
    after += joined
    if _cites(scene, after) or participle(scene, after):
        return True
    if scene.low(after) in ("a", "an") and _comments(scene, after):
        return True
    if scene.low(after) in ("who", "whose", "where"):
        return not any(scene.low(place) == "," for place in range(after, scene.stop))
    turns = scene.low(after) in ("while", "as", "whereas", "though", "although", "but", "to", "which")
    return (turns or joined) and _other_speaker(scene, after)


def _comments(scene: Scene, at: int) -> bool:
    """`..., a decision that the administration said it would appeal`: the writer's word for what was said."""
    return scene.low(at + 1) in COMMENTS and (scene.low(at + 2) in RELATIVES or scene.low(at + 3) in RELATIVES)


def _cites(scene: Scene, at: int) -> bool:
    return scene.low(at) == "according" and scene.low(at + 1) == "to"


def participle(scene: Scene, at: int) -> bool:
    """Whether `..., adding that` begins here."""
    while scene.is_adverb(at):
        at += 1
    cue = scene.lexicon.verbs.get(scene.low(at))
    return cue is not None and cue.form == "ing" and bool(cue.takes or cue.particles) and scene.low(at) not in (
        "finding", "feeling", "beginning", "reporting", "ruling", "posting", "knowing", "considering", "regarding",
    )  # fmt: skip


def _same_speaker_goes_on(scene: Scene, conjunction: int) -> bool:
    """`and said`, `but has refused`: a cue right after a conjunction."""
    at = conjunction + 1
    has = did = False
    while scene.is_adverb(at) or scene.low(at) in HAVE or scene.low(at) in DO or scene.low(at) in MODAL:
        has = has or scene.low(at) in HAVE
        did = did or scene.low(at) in DO or scene.low(at) in MODAL
        at += 1
    cue = scene.lexicon.verbs.get(scene.low(at))
    if did:
        return cue is not None and cue.form == "base" and bool(cue.takes or scene.low(at + 1) in cue.particles)
    if cue is None or cue.ambiguous or not cue.takes:
        return False
    withholds = scene.low(conjunction) == "but" and cue.lemma in ("decline", "refuse")
    return cue.form == "past" and (has or withholds or bool(cue.takes & {"say", "told", "ask"}))


def _other_speaker(scene: Scene, at: int) -> bool:
    """Whether a new subject with a speech verb comes within a few words."""
    for place in range(at + 2, min(at + 11, scene.stop)):
        word = scene.low(place)
        if word in (",", QUOTE, ";", ":"):
            return False
        cue = scene.lexicon.verbs.get(word)
        if cue and not cue.ambiguous and cue.form in ("past", "s") and cue.takes & {"say", "told", "stance", "intend"}:
            return place > at + 1 and scene.low(place - 1) not in PREPOSITIONS and scene.low(place - 1) not in BE
    return False


_ENDERS: dict[str, Callable[[Scene, int], bool]] = {
    ",": _comma_ends,
    "according": _cites,
    "and": _same_speaker_goes_on,
    "but": _same_speaker_goes_on,
    **dict.fromkeys(("as", "while", "—", ";", "–"), _other_speaker),
}
"""Words that may end a clause, and what decides it."""
