"""Transcripts: who speaks when, from the labels in front of what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reciprocity.record.actor import Actor
from reciprocity.record.document import Document, Span, content_id
from reciprocity.record.grammar.acts import act_of
from reciprocity.record.grammar.grammar import NOT_LABELS
from reciprocity.record.people.cast import Cast
from reciprocity.record.registry import Registry
from reciprocity.record.statement import Statement, statement_id
from reciprocity.record.text.blocks import Block

_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>Q(?:UESTION)?\b(?=[:.]?\s)|(?:[A-ZÀ-Ý][A-ZÀ-Ýa-zà-ÿ.’'-]*\.?)"
    r"(?:[ \u00a0](?:[A-ZÀ-Ý][\w.’'-]*|de|von|van|der|la|le|of|the|and|for)){0,7})"
    r"(?P<aside>\s*\([^()\n]{0,60}\))?(?::(?:\*\*|__)?|(?:\*\*|__):?|(?<=Q)[ \u00a0]{2,})\s*"
)
_ASIDE = re.compile(r"^\((?:[A-Z][^()\n]{0,60})\)\s*")


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of speech under one label: the label's place, and the places of its paragraphs."""

    label: tuple[int, int]
    paragraphs: tuple[tuple[int, int], ...]


def turns_of(document: Document, blocks: tuple[Block, ...]) -> tuple[Turn, ...]:
    """The speaker turns of a text; none unless at least three paragraphs carry a label and one label comes twice."""
    labels: list[tuple[int, re.Match[str]]] = []
    for at, block in enumerate(blocks):
        match = _LABEL.match(document.text, block.start, block.end)
        if match and _is_label(match["label"]):
            labels.append((at, match))
    names = [match["label"].casefold() for _, match in labels]
    capitals = sum(match["label"].isupper() for _, match in labels)
    if len(labels) < 3 or (len(set(names)) == len(names) and capitals < len(names)):
        return ()
    edges = [at for at, _ in labels[1:]] + [len(blocks)]
    return tuple(_turn(document, blocks[at:stop], match) for (at, match), stop in zip(labels, edges, strict=True))


def whole_turn(blocks: tuple[Block, ...], author: tuple[int, int]) -> Turn:
    """The text after its heading as one turn of the one whom the heading names."""
    said = ((block.start, block.end) for block in blocks if not block.heading and block.start > author[1])
    return Turn(author, tuple(said))


def _is_label(label: str) -> bool:
    return label.split(maxsplit=1)[0].casefold() not in NOT_LABELS and len(label.split()) <= 8


def _turn(document: Document, blocks: tuple[Block, ...], label: re.Match[str]) -> Turn:
    places = [(label.end(), blocks[0].end), *((block.start, block.end) for block in blocks[1:])]
    kept = [place for place in (_spoken(document.text, *place) for place in places) if place[0] < place[1]]
    return Turn(label.span("label"), tuple(kept))


def _spoken(text: str, start: int, end: int) -> tuple[int, int]:
    """A paragraph less the stage directions in front of it: `(In English.)`, `(As interpreted.)`."""
    while start < end and (match := _ASIDE.match(text[start:end])):
        start += match.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def spoken_statements(document: Document, turns: tuple[Turn, ...], cast: Cast, registry: Registry) -> list[Statement]:
    """One statement for each paragraph of each turn."""
    made: list[Statement] = []
    for turn in turns:
        label = document.span(*turn.label)
        speakers = _speaker(label, cast, opening=turns[0].label[0])
        source: Span | None = label
        for place in turn.paragraphs:
            content = (document.span(*place),)
            made.append(
                Statement(
                    id=statement_id(content, source, None),
                    content=content,
                    words=(),
                    source=source,
                    cue=None,
                    speakers=speakers,
                    chain=(),
                    act="question" if content[0].exact.rstrip().endswith("?") else act_of("", content[0].exact),
                    on=document.published,
                    where="",
                    record="unnamed" if cast.is_unnamed(speakers) else "on",
                    issues=registry.issues_in(content[0].exact),
                    by="rule:turn",
                )
            )
            source = None
    return made


def _speaker(label: Span, cast: Cast, *, opening: int) -> tuple[str, ...]:
    """Who a label means; the one who answers under `A` is the person named last before the turns begin."""
    words = label.exact.replace("\u00a0", " ")
    if words in ("A", "ANSWER"):
        return cast.named_before(opening) or cast.add(
            Actor(content_id("unnamed", label.document, "answerer"), "answerer", "unnamed")
        )
    if words in ("Q", "QUESTION", "MODERATOR", "REPORTER", "AUDIENCE", "AUDIENCE MEMBER", "INTERPRETER", "Moderator"):
        name = {"Q": "questioner", "QUESTION": "questioner"}.get(words, words.lower())
        return cast.add(Actor(content_id("unnamed", label.document, name), name, "unnamed"))
    spoken = " ".join(word.title() if word.isupper() and len(word) > 2 else word for word in words.split())
    return cast.resolve(re.sub(r"(?<=\w)[’']S\b", "’s", spoken), label.start)
