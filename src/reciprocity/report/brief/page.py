"""The page around the brief: its head, which forbids every request, its style, and what stands on top of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from reciprocity.report import reading
from reciprocity.report.figures import style
from reciprocity.report.french import InEnglish
from reciprocity.report.markup import Markup, joined, tag
from reciprocity.report.reading import Value
from reciprocity.report.wording import Wording

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a deal's pages stand in the brief: their place among the deals, and the level of their title."""

    place: int
    level: int

    @property
    def mark(self) -> str:
        """What keeps the ids of these pages apart from the others'."""
        return f"deal-{self.place}"

    def heading(self, below: int = 0) -> str:
        """The tag of a heading so many levels below the title."""
        return f"h{self.level + below}"


def document(title: str, sections: Iterable[Markup], values: Sequence[Value], words: Wording) -> str:
    """The whole page as text."""
    sheet = files("reciprocity.report").joinpath("styles", "brief.css").read_text(encoding="utf-8")
    maker = f"Reciprocity {values[0]['provenance'].get('reciprocity', '')}".strip()
    head = tag(
        "head",
        None,
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        tag("meta", {"name": "color-scheme", "content": "light dark"}),
        tag("meta", {"name": "generator", "content": maker}),
        tag("title", None, f"{title} · {words['brief.name']}"),
        tag("style", None, Markup(f"{style()}\n{sheet}")),
    )
    body = tag("body", None, _mast(values, words), tag("main", None, *sections))
    return f"<!doctype html>\n{tag('html', {'lang': words.language}, head, body)}\n"


def known(value: Value, words: Wording) -> str:
    """Whose knowledge of the law counts, in words."""
    return (
        words["brief.known"].format(day=words.day(value["known"])) if value.get("known") else words["brief.known_now"]
    )


def listed(sentences: Iterable[str]) -> Markup:
    """Sentences as a list."""
    return tag("ul", None, *(tag("li", {"lang": tongue(sentence)}, sentence) for sentence in sentences))


def tongue(sentence: str) -> str | None:
    """The language of a sentence that is not in the page's own, for `lang`."""
    return "en" if isinstance(sentence, InEnglish) else None


def part(heading: str, *children: str, name: str | None = None, level: str = "h2") -> Markup:
    """A headed part of the page."""
    return tag("section", {"class": name}, tag(level, None, heading), joined(children))


def _mast(values: Sequence[Value], words: Wording) -> Markup:
    days = words["brief.and"].join(words.day(one) for one in reading.days(values))
    return tag(
        "header",
        {"class": "mast"},
        tag("strong", None, words["brief.name"]),
        tag("span", None, words["brief.law_on"].format(day=days)),
        tag("span", None, known(values[0], words)),
    )
