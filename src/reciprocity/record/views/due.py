"""Deadlines that moved: every promise with its window, where it stands on a day, and the words that broke it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reciprocity.record.caption import caption
from reciprocity.record.commitment import Commitment, Event
from reciprocity.record.document import Document
from reciprocity.record.reading import Reading
from reciprocity.record.time import Window
from reciprocity.record.views.thread import Promise, Thread, Turn

TIMINGS = ("not yet", "due", "overdue", "past its window", "met", "no day set")
"""Where a day stands to a window: before it, in it, after its nominal day, after its last day; or it was kept."""
BROKEN = ("walked-back", "abandoned", "thwarted", "missed")
"""What became of a promise that was not kept."""
_NO_WINDOW = Window("", "", "")


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that became of a promise, with the words and the source that show it.

    Args:
        date: ISO day; empty where the source has none, and `dated` says what is known.
        status: One of `commitment.STATUSES`.
        words: The source's words.
        what: The same in own words, where the source's are not at hand.
    """

    date: str
    status: str
    who: tuple[str, ...]
    words: str
    what: str
    source: str
    url: str
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a ledger holds the words of a promise."""

    commitment: str
    document: str
    title: str
    line: int
    exact: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """One promise as it stands on a day.

    Args:
        timing: One of `TIMINGS`.
        overdue_since: The nominal day once it has passed; empty before.
        days_overdue: Days since then.
        status: What became of it by that day, one of `commitment.STATUSES`.
        broken: The event that broke it; None when nothing did by that day.
        broken_after: Days from the promise to what broke it.
        history: Everything dated by that day, oldest first, then what has no day.
        moved_to: The window that took this one's place; None when none did by that day.
        seen: Where the ledger holds it.
    """

    id: str
    thread: str
    on: str
    said_on: str
    who: tuple[str, ...]
    what: str
    words: str
    source: str
    url: str
    strength: str
    condition: str
    issues: tuple[str, ...]
    window: Window
    timing: str
    overdue_since: str
    days_overdue: int
    status: str
    broken: Happened | None
    broken_after: int | None
    history: tuple[Happened, ...]
    moved_to: Window | None = None
    seen: tuple[Seen, ...] = ()


def due(threads: Iterable[Thread], readings: Iterable[Reading], *, on: date) -> tuple[Due, ...]:
    """Every promise made by a day, as it stands on that day, the ones that fall due first first.

    A commitment of the ledger that has the window and the issues of a thread's promise is that promise, and is shown
    as where it was seen; the others stand by themselves.
    """
    promised = [
        _from_thread(thread, promise, on) for thread in threads for promise in thread.promises if promise.date <= on
    ]
    alone: list[Due] = []
    for reading in readings:
        for commitment in reading.commitments:
            if commitment.review == "rejected" or reading.document.published > on.isoformat():
                continue
            same = next((at for at, row in enumerate(promised) if _is_seen_in(row, commitment, reading.document)), None)
            if same is None:
                alone.append(_from_ledger(commitment, reading, on))
            else:
                promised[same] = replace(
                    promised[same], seen=(*promised[same].seen, _seen(commitment, reading.document))
                )
    return tuple(
        sorted([*promised, *alone], key=lambda row: (row.window.nominal or row.window.latest or "9999", row.said_on))
    )


def matching(threads: Sequence[Thread], readings: Sequence[Reading]) -> tuple[Thread, ...]:
    """The threads of which a ledger holds at least one promise."""
    return tuple(
        thread
        for thread in threads
        if any(
            _is_seen_in(_from_thread(thread, promise, promise.date), commitment, reading.document)
            for promise in thread.promises
            for reading in readings
            for commitment in reading.commitments
        )
    )


def followed(own: Sequence[Thread], shipped: Sequence[Thread], readings: Sequence[Reading]) -> tuple[Thread, ...]:
    """The threads of a ledger: its own, and those that ship, under other names, of which it holds a promise."""
    names = {one.id for one in own}
    return (*own, *matching([one for one in shipped if one.id not in names], readings))


def dated(rows: Iterable[Due]) -> tuple[Due, ...]:
    """Of promises, those that name a day and those a person follows."""
    return tuple(row for row in rows if row.timing != "no day set" or row.thread)


def _from_thread(thread: Thread, promise: Promise, on: date) -> Due:
    window = _window(promise)
    turns = [turn for turn in thread.turns_of(promise.id) if turn.date is None or turn.date <= on]
    moved = thread.replacing(promise.id)
    history = tuple(_turned(turn) for turn in turns)
    return Due(
        id=promise.id,
        thread=thread.title,
        said_on=promise.date.isoformat(),
        who=promise.who,
        what=promise.what,
        words=promise.words,
        source=promise.source,
        url=promise.url,
        strength=promise.strength,
        condition=promise.condition,
        issues=promise.issues,
        window=window,
        moved_to=_window(moved) if moved and moved.date <= on else None,
        **_standing(window, history, promise.date, on),
    )


def _from_ledger(commitment: Commitment, reading: Reading, on: date) -> Due:
    document, names = reading.document, {one.id: one.name for one in reading.actors}
    window = commitment.due or _NO_WINDOW
    history = tuple(_happened(one) for one in commitment.history if not one.date or one.date <= on.isoformat())
    return Due(
        id=commitment.id,
        thread="",
        said_on=document.published,
        who=tuple(names.get(one, one) for one in commitment.who),
        what=_deed(commitment),
        words=commitment.span.exact,
        source=caption(document),
        url=document.url,
        strength=commitment.strength,
        condition=commitment.condition,
        issues=commitment.issues,
        window=window,
        seen=(_seen(commitment, document),),
        **_standing(window, history, _day(document.published), on),
    )


_WHEN = frozenset(("in", "by", "at", "on", "for", "as", "this", "next", "later"))


def _deed(one: Commitment) -> str:
    """Who is to do what: `Canada to lift its surtax`, `the union not to strike`."""
    first = one.what.split(maxsplit=1)[0].lower() if one.what else ""
    bare = first in ("to", "that", "de", "à") or first.endswith("ing")
    joins = "" if bare else "expected" if first in _WHEN else "to"
    return " ".join(part for part in (one.bound, "not" if one.negated else "", joins, one.what) if part)


def _standing(window: Window, history: tuple[Happened, ...], said: date | None, on: date) -> dict[str, Any]:
    dated = [one for one in history if one.date]
    status = dated[-1].status if dated else "open"
    broken = next((one for one in dated if one.status in BROKEN), None)
    broken_on = _day(broken.date) if broken else None
    nominal = _day(window.nominal or window.latest)
    late = nominal is not None and nominal < on and status != "kept"
    return {
        "on": on.isoformat(),
        "timing": "met" if status == "kept" else _timing(window, on),
        "overdue_since": nominal.isoformat() if nominal and late else "",
        "days_overdue": (on - nominal).days if nominal and late else 0,
        "status": status,
        "broken": broken,
        "broken_after": (broken_on - said).days if broken_on and said else None,
        "history": history,
    }


def _timing(window: Window, on: date) -> str:
    earliest, nominal, latest = (_day(text) for text in (window.earliest, window.nominal, window.latest))
    if not (nominal or latest):
        return "no day set"
    if earliest and on < earliest:
        return "not yet"
    if latest and on > latest:
        return "past its window"
    return "overdue" if nominal and on > nominal else "due"


def _is_seen_in(row: Due, commitment: Commitment, document: Document) -> bool:
    """Whether a commitment of the ledger is a thread's promise: one window, one month, and no other issues."""
    window = commitment.due
    if window is None or commitment.review == "rejected":
        return False
    same = (window.earliest, window.latest) == (row.window.earliest, row.window.latest)
    near = document.published[:7] == row.said_on[:7]
    shared = set(commitment.issues) & set(row.issues)
    return same and near and (bool(shared) or not commitment.issues or not row.issues)


def _seen(commitment: Commitment, document: Document) -> Seen:
    line = document.line_of(commitment.span.start).number
    return Seen(commitment.id, document.id, caption(document), line, commitment.span.exact, commitment.statements)


def _window(promise: Promise) -> Window:
    given = promise.due
    if given is None:
        return _NO_WINDOW
    earliest, nominal, latest = (
        day.isoformat() if day else "" for day in (given.earliest, given.nominal, given.latest)
    )
    return Window(earliest, nominal, latest, given.phrase, given.convention)


def _turned(turn: Turn) -> Happened:
    day = turn.date.isoformat() if turn.date else ""
    return Happened(day, turn.status, turn.who, turn.words, turn.what, turn.source, turn.url, turn.dated)


def _happened(event: Event) -> Happened:
    words = event.words or (event.span.exact if event.span else "")
    return Happened(event.date, event.status, (), words, "", event.source, "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
