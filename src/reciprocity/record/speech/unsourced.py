"""Quotes that name nobody where they stand: who says them is told after them or before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reciprocity.record.speech.attribution import Attribution, Range
from reciprocity.record.speech.paragraph import Paragraph
from reciprocity.record.text.blocks import Block

GOES_ON = "goes-on"
"""The rule of a quote without a cue."""
_NOBODY = Paragraph(Block(0, 0, heading=False), (), (), ())


@dataclass(frozen=True, slots=True)
class Unsourced:
    """By where a quote begins: the words after it that name its speaker, and the stretch before it that may."""

    after: Mapping[int, Range]
    before: Mapping[int, Range]


def unsourced(paragraphs: Sequence[Paragraph]) -> Unsourced:
    """Where to look for the speakers of the quotes that name nobody."""
    return Unsourced(_told_after(paragraphs), _told_before(paragraphs))


def introduced(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with the speaker of a quote that the paragraph before it introduces: `The ministry said:`."""
    return [_by(before.introduces, one) for before, one in pairwise((_NOBODY, *paragraphs))]


def _by(speaker: Attribution | None, one: Paragraph) -> Paragraph:
    first = one.attributions[0] if one.attributions else None
    if speaker is None or first is None or first.rule != GOES_ON or _opening(first) > one.block.start + 1:
        return one
    said = replace(speaker, content=first.content)
    return replace(one, attributions=(said, *one.attributions[1:]))


def _told_after(paragraphs: Sequence[Paragraph]) -> Mapping[int, Range]:
    """By where a quote begins, the words that name its speaker further on in the same speech.

    A speech runs over paragraphs when one ends inside a quote and the next opens with a mark; often only the last of
    them says whose it is.
    """
    found: dict[int, Range] = {}
    at = 0
    while at < len(paragraphs):
        stop = at + 1
        while stop < len(paragraphs) and _runs_on(paragraphs[stop - 1], paragraphs[stop]):
            stop += 1
        said = [one for paragraph in paragraphs[at:stop] for one in paragraph.attributions]
        named = next((number for number, one in enumerate(said) if one.source), 0)
        source = said[named].source if said else None
        if source:
            found.update((_opening(one), source) for one in said[:named] if one.rule == GOES_ON)
        at = stop
    return found


def _told_before(paragraphs: Sequence[Paragraph]) -> Mapping[int, Range]:
    """By where a quote begins, what stands before it in its paragraph, else the paragraph before, if nobody speaks."""
    found: dict[int, Range] = {}
    for before, one in pairwise((_NOBODY, *paragraphs)):
        first = one.attributions[0] if one.attributions else None
        if first is None or first.rule != GOES_ON:
            continue
        if _opening(first) > one.block.start + 1:
            found[_opening(first)] = (one.block.start, _opening(first) - 1)
        elif not (before.attributions or before.quotes or before.block.heading):
            found[_opening(first)] = (before.block.start, before.block.end)
    return found


def _opening(said: Attribution) -> int:
    return said.content[0][0]


def _runs_on(before: Paragraph, one: Paragraph) -> bool:
    unclosed = bool(before.quotes) and not before.quotes[-1].closed
    return unclosed and bool(one.quotes) and one.quotes[0].start <= one.block.start + 1
