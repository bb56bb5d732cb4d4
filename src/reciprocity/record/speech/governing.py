"""Subject, cue, then what was said."""

from __future__ import annotations

from collections.abc import Callable

from reciprocity.record.grammar.clause import Group, verb_group
from reciprocity.record.grammar.extent import clause_end, new_verb, object_end, trails_off
from reciprocity.record.grammar.grammar import (
    ACCUSED_BREAK,
    AUX,
    DANGLING,
    DETERMINERS,
    JUDGING,
    NAMING,
    PREPOSITIONS,
    QUESTIONS,
    SUBORDINATORS,
    TIMES,
    TRAILING_TIMES,
)
from reciprocity.record.grammar.lexicon import Cue
from reciprocity.record.grammar.reported import has_verb, reported, that_ahead, told, verb_shaped
from reciprocity.record.grammar.scene import Advised, Complement, Found, Range, Scene, within
from reciprocity.record.grammar.subject import subject
from reciprocity.record.grammar.words import QUOTE


def governing(scene: Scene, at: int, found: list[Found], taken: list[Range]) -> Found | None:  # noqa: PLR0911
    """What the cue at a place attributes to its subject; None when it attributes nothing."""
    cue = scene.lexicon.verbs[scene.low(at)]
    advised = scene.advice.get(at)
    if advised and not advised.verb and (cue.ambiguous or scene.low(at + 1) not in ("that", QUOTE, ":")):
        return None
    group = verb_group(scene, at, cue)
    if group is None and advised and advised.subject and advised.subject[1] <= at:
        group = Group(at, passive=False, finite=True)
    if group is None or group.passive or (scene.is_capital(at) and at > scene.begin and not scene.in_title_case()):
        return None
    source = subject(scene, group.start) if group.finite else None
    inherits = source is None
    if inherits and not _coordinated(scene, group.start, cue, found, helped=scene.low(group.start) in AUX):
        return None
    if inherits:
        source = found[-1].source if found else main_subject(scene, group.start)
    if source and not inherits:
        free = next((place for place in range(*source) if within(place, taken)), source[1])
        if free == source[0]:
            return None
        source = (source[0], free)
    content = _complement(scene, at, cue, named=_names_somebody(scene, source))
    if advised and advised.governed:
        content = _weighed(scene, cue, content, advised)
    if content is None:
        return None
    begin, end, rule = content
    relative = source and scene.low(source[0] - 1) in ("that", "which", "who", "whom") and scene.low(begin) in AUX
    spans = ((source[0] - 1, source[0]), (begin, end)) if relative and source else ((begin, end),)
    if source and scene.low(source[0]) in ("that", "which") and rule != "clause":
        return None
    if source and scene.low(source[0] - 1) == "what" and rule == "clause":
        return None
    return Found(spans, source, (group.start, at + 1), cue.lemma, rule, inherits=inherits and not found)


def _weighed(scene: Scene, cue: Cue, content: Complement | None, advised: Advised) -> Complement | None:
    """The rules' complement, drawn out where the parser goes further; the parser's own where there is none."""
    governed = advised.governed
    if governed is None or not scene.begin <= governed[0] < governed[1] <= scene.end:
        return content
    end = min(governed[1], scene.stop)
    if content is None:
        fits = {"clause": "say", "thing": "stance", "verb": "intend"}[advised.how] in cue.takes - _limited(cue)
        return (governed[0], end, f"parsed-{advised.how}") if fits and governed[0] < end else None
    begin, stop, rule = content
    longer = rule in ("stance", "particle", "intend", "ask", "name") and abs(begin - governed[0]) <= 2
    ended = scene.low(stop) in ("and", "but", ",") and (
        new_verb(scene, stop) or scene.low(stop + 1) in ("which", "who", "and", "but")
    )
    return (begin, max(stop, end), rule) if longer and not ended else content


def _limited(cue: Cue) -> frozenset[str]:
    """What a verb takes only with things of its own list, which the rules alone know."""
    return frozenset(("stance",)) if cue.things else frozenset()


def _coordinated(scene: Scene, start: int, cue: Cue, found: list[Found], *, helped: bool) -> bool:
    """Whether a verb without a subject of its own shares one: `..., adding that`, `... and said`, `Asked about`."""
    before = scene.low(start - 1)
    if cue.form == "ing":
        joined = before in (",", "and", QUOTE) or (before in ("before", "after", "by", "while") and "say" in cue.takes)
        tells = cue.lemma == "say" and before.isalpha() and before not in PREPOSITIONS and before not in AUX
        return (joined and bool(cue.takes or cue.particles or cue.spoken)) or tells
    is_verb = helped or not cue.ambiguous
    return before in ("and", "but", ",", "then") and is_verb and (bool(found) or "say" in cue.takes)


def main_subject(scene: Scene, before: int) -> Range | None:
    """The subject of the sentence's first verb, past what opens it: `In a letter released Monday, the senator ...`."""
    for at in range(_past_opening(scene, before) + 1, before):
        cue = scene.lexicon.verbs.get(scene.low(at))
        acts = cue is not None and cue.form == "past" and not cue.ambiguous
        if acts or scene.low(at) in AUX or verb_shaped(scene.low(at)):
            found = subject(scene, at)
            if found:
                return found
    return None


def _past_opening(scene: Scene, before: int) -> int:
    """Where the main clause begins: after the comma that closes a phrase of time, place or cause at the head."""
    if scene.low(scene.begin) not in PREPOSITIONS | SUBORDINATORS:
        return scene.begin
    for at in range(scene.begin + 1, before):
        if scene.low(at) == "," or (scene.low(at) == QUOTE and trails_off(scene, at)):
            return at + 1
    return scene.begin


def _names_somebody(scene: Scene, source: Range | None) -> bool:
    """Whether the subject can hold an opinion: a pronoun for people, a name, a body or a group."""
    if source is None:
        return True
    return scene.low(source[1] - 1) not in ("this", "that", "these", "those", "which", "what", "there")


def _complement(scene: Scene, at: int, cue: Cue, *, named: bool) -> Complement | None:
    """What a verb governs, by the first rule that fits; None when it governs nothing said."""
    place = at + 1
    for kind, rule, personal in _RULES:
        if (kind in cue.takes if kind else cue.particles or cue.spoken) and (named or not personal):
            found = rule(scene, place, cue)
            if found:
                return found
    return None


def _intended(scene: Scene, place: int, cue: Cue) -> Complement | None:  # noqa: ARG001
    """`pledged to act`."""
    at = place
    while scene.low(at) in TIMES or (scene.low(at) == "on" and scene.low(at + 1) in TIMES):
        at += 1
    to = at + (scene.low(at) in ("not", "never"))
    return (at, object_end(scene, to), "intend") if scene.low(to) == "to" else None


def _beside_quote(scene: Scene, place: int, cue: Cue) -> Complement | None:  # noqa: ARG001
    """`joked: "..."`, `posted on Truth Social: "..."`."""
    begin = that_ahead(scene, place, 10) if scene.low(place) in PREPOSITIONS else place + (scene.low(place) == ":")
    beside = begin is not None and (scene.low(begin) == QUOTE or scene.low(place) == ":")
    return (begin, clause_end(scene, begin), "quote") if begin is not None and beside and begin < scene.stop else None


def _held(scene: Scene, place: int, cue: Cue) -> Complement | None:
    """`backed the deal`, `raised concerns about steel`."""
    if not _begins_thing(scene, place):
        return None
    named = {scene.low(at) for at in range(place, min(place + 6, scene.stop))} if cue.things else cue.things
    if cue.things and not named & cue.things:
        return None
    end = _thing_end(scene, place)
    spelled_out = scene.low(end) == ":" and scene.stop - end > end - place and has_verb(scene, end + 1, scene.stop)
    return (end + 1, clause_end(scene, end + 1), "clause") if spelled_out else (place, end, "stance")


def _went_on(scene: Scene, place: int, cue: Cue) -> Complement | None:
    """`went on: "..."`, `pushed back, saying that ...` but not `went on the record`."""
    speaks = scene.low(place) in cue.spoken and scene.low(place + 1) in ("that", ":", QUOTE, ",")
    return reported(scene, place + 1, cue) if speaks else None


def _with_particle(scene: Scene, place: int, cue: Cue) -> Complement | None:
    if scene.is_adverb(place):
        place += 1
    two = f"{scene.low(place)} {scene.low(place + 1)}"
    if cue.lemma == "respond" and any(scene.low(at) in ("not", "didn't") for at in range(place - 4, place)):
        return None
    if two in cue.particles:
        place += 2
    elif scene.low(place) in cue.particles:
        place += 1
    else:
        return None
    if place >= scene.stop:
        return None
    if scene.low(place) in ("that", ":", QUOTE) or scene.low(place - 1) in ("out", "clear"):
        said = reported(scene, place, cue)
        if said:
            return said
    if scene.low(place) in _ABOUT:
        place += 1
    if place < scene.stop and (
        _begins_thing(scene, place) or scene.low(place).endswith("ing") or scene.low(place) in QUESTIONS
    ):
        return place, object_end(scene, place), "particle"
    return None


_ABOUT = frozenset(("on", "at", "with", "about", "against", "over"))
"""What comes between some particles and a thing: `took aim at`, `weighed in on`, `spoke out against`."""


def _asked(scene: Scene, place: int, cue: Cue) -> Complement | None:
    """`urged Ottawa to act`: somebody, then to and a verb; `asked the state for an inquiry`."""
    limit = min(place + 12, scene.stop)
    for at in range(place, limit):
        word = scene.low(at)
        if word == "to" and at > place and scene.low(place) != "not":
            return place, object_end(scene, at), "ask"
        if word == "for" and at > place and cue.lemma in ("ask", "press", "petition"):
            return place, object_end(scene, at + 1), "ask"
        if word in (",", ".", QUOTE, ":", ";", "that") or word in AUX:
            return None
    return None


def _named_as(scene: Scene, place: int, cue: Cue) -> Complement | None:
    """`called it a mistake`, `described the talks as good`, `put the figure at 12`."""
    if cue.lemma in JUDGING:
        return _judged(scene, place)
    if cue.lemma in _LAID_TO:
        return _laid_to(scene, place, _LAID_TO[cue.lemma])
    if cue.lemma == "call" and scene.low(place) in ("for", "on", "in", "off", "a", "an", "to"):
        return None
    if not _begins_thing(scene, place):
        return None
    likened = next((at for at in range(place, min(place + 14, scene.stop)) if scene.low(at) == "as"), None)
    if likened is not None and cue.lemma != "call":
        return place, clause_end(scene, likened + 1), "name"
    end = _thing_end(scene, place)
    first = next((at for at in range(place, end) if scene.low(at) == QUOTE), end)
    article = any(scene.low(at) in ("a", "an", "the") for at in range(place + 1, end))
    begin = first if scene.low(end - 1) == QUOTE and _is_longer(scene, (place, first), (first, end)) else place
    return (begin, end, "name") if first < end or (cue.lemma in NAMING and article) else None


def _is_longer(scene: Scene, thing: Range, name: Range) -> bool:
    """Whether what is named takes more letters than the name in quote marks: then the name is what was said."""
    words = scene.words
    return words.end[thing[1] - 1] - words.start[thing[0]] > words.end[name[1] - 1] - words.start[name[0]]


def _judged(scene: Scene, place: int) -> Complement | None:
    """`accused Ottawa of delay`, `praised the premier for his work`."""
    for at in range(place, min(place + 12, scene.stop)):
        if scene.low(at) in ("of", "for", "over") and at > place:
            return place, _accused_end(scene, at + 1), "name"
        if scene.low(at) in (",", ";", "that"):
            return None
    return None


_LAID_TO = {"attribute": "to", "ascribe": "to", "credit": "with", "put": "at", "peg": "at"}
"""Verbs that say what a thing comes from, who did it or how much it is, and the word before that."""


def _laid_to(scene: Scene, place: int, word: str) -> Complement | None:
    """`attributed the closing to tariffs`; a number must follow `put the figure at`."""
    if not _begins_thing(scene, place):
        return None
    at = next((at for at in range(place + 1, min(place + 14, scene.stop)) if scene.low(at) == word), None)
    figure = at is not None and (
        word != "at" or any(letter.isdigit() for letter in scene.low(at + 1) + scene.low(at + 2))
    )
    return (place, object_end(scene, at + 1), "name") if at is not None and figure and at + 1 < scene.stop else None


def _accused_end(scene: Scene, at: int) -> int:
    for place in range(at, scene.stop):
        if scene.low(place) == "," and scene.low(place + 1) in ACCUSED_BREAK:
            return place
        if scene.low(place) == "and" and new_verb(scene, place):
            return place
    return scene.stop


def _begins_thing(scene: Scene, at: int) -> bool:
    """Whether a noun phrase begins here."""
    word = scene.low(at)
    if (
        word == QUOTE
        or word in DETERMINERS
        or scene.is_capital(at)
        or word in QUESTIONS
        or word in ("him", "them", "it")
    ):
        return word not in TIMES
    if word[:1] in "$€£" or word[:1].isdigit():
        return True
    other = word in PREPOSITIONS or word in TIMES or word in AUX or word in DANGLING or scene.is_adverb(at)
    return word.replace("-", "").isalpha() and not other


def _thing_end(scene: Scene, at: int) -> int:
    end = object_end(scene, at)
    while end - 1 > at and scene.low(end - 1) in TRAILING_TIMES:
        end -= 1
    return end


_RULES: tuple[tuple[str, Callable[[Scene, int, Cue], Complement | None], bool], ...] = (
    ("", _went_on, False),
    ("", _with_particle, False),
    ("intend", _intended, True),
    ("told", told, False),
    ("ask", _asked, True),
    ("name", _named_as, True),
    ("say", reported, False),
    ("speech", _beside_quote, False),
    ("stance", _held, True),
)
"""What a cue takes, the rule that finds it, and whether only somebody can be its subject."""
