"""`... , he said.`: what was said stands before the words that attribute it."""

from __future__ import annotations

from reciprocity.record.grammar.clause import verb_group
from reciprocity.record.grammar.extent import clause_end
from reciprocity.record.grammar.grammar import (
    AUX,
    COMMON_VERBS,
    DETERMINERS,
    PLAIN,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    WEEKDAYS,
)
from reciprocity.record.grammar.lexicon import Cue
from reciprocity.record.grammar.quotation import CLOSING, OPENING
from reciprocity.record.grammar.reported import after_addressee, has_verb
from reciprocity.record.grammar.scene import Found, Range, Scene
from reciprocity.record.grammar.subject import subject
from reciprocity.record.grammar.words import QUOTE
from reciprocity.record.speech.cited import left_start, source_end, through


def parenthesis(scene: Scene, at: int) -> Found | None:
    """`"...," X said` and `..., said X, ...`: what was said stands before its cue."""
    cue = scene.lexicon.verbs[scene.low(at)]
    speaks = cue.takes & {"say", "speech", "told"} or scene.low(at + 1) in (cue.spoken | cue.particles) & {
        "back",
        "on",
        "in",
        "out",
        "it",
    }
    is_name = scene.is_capital(at) and at > scene.begin and not scene.in_title_case()
    if not speaks or is_name or (cue.form in ("ing", "base") and cue.ambiguous):
        return None
    return _inverted(scene, at, cue) or _trailing(scene, at, cue)


def _inverted(scene: Scene, at: int, cue: Cue) -> Found | None:
    """`"...," said the minister` and `..., said the minister`."""
    before = scene.low(at - 1)
    if before not in (QUOTE, ",") or cue.form not in ("past", "s", "done") or at == scene.begin:
        return None
    if before == "," and (cue.ambiguous or cue.lemma not in PLAIN):
        return None
    first = scene.low(at + 1)
    named = (
        scene.is_capital(at + 1) or first in DETERMINERS or first in ("he", "she", "they", "former", "one", "officials")
    )
    named = named or (before == QUOTE and _has_a_trade(scene, at + 1))
    if not named or first in ("that", "it", "there", "this"):
        return None
    if before == "," and scene.low(at - 2) != QUOTE and subject(scene, at) and not _is_plain_inversion(scene, at):
        return None
    if before == "," and scene.low(at - 2) != QUOTE and _says_more(scene, at + 1):
        return None
    stop = source_end(scene, at + 1)
    stop = _before_adverbial(scene, at + 1, stop)
    return _around(scene, (at + 1, stop), (at, at + 1), cue.lemma, stop)


def _has_a_trade(scene: Scene, at: int) -> bool:
    """`said union president Marty Gallant`: what somebody is, in small letters, and then a name."""
    for place in range(at, at + 4):
        if scene.is_capital(place):
            return place > at
        word = scene.low(place)
        if not word.replace("-", "").isalpha() or word in PREPOSITIONS or word in AUX or word in TIMES:
            return False
    return False


def _says_more(scene: Scene, at: int) -> bool:
    """Whether a clause with a verb of its own stands where the speaker would: `..., said the two sides remained`."""
    for place in range(at + 1, scene.stop):
        word = scene.low(place)
        if word in (",", QUOTE, "who", "which", "whose", "as", "when") or word in PREPOSITIONS:
            return False
        if word in AUX or word in COMMON_VERBS or (len(word) > 4 and word.endswith("ed")):
            return True
    return False


def _is_plain_inversion(scene: Scene, at: int) -> bool:
    """`..., said Jane Doe.`: a name right after the verb and no clause after the name."""
    if not scene.is_capital(at + 1) and scene.low(at + 1) not in DETERMINERS:
        return False
    if not has_verb(scene, scene.begin, at - 1):
        return False
    return not any(scene.low(place) in AUX for place in range(at + 1, min(at + 7, scene.stop)))


def _before_adverbial(scene: Scene, begin: int, stop: int) -> int:
    """A source without the time and place of saying that follow it: `said Carney in Ottawa on Tuesday`."""
    for place in range(begin + 1, stop):
        word = scene.low(place)
        if word in WEEKDAYS or (word in ("during", "after", "before", "as", "when", "while", "via") and place > begin):
            return place
        if word in ("in", "at", "on") and (scene.low(place + 1) in ("a", "an") or scene.low(place + 1) in WEEKDAYS):
            return place
    return stop


def _trailing(scene: Scene, at: int, cue: Cue) -> Found | None:  # noqa: PLR0911
    """`"...," he said.` and `..., opponents say, ...`."""
    group = verb_group(scene, at, cue)
    if group is None or group.passive or not group.finite:
        return None
    after = _after_cue(scene, at, cue)
    if after is None and QUOTE not in scene.words.low[scene.begin : at]:
        return None
    source = subject(scene, group.start)
    if source is None:
        return None
    before = scene.low(source[0] - 1)
    quoted = before == QUOTE and _leads(scene, source[0] - 1)
    if after is None and not quoted:
        return None
    if not quoted and before not in (",", "—", "–", "-") and before != QUOTE:
        return None
    if not quoted and not cue.takes & {"say", "told"}:
        return None
    if not quoted and not has_verb(scene, scene.begin, source[0] - 1) and not _interrupts(scene, cue, before, after):
        return None
    set_off = cue.form == "s" and scene.low(at + 1) == ","
    if not quoted and (
        cue.ambiguous and not set_off and not scene.is_capital(source[1] - 1) and scene.low(source[0]) not in PRONOUNS
    ):
        return None
    if not quoted and scene.low(source[0]) in ("a", "an", "one"):
        inner = through(Scene(scene.words, scene.begin, source[0] - 1, scene.lexicon), source)
        if inner:
            return inner
    if after is None:
        after = _clear_of_adverbials(scene, at + 1)
    return _around(scene, source, (group.start, at + 1), cue.lemma, after)


def _interrupts(scene: Scene, cue: Cue, before: str, after: int | None) -> bool:
    """`The deal, he said, would be worth more`: set off on both sides, and the verb comes after."""
    closes = after is not None and scene.low(after) == before and before in (",", "—", "–")
    return closes and cue.lemma in _PLAINEST and after is not None and has_verb(scene, after + 1, scene.stop)


_PLAINEST = frozenset(("say", "add", "argue", "warn", "think", "believe", "insist", "note", "write", "concede"))


def _leads(scene: Scene, quote: int) -> bool:
    """Whether a quote ends as one that a speech verb follows: with a comma, a question or a cry."""
    inside = scene.words.text[quote].rstrip(f"{CLOSING} ")
    return inside[-1:] in (",", "?", "!", "—", "…", "-") or scene.words.text[quote][-1:] == ","


def _after_cue(scene: Scene, at: int, cue: Cue) -> int | None:
    """Where a parenthesis ends when nothing that was said follows the verb; None when something does."""
    place = at + 1
    if cue.takes & {"told"} or cue.lemma in ("tell", "ask"):
        place = after_addressee(scene, place)
    if (
        place < scene.stop
        and scene.low(place) in ("back", "out", "in", "on")
        and scene.low(place + 1) in ("", ",", ".", QUOTE)
    ):
        place += 1
    place = _clear_of_adverbials(scene, place)
    if (
        place >= scene.stop
        or scene.low(place) in (",", ";", "—", "–", "-")
        or (scene.low(place) == QUOTE and place > at + 1)
    ):
        return place
    return None


def _clear_of_adverbials(scene: Scene, at: int) -> int:
    """The place after adverbs, times and prepositional phrases that say when, where and to whom."""
    place = at
    while place < scene.stop:
        word = scene.low(place)
        if word in TIMES or scene.is_adverb(place) or word in ("back", "aloud", "this", "last", "next"):
            place += 1
        elif (word in PREPOSITIONS and word not in ("for", "against", "with")) or word in ("when", "while", "as"):
            place += 1
            while place < scene.stop and scene.low(place) not in (",", ";", "—", "–", ":", QUOTE, "that", "who"):
                place += 1
        else:
            break
    return place


def _around(scene: Scene, source: Range, cue_range: Range, lemma: str, after: int) -> Found | None:
    """The content on both sides of a parenthesis."""
    edge = min(source[0], cue_range[0])
    left_end = edge - 1 if scene.low(edge - 1) in (",", "—", "–", "-") else edge
    begin = left_start(scene, left_end)
    dash = max(
        (place for place in range(begin, left_end) if scene.low(place) in ("—", "–", "-", "--", ";")), default=-1
    )
    begin = dash + 1 if dash >= 0 and not _holds_quote(scene, [(begin, left_end)]) else begin
    content = [(begin, left_end)] if begin < left_end else []
    if scene.low(after) == "," or scene.low(after) == QUOTE or scene.low(after) in ("—", "–", "-"):
        right = after if scene.low(after) == QUOTE else after + 1
        if _resumes(scene, right):
            content = [] if _is_setting(scene, content, right) else content
            content.append((right, _right_stop(scene, right)))
    resumed = _resumed(scene, after) if len(content) == 1 and scene.low(content[0][1] - 1) == QUOTE else None
    if resumed:
        content.append(resumed)
    if not content:
        return None
    return Found(tuple(content), source, cue_range, lemma, "quote" if _holds_quote(scene, content) else "parenthesis")


def _resumed(scene: Scene, after: int) -> Range | None:
    """`"This," said Lee, pointing at the hall, "is what it looks like"`: a quote that goes on in small letters."""
    for place in range(after, scene.stop):
        word = scene.low(place)
        if word == QUOTE and scene.low(place - 1) == "," and place > after + 1:
            small = scene.words.text[place].lstrip(f"{OPENING} ")[:1].islower()
            return (place, _right_stop(scene, place)) if small else None
        cue = scene.lexicon.verbs.get(word)
        if word in (";", ":", QUOTE) or (cue and cue.takes & {"say", "told"} and not cue.ambiguous):
            return None
    return None


def _is_setting(scene: Scene, left: list[Range], right: int) -> bool:
    """`Asked about it, he replied, "We will see"`: a quote that is a whole sentence leaves out what came before."""
    whole = scene.low(right) == QUOTE and scene.words.text[right].lstrip(OPENING)[:1].isupper()
    return whole and not _holds_quote(scene, left)


def _resumes(scene: Scene, at: int) -> bool:
    """Whether what was said goes on after the parenthesis."""
    if at >= scene.stop:
        return False
    word = scene.low(at)
    if word == QUOTE:
        return True
    cue = scene.lexicon.verbs.get(word)
    if cue and cue.form == "ing":
        return False
    left = scene.low(scene.begin) == QUOTE
    return not left and word not in ("who", "which", "as", "while", "referring", "according", "when", "after", "before")


def _right_stop(scene: Scene, at: int) -> int:
    if scene.low(at) == QUOTE and scene.low(at + 1) in (",", ""):
        return at + 1
    return clause_end(scene, at)


def _holds_quote(scene: Scene, content: list[Range]) -> bool:
    return any(scene.low(place) == QUOTE for begin, end in content for place in range(begin, end))
