"""What is promised, directed or expected: modal rules over what was said, and over an official text's own voice.

In official texts the rules are right nearly every time they fire; in news about half of them are what a person would
write down, so every commitment from a news story waits for review.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document, content_id
from reciprocity.record.grammar.grammar import COMMON
from reciprocity.record.grammar.lexicon import lexicon
from reciprocity.record.people.names import bare_phrase
from reciprocity.record.promises.amount import amount_in
from reciprocity.record.promises.binding import Ground, binding, due_of
from reciprocity.record.promises.parts import parts
from reciprocity.record.promises.promise_rules import CONDITION, Match, Rule, cue_strengths, rules
from reciprocity.record.registry import Registry
from reciprocity.record.statement import Statement
from reciprocity.record.text.blocks import Block
from reciprocity.record.text.hints import Hints, hinted, hinted_between
from reciprocity.record.text.places import Place, clauses, plain_letters
from reciprocity.record.time import Time

_SUM = re.compile(r"[“\"]?(?:an? (?:additional |extra )?)?(?:US|CA?|CDN|A)?[$€£]\s?\d")
_HELPING = frozenset(("is", "are", "was", "were", "has", "have", "had", "also", "both", "each"))
"""Words between who is bound and the verb that binds."""
_JOINING = frozenset(("and", "but", "or", "so", "then", "that"))
_NEAR = 60
"""How many commitments back a repetition is looked for."""
_PROMISING = re.compile(r"\b(?:commitments?|pledges?|promises?|resolve|support|intention)\b")
_QUOTES = frozenset('“”"')
_WILL_BE = re.compile(r"that\b.*?\b(?:will|would|shall)\b", re.IGNORECASE | re.DOTALL)
_CUT = re.compile(r"[;:—–(“\"]|,\s|\b(?:that|but|because|when|while|which|where|if|as|so|believe me|than|whether)\s")


def commitments_of(
    document: Document,
    blocks: tuple[Block, ...],
    statements: list[Statement],
    times: tuple[Time, ...],
    registry: Registry,
    *,
    bodies: Set[str] = frozenset(),
) -> list[Commitment]:
    """Every commitment of a document, those that say the same brought together.

    `bodies` are ids of actors that are no people: in their mouths `it` is themselves.
    """
    ground = Ground(document, plain_letters(document.text), times, bodies)
    hints = hinted(ground.plain, [rule.hints for rule in rules()])
    made: list[Commitment] = []
    taken: set[str] = set()
    for place in clauses(document, blocks, statements):
        if not hinted_between(hints, place.start, place.end):
            continue
        for part in parts(ground.plain, place, bound=_opens_bound(place)):
            match = _match(ground, part, hints)
            if match:
                made.append(_commitment(ground, match, place.statement, registry))
            if match and part.start == place.start and place.statement:
                taken.add(place.statement.id)
    for statement in statements:
        found = _by_cue(ground, statement, registry) if statement.id not in taken else None
        if found:
            made.append(found)
    return _merged(sorted(made, key=lambda one: one.span.start))


def _by_cue(ground: Ground, statement: Statement, registry: Registry) -> Commitment | None:
    """`pledged to act`, `directed their ministers to conclude`: the verb that attributes is the one that binds."""
    document = ground.document
    rule = statement.by.removeprefix("rule:")
    strength = _cue_strength(statement)
    if (
        not strength
        or rule not in ("intend", "ask", "particle", "stance", "clause", "adjective")
        or (rule == "ask") != (strength == "directed")
    ):
        return None
    if rule in ("stance", "clause") and not _binds_itself(strength, statement.content[0].exact, rule):
        return None
    said = Place(statement.content[0].start, statement.content[0].end, statement)
    start, end = said.start, next(parts(ground.plain, said, bound=True)).end
    begin = statement.source.start if statement.source and statement.source.end <= start else start
    bound = f"{statement.cue.exact if statement.cue else ''} {document.text[start : start + 6]}"
    negated = bool(re.search(r"\b(?:not|never|no longer)\b", bound))
    span = document.span(begin, end)
    them, _, what = document.text[start:end].partition(" to ") if rule == "ask" else ("", "", document.text[start:end])
    match = Match(Rule(strength, CONDITION, "", ()), (begin, start), None, start, negated, (start, end))
    condition = CONDITION.search(plain_letters(document.text[start:end]))
    return Commitment(
        id=content_id("c", span.document, span.start, span.end, span.exact),
        statements=(statement.id,),
        span=span,
        who=statement.speakers,
        bound=_tidy(them or (statement.source.exact if statement.source else "")),
        what=_tidy(what.removeprefix("to ")),
        strength=strength,
        negated=negated,
        condition=_tidy(document.text[start:end][slice(*condition.span())]) if condition else "",
        amount=amount_in(document.text[start:end]),
        due=due_of(ground, match),
        issues=registry.issues_in(document.text[start:end]),
        by=f"rule:cue-{strength}",
    )


def _cue_strength(statement: Statement) -> str:
    """How strongly the verb that attributes binds; empty where it does not."""
    verb = statement.cue.exact.split()[-1].lower().replace("’", "'") if statement.cue else ""
    cue = lexicon().verbs.get(verb)
    return cue_strengths().get(cue.lemma if cue else verb, "")


def _opens_bound(place: Place) -> bool:
    """Whether a clause is what somebody `pledged to` do, so that its first words are a promise already."""
    said = place.statement
    return said is not None and place.start == said.content[0].start and _cue_strength(said) != ""


def _binds_itself(strength: str, thing: str, rule: str) -> bool:
    """`reaffirmed its commitment`, `pledged $2 billion`, `promised that ... would`: a promise, a sum, what will be."""
    if strength == "restated":
        return bool(_PROMISING.search(thing))
    if rule == "clause" and strength == "firm" and _WILL_BE.match(thing):
        return True
    return strength == "firm" and _SUM.match(thing) is not None


def _match(ground: Ground, place: Place, hints: Hints) -> Match | None:
    plain = ground.plain
    every = rules()
    for rule in [every[number] for number in hinted_between(hints, place.start, place.end)]:
        for found in rule.pattern.finditer(plain, place.start, place.end):
            match = Match(
                rule,
                _bound(plain, place.start, found.start()),
                found.span("them") if found.groupdict().get("them") else None,
                found.start("what"),
                bool(found.groupdict().get("neg")),
                (place.start, place.end),
            )
            binds = binding(ground, match, place.statement)
            if binds:
                return binds
    return None


def _bound(plain: str, start: int, verb: int) -> tuple[int, int]:
    """The words before a verb that say who is bound: back to the last comma or joining word, nine words at most."""
    begin = max(start, verb - 110)
    for cut in _CUT.finditer(plain, begin, verb):
        closed = cut[0] in _QUOTES and not _QUOTES.isdisjoint(plain[cut.end() : verb])
        if cut.end() < verb and not closed:
            begin = cut.end()
    words = list(re.finditer(r"[^\s*•·-]\S*", plain[begin:verb]))
    if not words:
        return verb, verb
    while len(words) > 1 and words[-1][0] in _HELPING:
        words.pop()
    while len(words) > 1 and words[0][0] in _JOINING:
        del words[0]
    first = words[-9] if len(words) > 9 else words[0]
    return begin + first.start(), begin + words[-1].end()


def _commitment(ground: Ground, match: Match, statement: Statement | None, registry: Registry) -> Commitment:
    document = ground.document
    text = document.text
    end = match.clause[1]
    while end > match.what and text[end - 1] in '.;,!?”"’ \n':
        end -= 1
    begin = match.bound[0]
    span = document.span(begin, max(end, match.what))
    them = text[slice(*match.them)].strip() if match.them else ""
    inside = text[slice(*match.clause)]
    condition = CONDITION.search(plain_letters(inside))
    return Commitment(
        id=content_id("c", span.document, span.start, span.end, span.exact),
        statements=(statement.id,) if statement else (),
        span=span,
        who=statement.speakers if statement else _named(text[slice(*match.bound)], registry),
        bound=_tidy(them or text[slice(*match.bound)]),
        what=_tidy(text[match.what : end]),
        strength=match.rule.strength,
        negated=match.negated,
        condition=_tidy(inside[slice(*condition.span())]) if condition else "",
        amount=amount_in(inside),
        due=due_of(ground, match),
        issues=registry.issues_in(inside),
        by=f"rule:{match.rule.strength}",
    )


def _named(bound: str, registry: Registry) -> tuple[str, ...]:
    """Who is bound in a document's own voice, when the registry knows every part of `the United States and Canada`."""
    known = [registry.named(bare_phrase(" ".join(part.split()))) for part in re.split(r",?\s+and\s+", bound)]
    return tuple(one.id for one in known if one) if all(known) else ()


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,")


def _merged(made: list[Commitment]) -> list[Commitment]:
    """Commitments of the same strength of which one repeats the other's words become one."""
    kept: list[Commitment] = []
    telling: list[set[str]] = []
    for one in made:
        near = range(max(0, len(kept) - _NEAR), len(kept))
        words = _telling(one.what)
        twin = next((at for at in near if _alike(one, kept[at]) and _repeats(words, telling[at])), None)
        if twin is None:
            kept.append(one)
            telling.append(words)
            continue
        first = kept[twin]
        kept[twin] = replace(
            first,
            statements=tuple(dict.fromkeys((*first.statements, *one.statements))),
            who=tuple(dict.fromkeys((*first.who, *one.who))),
            due=first.due or one.due,
        )
    return kept


def _alike(one: Commitment, other: Commitment) -> bool:
    return one.strength == other.strength and one.negated == other.negated


def _repeats(mine: set[str], theirs: set[str]) -> bool:
    return min(len(mine), len(theirs)) >= 3 and len(mine & theirs) >= 0.75 * min(len(mine), len(theirs))


def _telling(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in COMMON}
