"""Markup built from values: plain text is always escaped, only what `tag` made passes as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape


class Markup(str):
    """Text that is already markup; template engines see it as such."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


Attributes = Mapping[str, str | float | int | None]

_VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})


def tag(name: str, attributes: Attributes | None = None, *children: str) -> Markup:
    """One element. Attributes that are None are left out; children that are not Markup are escaped."""
    inside = "".join(
        f' {key}="{escape(_text(value))}"' for key, value in (attributes or {}).items() if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{inside}>")
    return Markup(f"<{name}{inside}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Markup:
    """Pieces one after the other, each escaped unless it is Markup."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child, quote=False) for child in children))


def linked(source: str | None) -> Markup:
    """A source as a link when it is a web address, otherwise as text."""
    words = str(source or "")
    if words.startswith(("https://", "http://")):
        return tag("a", {"href": words, "rel": "noreferrer"}, words)
    return joined([words])


def table(
    caption: str,
    head: Iterable[str],
    rows: Iterable[Iterable[str]],
    *,
    numeric: range = range(1, 99),
    name: str = "data",
) -> Markup:
    """A data table: first cell of a row heads it, cells at the places `numeric` are numbers and align right."""
    top = tag("tr", None, *(_heading(at, words, numeric) for at, words in enumerate(head)))
    body = [tag("tr", None, *_cells(tuple(row), numeric)) for row in rows]
    head_caption = tag("caption", None, caption) if caption else Markup("")
    return tag("table", {"class": name}, head_caption, tag("thead", None, top), tag("tbody", None, *body))


def scrolled(name: str, drawn: Markup) -> Markup:
    """Something wide that scrolls inside its own frame, reachable by keyboard and named to a screen reader."""
    return tag("div", {"class": "scroll", "tabindex": 0, "role": "group", "aria-label": name}, drawn)


def _heading(at: int, words: str, numeric: range) -> Markup:
    """A column's heading; one with no words heads nothing."""
    return tag("th", _cell(at, numeric, "col"), words) if words else tag("td", None, "")


def _cells(row: tuple[str, ...], numeric: range) -> Iterable[Markup]:
    yield tag("th", {"scope": "row"}, row[0])
    for at, words in enumerate(row[1:], start=1):
        yield tag("td", _cell(at, numeric, None), words)


def _cell(at: int, numeric: range, scope: str | None) -> Attributes:
    return {"scope": scope, "class": "number" if at in numeric else None}


def _text(value: str | float | int) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
