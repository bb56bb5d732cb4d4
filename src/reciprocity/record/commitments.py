"""What is promised, directed or expected: modal rules over what was said, and over an official text's own voice.

In official texts the rules are right nearly every time they fire; in news about half of them are what a person would
write down, so every commitment from a news story waits for review.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from reciprocity.record.amount import amount_in
from reciprocity.record.blocks import Block
from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document, content_id
from reciprocity.record.grammar import ACTORS, COMMON, THINGS
from reciprocity.record.hints import Hints, hinted, hinted_between
from reciprocity.record.lexicon import lexicon
from reciprocity.record.places import Place, clauses, plain_letters
from reciprocity.record.registry import Registry
from reciprocity.record.statement import Statement
from reciprocity.record.time import Time, Window, times_between

OFFICIAL = frozenset(("readout", "fact-sheet", "joint-statement", "proclamation"))
"""Kinds of document that speak in their own voice: what they promise needs no reported speech."""

_CUE_STRENGTHS = {
    **dict.fromkeys(("pledge", "promise", "vow", "commit", "swear", "guarantee", "undertake"), "firm"),
    **dict.fromkeys(("direct", "instruct", "order", "task"), "directed"),
    **dict.fromkeys(("intend", "plan", "aim", "decide", "resolve"), "intent"),
    **dict.fromkeys(("reaffirm", "reiterate"), "restated"),
    "agree": "agreed",
}
_NEAR = 60
"""How many commitments back a repetition is looked for."""
_PROMISING = re.compile(r"\b(?:commitments?|pledges?|promises?|resolve|support|intention)\b")
_PRONOUNS = frozenset(("i", "we", "he", "she", "they", "you", "who"))
_CUT = re.compile(r"[;:—–(“\"]|,\s|\b(?:that|but|because|when|while|which|where|if|as|so|believe me|than|whether)\s")
_CONDITION = re.compile(
    r"\b(?:(?:only )?if|unless|provided(?: that)?|as long as|so long as|on (?:the )?condition that|"
    r"contingent (?:up)?on|"
    r"conditional on|subject to|until|once|depending on)\s+[^,.;—–]+"
)
_WHEN = re.compile(
    r"next|this|coming|20\d\d|month|week|year|day|january|february|march|april|june|july|august|september|october|"
    r"november|december"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    strength: str
    pattern: re.Pattern[str]
    needs: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """A rule that holds in a clause: places of the subject, the verb, what is promised, and the clause's end."""

    rule: _Rule
    bound: tuple[int, int]
    them: tuple[int, int] | None
    what: int
    negated: bool
    clause: tuple[int, int]


@cache
def _rules() -> tuple[_Rule, ...]:
    text = files("reciprocity").joinpath("record", "promises.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["rule"]
    return tuple(
        _Rule(row["strength"], re.compile(rf"(?:(?<!\w)|(?='))(?:{row['pattern']})"), row["needs"], tuple(row["hints"]))
        for row in rows
    )


def commitments_of(
    document: Document,
    blocks: tuple[Block, ...],
    statements: list[Statement],
    times: tuple[Time, ...],
    registry: Registry,
) -> list[Commitment]:
    """Every commitment of a document, those that say the same brought together."""
    plain = plain_letters(document.text)
    hints = hinted(plain, [rule.hints for rule in _rules()])
    made: list[Commitment] = []
    for place in clauses(document, blocks, statements):
        match = _match(document, plain, place, hints)
        if match:
            made.append(_commitment(document, match, place.statement, times, registry))
    taken = {statement for one in made for statement in one.statements}
    for statement in statements:
        found = _by_cue(document, statement, times, registry) if statement.id not in taken else None
        if found:
            made.append(found)
    return _merged(sorted(made, key=lambda one: one.span.start))


def _by_cue(document: Document, statement: Statement, times: tuple[Time, ...], registry: Registry) -> Commitment | None:
    """`pledged to act`, `directed their ministers to conclude`: the verb that attributes is the one that binds."""
    verb = statement.cue.exact.split()[-1].lower() if statement.cue else ""
    cue = lexicon().verbs.get(verb)
    rule = statement.by.removeprefix("rule:")
    strength = _CUE_STRENGTHS.get(cue.lemma, "") if cue else ""
    if (
        not strength
        or rule not in ("intend", "ask", "particle", "stance")
        or (rule == "ask") != (strength == "directed")
    ):
        return None
    if rule == "stance" and not (strength == "restated" and _PROMISING.search(statement.content[0].exact)):
        return None
    start, end = statement.content[0].start, statement.content[0].end
    begin = statement.source.start if statement.source and statement.source.end <= start else start
    place = (begin, end)
    negated = bool(re.search(r"\b(?:not|never|no longer)\b", statement.cue.exact if statement.cue else ""))
    span = document.span(begin, end)
    them, _, what = document.text[start:end].partition(" to ") if rule == "ask" else ("", "", document.text[start:end])
    match = _Match(_Rule(strength, _CONDITION, "", ()), (begin, start), None, start, negated, place)
    condition = _CONDITION.search(plain_letters(document.text[start:end]))
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
        due=_due(document.text, match, times, document.published),
        issues=registry.issues_in(document.text[start:end]),
        by=f"rule:cue-{strength}",
    )


def _match(document: Document, plain: str, place: Place, hints: Hints) -> _Match | None:
    official = document.kind in OFFICIAL
    rules = _rules()
    for rule in [rules[number] for number in hinted_between(hints, place.start, place.end)]:
        for found in rule.pattern.finditer(plain, place.start, place.end):
            bound = _bound(plain, place.start, found.start())
            match = _Match(
                rule,
                bound,
                found.span("them") if found.groupdict().get("them") else None,
                found.start("what"),
                bool(found.groupdict().get("neg")),
                (place.start, place.end),
            )
            if _holds(document.text, plain, match, place.statement, official=official):
                return match
    return None


def _bound(plain: str, start: int, verb: int) -> tuple[int, int]:
    """The words before a verb that say who is bound: back to the last comma or joining word, nine words at most."""
    begin = max(start, verb - 110)
    for cut in _CUT.finditer(plain, begin, verb):
        if cut.end() < verb:
            begin = cut.end()
    words = list(re.finditer(r"[^\s*•·-]\S*", plain[begin:verb]))
    if not words:
        return verb, verb
    first = words[-9] if len(words) > 9 else words[0]
    return begin + first.start(), begin + words[-1].end()


def _holds(text: str, plain: str, match: _Match, statement: Statement | None, *, official: bool) -> bool:  # noqa: PLR0911
    strength = match.rule.strength
    subject = plain[slice(*match.bound)].strip("“”\"'., ")
    last = subject.split()[-1] if subject else ""
    if statement is None and not official:
        return strength == "expected" and bool(subject) and bool(_WHEN.search(plain, match.what, match.clause[1]))
    if re.search(r"\b(?:no|not|nobody|none|neither|never)\b", subject):
        return False
    if match.rule.needs == "actor" and not _is_actor(text, match.bound, last, official=official):
        return False
    if match.rule.needs == "something" and (not subject or last in ("it", "that", "this", "there", "what", "which")):
        return False
    if strength == "possible":
        inside = plain[slice(*match.clause)]
        return _CONDITION.search(inside) is not None and amount_in(inside) is not None
    if strength == "best-effort" and not official:
        return plain.startswith(("being worked on", "working on", "working to", "already"), match.what)
    if strength == "firm" and _says_what_it_is(plain, match.what):
        return official
    return not (strength == "directed" and last in ("tariffs", "comments", "remarks", "criticism"))


def _says_what_it_is(plain: str, what: int) -> bool:
    """`will be a ...` foretells; `will be in ...` and `will be reduced` bind."""
    after = plain[what : what + 24].split()
    return after[:1] == ["be"] and (
        len(after) < 2 or after[1].strip('“"') in ("a", "an", "the", "no", "able", "more", "less")
    )


def _is_actor(text: str, bound: tuple[int, int], last: str, *, official: bool) -> bool:
    if last in _PRONOUNS or last in ACTORS:
        return True
    if not last or last in THINGS:
        return official and last not in ("it", "this", "that", "there", "which", "what", "")
    words = text[slice(*bound)].split()
    word = words[-1].lstrip('“"(')
    opens = len(words) == 1 and last.endswith("s")
    return official or (word[:1].isupper() and not opens)


def _commitment(
    document: Document, match: _Match, statement: Statement | None, times: tuple[Time, ...], registry: Registry
) -> Commitment:
    text = document.text
    end = match.clause[1]
    while end > match.what and text[end - 1] in '.;,!?”"’ \n':
        end -= 1
    begin = match.bound[0]
    span = document.span(begin, max(end, match.what))
    them = text[slice(*match.them)].strip() if match.them else ""
    inside = text[slice(*match.clause)]
    condition = _CONDITION.search(plain_letters(inside))
    return Commitment(
        id=content_id("c", span.document, span.start, span.end, span.exact),
        statements=(statement.id,) if statement else (),
        span=span,
        who=statement.speakers if statement else (),
        bound=_tidy(them or text[slice(*match.bound)]),
        what=_tidy(text[match.what : end]),
        strength=match.rule.strength,
        negated=match.negated,
        condition=_tidy(inside[slice(*condition.span())]) if condition else "",
        amount=amount_in(inside),
        due=_due(text, match, times, document.published),
        issues=registry.issues_in(inside),
        by=f"rule:{match.rule.strength}",
    )


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,")


def _due(text: str, match: _Match, times: tuple[Time, ...], published: str) -> Window | None:
    """The first time ahead in the clause; `as soon as` gives a lower bound only."""
    start, end = match.clause
    for one in times_between(times, start, end):
        window = one.window
        before = text[max(start, one.span.start - 12) : one.span.start].lower().rstrip()
        if before.endswith(("as soon as", "as early as")):
            phrase = f"{before[-10:].strip()} {window.phrase}"
            return replace(window, nominal="", latest="", phrase=phrase, convention="a lower bound")
        ahead = window.latest >= published if published and window.latest else one.value.startswith("FUTURE")
        if (
            ahead
            and one.value != "PRESENT_REF"
            and (one.span.start > match.bound[0] or one.kind in ("window", "duration"))
        ):
            return window
    if published and re.search(r"\bquickly\b", text[start:end], re.IGNORECASE):
        return Window(published, "", "", "quickly", "no end is said")
    return None


def _merged(made: list[Commitment]) -> list[Commitment]:
    """Commitments of the same strength of which one repeats the other's words become one."""
    kept: list[Commitment] = []
    for one in made:
        near = range(max(0, len(kept) - _NEAR), len(kept))
        twin = next((at for at in near if _same(one, kept[at])), None)
        if twin is None:
            kept.append(one)
            continue
        first = kept[twin]
        kept[twin] = replace(
            first,
            statements=tuple(dict.fromkeys((*first.statements, *one.statements))),
            who=tuple(dict.fromkeys((*first.who, *one.who))),
            due=first.due or one.due,
        )
    return kept


def _same(one: Commitment, other: Commitment) -> bool:
    if one.strength != other.strength or one.negated != other.negated:
        return False
    mine, theirs = _telling(one.what), _telling(other.what)
    return min(len(mine), len(theirs)) >= 3 and len(mine & theirs) >= 0.75 * min(len(mine), len(theirs))


def _telling(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in COMMON}
