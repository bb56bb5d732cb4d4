"""Who would give which end of an exchange, by its words: whose duty it is, who its subject is, who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from reciprocity.errors import UnknownName
from reciprocity.labels import region
from reciprocity.record.document import Span
from reciprocity.record.link import Link
from reciprocity.record.people.names import RUN, bare_phrase
from reciprocity.record.reading import Reading
from reciprocity.record.registry import Registry

_BARRIER = r"(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax(?:es)?|quotas?|tax(?:es)?|barriers?|markets?)\b"
_NOT_BETWEEN = r"(?!(?:and|or|for|on|in|of|to|could|would|will|has|have|can|may|should|gets?|got|is|are|was)\b)"
_OWN = re.compile(rf"((?:[A-Z][\w.]*\.?(?:[’']s)?) )(?:{_NOT_BETWEEN}[\w-]+ ){{0,3}}{_BARRIER}")
"""`U.S. tariffs`, `the American 25 per cent duty`, `Ottawa's dairy quotas`."""
_TAXED = re.compile(rf"{_BARRIER} (?:on|against|for) ([A-Z][\w.]*)")
"""`duties on Canadian steel`: what is taxed is theirs."""
_SIDES = 2
_VERB = re.compile(r"\s+(?:has|have|had|is|was|will|would|could|might|may|should|must|[a-z]+(?:ed|s))\b")
"""What follows a country that does something."""


def sides_of(reading: Reading, link: Link, registry: Registry, sides: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The two sides of an exchange, who gives its first end first, and what is missing where they are not known.

    The side whose duty an end is about gives that end; else the country that the sentence makes the subject; else
    whoever proposes it. `sides` are those of the table, where a person named them.
    """
    known = {one.id: one.side for one in (*registry.actors, *reading.actors) if one.side}
    said = [one for one in reading.statements if one.id in link.statements]
    speaking = list(_codes(known.get(actor, "") for one in reversed(said) for actor in one.speakers))
    everyone = _codes(known.get(actor, "") for one in reading.statements for actor in one.speakers)
    named = _codes(one.side for one in reading.actors)
    told = list(_by_words(reading, link, registry))
    countries = [code for code, _ in told] + list(_countries(link))
    anywhere = _codes(_side(run[0], registry) for run in RUN.finditer(reading.document.text))
    table = tuple(sides) or tuple(_first_two([*speaking[:1], *countries], everyone, named, anywhere))
    if len(table) < 2:
        return (), f"only {len(table)} of the two sides is named: give both with --sides CAN,USA"
    gives = next((gives for code, gives in told if code in table), None)
    first = next((code for code, _ in told if code in table), "")
    if gives is False:
        return (next(code for code in table if code != first), first), ""
    giver = first or next((code for code in speaking if code in table), table[0])
    return (giver, next(code for code in table if code != giver)), ""


def _by_words(reading: Reading, link: Link, registry: Registry) -> Iterator[tuple[str, bool]]:
    """The countries that the words give a part to, surest first, and whether each gives the first end."""
    ends = [end.exact if isinstance(end, Span) else end for end in (link.a, link.b)]
    for words, gives in ((ends[0], True), (ends[1], False)):
        yield from ((code, gives) for code in _named(match[1] for match in _OWN.finditer(words)))
    for words, gives in ((ends[0], False), (ends[1], True)):
        yield from ((code, gives) for code in _named(match[1] for match in _TAXED.finditer(words)))
    if link.span:
        text = reading.document.text
        start = max(text.rfind("\n", 0, link.span.start), text.rfind(". ", 0, link.span.start)) + 1
        for run in RUN.finditer(text, start, link.span.start):
            country = registry.named(bare_phrase(run[0]))
            if country and country.kind == "body" and _VERB.match(text, run.end()):
                yield from ((code, True) for code in _codes([country.side]))


def _first_two(*codes: Iterable[str]) -> Iterator[str]:
    """The first two sides, each once; the later places are looked at only where the earlier name too few."""
    seen: set[str] = set()
    for code in chain.from_iterable(codes):
        if code not in seen and len(seen) < _SIDES:
            seen.add(code)
            yield code
        if len(seen) == _SIDES:
            return


def _side(name: str, registry: Registry) -> str:
    actor = registry.named(bare_phrase(name))
    return actor.side if actor else ""


def _countries(link: Link) -> Iterator[str]:
    """Every country named in either end."""
    for end in (link.a, link.b):
        yield from _named(run[0] for run in RUN.finditer(end.exact if isinstance(end, Span) else end))


def _named(words: Iterable[str]) -> Iterator[str]:
    for one in words:
        name = bare_phrase(one.strip())
        try:
            yield region(name).code
        except UnknownName:
            continue


def _codes(sides: Iterable[str]) -> Iterator[str]:
    """The regions that sides of the record are in the economy."""
    return _named(side for side in sides if side)
