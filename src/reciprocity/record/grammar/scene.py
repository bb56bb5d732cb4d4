"""One sentence as the rules see it, and what they find in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reciprocity.record.grammar.grammar import ADVERBS, NOT_ADVERBS
from reciprocity.record.grammar.lexicon import Lexicon
from reciprocity.record.grammar.words import Words

Range = tuple[int, int]
"""From a place to the place after the last."""
Complement = tuple[int, int, str]
"""What a verb governs: from a place, to a place, and by which rule."""


@dataclass(frozen=True, slots=True)
class Advised:
    """What a parser says of a cue: whether it is a verb, its subject, and what it governs, as places of words."""

    verb: bool
    subject: Range | None
    governed: Range | None
    how: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence of a paragraph as seen by the rules: its words from `begin` to `end`, end exclusive.

    Args:
        stop: The end without the closing full stop.
    """

    words: Words
    begin: int
    end: int
    lexicon: Lexicon
    advice: Mapping[int, Advised] = field(default_factory=dict)
    stop: int = field(init=False)

    def __post_init__(self) -> None:
        low = self.words.low
        at = self.end
        while at > self.begin and low[at - 1] in (".", "?", "!", ")", "…", "..."):
            at -= 1
        object.__setattr__(self, "stop", at)

    def low(self, at: int) -> str:
        """The word at a place in lower case; empty outside the sentence."""
        return self.words.low[at] if self.begin <= at < self.end else ""

    def is_capital(self, at: int) -> bool:
        """Whether the word is written with a capital."""
        return self.begin <= at < self.end and self.words.text[at][0].isupper()

    def is_adverb(self, at: int) -> bool:
        """Whether the word can stand between a subject and its verb."""
        word = self.low(at)
        return word in ADVERBS or (word.endswith("ly") and word not in NOT_ADVERBS and not self.is_capital(at))

    def in_title_case(self) -> bool:
        """Whether this is a headline in which every long word has a capital."""
        long = [word for word in self.words.text[self.begin : self.stop] if word.isalpha() and len(word) > _SHORT]
        return len(long) >= _TITLE and all(word[0].isupper() for word in long)


_SHORT, _TITLE = 4, 3
"""How long a small word of a headline may be, and how many long ones make one."""


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in places of words: content ranges, source range, cue range."""

    content: tuple[Range, ...]
    source: Range | None
    cue: Range
    lemma: str
    rule: str
    inherits: bool = False
    via: Range | None = None


def within(at: int, ranges: list[Range]) -> bool:
    """Whether a place is in any of the ranges."""
    for begin, end in ranges:  # noqa: SIM110 (a third of the time that `any` takes)
        if begin <= at < end:
            return True
    return False
