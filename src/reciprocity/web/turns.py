"""A few solves at a time: the others wait, not for ever, not for one who has gone, nor for an endless search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore

from reciprocity.errors import ReciprocityError
from reciprocity.model.deadline import at_most
from reciprocity.web.settings import LONGEST_SOLVE

LONGEST: ContextVar[float] = ContextVar("longest_solve", default=LONGEST_SOLVE)
"""Seconds a turn may solve; the server sets its own for every request."""


class Busy(ReciprocityError):
    """No turn came in time: too many ask at once."""


class Gone(ReciprocityError):
    """The one who asked went away before the turn came."""


def here() -> bool:
    """Nobody has left: for one who waits to the end."""
    return False


class Turns:
    """So many at once."""

    def __init__(self, most: int, seconds: float) -> None:
        self._room, self._seconds = BoundedSemaphore(most), seconds

    @contextmanager
    def turn(self, left: Callable[[], bool] = here) -> Iterator[None]:
        """Run when there is room, and no longer than a turn may.

        Raises:
            Busy: no room came in time.
            Gone: the one who asked has left by then.
            OutOfTime: from the solve that goes on too long.
        """
        if not self._room.acquire(timeout=self._seconds):
            raise Busy(f"no turn in {self._seconds:g} seconds: too many ask at once")
        try:
            if left():
                raise Gone("the one who asked has left")
            with at_most(LONGEST.get()):
                yield
        finally:
            self._room.release()
