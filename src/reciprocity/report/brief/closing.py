"""The last pages: what was said and where, what the answer rests on, its certificate, how to get it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reciprocity.report import reading
from reciprocity.report.brief.page import known, listed, part
from reciprocity.report.markup import Markup, joined, linked, scrolled, table, tag
from reciprocity.report.payers import scientific
from reciprocity.report.reading import Row, Value
from reciprocity.report.wording import Wording

_TOLD_IN = {"lang": "en"}
"""The language in which the record that ships is told."""


def section(values: Sequence[Value], words: Wording) -> Markup:
    """What all the deals of a brief share."""
    return tag(
        "article",
        {"class": "sheet closing"},
        _said(values, words),
        part(words["brief.situation"], tag("ul", {"class": "facts"}, *(_fact(fact, words) for fact in facts(values)))),
        part(words["brief.assumptions"], listed(notes(values, words))),
        part(words["brief.certificate"], _certificates(values, words)),
        part(words["brief.reproduce"], _reproduction(values, words), name="reproduce"),
        part(words["brief.citation"], *(tag("p", None, citation(value, words)) for value in values)),
    )


def citation(value: Value, words: Wording) -> str:
    """One deal's answer, as one would cite it."""
    return words["provenance.cite"].format(
        version=value["provenance"].get("reciprocity", ""),
        title=value["deal"]["title"],
        on=words.day(value["on"]),
        known=known(value, words),
        hash=reading.fingerprint(value),
    )


def facts(values: Sequence[Value]) -> list[Row]:
    """What had happened, each fact once, the oldest first."""
    return sorted(_once(fact for value in values for fact in value.get("situation", ())), key=lambda one: one["date"])


def said(values: Sequence[Value]) -> list[Row]:
    """What was said at the talks, each once, the newest first."""
    return sorted(_once(one for value in values for one in value.get("said", ())), key=lambda one: one["date"])[::-1]


def quoted(one: Row, words: Wording) -> str:
    """Who said what and when: the source's own words in quotation marks, or their sense without."""
    return _who_said(one, words, ", ".join(one["who"]) or "—", _told(one, words))


def notes(values: Sequence[Value], words: Wording) -> list[str]:
    """What the answers rest on: every note once, and what was estimated in the law between the two sides."""
    said = _once(note for value in values for note in value.get("notes", ()))
    guesses = [words["finding.estimated"].format(what=what) for what in _united(_guesses(values))]
    return [words["provenance.money"], *(said + guesses or [words["finding.no_notes"]])]


def _united(reasons: Iterable[str]) -> list[str]:
    """Reasons, one for all of those that differ only in the names they end with."""
    named: dict[str, list[str]] = {}
    for reason in reasons:
        said, _, names = reason.partition(": ")
        named[said] = _once([*named.get(said, ()), *(names.split(", ") if names else ())])
    return [f"{said}: {', '.join(names)}" if names else said for said, names in named.items()]


def _said(values: Sequence[Value], words: Wording) -> Markup:
    """What was said at the talks, in the words of who said it, where the answers hold it."""
    found = said(values)
    if not found:
        return Markup("")
    rows = (
        tag("li", None, tag("p", None, _spoken(one, words), " ", _source(one["url"], one["source"]))) for one in found
    )
    return part(
        words["brief.said"],
        tag("p", {"class": "summary"}, words["brief.said_about"]),
        tag("ul", {"class": "quotes"}, *rows),
    )


def _spoken(one: Row, words: Wording) -> Markup:
    """The same with the source's words marked as the English they are."""
    who = tag("span", _TOLD_IN, ", ".join(one["who"]) or "—")
    return Markup(_who_said(one, words, who, tag("span", _TOLD_IN, _told(one, words))))


def _told(one: Row, words: Wording) -> str:
    return words["brief.quote"].format(words=one["words"]) if one["words"] else one["what"]


def _who_said(one: Row, words: Wording, who: str, said: str) -> str:
    return words["brief.who_said"].format(day=words.day(one["date"]), who=who, said=said)


def _source(url: str, name: str) -> Markup:
    address = url if url.startswith(("https://", "http://")) else ""
    known = tag("a", {"href": address, "rel": "noreferrer"}, name) if address else joined([name])
    return tag("span", {"class": "source", **_TOLD_IN}, known)


def solved(value: Value, words: Wording) -> str:
    """The certificate in one sentence."""
    proof = value["certificate"]
    return words["certificate.solved"].format(
        residual=scientific(reading.residual(value)),
        evaluations=proof.get("evaluations") or "—",
        closure=proof.get("closure") or "—",
    )


def _fact(fact: Row, words: Wording) -> Markup:
    doubt = fact.get("confidence") in {"S", "M"}
    grade = f" ({words.confidence(fact['confidence'])})" if doubt else ""
    source = tag("span", {"class": "source"}, linked(fact.get("source")), grade)
    return tag(
        "li",
        None,
        tag("time", {"datetime": fact["date"]}, words.day(fact["date"])),
        tag("p", None, fact["text"], " ", source),
    )


def _guesses(values: Sequence[Value]) -> Iterable[str]:
    """What the law between the two sides rests on where it was not read line by line."""
    for value in values:
        for row in reading.bilateral_law(value):
            guess = row.get("estimated")
            yield from guess if isinstance(guess, list | tuple) else ()


def _certificates(values: Sequence[Value], words: Wording) -> Markup:
    keys = ("residual", "error", "evaluations", "closure", "numeraire")
    head = [words["column.deal"], *(words[f"column.{key}"] for key in keys)]
    rows = [(value["deal"]["title"], *_certificate(value)) for value in values]
    return scrolled(words["brief.certificate"], table("", head, rows, numeric=range(1, 4)))


def _certificate(value: Value) -> list[str]:
    certificate = value["certificate"]
    return [
        scientific(reading.residual(value)),
        scientific(certificate.get("error_estimate")),
        str(certificate.get("evaluations") or "—"),
        str(certificate.get("closure") or "—"),
        str(certificate.get("numeraire") or "—"),
    ]


def _reproduction(values: Sequence[Value], words: Wording) -> Markup:
    made = [value["provenance"] for value in values]
    commands = "\n".join(_once(str(one["command"]) for one in made if one.get("command")))
    snippets = "\n\n".join(_once(str(one["python_snippet"]) for one in made if one.get("python_snippet")))
    line, *hashes = versions(values, words)
    return joined(
        [
            *_code(words["brief.command"], commands),
            *_code(words["brief.python"], snippets),
            tag("p", None, line),
            *(tag("p", {"class": "hashes"}, text) for text in hashes),
        ]
    )


def versions(values: Sequence[Value], words: Wording) -> list[str]:
    """What the answers were made with: program, elasticities, and the hashes of what went in."""
    made = [value["provenance"] for value in values]
    line = words["provenance.line"].format(
        **{key: made[0].get(key, "—") for key in ("reciprocity", "python", "numpy", "economy")}
    )
    sets = _once(str(one["elasticities"]) for one in made if one.get("elasticities"))
    told = [words["provenance.elasticities"].format(name=name) for name in sets]
    return [" ".join([line, *told]), *_once(_hashes(one, words) for one in made)]


def _code(heading: str, code: str) -> list[Markup]:
    return [tag("h3", None, heading), tag("pre", None, tag("code", None, code))] if code else []


def _hashes(made: Row, words: Wording) -> str:
    keys = ("economy", "regime", "deal")
    return words["provenance.hashes"].format(**{key: str(made.get(f"{key}_sha256") or "—")[:16] for key in keys})


def _once(items: Iterable[Any]) -> list[Any]:
    """Each item once, in the order first met."""
    kept: list[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
