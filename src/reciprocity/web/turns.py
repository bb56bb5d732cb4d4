"""A few solves at a time: the others wait their turn, and not for ever."""

from __future__ import annotations

from threading import BoundedSemaphore
from types import TracebackType

from reciprocity.errors import ReciprocityError


class Busy(ReciprocityError):
    """No turn came in time: too many ask at once."""


class Turns:
    """`with turns:` runs when there is room. Raises Busy when none comes in time."""

    def __init__(self, most: int, seconds: float) -> None:
        self._room, self._seconds = BoundedSemaphore(most), seconds

    def __enter__(self) -> None:
        if not self._room.acquire(timeout=self._seconds):
            raise Busy(f"no turn in {self._seconds:g} seconds: too many ask at once")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._room.release()
