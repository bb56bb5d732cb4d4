"""The words that attribute, by what they take after them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reciprocity.files import shipped_toml

CLASSES = ("say", "speech", "stance", "intend", "ask", "told", "name")
CITING = frozenset(("according", "words"))
"""Words by which a writer cites somebody: `according to`, `in the words of`."""
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb that attributes: its lemma, what it takes, and which form it is.

    Args:
        particles: Words after it with which it takes a thing or a clause.
        spoken: Words after it with which it only stands beside a quote or a clause (`went on:`).
        things: The only things it attributes, if it does not attribute any (`raised concerns`, not prices).
    """

    lemma: str
    takes: frozenset[str]
    form: str
    particles: frozenset[str]
    ambiguous: bool
    spoken: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every form of every cue.

    Args:
        adjectives: States of mind, with the words that open what each is about.
        speech: Forms of verbs that stand beside a quote.
        marks: Every word at which some rule begins.
    """

    verbs: dict[str, Cue]
    nouns: frozenset[str]
    adjectives: dict[str, frozenset[str]]
    speech: frozenset[str]
    marks: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The cues that ship."""
    rows = shipped_toml("record", "grammar", "cues.toml")
    irregular: dict[str, str] = rows["irregular"]
    takes: dict[str, set[str]] = {}
    particles: dict[str, set[str]] = {}
    spoken: dict[str, set[str]] = {}
    for kind in CLASSES:
        for lemma in rows[kind].split():
            head, _, tail = lemma.partition("-")
            if tail:
                spoken.setdefault(head, set()).add(tail)
            takes.setdefault(head, set()).update(() if tail else (kind,))
    for phrase in rows["particle"].replace("\n", "").split("|"):
        head, _, tail = phrase.strip().partition(" ")
        particles.setdefault(head, set()).add(tail)
        takes.setdefault(head, set())
    unclear = frozenset(rows["ambiguous"].split())
    things = {lemma: frozenset(row.split()) for lemma, row in rows["things"].items()}
    for lemma in things:
        takes.setdefault(lemma, set()).add("stance")
    verbs = {
        form: Cue(
            lemma,
            frozenset(takes[lemma]),
            kind,
            frozenset(particles.get(lemma, ())),
            form in unclear,
            frozenset(spoken.get(lemma, ())),
            things.get(lemma, frozenset()),
        )
        for lemma in takes
        for form, kind in _forms(lemma, irregular.get(lemma, ""))
    }
    nouns = frozenset(form for noun in rows["noun"].split() for form in (noun, _plural(noun)))
    speech = frozenset(form for form, cue in verbs.items() if cue.takes & {"say", "speech", "told"})
    adjectives = _adjectives(rows["adjective"])
    return Lexicon(verbs, nouns, adjectives, speech, nouns | verbs.keys() | adjectives.keys() | CITING | {"as"})


def _adjectives(rows: dict[str, str]) -> dict[str, frozenset[str]]:
    words = {word for row in rows.values() for word in row.split()}
    return {word: frozenset(opener for opener, row in rows.items() if word in row.split()) for word in words}


def _forms(lemma: str, irregular: str) -> list[tuple[str, str]]:
    kinds = ("ing", "done", "past", "s", "base")
    if irregular:
        s, past, done, ing = irregular.split()
        made: list[tuple[str, str]] = list(zip((ing, done, past, s, lemma), kinds, strict=True))
        return made[:-1] if past == lemma else made
    if lemma.endswith("e"):
        stem = lemma[:-1]
        return list(zip((stem + "ing", lemma + "d", lemma + "d", lemma + "s", lemma), kinds, strict=True))
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        stem = lemma[:-1]
        return list(zip((lemma + "ing", stem + "ied", stem + "ied", stem + "ies", lemma), kinds, strict=True))
    s = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return list(zip((lemma + "ing", lemma + "ed", lemma + "ed", s, lemma), kinds, strict=True))


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in _VOWELS else noun + "s"
