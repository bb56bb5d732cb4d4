"""The few SVG strokes every figure is drawn with. Colours and type come from the style sheet, by class."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2s

from reciprocity.report.markup import Markup, joined, tag

_NARROW, _WIDE = frozenset("iljtfrI.,;:'!|()[] \u202f\u00a0"), frozenset("mwMWOQGD@%—")


def frame(
    kind: str, ident: str, *, title: str, description: str, width: float, height: float, body: list[Markup]
) -> Markup:
    """The drawing: an image to a screen reader, named by its title and told by its description."""
    return tag(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"figure {kind}",
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": width,
            "height": height,
            "role": "img",
            "aria-labelledby": f"{ident}-t {ident}-d",
        },
        tag("title", {"id": f"{ident}-t"}, title),
        tag("desc", {"id": f"{ident}-d"}, description),
        _stripes(ident, body),
        *body,
    )


def identity(*parts: object) -> str:
    """A name for a drawing from what it shows, so that two drawings on a page do not share one."""
    return "f" + blake2s(repr(parts).encode(), digest_size=5).hexdigest()


def text(x: float, y: float, words: str, *, anchor: str = "start", style: str = "") -> Markup:
    """Words at a place; anchor is start, middle or end."""
    side = None if anchor == "start" else anchor
    return tag("text", {"x": x, "y": y, "text-anchor": side, "class": style or None}, words)


def line(x1: float, y1: float, x2: float, y2: float, *, style: str) -> Markup:
    """A straight stroke."""
    return tag("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "class": style})


def bar(x1: float, x2: float, y: float, height: float, *, side: str, loss: bool, ident: str) -> Markup:
    """A bar between two places: solid for a gain, striped with an outline for a loss."""
    box = {"x": min(x1, x2), "y": y, "width": max(abs(x2 - x1), 0.75), "height": height}
    if not loss:
        return tag("rect", {**box, "class": side})
    return tag("rect", {**box, "class": f"{side} loss", "style": f"fill:url(#{ident}-{side})"})


def lines_of(words: str, width: float, *, size: float = 13, most: int = 2) -> list[str]:
    """Words broken into lines that fit a width; what does not fit the last line ends in an ellipsis."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size=size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] += " " + lines[most]
    return [_clipped(one, width, size) for one in kept]


def label(
    x: float, middle: float, words: str, width: float, *, anchor: str = "start", style: str = "", most: int = 2
) -> Markup:
    """A label of a few lines, centred on a height."""
    lines = lines_of(words, width, most=most)
    top = middle + 4.5 - 7.5 * (len(lines) - 1)
    return joined(text(x, top + 15 * at, one, anchor=anchor, style=style) for at, one in enumerate(lines))


def label_column(names: Sequence[str], width: float) -> float:
    """Room for the labels left of a figure: what they need, at most two fifths of the width."""
    return min(max([text_width(name) for name in names], default=40.0) + 14, 0.4 * width)


def text_width(words: str, *, size: float = 13) -> float:
    """About how wide words are, in the widest of the system fonts we ask for."""
    return size * sum(0.36 if letter in _NARROW else 0.86 if letter in _WIDE else 0.64 for letter in words)


def bold_width(words: str) -> float:
    """About how wide a value in bold is."""
    return 1.12 * text_width(words)


def _clipped(words: str, width: float, size: float) -> str:
    if text_width(words, size=size) <= width:
        return words
    while words and text_width(words + "…", size=size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def _stripes(ident: str, body: list[Markup]) -> Markup:
    drawn = "".join(body)
    used = [side for side in ("canada", "usa", "other", "third", "total") if f"url(#{ident}-{side})" in drawn]
    return tag("defs", None, *(_stripe(ident, side) for side in used)) if used else Markup("")


def _stripe(ident: str, side: str) -> Markup:
    box = {
        "id": f"{ident}-{side}",
        "width": 6,
        "height": 6,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": "rotate(45)",
    }
    paper = tag("rect", {"width": 6, "height": 6, "class": "hollow"})
    return tag("pattern", box, paper, tag("line", {"x1": 0, "y1": 0, "x2": 0, "y2": 6, "class": f"{side} stripe"}))
