"""How long solving may take: as long as it needs, unless whoever asks has set a limit around it.

A solve is bounded by its counts; a search of many solves can still go on for minutes. Where others wait, a limit is
set around the question with `at_most`, and every evaluation of the residuals under it looks at the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from reciprocity.errors import OutOfTime

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Deadline:
    """When time is up, by whose clock, and how long it was."""

    seconds: float
    end: float
    clock: Clock


_SET: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def at_most(seconds: float, *, clock: Clock = monotonic) -> Iterator[None]:
    """Give everything solved inside so many seconds together; of two limits, one in the other, the first to end counts.

    Args:
        seconds: from now.
        clock: what tells the time, in seconds.

    Raises:
        OutOfTime: from the evaluation that comes too late.
    """
    mine, outer = _Deadline(seconds, clock() + seconds, clock), _SET.get()
    if outer is not None and outer.end - outer.clock() < seconds:
        mine = outer
    token = _SET.set(mine)
    try:
        yield
    finally:
        _SET.reset(token)


def check_time() -> None:
    """Raise OutOfTime where a limit is set and has passed."""
    deadline = _SET.get()
    if deadline is not None and deadline.clock() > deadline.end:
        raise OutOfTime(
            f"no answer in {deadline.seconds:g} seconds, the longest that is given to one here. "
            "Take clauses off the table, or ask on the command line, which has no limit"
        )
