"""HTML to text: visible paragraphs in order, nothing run, scripts and styles left behind.

The standard library reads every page. Where trafilatura is installed (the extra `html`), it decides which of those
paragraphs are the article; a paragraph it leaves out is kept as page furniture, not lost.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec

_TAGS = {
    "unseen": "script style noscript template svg math iframe object embed canvas audio video head select",
    "chrome": "nav aside footer form button figure figcaption menu dialog header",
    "breaks": "p div section article main li ul ol h1 h2 h3 h4 h5 h6 blockquote pre "
    "table tr td th dl dt dd br hr title body "
    "nav aside footer form button figure figcaption menu dialog header",
    "void": "br hr img input meta link source wbr area base col embed param track",
}
_UNSEEN, _CHROME, _BREAKS, _VOID = (frozenset(words.split()) for words in _TAGS.values())
_DATE_KEYS = (
    "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dc.date", "date", "pubdate",
    "publish-date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})")
_LOOKS = re.compile(
    r"(?:<!doctype html|<html\b|<head\b|<body\b|<(?:p|div|article)\b[^>]*>.*</(?:p|div|article)>)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's visible paragraphs, whether each is page furniture or a heading, and what its head says."""

    paragraphs: tuple[tuple[str, str], ...]
    meta: dict[str, str] = field(default_factory=dict)
    extractor: str = "html.parser"


def looks_like_html(text: str, suffix: str) -> bool:
    """Whether a text is a page to be taken apart."""
    return suffix in (".html", ".htm", ".xhtml") or bool(_LOOKS.search(text[:3000]) and text.lstrip()[:1] == "<")


def read_page(text: str) -> Page:
    """The visible paragraphs of a page, each with its kind: `body`, `heading` or `page-chrome`."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.finish()
    paragraphs = tuple(reader.paragraphs)
    meta = {**reader.meta, **_linked_data(reader.data)}
    chosen = _chosen_by_trafilatura(text)
    if chosen:
        kept = tuple(
            (words, "page-chrome" if _bare(words) not in chosen and kind == "body" else kind)
            for words, kind in paragraphs
        )
        if sum(len(words) for words, kind in kept if kind == "body") > 0.3 * sum(
            len(words) for words, kind in paragraphs if kind == "body"
        ):
            return Page(kept, meta, "trafilatura")
    return Page(paragraphs, meta)


class _Reader(HTMLParser):
    """Gathers words by paragraph; what stands in scripts, styles and the like is never looked at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[tuple[str, str]] = []
        self.meta: dict[str, str] = {}
        self.data: list[str] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._unseen = 0
        self._chrome = 0
        self._heading = False
        self._linked = False
        self._title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("meta", "link", "time", "html"):
            self._note(tag, given)
        if tag == "script" and "ld+json" in given.get("type", ""):
            self._linked = True
        if tag == "title":
            self._title = True
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._break()
            return
        self._open.append(tag)
        hides = _hides(tag, given)
        self._unseen += hides
        self._open[-1] = f"{tag}*" if hides else tag
        self._chrome += tag in _CHROME
        if tag in _BREAKS:
            self._break()
            self._heading = tag in ("h1", "h2", "h3", "h4", "h5", "h6")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._linked = False
        if tag == "title":
            self._title = False
        if tag in _BREAKS:
            self._break()
            self._heading = False
        while self._open and any(opened.rstrip("*") == tag for opened in self._open):
            opened = self._open.pop()
            self._unseen -= opened.endswith("*")
            self._chrome -= opened.rstrip("*") in _CHROME
            if opened.rstrip("*") == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._linked:
            self.data.append(data)
        elif self._title and not self.meta.get("title"):
            self.meta["title"] = " ".join(data.split())
        elif not self._unseen:
            self._words.append(data)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta":
            name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
            if name and given.get("content"):
                self.meta.setdefault(name, given["content"])
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.meta.setdefault("canonical", given.get("href", ""))
        elif tag == "time" and given.get("datetime"):
            self.meta.setdefault("time", given["datetime"])

    def _break(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words = []
        if words:
            kind = "page-chrome" if self._chrome else "heading" if self._heading else "body"
            self.paragraphs.append((words, kind))

    def finish(self) -> None:
        """The last paragraph, of a page cut short as well."""
        self._break()


def _hides(tag: str, given: dict[str, str]) -> bool:
    return tag in _UNSEEN or "display:none" in given.get("style", "").replace(" ", "") or "hidden" in given


def _linked_data(data: list[str]) -> dict[str, str]:
    """Date, headline and publisher from schema.org data, which is read as JSON and never run."""
    found: dict[str, str] = {}
    for text in data:
        try:
            rows = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for row in rows if isinstance(rows, list) else [rows]:
            graph = row.get("@graph", [row]) if isinstance(row, dict) else []
            for one in graph if isinstance(graph, list) else []:
                if isinstance(one, dict) and isinstance(one.get("datePublished"), str):
                    found.setdefault("datepublished", one["datePublished"])
                    if isinstance(one.get("headline"), str):
                        found.setdefault("headline", one["headline"])
                    publisher = one.get("publisher")
                    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                        found.setdefault("publisher", publisher["name"])
    return found


def page_date(meta: dict[str, str]) -> str:
    """The publication date a page's head gives, as an ISO day, or empty."""
    for key in _DATE_KEYS:
        match = _ISO.match(meta.get(key, "").strip())
        if match:
            return match[1]
    return ""


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _chosen_by_trafilatura(text: str) -> set[str]:
    """The paragraphs trafilatura keeps, letters only; none where it is not installed."""
    if find_spec("trafilatura") is None:
        return set()
    trafilatura = import_module("trafilatura")

    kept = trafilatura.extract(text, favor_precision=True, include_comments=False, include_tables=True) or ""
    return {_bare(line.lstrip("-#>* ")) for line in kept.split("\n") if line.strip()}
