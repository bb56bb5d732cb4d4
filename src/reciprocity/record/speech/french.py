"""French, as far as it goes: `a déclaré que`, `« … », a-t-il dit`, `selon la ministre`."""

from __future__ import annotations

from reciprocity.record.grammar.grammar import FRENCH, FRENCH_INTENDING, FRENCH_STOPS, FRENCH_VERBS
from reciprocity.record.grammar.scene import Found, Range, Scene, within
from reciprocity.record.grammar.words import QUOTE, Words

_HELPERS = frozenset(("a", "ont", "avait", "avaient", "aurait", "auraient", "est", "sont"))
_BEFORE_VERB = _HELPERS | {"s'est", "se", "ne", "n'a", "n'ont", "pas", "plus", "jamais", "y", "en"}
"""What stands between a subject or an opening word and its verb."""
_ONLY_FRENCH = FRENCH - {"on", "or", "son", "a", "ont", "plus", "en", "des", "sur", "ne", "se", "la", "de", "du"}
"""Small words that are not English, and no common part of a name."""
_ARTICLES = frozenset(("le", "la", "les", "un", "une", "son", "sa", "ses", "m", "mme"))
_TIED = ("-t-il", "-t-elle", "-t-ils", "-t-elles", "-t-on")
_TELLING = FRENCH_VERBS | FRENCH_INTENDING
_SHARE = 0.2
"""How much of a paragraph must be small words of French for it to be read as French."""


def is_french(words: Words) -> bool:
    """Whether a paragraph is in French, by its small words."""
    if _ONLY_FRENCH.isdisjoint(words.low):
        return any(word.endswith(_TIED) for word in words.low if "-t-" in word)
    small = sum(word in FRENCH or word.startswith(("l'", "d'", "qu'", "n'")) for word in words.low)
    enough = small >= 4 or (small >= 2 and not _TELLING.isdisjoint(words.low))
    return enough and small > _SHARE * len(words)


def french(scene: Scene) -> list[Found]:
    """Every attribution of a French sentence, in order."""
    found: list[Found] = []
    taken: list[Range] = []
    for rule in (_selon, _said, _intended):
        for at in range(scene.begin, scene.stop):
            one = None if within(at, taken) else rule(scene, at)
            if one and not any(within(edge, taken) for edge in (one.content[-1][0], one.content[-1][1] - 1)):
                found.append(one)
                taken.extend((*one.content, one.cue, *([one.source] if one.source else [])))
    return sorted(found, key=lambda one: one.cue[0])


def _selon(scene: Scene, at: int) -> Found | None:
    """`selon la ministre, ...` and `..., selon elle`."""
    by = scene.low(at) == "selon" or (scene.low(at) == "d'après")
    if not by:
        return None
    stop = _phrase_end(scene, at + 1)
    content = (stop + 1, scene.stop) if at == scene.begin else (scene.begin, at - (scene.low(at - 1) == ","))
    if stop == at + 1 or content[0] >= content[1]:
        return None
    return Found((content,), (at + 1, stop), (at, at + 1), "selon", "according")


def _said(scene: Scene, at: int) -> Found | None:
    """A verb of saying with its subject before it, after it, or tied to it by hyphens."""
    verb = scene.low(at)
    first, _, tail = verb.partition("-")
    tied = tail.split("-")[-1] in ("il", "elle", "ils", "elles", "on") and bool(tail)
    if tied and first in _HELPERS and scene.low(at + 1) in FRENCH_VERBS:
        return _beside(scene, (at, at + 1), (at, at + 2), scene.low(at + 1), at + 2)
    if tied and first in FRENCH_VERBS:
        return _beside(scene, (at, at + 1), (at, at + 1), first, at + 1)
    if verb not in FRENCH_VERBS:
        return None
    begin = at - 1 if scene.low(at - 1) in _HELPERS else at
    named = scene.low(at + 1) in _ARTICLES or scene.is_capital(at + 1)
    if scene.low(begin - 1) in (",", QUOTE) and (scene.low(scene.begin) == QUOTE or named):
        stop = _phrase_end(scene, at + 1)
        return _beside(scene, (at + 1, stop), (begin, at + 1), verb, stop) if stop > at + 1 else None
    return _before(scene, begin, at)


def _before(scene: Scene, begin: int, at: int) -> Found | None:
    """`Le ministre a déclaré que ...` and `Elle affirme : « ... »`."""
    source = (_subject_start(scene, begin), begin)
    said = next((place for place in range(at + 1, min(at + 12, scene.stop)) if _opens(scene, place)), None)
    if source[0] >= source[1] or said is None:
        return None
    start = said + 1 if scene.low(said) == ":" else said
    rule = "quote" if scene.low(start) == QUOTE else "clause"
    return Found(((start, scene.stop),), source, (begin, at + 1), scene.low(at), rule) if start < scene.stop else None


def _intended(scene: Scene, at: int) -> Found | None:
    """`Ottawa s'engage à publier ...`, `Elle a promis de ne pas céder`, `Ils se sont engagés à ...`."""
    if scene.low(at) not in FRENCH_INTENDING:
        return None
    begin = at
    while scene.low(begin - 1) in _BEFORE_VERB:
        begin -= 1
    source = (_subject_start(scene, begin), begin)
    said = at + 1
    opens, _, rest = scene.low(said).rpartition("'")
    verb = next((place for place in range(said + 1, said + 5) if scene.low(place) not in _BEFORE_VERB), said)
    infinitive = rest if opens == "d" else scene.low(verb).rpartition("'")[2]
    fits = (opens == "d" or scene.low(said) in ("de", "à")) and infinitive.endswith(("er", "ir", "re"))
    found = Found(((said, scene.stop),), source, (begin, at + 1), scene.low(at), "intend")
    return found if fits and source[0] < source[1] else None


def _opens(scene: Scene, at: int) -> bool:
    word = scene.low(at)
    return word in ("que", QUOTE, ":") or word.startswith("qu'")


def _beside(scene: Scene, source: Range, cue: Range, lemma: str, after: int) -> Found | None:
    """`« ... », a-t-il dit, « ... »`: what was said stands around the verb."""
    left = cue[0] - (scene.low(cue[0] - 1) == ",")
    content = [(scene.begin, left)] if scene.begin < left else []
    resumes = next((place for place in range(after, scene.stop) if scene.low(place) == QUOTE), None)
    if resumes is not None:
        content.append((resumes, scene.stop))
    held = any(scene.low(place) == QUOTE for begin, end in content for place in range(begin, end))
    return Found(tuple(content), source, cue, lemma, "quote" if held else "parenthesis") if content else None


def _subject_start(scene: Scene, end: int) -> int:
    """Where the noun phrase before a verb begins; one set off by commas goes back to the sentence's head."""
    if scene.low(end - 1) == ",":
        return scene.begin
    at = end
    while at > scene.begin and scene.low(at - 1) not in (",", QUOTE, ":", ";", "que", "et", "mais", "—"):
        at -= 1
    return at


def _phrase_end(scene: Scene, at: int) -> int:
    place = at
    while place < scene.stop and scene.low(place) not in FRENCH_STOPS and scene.low(place) != QUOTE:
        place += 1
    return place
