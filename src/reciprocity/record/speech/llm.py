"""The extra `llm`: a model at an address you give proposes statements; the text decides.

A proposal is kept only when every piece of its content, and the words it gives for its source, stand letter for letter
in one paragraph of the document's body as whole words, when nothing but the words that tell who speaks stands between
two pieces, when it puts no quote that the rules know the speaker of in another's mouth, and when the rules have not
found it already. Anything else is dropped and counted. Nothing here is
imported, and nothing is sent anywhere, unless it is asked for by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.record.document import Document, Span
from reciprocity.record.grammar.quotation import quotations
from reciprocity.record.people.cast import Cast
from reciprocity.record.reading import Reading
from reciprocity.record.registry import Registry
from reciprocity.record.statement import Statement, statement_id
from reciprocity.record.text.blocks import Block, blocks_of

_LONGEST = 12_000
_ASK = (
    "You mark who said what in a text. Answer with JSON only: "
    '{"statements": [{"content": ["exact words", "..."], "source": "words that name the speaker", "cue": "verb"}]}. '
    "Copy every string letter for letter from the text, quote marks and all. Do not paraphrase, do not add, leave out "
    "what you are not sure of."
)


@dataclass(frozen=True, slots=True)
class Model:
    """Where to ask: an OpenAI-compatible address (as `http://127.0.0.1:8080/v1`), a model's name, and your key."""

    url: str
    name: str
    key: str = ""
    timeout: float = 60.0


def with_proposals(reading: Reading, model: Model, registry: Registry) -> Reading:
    """A reading with the model's proposals that hold added, and those that do not counted in `dropped`."""
    document = reading.document
    blocks = blocks_of(document)
    cast = Cast(document.id, document.published, registry, document.text)
    cast.meet([(block.start, block.end) for block in blocks])
    covers = [_cover(one) for one in reading.statements]
    added: list[Statement] = []
    dropped = 0
    for batch in _batches(blocks):
        for row in _proposals(document.text[batch[0].start : batch[-1].end], model):
            statement = _verified(document, batch, row, cast=cast, registry=registry, model=model)
            if statement is None or any(_takes(statement, one) for one in reading.statements):
                dropped += 1
            elif not any(_same(_cover(statement), cover) for cover in covers):
                added.append(statement)
                covers.append(_cover(statement))
    actors = {actor.id: actor for actor in (*cast.actors.values(), *reading.actors)}
    statements = sorted((*reading.statements, *added), key=lambda one: one.content[0].start)
    return replace(
        reading,
        statements=tuple(statements),
        actors=tuple(actors.values()),
        reader=f"{reading.reader}+llm:{model.name}",
        dropped=reading.dropped + dropped,
    )


def _batches(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    batch: list[Block] = []
    for block in blocks:
        if batch and block.end - batch[0].start > _LONGEST:
            yield batch
            batch = []
        batch.append(block)
    if batch:
        yield batch


def _proposals(text: str, model: Model) -> list[Any]:
    """What the model answers for a stretch of text; an answer that is not the JSON asked for proposes nothing."""
    messages = [{"role": "system", "content": _ASK}, {"role": "user", "content": text}]
    answer = _post(model, {"model": model.name, "messages": messages, "temperature": 0})
    try:
        content = answer["choices"][0]["message"]["content"]
        rows = json.loads(content[content.index("{") : content.rindex("}") + 1])["statements"]
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        return []
    return rows if isinstance(rows, list) else []


def _post(model: Model, body: dict[str, Any]) -> Any:
    if find_spec("httpx") is None:
        raise InputError(Fault("--llm-url", "the extra `llm` is not installed", remedy="Run `uv sync --extra llm`"))
    if not model.url.startswith(("http://", "https://")):
        raise InputError(Fault("--llm-url", f"'{model.url}' is not an address", "It begins with http:// or https://"))
    httpx = import_module("httpx")
    headers = {"Authorization": f"Bearer {model.key}"} if model.key else {}
    try:
        address = f"{model.url.rstrip('/')}/chat/completions"
        answer = httpx.post(address, json=body, headers=headers, timeout=model.timeout, trust_env=False)
        answer.raise_for_status()
        return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise InputError(
            Fault(model.url, f"the model did not answer: {error}", remedy="Check the address and key")
        ) from error


def _verified(
    document: Document, batch: list[Block], row: Any, *, cast: Cast, registry: Registry, model: Model
) -> Statement | None:
    """The statement a proposal stands for, or None when its words are not in one paragraph of the text."""
    if not isinstance(row, dict):
        return None
    pieces, named = row.get("content"), row.get("source")
    if isinstance(pieces, str):
        pieces = [pieces]
    if not isinstance(pieces, list) or not pieces or not all(isinstance(one, str) and one.strip() for one in pieces):
        return None
    if not isinstance(named, str) or not named.strip():
        return None
    for block in batch:
        content = _spans(document, block, pieces)
        source = _span(document, named, block.start, block.end)
        if content and source and _is_whole(document, block, content, source):
            return _statement(document, content, source, row.get("cue"), (block, cast, registry, model))
    return None


def _spans(document: Document, block: Block, pieces: list[str]) -> tuple[Span, ...]:
    """The pieces one after another in a paragraph; none when one of them is missing or out of order."""
    found: list[Span] = []
    at = block.start
    for piece in pieces:
        span = _span(document, piece, at, block.end)
        if span is None:
            return ()
        found.append(span)
        at = span.end
    return tuple(found)


def _span(document: Document, words: str, start: int, end: int) -> Span | None:
    """Where whole words stand between two offsets; None where they do not."""
    wanted = words.strip()
    at = document.text.find(wanted, start, end)
    while at >= 0:
        edges = document.text[at - 1 : at + 1] if at else "", document.text[at + len(wanted) - 1 : at + len(wanted) + 1]
        if not any(len(edge) == 2 and edge.isalnum() for edge in edges):
            return document.span(at, at + len(wanted))
        at = document.text.find(wanted, at + 1, end)
    return None


def _is_whole(document: Document, block: Block, content: tuple[Span, ...], source: Span) -> bool:
    """Whether nothing that was said is passed over between two pieces: only the words that tell who speaks."""
    inside = [(one.start, one.end) for one in quotations(document.text, block.start, block.end)]
    for before, after in pairwise(content):
        gap = range(before.end, after.start)
        words = [at for at in gap if document.text[at].isalnum()]
        told = before.end <= source.start and source.end <= after.start
        if words and (not told or any(start <= at < end for start, end in inside for at in words)):
            return False
    return True


def _statement(
    document: Document,
    content: tuple[Span, ...],
    source: Span,
    cue: Any,
    context: tuple[Block, Cast, Registry, Model],
) -> Statement:
    block, cast, registry, model = context
    verb = _span(document, cue, block.start, block.end) if isinstance(cue, str) and cue.strip() else None
    words = tuple(
        document.span(quote.start, quote.end)
        for quote in quotations(document.text, block.start, block.end)
        if any(span.start <= quote.start and quote.end <= span.end for span in content)
    )
    speakers = cast.resolve(source.exact, source.start)
    return Statement(
        id=statement_id(content, source, verb),
        content=content,
        words=words,
        source=source,
        cue=verb,
        speakers=speakers,
        chain=(),
        act="assertion",
        on="",
        where="",
        record="unnamed" if cast.is_unnamed(speakers) else "on",
        issues=registry.issues_in(" ".join(span.exact for span in content)),
        by=f"llm:{model.name}",
    )


def _takes(proposed: Statement, known: Statement) -> bool:
    """Whether a proposal gives words of a quote to somebody else than the rules do."""
    quoted = {at for span in known.words for at in range(span.start, span.end)}
    return bool(known.speakers) and known.speakers != proposed.speakers and not quoted.isdisjoint(_cover(proposed))


def _cover(statement: Statement) -> set[int]:
    return {at for span in statement.content for at in range(span.start, span.end)}


def _same(one: set[int], other: set[int]) -> bool:
    return len(one & other) >= 0.5 * len(one | other)
