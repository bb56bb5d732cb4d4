"""A bar for work that takes more than a moment, on standard error and only where someone is watching."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def counting(words: str) -> Iterator[Callable[[int, int], None]]:
    """A function to tell how many of how many are done."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task(words, total=None, visible=False)

        def told(done: int, total: int) -> None:
            bar.update(line, completed=done, total=total, visible=total > 1)

        yield told
