"""A few solves at a time: the others wait their turn, not for ever, and not for one who has gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from reciprocity.errors import ReciprocityError


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
        """Run when there is room. Raises Busy when none comes in time, Gone when the one who asked has left by then."""
        if not self._room.acquire(timeout=self._seconds):
            raise Busy(f"no turn in {self._seconds:g} seconds: too many ask at once")
        try:
            if left():
                raise Gone("the one who asked has left")
            yield
        finally:
            self._room.release()
