"""The page around the brief: its head, which forbids every request, its style, and what stands on top of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

from reciprocity.report.figures import style
from reciprocity.report.findings import Value
from reciprocity.report.markup import Markup, joined, tag
from reciprocity.report.wording import Wording

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def document(title: str, sections: Iterable[Markup], values: Sequence[Value], words: Wording) -> str:
    """The whole page as text."""
    sheet = files("reciprocity.report").joinpath("styles", "brief.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        None,
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        tag("meta", {"name": "color-scheme", "content": "light dark"}),
        tag(
            "meta",
            {"name": "generator", "content": f"Reciprocity {values[0]['provenance'].get('reciprocity', '')}".strip()},
        ),
        tag("title", None, f"{title} · {words['brief.name']}"),
        tag("style", None, Markup(f"{style()}\n{sheet}")),
    )
    body = tag("body", None, _mast(values[0], words), tag("main", None, *sections))
    return f"<!doctype html>\n{tag('html', {'lang': words.language}, head, body)}\n"


def _mast(value: Value, words: Wording) -> Markup:
    return tag(
        "header",
        {"class": "mast"},
        tag("strong", None, words["brief.name"]),
        tag("span", None, words["brief.law_on"].format(day=words.day(value["on"]))),
        tag("span", None, words["brief.known"].format(day=words.day(value["known"]))),
    )


def listed(sentences: Iterable[str], *, style_name: str | None = None) -> Markup:
    """Sentences as a list."""
    return tag("ul", {"class": style_name}, *(tag("li", None, sentence) for sentence in sentences))


def part(heading: str, *children: str, name: str | None = None, level: str = "h2") -> Markup:
    """A headed part of the page."""
    return tag("section", {"class": name}, tag(level, None, heading), joined(children))
