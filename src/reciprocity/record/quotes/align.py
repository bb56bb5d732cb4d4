"""How a quote lies on a text when it is not word for word: the cheapest way from one to the other, edit by edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reciprocity.record.text.word import Word, same_word

_EDIT = 1000
_IN_BRACKETS = 20
_BESIDE_BRACKETS = 50
_PASSED_OVER = 1
_TAKE, _ADD, _OMIT = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """One element of a quote: a word, a word in an editor's brackets, or (no word) an ellipsis."""

    word: Word | None
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: a piece of the quote or None, a word of the text or None, and whether it is declared.

    Args:
        declared: The quote itself shows the edit, by a bracket or an ellipsis.
    """

    piece: Piece | None
    found: Word | None
    declared: bool

    @property
    def match(self) -> bool:
        """Whether both sides are there and are the same word."""
        return bool(self.piece and self.piece.word and self.found and same_word(self.piece.word, self.found))


def align(pieces: Sequence[Piece], text: Sequence[Word]) -> tuple[Step, ...]:
    """The cheapest steps from a quote to some stretch of a text; the stretch may begin and end anywhere in it."""
    row = [0] * (len(text) + 1)
    moves: list[bytearray] = []
    for piece in pieces:
        row, move = _next_row(piece, row, text)
        moves.append(move)
    end = min(range(len(row)), key=row.__getitem__)
    return tuple(reversed(list(_back(pieces, text, moves, end))))


def _next_row(piece: Piece, before: list[int], text: Sequence[Word]) -> tuple[list[int], bytearray]:
    add, swap, omit = _costs(piece)
    row = [before[0] + add]
    move = bytearray([_ADD])
    for at, word in enumerate(text):
        same = piece.word is not None and same_word(piece.word, word)
        take = before[at] + (0 if same else swap)
        added, omitted = before[at + 1] + add, row[at] + omit
        best = min(take, added, omitted)
        row.append(best)
        move.append(_TAKE if best == take else _ADD if best == added else _OMIT)
    return row, move


def _costs(piece: Piece) -> tuple[int, int, int]:
    """What it costs to have the piece without a word, over another word, and to pass over a word after it."""
    if piece.word is None:
        return 0, _EDIT * _EDIT, _PASSED_OVER
    if piece.bracketed:
        return _IN_BRACKETS, _IN_BRACKETS, _BESIDE_BRACKETS
    return _EDIT, _EDIT, _EDIT - 1


def _back(pieces: Sequence[Piece], text: Sequence[Word], moves: list[bytearray], end: int) -> Iterator[Step]:
    at, of = end, len(pieces)
    while of:
        piece = pieces[of - 1]
        free = piece.bracketed or piece.word is None
        move = moves[of - 1][at]
        if move == _TAKE:
            yield Step(piece, text[at - 1], piece.bracketed)
        elif move == _ADD:
            yield Step(piece, None, free)
        else:
            yield Step(None, text[at - 1], free)
        at -= move != _ADD
        of -= move != _OMIT
