"""Quotes that are not word for word: brackets, omissions and other words, each one listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reciprocity.record.quotes.align import Piece, Step, align
from reciprocity.record.quotes.check import Change
from reciprocity.record.text.word import Word

LONGEST = 600
"""Words; a longer quote is held word for word only, never taken for an edited one."""
_REACH = 150
_SHARE = 0.65
_ELLIPSIS = re.compile(r"[\[(]\s*(?:\.{3,}|…)\s*[\])]|(?:\.[ \u00a0]?){3,}|…")
_BRACKET = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")


def pieces_of(quote: str, asked: Sequence[Word]) -> tuple[Piece, ...]:
    """A quote as words, words in an editor's brackets, and ellipses between them."""
    brackets = [match.span() for match in _BRACKET.finditer(quote)]
    made: list[Piece] = []
    for at, word in enumerate(asked):
        if at and _ELLIPSIS.search(quote, asked[at - 1].end, word.start):
            made.append(Piece(None))
        made.append(Piece(word, any(start < word.start and word.end < end for start, end in brackets)))
    return tuple(made)


def nearest(
    pieces: Sequence[Piece], text: Sequence[Word], places: Mapping[str, Sequence[int]]
) -> tuple[Step, ...] | None:
    """The steps to the stretch of a text a quote was made from; None when it was made from none of it."""
    tried = (align(pieces, text[start:end]) for start, end in _windows(pieces, len(text), places))
    likely = [_trimmed(steps) for steps in tried]
    found = [steps for steps in likely if _made_from(pieces, steps)]
    return min(found, key=_cost, default=None)


def changes_along(steps: Sequence[Step]) -> tuple[Change, ...]:
    """The edits on the way, neighbours together."""
    return tuple(_change(run) for run in _runs(steps))


def _windows(pieces: Sequence[Piece], length: int, places: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """The stretches of the text most words of the quote point to."""
    votes: Counter[int] = Counter()
    for at, piece in enumerate(pieces):
        spots = places.get(piece.word.key, ()) if piece.word else ()
        if len(spots) > 2000:
            continue
        for bucket in {max(0, spot - at) // 50 for spot in spots}:
            votes[bucket] += 1
    reach = len(pieces) + 20 + _REACH * sum(piece.word is None for piece in pieces)
    for bucket, _ in votes.most_common(4):
        yield max(0, bucket * 50 - len(pieces) - 20), min(length, bucket * 50 + 50 + len(pieces) + reach)


def _trimmed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Without the words of the text passed over before the first and after the last word that was taken."""
    first = next((at for at, step in enumerate(steps) if step.piece), len(steps))
    last = next((at for at in range(len(steps), first, -1) if steps[at - 1].piece), first)
    return steps[first:last]


def _made_from(pieces: Sequence[Piece], steps: Sequence[Step]) -> bool:
    """Whether enough of a quote is there to say it was made from these words and then edited.

    Most of its own words stand in this order; half of those that carry meaning do; every part between two ellipses
    has two words at least; brackets hold no more than what stands outside them.
    """
    matched = [step for step in steps if step.match and not step.declared]
    silent = sum(not step.match and not step.declared for step in steps)
    bracketed = sum(piece.bracketed for piece in pieces)
    passed_over = sum(step.piece is None and step.declared for step in steps)
    gaps = sum(piece.word is None for piece in pieces)
    own = [piece.word for piece in pieces if piece.word and not piece.bracketed]
    weighty = sum(_carries(word) for word in own)
    return (
        len(matched) >= (2 if not silent else 3)
        and len(matched) >= _SHARE * (len(matched) + silent)
        and 2 * sum(_carries(step.found) for step in matched) >= max(1, weighty)
        and bracketed <= len(matched)
        and passed_over <= 8 * bracketed + _REACH * gaps
        and all(count >= 2 for count in _matched_in_parts(steps, gaps))
    )


def _matched_in_parts(steps: Sequence[Step], gaps: int) -> list[int]:
    if not gaps:
        return []
    counts = [0]
    for step in steps:
        if step.piece and step.piece.word is None:
            counts.append(0)
        counts[-1] += step.match
    return counts


def _carries(word: Word | None) -> bool:
    return word is not None and (len(word.key) > 3 or word.key[:1].isdigit())


def _cost(steps: Sequence[Step]) -> tuple[int, int]:
    silent = sum(not step.match and not step.declared for step in steps)
    return silent, sum(step.piece is None for step in steps)


def _runs(steps: Sequence[Step]) -> Iterator[list[Step]]:
    run: list[Step] = []
    for step in steps:
        if step.match and not step.declared:
            if run:
                yield run
            run = []
        else:
            run.append(step)
    if run:
        yield run


def _change(run: Sequence[Step]) -> Change:
    quoted = " ".join(_shown(step.piece) for step in run if step.piece)
    found = " ".join(step.found.shown for step in run if step.found)
    if all(step.declared for step in run):
        ellipsis = any(step.piece and step.piece.word is None for step in run)
        return Change("ellipsis" if ellipsis else "bracket", quoted, found)
    return Change("changed" if quoted and found else "added" if quoted else "left out", quoted, found)


def _shown(piece: Piece) -> str:
    if piece.word is None:
        return "…"
    return f"[{piece.word.shown}]" if piece.bracketed else piece.word.shown
