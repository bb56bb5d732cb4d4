"""The brief as PDF/UA-1: tagged, with words for every drawing; typst refuses a drawing without them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from reciprocity.report import outline
from reciprocity.report.extra import needs
from reciprocity.report.figures import Figure, standalone
from reciprocity.report.outline import Block, Drawing
from reciprocity.report.reading import Value
from reciprocity.report.wording import wording


def pdf(values: Sequence[Value], *, language: str = "en") -> bytes:
    """The brief as the bytes of a PDF file."""
    words = wording(language)
    typst = needs("typst", "pdf")
    blocks = outline.outline(values, words)
    drawn = {f"figure-{at}.svg": block for at, block in enumerate(blocks) if isinstance(block, Drawing)}
    content = {
        "title": outline.title(values, words),
        "name": words["brief.name"],
        "language": words.language,
        "blocks": [_plain(block, f"figure-{at}.svg") for at, block in enumerate(blocks)],
    }
    sources = {
        "main.typ": files("reciprocity.report").joinpath("templates", "brief.typ").read_bytes(),
        "content.json": json.dumps(content, ensure_ascii=False).encode(),
        **{name: standalone(block.figure.svg(block.width)).encode() for name, block in drawn.items()},
    }
    return typst.compile(sources, format="pdf", pdf_standards=["ua-1"], timestamp=0)


def png(figure: Figure, width: int, *, ppi: float = 200.0) -> bytes:
    """A drawing as the bytes of a PNG file, for programs that read no SVG."""
    typst = needs("typst", "docx")
    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg", width: 480pt, alt: "")'
    drawing = standalone(figure.svg(width)).encode()
    return typst.compile({"main.typ": page.encode(), "drawing.svg": drawing}, format="png", ppi=ppi)


def _plain(block: Block, file: str) -> dict[str, Any]:
    """A block as JSON, with the kind the template asks for."""
    kind = type(block).__name__.lower()
    if isinstance(block, Drawing):
        told = f"{block.figure.title} {block.figure.description}"
        return {
            "kind": kind,
            "file": file,
            "title": block.figure.title,
            "alt": told,
            "width": 100 if block.width > 600 else 80,
        }
    return {"kind": kind, **asdict(block)}
