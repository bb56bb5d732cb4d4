"""The brief as PDF/UA-1: tagged, with words for every drawing; typst refuses a drawing without them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from reciprocity.report import outline
from reciprocity.report.extra import needs
from reciprocity.report.figures import Figure, standalone
from reciprocity.report.outline import Block, Drawing, Pair
from reciprocity.report.reading import Value
from reciprocity.report.wording import wording


def pdf(values: Sequence[Value], *, language: str = "en") -> bytes:
    """The brief as the bytes of a PDF file."""
    words = wording(language)
    typst = needs("typst", "pdf")
    blocks = outline.outline(values, words)
    drawn = _drawings(blocks)
    names = {id(one): f"figure-{at}.svg" for at, one in enumerate(drawn)}
    content = {
        "title": outline.title(values, words),
        "name": words["brief.name"],
        "language": words.language,
        "blocks": [_plain(block, names) for block in blocks],
    }
    sources = {
        "main.typ": _template("brief.typ"),
        "fonts.typ": _template("fonts.typ"),
        "content.json": json.dumps(content, ensure_ascii=False).encode(),
        **{names[id(one)]: standalone(one.figure.svg(one.width)).encode() for one in drawn},
    }
    return typst.compile(sources, format="pdf", pdf_standards=["ua-1"], timestamp=0)


def png(figure: Figure, width: int, *, ppi: float = 200.0) -> bytes:
    """A drawing as the bytes of a PNG file, for programs that read no SVG."""
    typst = needs("typst", "docx")
    sources = {
        "main.typ": _template("drawing.typ"),
        "fonts.typ": _template("fonts.typ"),
        "drawing.svg": standalone(figure.svg(width)).encode(),
    }
    return typst.compile(sources, format="png", ppi=ppi)


def _template(name: str) -> bytes:
    return files("reciprocity.report").joinpath("templates", name).read_bytes()


def _drawings(blocks: Sequence[Block]) -> list[Drawing]:
    """Every figure, in order."""
    found: list[Drawing] = []
    for block in blocks:
        found += block.drawings if isinstance(block, Pair) else (block,) if isinstance(block, Drawing) else ()
    return found


def _plain(block: Block, names: Mapping[int, str]) -> dict[str, Any]:
    """A block as JSON, with the kind the template asks for."""
    kind = type(block).__name__.lower()
    if isinstance(block, Pair):
        return {"kind": kind, "drawings": [_plain(one, names) for one in block.drawings]}
    if isinstance(block, Drawing):
        told = f"{block.figure.title} {block.figure.description}"
        named = {"file": names[id(block)], "title": block.figure.title, "alt": told}
        return {"kind": kind, **named, "share": block.share}
    return {"kind": kind, **asdict(block)}
