"""The last pages: what was said and where, what the answer rests on, its certificate, how to get it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reciprocity.report.brief.page import listed, part
from reciprocity.report.findings import Value, scientific
from reciprocity.report.markup import Markup, joined, linked, table, tag
from reciprocity.report.wording import Wording


def section(values: Sequence[Value], words: Wording) -> Markup:
    """What all the deals of a brief share."""
    return tag(
        "article",
        {"class": "sheet closing"},
        part(words["brief.situation"], _situation(values, words)),
        part(words["brief.assumptions"], _assumptions(values, words)),
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
        known=words.day(value["known"]),
        hash=str(value["deal"].get("hash") or "")[:12],
    )


def _situation(values: Sequence[Value], words: Wording) -> Markup:
    facts = sorted(
        _once(fact for value in values for fact in value.get("situation", ())), key=lambda fact: fact["date"]
    )
    return tag("ul", {"class": "facts"}, *(_fact(fact, words) for fact in facts))


def _fact(fact: Mapping[str, Any], words: Wording) -> Markup:
    grade = f" ({fact['confidence']})" if fact.get("confidence") else ""
    source = tag("span", {"class": "source"}, linked(fact.get("source")), grade)
    return tag(
        "li",
        None,
        tag("time", {"datetime": fact["date"]}, words.day(fact["date"])),
        tag("p", None, fact["text"], " ", source),
    )


def _assumptions(values: Sequence[Value], words: Wording) -> Markup:
    notes = _once(note for value in values for note in value.get("notes", ()))
    said = [words["provenance.money"], *(notes or [words["finding.no_notes"]])]
    return listed(said)


def _certificates(values: Sequence[Value], words: Wording) -> Markup:
    keys = ("residual", "error", "evaluations", "closure", "numeraire")
    head = [words["column.deal"], *(words[f"column.{key}"] for key in keys)]
    rows = [(value["deal"]["title"], *_certificate(value["certificate"])) for value in values]
    return tag("div", {"class": "scroll"}, table("", head, rows, numeric=range(1, 4)))


def _certificate(certificate: Mapping[str, Any]) -> list[str]:
    return [
        scientific(certificate.get("residual")),
        scientific(certificate.get("error_estimate")),
        str(certificate.get("evaluations") or "—"),
        str(certificate.get("closure") or "—"),
        str(certificate.get("numeraire") or "—"),
    ]


def _reproduction(values: Sequence[Value], words: Wording) -> Markup:
    made = [value["provenance"] for value in values]
    commands = "\n".join(_once(str(one["command"]) for one in made if one.get("command")))
    snippets = "\n\n".join(_once(str(one["python_snippet"]) for one in made if one.get("python_snippet")))
    line = words["provenance.line"].format(
        **{key: made[0].get(key, "—") for key in ("reciprocity", "python", "numpy", "economy")}
    )
    return joined(
        [
            *_code(words["brief.command"], commands),
            *_code(words["brief.python"], snippets),
            tag("p", None, line),
            *(tag("p", {"class": "hashes"}, text) for text in _once(_hashes(one, words) for one in made)),
        ]
    )


def _code(heading: str, code: str) -> list[Markup]:
    return [tag("h3", None, heading), tag("pre", None, tag("code", None, code))] if code else []


def _hashes(made: Mapping[str, Any], words: Wording) -> str:
    keys = ("economy", "regime", "deal")
    return words["provenance.hashes"].format(**{key: str(made.get(f"{key}_sha256") or "—")[:16] for key in keys})


def _once(items: Iterable[Any]) -> list[Any]:
    """Each item once, in the order first met."""
    kept: list[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
