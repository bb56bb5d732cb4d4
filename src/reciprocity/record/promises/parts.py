"""A clause in which two are bound, cut between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reciprocity.record.text.places import Place

_VERB = (
    r"(?:will|shall|won't|would|agrees?|agreed|commits?|committed|pledge[sd]?|promise[sd]?|intends?)\b"
    r"|(?:'ll|'re going to|going to)\b"
)
_BOUND = re.compile(_VERB)
_NEXT = re.compile(
    r"[,;]? (?:and|but|while|whereas) (?:that )?"
    rf"(?=(?:[\w.’'-]+ ){{1,5}}?(?:{_VERB})|(?:i|we|they|he|she|it)(?:'ll|'re going to) )"
)
"""What joins two promises, before a subject of at most five words and a verb that binds it."""


def parts(plain: str, place: Place, *, bound: bool) -> Iterator[Place]:
    """A clause, cut where somebody else is bound: `Canada will lift its surtax, and the States will cut the duty`.

    `bound` where what stands before the clause binds already.
    """
    start = place.start
    for joint in _NEXT.finditer(plain, place.start, place.end):
        if bound or _BOUND.search(plain, start, joint.start()):
            yield replace(place, start=start, end=joint.start())
            start = joint.end()
    yield place if start == place.start else replace(place, start=start)
