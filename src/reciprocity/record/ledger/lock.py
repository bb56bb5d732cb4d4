"""One writer at a time on a file, where the system can hold one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: one writer is the user's care
    fcntl = None


@contextmanager
def locked(path: Path, mode: str = "a+") -> Iterator[IO[str]]:
    """A text file opened while nobody else writes to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open(mode, encoding="utf-8") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file
