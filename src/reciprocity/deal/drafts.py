"""From words to numbers: every exchange found in the record as the draft of a deal, each clause citing its statement.

"A pipeline in exchange for progress on steel tariffs" has two ends. Each issue of an end becomes a clause by the side
that would give it: a tariff cut by the importer where duties are spoken of, a cheaper route where capacity is, capital
where investment is. Words hardly ever carry the number: a clause says so, and holds a plain one to be replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reciprocity.deal.deal import Deal
from reciprocity.deal.givers import sides_of
from reciprocity.files import validate
from reciprocity.labels import fold, region
from reciprocity.record.caption import caption
from reciprocity.record.document import Span
from reciprocity.record.link import Link
from reciprocity.record.reading import Reading
from reciprocity.record.registry import Issue, Registry

_NOT_TRADED = "GOV"
_ROUTE = re.compile(
    r"\b(?:pipelines?|keystone|capacity|route|corridor|rail|ports?|grid|transmission|interconnect\w*)\b", re.IGNORECASE
)
_CAPITAL = re.compile(r"\binvest\w*", re.IGNORECASE)
_RATE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent|percent)", re.IGNORECASE)
_MONEY = re.compile(r"\$\s?(\d[\d,]*(?:\.\d+)?)\s*(trillion|billion|million)", re.IGNORECASE)
_BILLIONS = {"trillion": 1000.0, "billion": 1.0, "million": 0.001}
_NO_RATE = "No rate was said. 0 is the most the words can mean: write the rate that is meant."
_NO_SIZE = (
    "No size was said. Delivery 1% cheaper is a place to start: write the size that is meant, or a capacity clause."
)
_NO_MONEY = "No amount or years were said: write those that are meant."


@dataclass(frozen=True, slots=True)
class Draft:
    """An exchange found in a document and the deal it could be.

    Args:
        link: Id of the exchange.
        deal: The draft, valid as it stands; None when too little is known, and `missing` says what.
        cases: Deals that ship between the same sides on all of its industries.
    """

    link: str
    document: str
    title: str
    line: int
    give: str
    get: str
    statements: tuple[str, ...]
    deal: Deal | None
    missing: str = ""
    cases: tuple[str, ...] = ()


def drafts(
    readings: Iterable[Reading],
    registry: Registry,
    *,
    sides: Sequence[str] = (),
    cases: Mapping[str, Deal] | None = None,
) -> tuple[Draft, ...]:
    """Every exchange in the record that is not rejected, as a draft deal.

    Args:
        readings: The documents.
        registry: Whose side actors are on and which sectors issues stand for.
        sides: The two sides of the table; left out, those of the actors named in the document.
        cases: Deals by name to point to.
    """
    found = [
        _draft(reading, link, registry, tuple(region(one, where="--sides").code for one in sides))
        for reading in readings
        for link in reading.links
        if link.kind == "exchange" and link.review != "rejected"
    ]
    return tuple(_with_cases(one, cases or {}, registry) for one in found)


def draft_toml(draft: Draft) -> str:
    """A draft as the TOML file of a deal."""
    if draft.deal is None:
        return ""
    content = draft.deal.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"id", "clauses"})
    lines = [
        f"# A draft made from words: {_comment(draft.title)}, line {draft.line}. Every number in it is to be checked."
    ]
    lines += [f"{key} = {_toml(value)}" for key, value in content.items()]
    for clause in draft.deal.clauses:
        row = clause.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"kind": clause.kind}
        order = sorted(row, key=lambda key: {"id": 0, "kind": 1}.get(key, 2))
        lines += ["", "[[clause]]", *(f"{key} = {_toml(row[key])}" for key in order)]
    return "\n".join(lines) + "\n"


def name_of(draft: Draft) -> str:
    """A file name for a draft: its issues and the hash of its link."""
    words = "-".join(clause.id for clause in draft.deal.clauses) if draft.deal else "exchange"
    return f"{words[:60].strip('-')}-{draft.link[-6:]}.toml"


def _draft(reading: Reading, link: Link, registry: Registry, sides: tuple[str, ...]) -> Draft:
    page = reading.document
    ends = [end.exact if isinstance(end, Span) else end for end in (link.a, link.b)]
    anchor = next((one for one in (link.span, link.a, link.b) if isinstance(one, Span)), None)
    line = page.line_of(anchor.start).number if anchor else 1
    table, missing = sides_of(reading, link, registry, sides)
    giver, getter = table or ("", "")
    source = (
        f"{caption(page)}, line {line}{f', published {page.published}' if page.published else ''} {page.url}".strip()
    )
    cited = _cited(reading, link)
    issues = {one.id: one for one in registry.issues}
    clauses = [
        *_clauses(ends[0], [issues[one] for one in link.issues_a if one in issues], (giver, getter), cited, source),
        *_clauses(ends[1], [issues[one] for one in link.issues_b if one in issues], (getter, giver), cited, source),
    ]
    if not missing and not clauses:
        missing = "no industry is named on either end"
    content = {
        "title": f"{ends[0][:80]} for {ends[1][:80]}",
        "summary": f"Draft from the record: {ends[0]} in exchange for {ends[1]}.",
        "sides": [giver, getter],
        "clause": _numbered(clauses),
    }
    deal = None if missing else validate(Deal, content, where=f"draft of {link.id}")
    return Draft(link.id, page.id, caption(page), line, ends[0], ends[1], link.statements, deal, missing)


def _clauses(
    words: str, issues: Sequence[Issue], between: tuple[str, str], cited: str, source: str
) -> Iterator[dict[str, Any]]:
    giver, other = between
    rest = {"statement": cited, "source": source}
    if _CAPITAL.search(words):
        money = _MONEY.search(words)
        amount = float(money[1].replace(",", "")) * _BILLIONS[money[2].casefold()] if money else 1.0
        years = {"years": 5.0, "note": _NO_MONEY}
        yield {
            "id": "investment",
            "kind": "investment",
            "investor": giver,
            "host": other,
            "amount_busd": amount,
            **years,
            **rest,
        }
    for issue in issues:
        for sector in (one for one in issue.sectors if one != _NOT_TRADED):
            name = re.sub(r"[^a-z0-9]+", "-", fold(issue.id)).strip("-") or sector.casefold()
            if _ROUTE.search(words):
                scope = {"importer": other, "exporter": giver, "sector": sector, "change": -0.01, "note": _NO_SIZE}
                yield {"id": name, "kind": "trade_cost", **scope, **rest}
            else:
                rate = _RATE.search(words)
                told = {"rate": float(rate[1]) / 100} if rate else {"rate": 0.0, "note": _NO_RATE}
                yield {
                    "id": name,
                    "kind": "tariff",
                    "importer": giver,
                    "exporter": other,
                    "sector": sector,
                    **told,
                    **rest,
                }


def _cited(reading: Reading, link: Link) -> str:
    """The statements a clause rests on: their ids, who spoke, and their words."""
    said = [one for one in reading.statements if one.id in link.statements]
    names = {one.id: one.name for one in reading.actors}
    told = [
        f"{one.id}: {', '.join(names.get(who, who) for who in (*one.speakers, *one.chain))}: {one.exact[:300]}"
        for one in said
    ]
    return " / ".join(told) or f"{link.id}: {link.span.exact if link.span else ''}"


def _numbered(clauses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, int] = {}
    for clause in clauses:
        seen[clause["id"]] = seen.get(clause["id"], 0) + 1
        if seen[clause["id"]] > 1:
            clause["id"] = f"{clause['id']}-{seen[clause['id']]}"
    return clauses


def _with_cases(draft: Draft, cases: Mapping[str, Deal], registry: Registry) -> Draft:
    if draft.deal is None:
        return draft
    wanted = set(registry.issues_in(f"{draft.give} {draft.get}")) - {"tariffs"}
    matching = tuple(
        name
        for name, deal in cases.items()
        if set(deal.sides) == set(draft.deal.sides)
        and wanted <= set(registry.issues_in(f"{deal.title}. {deal.summary}"))
    )
    return replace(draft, cases=matching)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    escaped = "".join(_escaped(letter) for letter in str(value))
    return f'"{escaped}"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    hidden = letter < " " or letter == "\x7f" or "\u200b" <= letter <= "\u200f" or "\u202a" <= letter <= "\u202e"
    return f"\\u{ord(letter):04x}" if hidden or "\u2066" <= letter <= "\u2069" else letter


def _comment(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
