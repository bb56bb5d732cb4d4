"""The error tree.

ReciprocityError                what any part of Reciprocity raises on purpose
├── InputError                  what a person gave is wrong: all faults at once, one a line (exit status 2)
│   ├── UnknownName             a region, sector, measure or verb that does not exist, with "did you mean"
│   └── UnbalancedTable         an economy whose accounts do not close
├── SolveError                  the model has no answer to give (exit status 1)
│   ├── NotConverged            the residuals are not below tolerance
│   └── InfeasibleDeficits      the deficits asked for need negative spending somewhere
└── OutOfTime                   the time that was given is spent: whether there is an answer is not known
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: *where: what was seen; what is allowed; what to do.*"""

    where: str
    seen: str
    allowed: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        sentences = [part.rstrip(".") + "." if not part.endswith("?") else part for part in self._parts()]
        return f"{self.where}: {' '.join(sentences)}"

    def _parts(self) -> list[str]:
        return [part for part in (self.seen, self.allowed, self.remedy) if part]


class ReciprocityError(Exception):
    """What any part of Reciprocity raises on purpose."""

    exit_status = 1


class InputError(ReciprocityError):
    """What a person gave is wrong. Carries every fault found, not the first one."""

    exit_status = 2

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownName(InputError):
    """A name that does not exist."""


class UnbalancedTable(InputError):
    """An economy whose accounts do not close."""


class SolveError(ReciprocityError):
    """The model has no answer to give."""


class NotConverged(SolveError):
    """The residuals are not below tolerance: there is no outcome."""


class InfeasibleDeficits(SolveError):
    """The deficits asked for need negative spending in a country: no equilibrium exists under this closure."""


class OutOfTime(ReciprocityError):
    """The time given to a question is spent. No SolveError, which a search takes for a place without equilibrium."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question to ask after an unknown word, or an empty string when nothing is near."""
    names = {name.casefold(): name for name in known}
    matches = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return f"Did you mean '{names[matches[0]]}'?" if matches else ""
