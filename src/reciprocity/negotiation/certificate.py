"""What shows that a search ended where it says it did."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """What shows that a search ended where it says.

    Attributes:
        slope: largest projected gradient in scaled variables, shares of income; half its square is about the gain left.
        deviation_gain: the most any side gains by deviating alone, a share of its income (epsilon of epsilon-Nash).
        starts: how many starts were climbed from.
        agreement: largest difference of the objective among starts that ended, a share of income.
        solves, adjoints: evaluations of the model and of its gradient.
        stopped_short: why the search is not finished, with its gap; empty where it is.
    """

    slope: float
    deviation_gain: float
    starts: int
    agreement: float
    solves: int
    adjoints: int
    stopped_short: str = ""

    @property
    def holds(self) -> bool:
        """Whether the search finished."""
        return not self.stopped_short

    def after(self, first: Certificate) -> Certificate:
        """The certificate of a search that went on from the end of another: its starts, and what both took."""
        return replace(
            self, starts=first.starts, agreement=max(self.agreement, first.agreement),
            solves=self.solves + first.solves, adjoints=self.adjoints + first.adjoints,
        )  # fmt: skip
