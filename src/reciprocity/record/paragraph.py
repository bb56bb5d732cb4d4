"""A paragraph as the reader sees it: sentences, quotes, and what is attributed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reciprocity.record.attribution import Attribution, Range, attributions
from reciprocity.record.blocks import Block
from reciprocity.record.lexicon import Lexicon
from reciprocity.record.quotation import Quotation, quotations
from reciprocity.record.scene import Advised
from reciprocity.record.words import Words, sentences, words_of

Advice = Callable[[str, Words, Lexicon], dict[int, Advised]]
"""What a parser says of each cue of a paragraph, by its place."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block with its sentences and quotes, as places in the text, and what is attributed in it."""

    block: Block
    sentences: tuple[Range, ...]
    quotes: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]


def paragraph(text: str, block: Block, lexicon: Lexicon, advise: Advice | None = None) -> Paragraph:
    """One block, read; a parser may advise on each cue."""
    quotes = quotations(text, block.start, block.end)
    words = words_of(text, block.start, block.end, quotes)
    ranges = sentences(words, lexicon.speech)
    advice = advise(text, words, lexicon) if advise else None
    found = attributions(words, ranges, lexicon, advice)
    places = tuple((words.start[begin], words.end[end - 1]) for begin, end in ranges)
    return Paragraph(block, places, tuple(quotes), tuple(found))


def narration(one: Paragraph) -> list[Range]:
    """The stretches of a block outside its quotes."""
    edges = [one.block.start, *(edge for quote in one.quotes for edge in (quote.start, quote.end)), one.block.end]
    return [(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end]
