"""Whether a clause that a promise rule fits binds somebody: who must, in whose words, and by when."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace

from reciprocity.record.document import Document
from reciprocity.record.grammar.grammar import ACTORS, FRENCH_ACTORS, THINGS
from reciprocity.record.grammar.lexicon import lexicon
from reciprocity.record.promises.amount import amount_in
from reciprocity.record.promises.promise_rules import CONDITION, Match
from reciprocity.record.statement import Statement
from reciprocity.record.time import Time, Window, times_between

OFFICIAL = frozenset(("readout", "fact-sheet", "joint-statement", "proclamation", "statement"))
"""Kinds of document that speak in their own voice: what they promise needs no reported speech."""
_PRONOUNS = frozenset(("i", "we", "he", "she", "they", "you", "who"))
_SIDES = frozenset(("party", "parties", "side", "sides", "participant", "participants", "country", "countries"))
_FORETELLING = frozenset(
    ["think", "believe", "expect", "predict", "forecast", "doubt", "fear", "worry", "suspect", "guess", "estimate"]
)
_NOTHING = frozenset(("it", "that", "this", "there", "what", "which"))
_DENIED = re.compile(r"\b(?:no|not|nobody|none|never)\b")
_HAPPENS = re.compile(
    r"(?:take effect|come|go|begin|start|open|close|end|expire|lapse|apply|rise|fall|double|drop|resume|kick in)\b"
)
"""What a tariff or a quota does on a day that somebody has set."""
_HEAD_END = re.compile(r" (?:of|on|for|in|between|with|from|due|set|that|which|expected|scheduled) ")
"""What ends the first noun of a subject: `a duty on steel`, `a duty due in May`."""
_QUICKLY = re.compile(r"\bquickly\b", re.IGNORECASE)
_WHEN = re.compile(
    r"next|this|coming|20\d\d|month|week|year|day|january|february|march|april|june|july|august|september|october|"
    r"november|december"
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a clause is judged on: the document, its text in plain letters, its times, and ids of bodies and offices."""

    document: Document
    plain: str
    times: tuple[Time, ...]
    bodies: Set[str]

    @property
    def official(self) -> bool:
        """Whether the document speaks in its own voice."""
        return self.document.kind in OFFICIAL


def binding(ground: Ground, match: Match, statement: Statement | None) -> Match | None:
    """The match as it binds; None when it binds nobody."""
    subject = ground.plain[slice(*match.bound)].strip("“”\"'., ")
    last = subject.split()[-1] if subject else ""
    if subject.startswith("neither ") and last in ACTORS:
        match = replace(match, negated=True)
    elif _DENIED.search(subject) or "neither" in subject.split():
        return None
    if statement is None and not ground.official:
        return _foretold(ground, match, last)
    return match if _may_bind(ground, match, statement, last) and _binds(ground, match, last) else None


def _foretold(ground: Ground, match: Match, last: str) -> Match | None:
    """In the voice of a news story: what is expected, and what somebody will do on a day that is named."""
    set_for = due_of(ground, match)
    if match.rule.strength == "expected":
        if match.rule.needs == "actor" and not _is_actor(ground.document.text, match.bound, last, official=False):
            return None
        named = set_for or _WHEN.search(ground.plain, match.what, match.clause[1])
        return match if last and named else None
    if match.rule.strength == "directed":
        return match if _is_actor(ground.document.text, match.bound, last, official=False) else None
    will = match.rule.strength == "firm" and match.rule.needs == "actor" and last in ACTORS
    if will and set_for and not _says_what_it_is(ground.plain, match.what):
        return replace(match, rule=replace(match.rule, strength="expected"))
    return None


def _may_bind(ground: Ground, match: Match, statement: Statement | None, last: str) -> bool:
    """Whether who stands before the verb is one the rule allows."""
    if match.rule.needs in ("none", "something", "french"):
        return _is_somebody(ground, match, statement, last)
    if last == "it" and statement is not None and _is_themselves(ground, statement):
        return True
    if (
        last == "it"
        and statement is None
        and ground.official
        and ground.plain.startswith(" will also ", match.bound[1])
    ):
        return True
    actor = _is_actor(ground.document.text, match.bound, last, official=ground.official)
    dated = bool(last) and due_of(ground, match) is not None
    if match.rule.needs == "dated":
        return actor and dated
    if match.rule.needs == "actor":
        return actor or (statement is not None and dated and _is_passive(ground.plain, match.what))
    reported = statement is not None and statement.cue is not None and not _is_quoted(statement, match.what)
    thing = _about_a_thing(ground.plain[slice(*match.bound)])
    happens = _is_passive(ground.plain, match.what) or _HAPPENS.match(ground.plain, match.what) is not None
    anything = match.rule.needs == "due"
    return reported and ((dated and (anything or happens or not thing)) or (actor and not thing and not anything))


def _is_somebody(ground: Ground, match: Match, statement: Statement | None, last: str) -> bool:
    """Whether anything stands before the verb, or in French somebody who can promise, in speech or an official text."""
    if match.rule.needs == "french":
        spoken = statement is not None or ground.official
        return spoken and not FRENCH_ACTORS.isdisjoint(ground.plain[slice(*match.bound)].split())
    return match.rule.needs == "none" or (bool(last) and last not in _NOTHING)


def _is_themselves(ground: Ground, statement: Statement) -> bool:
    """Whether `it` is the body that speaks, and says what it will do, not what it thinks will happen."""
    words = statement.cue.exact.lower().split() if statement.cue else [""]
    verb = lexicon().verbs.get(words[-1])
    foretells = verb is not None and verb.lemma in _FORETELLING
    return bool(statement.speakers) and all(one in ground.bodies for one in statement.speakers) and not foretells


def _binds(ground: Ground, match: Match, last: str) -> bool:
    """Whether the words after the verb bind, not foretell."""
    strength, plain = match.rule.strength, ground.plain
    if strength == "possible":
        inside = plain[slice(*match.clause)]
        if ground.official and last in _SIDES and plain.startswith("may ", match.bound[1] + 1):
            return True
        return CONDITION.search(inside) is not None and amount_in(inside) is not None
    if strength == "best-effort" and not ground.official:
        return plain.startswith(("being worked on", "working on", "working to", "already"), match.what)
    if strength == "firm" and _says_what_it_is(plain, match.what):
        return ground.official
    return not (strength == "directed" and last in ("tariffs", "comments", "remarks", "criticism"))


def _says_what_it_is(plain: str, what: int) -> bool:
    """`will be a ...` foretells; `will be in ...` and `will be reduced` bind."""
    after = plain[what : what + 24].split()
    return after[:1] == ["be"] and (
        len(after) < 2 or after[1].strip('“"') in ("a", "an", "the", "no", "able", "more", "less")
    )


def _is_passive(plain: str, what: int) -> bool:
    """`will be introduced`: something is done by whoever speaks, and not foretold."""
    after = plain[what : what + 40].split()
    return (
        after[:1] == ["be"]
        and len(after) > 1
        and (after[1].endswith("ed") or after[1] in ("made", "held", "sent", "set"))
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


def _is_quoted(statement: Statement, place: int) -> bool:
    return any(span.start <= place < span.end for span in statement.words)


def _about_a_thing(subject: str) -> bool:
    """`tariffs on Mexico`: what acts is the thing before the preposition."""
    head = _HEAD_END.split(subject, maxsplit=1)[0].split()
    return bool(head) and head[-1] in THINGS


def due_of(ground: Ground, match: Match) -> Window | None:
    """The first time ahead in the clause; `as soon as` gives a lower bound only."""
    start, end = match.clause
    text, published = ground.document.text, ground.document.published
    for one in times_between(ground.times, start, end):
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
    if published and _QUICKLY.search(text, start, end):
        return Window(published, "", "", "quickly", "no end is said")
    return None
