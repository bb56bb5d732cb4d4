"""Where the record disagrees with itself, by rule: scope changed, window moved, amount changed, one side only.

Each rule names two places (or one) and says what differs; none says who is right. A person confirms or rejects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reciprocity.record.grammar.grammar import ACTORS, COMMON
from reciprocity.record.reading import Reading
from reciprocity.record.registry import Registry
from reciprocity.record.views.asks import Ask, asks
from reciprocity.record.views.compare import change

RULES = {
    "scope changed": "one side asks on other industries than it did: some went and some came",
    "window tightened": "one side now names an earlier last day, or a day where it named none",
    "window slipped": "one side now names a later last day",
    "amount changed": "one side now names another amount in the same unit",
    "one side only": "it binds both sides, and only one side says so",
}
"""Every rule and what it means."""
_BOTH = re.compile(
    r"""\b(?: both\ (?:leaders|sides|countries|nations|governments|teams)
         | the\ (?:two\ )?(?:leaders|sides|presidents) | their\ teams | each\ other | jointly | counterparts?
         | the\ (?:prime\ )?minister\ and\ the\ (?:president|secretary) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NEAR_DAYS = 14
_LOOK_BACK = 60
_STEM = 5
"""Letters by which a word is known in another form."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places that differ, or one that stands alone.

    Args:
        rule: One of `RULES`.
        differs: What differs, in a few words.
        first: The earlier place.
        second: The later place; None for `one side only`.
    """

    rule: str
    differs: str
    side: tuple[str, ...]
    issues: tuple[str, ...]
    first: Ask
    second: Ask | None = None


def contradictions(readings: Iterable[Reading], registry: Registry) -> tuple[Contradiction, ...]:
    """Every place where the record disagrees with itself, by rule and then by day."""
    known = list(readings)
    texts = {one.document.id: one.document.text for one in known}
    everything = sorted((ask for one in known for ask in asks(one, registry)), key=_when)
    pairs = list(_pairs(everything))
    found = [
        *_once(one for pair in pairs for one in _scope(*pair)),
        *_once(one for pair in pairs for one in _window(*pair)),
        *_once(one for pair in pairs for one in _amount(*pair)),
        *_once(one for ask in everything for one in _one_side(ask, everything, texts[ask.document])),
    ]
    return tuple(sorted(found, key=lambda one: (list(RULES).index(one.rule), one.first.on)))


def _day(ask: Ask) -> str:
    days = re.findall(r"\d{4}-\d{2}-\d{2}", ask.on)
    return days[-1] if days else ""


def _when(ask: Ask) -> tuple[str, int, int]:
    """The order of asks: by day; of one day, goals before proposals before what was settled."""
    return _day(ask), {"goal": 0, "proposal": 1}.get(ask.act, 2), ask.span.start


def _pairs(everything: Sequence[Ask]) -> Iterator[tuple[Ask, Ask]]:
    """Each ask with those of the same side shortly before it, on an issue in common."""
    by_side: dict[tuple[str, ...], list[Ask]] = {}
    for ask in everything:
        before = by_side.setdefault(ask.side, [])
        yield from ((one, ask) for one in before[-_LOOK_BACK:] if _comparable(one, ask))
        before.append(ask)


def _comparable(first: Ask, second: Ask) -> bool:
    return bool(first.side and first.side == second.side and set(first.issues) & set(second.issues))


def _scope(first: Ask, second: Ask) -> Iterator[Contradiction]:
    between = change(first.issues, second.issues)
    if between.gone and between.come and len(first.issues) > 1 and len(second.issues) > 1:
        yield Contradiction("scope changed", str(between), first.side, between.kept, first, second)


def _window(first: Ask, second: Ask) -> Iterator[Contradiction]:
    if first.due is None or second.due is None or not _same_thing(first, second):
        return
    if _day(first) == _day(second) and first.due.latest and not second.due.latest:
        first, second = second, first
    before, after = first.due, second.due
    if before is None or after is None or not after.latest or before.latest == after.latest:
        return
    rule = "window slipped" if before.latest and after.latest > before.latest else "window tightened"
    says = f"{before.latest or 'no last day'} (“{before.phrase}”), then {after.latest} (“{after.phrase}”)"
    yield Contradiction(rule, says, first.side, change(first.issues, second.issues).kept, first, second)


def _amount(first: Ask, second: Ask) -> Iterator[Contradiction]:
    shared, named = set(first.issues) & set(second.issues), set(first.issues) | set(second.issues)
    if not first.amount or not second.amount or first.amount[1] != second.amount[1] or len(shared) <= len(named) / 2:
        return
    if _same_thing(first, second) and first.amount[0] != second.amount[0]:
        unit = first.amount[1]
        says = f"{first.amount[0]:,.10g} {unit}, then {second.amount[0]:,.10g} {unit}"
        kept = change(first.issues, second.issues).kept
        yield Contradiction("amount changed", says, first.side, kept, first, second)


def _same_thing(first: Ask, second: Ask) -> bool:
    """Whether two asks share a word besides issues, sides and time, as both `publish` a quota, or one has no other."""
    deeds = _deed(first), _deed(second)
    return not all(deeds) or bool(deeds[0] & deeds[1])


def _deed(ask: Ask) -> set[str]:
    """The words that say what is to be done, by their first letters: `concluded` is `conclude`; no names, no counts."""
    told = ask.span.exact.replace(ask.due.phrase, " ") if ask.due else ask.span.exact
    words = re.findall(r"\b(?!hundred|thousand|million|billion)[a-z]{4,}", told)
    return {word[:_STEM] for word in words if word not in COMMON and word not in ACTORS and word not in ask.issues}


def _one_side(ask: Ask, everything: Sequence[Ask], text: str) -> Iterator[Contradiction]:
    """A promise that binds both, said by one side alone; another side asking the same within two weeks answers it."""
    if len(ask.side) != 1 or len(ask.issues) < 2 or not _BOTH.search(_sentence(ask, text)):
        return
    answered = any(
        other.side and other.side != ask.side and len(set(other.issues) & set(ask.issues)) > 1 and _near(ask, other)
        for other in everything
    )
    if not answered:
        yield Contradiction("one side only", f"only {ask.side[0]} says so", ask.side, ask.issues, ask)


def _once(found: Iterable[Contradiction]) -> list[Contradiction]:
    """Of those that say the same of the same side, in either order, the first."""
    first: dict[tuple, Contradiction] = {}
    for one in found:
        ends = frozenset(frozenset(ask.issues) for ask in (one.first, one.second) if ask)
        first.setdefault((one.rule, one.side, ends if one.rule == "scope changed" else one.differs), one)
    return list(first.values())


def _near(first: Ask, second: Ask) -> bool:
    days = [_day(one) for one in (first, second)]
    if not all(days):
        return False
    return abs((date.fromisoformat(days[0]) - date.fromisoformat(days[1])).days) <= _NEAR_DAYS


def _sentence(ask: Ask, text: str) -> str:
    start = text.rfind("\n", 0, ask.span.start) + 1
    end = text.find("\n", ask.span.end)
    return text[start : end if end >= 0 else len(text)]
