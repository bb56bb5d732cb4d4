"""Who stands where: the latest words of each actor on each issue, and the cells nobody has filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from reciprocity.record.ledger import schema
from reciprocity.record.ledger.rows import DAY, first_number
from reciprocity.record.ledger.said import Said, said_by_numbers


@dataclass(frozen=True, slots=True)
class Grid:
    """Actors down, issues across; a cell holds the latest statement that is not rejected, or None.

    Args:
        counts: How many statements each cell rests on.
        names: What each actor is called.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    cells: dict[tuple[str, str], Said]
    counts: dict[tuple[str, str], int]
    names: dict[str, str]

    def cell(self, actor: str, issue: str) -> Said | None:
        """The latest words of an actor on an issue."""
        return self.cells.get((actor, issue))

    @property
    def empty(self) -> tuple[tuple[str, str], ...]:
        """Where nobody has said anything."""
        return tuple((one, other) for one in self.actors for other in self.issues if (one, other) not in self.cells)


def positions(engine: Engine, *, actors: Sequence[str] = (), issues: Sequence[str] = (), until: str = "") -> Grid:
    """The grid of a ledger's index.

    Args:
        engine: An index that is up to date.
        actors: Rows wanted; left out, everyone who said something, the most talkative first.
        issues: Columns wanted; left out, every issue somebody spoke on.
        until: Last ISO day; left out, everything.
    """
    who, on, s = schema.statement_actor, schema.statement_issue, schema.statement
    query = (
        select(who.c.actor, on.c.issue, func.max(s.c.seq).label("last"), func.count().label("times"))
        .join(on, on.c.seq == who.c.seq)
        .join(s, s.c.seq == who.c.seq)
        .where(who.c.role == "speaker", s.c.review != "rejected")
        .group_by(who.c.actor, on.c.issue)
    )
    if until:
        query = query.where(s.c.seq < first_number(until) + DAY)
    for column, wanted in ((who.c.actor, actors), (on.c.issue, issues)):
        if wanted:
            query = query.where(column.in_(wanted))
    with engine.connect() as connection:
        rows = connection.execute(query).all()
        latest = said_by_numbers(connection, [row.last for row in rows])
        called = connection.execute(select(schema.actor.c.id, schema.actor.c.name).distinct()).all()
    counts = {(row.actor, row.issue): row.times for row in rows}
    return Grid(
        tuple(actors) or _by_count(counts, 0),
        tuple(issues) or _by_count(counts, 1),
        {(row.actor, row.issue): latest[row.last] for row in rows},
        counts,
        {row.id: row.name for row in called},
    )


def _by_count(counts: dict[tuple[str, str], int], at: int) -> tuple[str, ...]:
    total: dict[str, int] = {}
    for key, times in counts.items():
        total[key[at]] = total.get(key[at], 0) + times
    return tuple(sorted(total, key=lambda name: (-total[name], name)))
