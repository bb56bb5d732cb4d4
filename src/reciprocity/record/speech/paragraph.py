"""A paragraph as the reader sees it: sentences, quotes, and what is attributed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reciprocity.record.grammar.lexicon import Lexicon
from reciprocity.record.grammar.quotation import Quotation, quotations
from reciprocity.record.grammar.scene import Advised
from reciprocity.record.grammar.words import Words, sentences, words_of
from reciprocity.record.speech.attribution import Attribution, Range, attributions, introduction
from reciprocity.record.text.blocks import Block

Advice = Callable[[Words, Lexicon, int], dict[int, Advised]]
"""What a parser says of each cue of the paragraph that begins at an offset, by its place."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block with its sentences and quotes, as places in the text, and what is attributed in it.

    Args:
        introduces: Who speaks in the paragraph after it, where this one ends with a verb of saying and a colon.
    """

    block: Block
    sentences: tuple[Range, ...]
    quotes: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    introduces: Attribution | None = None


def paragraph(
    text: str, block: Block, lexicon: Lexicon, advise: Advice | None = None, *, heads: bool = False
) -> Paragraph:
    """One block, read; a parser may advise on each cue; `heads` where the block is the document's first."""
    quotes = quotations(text, block.start, block.end)
    heads = heads or block.heading
    made = _read(text, block, quotes, lexicon, advise, heads=heads)
    if quotes and not quotes[-1].closed and all(one.source is None for one in made.attributions):
        unquoted = _read(text, block, quotes[:-1], lexicon, advise, heads=heads)
        named = any(one.source and one.rule in _ASIDES for one in unquoted.attributions)
        made = unquoted if named else made
    return made


_ASIDES = ("parenthesis", "quote")
"""Rules by which a mark that is never closed turns out to end at `, the minister said`."""


def _read(
    text: str, block: Block, quotes: list[Quotation], lexicon: Lexicon, advise: Advice | None, *, heads: bool
) -> Paragraph:
    words = words_of(text, block.start, block.end, quotes)
    ranges = sentences(words, lexicon.speech)
    advice = advise(words, lexicon, block.start) if advise and words.text else None
    found = attributions(words, ranges, lexicon, advice, heads=heads)
    places = tuple((words.start[begin], words.end[end - 1]) for begin, end in ranges)
    return Paragraph(block, places, tuple(quotes), tuple(found), introduction(words, ranges, lexicon))


def narration(one: Paragraph) -> list[Range]:
    """The stretches of a block outside its quotes."""
    edges = [one.block.start, *(edge for quote in one.quotes for edge in (quote.start, quote.end)), one.block.end]
    return [(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end]
