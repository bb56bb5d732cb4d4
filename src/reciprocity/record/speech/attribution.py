"""Who said what, as ranges of characters: cue words and quotes of a paragraph turned into attributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reciprocity.record.grammar.clause import verb_group
from reciprocity.record.grammar.grammar import AUX, NOT_LABELS, UNNAMED
from reciprocity.record.grammar.lexicon import CITING, Lexicon
from reciprocity.record.grammar.lexicon import lexicon as shipped
from reciprocity.record.grammar.scene import Advised, Found, Range, Scene, within
from reciprocity.record.grammar.subject import subject
from reciprocity.record.grammar.words import QUOTE, Words
from reciprocity.record.people.names import lists
from reciprocity.record.speech.adjective import holding
from reciprocity.record.speech.cited import according, as_told
from reciprocity.record.speech.french import french, is_french
from reciprocity.record.speech.governing import governing
from reciprocity.record.speech.hearsay import passive
from reciprocity.record.speech.nouncue import noun_cue
from reciprocity.record.speech.parenthesis import parenthesis

Rule = Callable[[Scene, int], Found | None]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content, source and cue as ranges of characters of the document.

    Args:
        source: The words that name the speaker; None when they are not in the sentence.
        rule: The rule that found it.
        inherits: Whether the speaker is that of the attribution before it.
        via: Words naming whom it came through (`according to ...` after `X said`).
    """

    content: tuple[Range, ...]
    source: Range | None
    cue: Range | None
    lemma: str
    rule: str
    inherits: bool = False
    via: Range | None = None


def attributions(
    words: Words,
    ranges: list[Range],
    lexicon: Lexicon,
    advice: Mapping[int, Advised] | None = None,
    *,
    heads: bool = False,
) -> list[Attribution]:
    """Every attribution of one paragraph, in order, quotes that go on included; `heads` where it is a headline."""
    result: list[Attribution] = []
    read = french if is_french(words) else _in_sentence
    for at, (begin, end) in enumerate(ranges):
        first = _past_dateline(words, begin, end) if at == 0 else begin
        scene = Scene(words, first, end, lexicon, advice or {})
        found = read(scene)
        if not found and at == 0:
            found = _headline(scene, heads=heads)
        if not found:
            _quote_alone(scene, result)
        result.extend(_as_characters(words, one) for one in found)
    return result


def introduction(words: Words, ranges: list[Range], lexicon: Lexicon) -> Attribution | None:
    """Who speaks in the next paragraph when this one ends like `The ministry said in a statement:`."""
    if not ranges or words.low[ranges[-1][1] - 1] != ":":
        return None
    scene = Scene(words, *ranges[-1], lexicon)
    for at in range(scene.end - 2, scene.begin, -1):
        cue = lexicon.verbs.get(scene.low(at))
        group = verb_group(scene, at, cue) if cue and cue.takes & {"say", "speech", "told"} else None
        source = subject(scene, group.start) if group and group.finite and not group.passive else None
        if cue and group and source:
            return _as_characters(words, Found((), source, (group.start, at + 1), cue.lemma, "quote"))
    return None


def _headline(scene: Scene, *, heads: bool) -> list[Found]:
    """`Carney: no deal before the summit`: a name, a colon, and no full stop at the end unless it heads the text."""
    colon = next((at for at in range(scene.begin + 1, min(scene.begin + 5, scene.end)) if scene.low(at) == ":"), -1)
    named = colon > 0 and all(scene.is_capital(at) for at in range(scene.begin, colon))
    if (
        not named
        or (scene.stop != scene.end and not heads)
        or (scene.end - colon < 4 and scene.low(colon + 1) != QUOTE)
        or scene.low(scene.begin) in NOT_LABELS | {"the"}
    ):
        return []
    return [Found(((colon + 1, scene.stop),), (scene.begin, colon), (colon, colon + 1), "", "headline")]


def _past_dateline(words: Words, begin: int, end: int) -> int:
    """The place after `OTTAWA —` or `WASHINGTON, Oct. 8 (AP) -` at the head of a paragraph."""
    if begin >= end or not (words.text[begin].isupper() and len(words.text[begin]) > 1):
        return begin
    for at in range(begin + 1, min(begin + 12, end)):
        if words.low[at] in ("—", "–", "-", "--"):
            apart = words.start[at] > words.end[at - 1]
            return at + 1 if apart or words.low[at] != "-" else begin
        if words.low[at] == QUOTE or words.low[at] in shipped().verbs:
            return begin
    return begin


def _in_sentence(scene: Scene) -> list[Found]:
    """What each rule finds at the words where it may begin; where one has found something the next do not look."""
    lexicon, low = scene.lexicon, scene.words.low
    marked = [at for at in range(scene.begin, scene.end) if low[at] in lexicon.marks]
    if not marked:
        return []
    verbs = [at for at in marked if low[at] in lexicon.verbs]
    found: list[Found] = []
    taken: list[Range] = []

    def governed(scene: Scene, at: int) -> Found | None:
        return governing(scene, at, found, taken) or passive(scene, at)

    tried: tuple[tuple[Rule, list[int]], ...] = (
        (according, [at for at in marked if low[at] in CITING]),
        (as_told, [at for at in marked if low[at] == "as"]),
        (parenthesis, verbs),
        (governed, verbs),
        (holding, [at for at in marked if low[at] in lexicon.adjectives]),
        (noun_cue, [at for at in marked if low[at] in lexicon.nouns]),
    )
    for rule, places in tried:
        for at in places:
            one = None if within(at, taken) else rule(scene, at)
            if one and not any(within(edge, taken) for edge in (one.content[-1][0], one.content[-1][1] - 1)):
                found.append(one)
                taken.extend((*one.content, one.cue))
                if rule in _ASIDE and one.source:
                    taken.append(one.source)
    found.extend(inner for inner in (_nested(scene, one, verbs) for one in found) if inner)
    return sorted(found, key=lambda one: one.cue[0])


_ASIDE = (according, as_told, parenthesis)
"""Rules whose speaker stands apart from the sentence, so that nobody else can be told by the same words."""


def _nested(scene: Scene, outer: Found, verbs: list[int]) -> Found | None:
    """What somebody says that somebody else said: `A source told us that the minister raised ...`."""
    if outer.rule != "clause" or outer.source is None:
        return None
    begin, end = outer.content[0]
    verbs = [at for at in verbs if begin < at < end]
    if not verbs:
        return None
    unnamed = any(scene.low(at) in UNNAMED for at in range(*outer.source))
    that = scene.low(outer.content[0][0]) == "that"
    inside = Scene(scene.words, outer.content[0][0] + that, outer.content[0][1], scene.lexicon, scene.advice)
    for at in verbs:
        cue = inside.lexicon.verbs[inside.low(at)]
        plain = bool(cue.takes & {"say", "told"}) and cue.form == "past" and not cue.ambiguous
        one = governing(inside, at, [], []) if plain or (unnamed and that) else None
        if one and one.source and _is_another(inside, one.source, named_only=unnamed and that):
            return replace(one, rule="nested", via=outer.source)
    return None


def _is_another(scene: Scene, source: Range, *, named_only: bool) -> bool:
    """Whether a speaker inside what somebody said is somebody else: a name, or `the minister`."""
    titled = scene.low(source[0]) == "the" and scene.low(source[1] - 1) in lists().titles
    return scene.is_capital(source[0]) or (titled and not named_only)


def _quotes_of(scene: Scene) -> list[int]:
    low = scene.words.low
    return [at for at in range(scene.begin, scene.end) if low[at] == QUOTE]


_PIECES = 20
"""How many stretches one statement may have."""


def _quote_alone(scene: Scene, before: list[Attribution]) -> None:
    """A sentence that is a quote goes on with the quote before it in the paragraph, or stands without a source."""
    quotes = _quotes_of(scene)
    if not quotes:
        return
    words = scene.words
    inside = sum(words.end[at] - words.start[at] for at in quotes)
    presented = quotes[0] > scene.begin + 2 and scene.low(quotes[0] - 1) == ":"
    whole = not presented and inside > 0.6 * (words.end[scene.end - 1] - words.start[scene.begin])
    if (
        whole
        and before
        and len(before[-1].content) < _PIECES
        and before[-1].rule in ("quote", "goes-on", "clause", "parenthesis")
        and quotes[0] <= scene.begin + 2
    ):
        last = before.pop()
        end = words.end[scene.end - 1]
        start = words.start[quotes[0]]
        before.append(
            Attribution(
                (*last.content, (start, end)), last.source, last.cue, last.lemma, last.rule, last.inherits, last.via
            )
        )
    elif whole:
        content = tuple((words.start[at], words.end[at]) for at in quotes)
        before.append(Attribution(content, None, None, "", "goes-on", inherits=True))
    elif max(words.text[at].count(" ") for at in quotes) >= 3 or scene.low(quotes[-1] - 1) == ":":
        content = ((words.start[quotes[0]], words.end[quotes[-1]]),)
        before.append(
            Attribution(content, _first_subject(scene, quotes[0]), None, "", "quote-in-clause", inherits=True)
        )


def _first_subject(scene: Scene, quote: int) -> Range | None:
    for at in range(scene.begin, quote):
        if scene.low(at) in AUX or scene.low(at) in scene.lexicon.verbs:
            found = subject(scene, at)
            if found:
                return scene.words.start[found[0]], scene.words.end[found[1] - 1]
    return None


def _as_characters(words: Words, found: Found) -> Attribution:
    def span(places: Range | None) -> Range | None:
        return (words.start[places[0]], words.end[places[1] - 1]) if places and places[0] < places[1] else None

    content = tuple(made for made in (span(one) for one in found.content) if made)
    return Attribution(
        content, span(found.source), span(found.cue), found.lemma, found.rule, found.inherits, span(found.via)
    )
