"""What the server is told when it starts, and the limits it holds."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from reciprocity.errors import Fault, InputError

LARGEST_BODY = 512_000
"""Bytes of a request's body."""
MOST_CLAUSES = 60
"""Clauses of a deal that is solved here."""
MOST_AT_ONCE = 2
"""Solves running at the same time; others wait their turn."""
MOST_SHARED = 6
"""Clauses whose worth is shared out over every subset, 2 to this power solves; with more, along the path."""
LONGEST_SOLVE = 30.0
"""Seconds a turn may solve before it is given up."""
LONGEST_WAIT = 30.0
"""Seconds one waits for a turn before being told that the server is busy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the server runs.

    Attributes:
        host: address it listens on; loopback needs no token.
        port: TCP port.
        token: asked of every request when the address is not loopback; empty on loopback.
        store: URL of the database of saved scenarios (SQLite or PostgreSQL).
        ledger: folder of the public record shown under /record; empty for the promises of the cases that ship.
        index: address of that ledger's index (PostgreSQL); its own file when empty.
        longest_solve: seconds a turn may solve.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    store: str = "sqlite://"
    ledger: str = ""
    index: str = ""
    longest_solve: float = LONGEST_SOLVE

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.token:
            raise InputError(
                Fault("--host", f"{self.host} is open to others", "A token is asked for there", "Give one with --token")
            )


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
