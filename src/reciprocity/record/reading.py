"""What one document yields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reciprocity.record.actor import Actor
from reciprocity.record.commitment import Commitment
from reciprocity.record.document import Document
from reciprocity.record.link import Link
from reciprocity.record.statement import Statement
from reciprocity.record.time import Time

Progress = Callable[[int, int], None]
"""Told now and then how many of how many are done."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with everything read in it. `actors` holds those its statements and commitments name.

    Args:
        reader: `rules` or `parse`.
        dropped: How many proposals of a model were not in the text.
        file: Name of the file it was read from; empty for a text held in memory.
    """

    document: Document
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    commitments: tuple[Commitment, ...]
    links: tuple[Link, ...]
    times: tuple[Time, ...]
    reader: str = "rules"
    dropped: int = 0
    file: str = ""
