"""The number of a signed clause that could be another, and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass

from reciprocity.deal import (
    AddTariff,
    Capacity,
    CapTariff,
    Clause,
    ContentRule,
    Investment,
    Quota,
    Remission,
    SetTariff,
    TradeCost,
    UsePreference,
)
from reciprocity.negotiation.opening import RATES, Open

_FURTHER = 2.0
"""A quantity or a pledge may grow to so many times what is signed."""


@dataclass(frozen=True, slots=True)
class Movable:
    """A signed clause with one of its numbers free between two bounds.

    Attributes:
        value: the number as it is signed.
        opened: the clause without it, and the bounds.
    """

    value: float
    opened: Open

    @property
    def low(self) -> float:
        """The lowest number."""
        return self.opened.low

    @property
    def high(self) -> float:
        """The highest number."""
        return self.opened.high

    @property
    def fraction(self) -> bool:
        """Whether the number is a fraction."""
        return self.opened.key in RATES

    def at(self, value: float) -> Clause | None:
        """The clause at another number; None where that is to leave it out."""
        return self.opened.at(min(max(value, self.low), self.high))


def movable(clause: Clause, law: float | None) -> Movable | None:
    """A clause with its number free; None for one that is signed or not, or whose duty the law does not have.

    Args:
        clause: as it is signed.
        law: what the law has in its place, in the clause's own unit.
    """
    found = _number(clause, law)
    if found is None or found[2] >= found[3] or found[1] > found[3]:
        return None
    key, value, low, high = found
    content = clause.model_dump(by_alias=True, exclude_defaults=True) | {"kind": clause.kind}
    if key != "capacity":
        content.pop(key, None)
    return Movable(value, Open(low=low, high=high, whole=False, clause=content, opens=key))


def _number(clause: Clause, law: float | None) -> tuple[str, float, float, float] | None:  # noqa: PLR0911 - one a kind
    """Which number of a clause may move: its key, its value, the lowest, the highest."""
    match clause:
        case SetTariff() | CapTariff():
            return "rate", clause.rate, 0.0, max(law or 0.0, clause.rate)
        case AddTariff():
            return "rate", clause.rate, 0.0, clause.rate
        case Quota() if clause.share is not None:
            return "share", clause.share, 0.0, max(1.0, clause.share)
        case Quota() if clause.value_musd is not None:
            return "value_musd", clause.value_musd, 0.0, _FURTHER * clause.value_musd
        case Quota():
            return "rate", clause.rate, 0.0, max(law or 0.0, clause.rate)
        case ContentRule() if clause.threshold is None:
            return "content", clause.content, 0.0, 1.0
        case Remission() if clause.share is not None:
            return "share", clause.share, 0.0, max(1.0, clause.share)
        case UsePreference():
            return "utilisation_rate", clause.utilisation_rate, 0.0, 1.0
        case TradeCost():
            return "change", clause.change, min(clause.change, 0.0), max(clause.change, 0.0)
        case Capacity():
            return "capacity", clause.capacity.value, 0.0, _FURTHER * clause.capacity.value
        case Investment():
            return "amount_busd", clause.amount_busd, 0.0, _FURTHER * clause.amount_busd
        case _:
            return None
