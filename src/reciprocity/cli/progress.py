"""A bar for work that takes more than a moment, on standard error and only where someone is watching."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import Progress

_MOMENT = 0.5
"""Seconds before a bar shows."""


@contextmanager
def counting(words: str) -> Iterator[Callable[[int, int], None]]:
    """A function to tell how many of how many are done."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        line = bar.add_task(words, total=None, visible=False)
        began = monotonic()

        def told(done: int, total: int) -> None:
            bar.update(line, completed=done, total=total, visible=done < total > 1 and monotonic() - began > _MOMENT)

        yield told
