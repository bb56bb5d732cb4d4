"""What a figure's numbers are: how one is written in full, how beside a bar, and the unit the axis tells once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10

from reciprocity.report.numbers import Language, money, number, percent


@dataclass(frozen=True, slots=True)
class Measure:
    """How values are written.

    Attributes:
        unit: told on the axis, which counts in it.
        show: a value in full, with its unit, for tables.
        brief: a value beside its bar, where the axis tells the unit.
        factor: turns a value into the axis' unit.
        language: of the numbers.
    """

    unit: str
    show: Callable[[float], str]
    brief: Callable[[float], str]
    factor: float
    language: Language

    def marks(self, ticks: tuple[float, ...]) -> list[str]:
        """The words at each tick, all with the same decimals."""
        step = abs(ticks[1] - ticks[0]) * self.factor if len(ticks) > 1 else 1.0
        digits = max(0, -floor(log10(step) + 1e-9))
        shown = [number(tick * self.factor, digits=digits, language=self.language, signed=True) for tick in ticks]
        return ["0" if tick == 0 else words for tick, words in zip(ticks, shown, strict=True)]


def of_percent(unit: str, *, language: Language = "en") -> Measure:
    """Fractions shown as signed percentages."""

    def show(value: float) -> str:
        return percent(value, language=language)

    return Measure(unit, show, show, 100.0, language)


def of_money(unit: str, *, language: Language = "en") -> Measure:
    """Million US dollars, counted in millions on the axis."""
    return Measure(
        unit,
        lambda value: money(value, language=language),
        lambda value: number(value, digits=0 if abs(value) >= 10 else 1, language=language, signed=True),
        1.0,
        language,
    )
