"""The page around the model: levers, both sides' answer, sectors and partners, with its own check and its sources."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from reciprocity.errors import Fault, InputError
from reciprocity.report.brief import closing
from reciprocity.report.brief.page import known, listed, part
from reciprocity.report.clauses import in_words
from reciprocity.report.figures import style
from reciprocity.report.markup import Markup, joined, scrolled, tag
from reciprocity.report.offline.payload import Lever, payload
from reciprocity.report.reading import SLIGHT_RATE, Value, first_year, hue, in_language
from reciprocity.report.wording import Wording, wording
from reciprocity.results import Valuation

_STATIC = files("reciprocity.report").joinpath("offline", "static")
_SCRIPTS = ("factors.js", "model.js", "page.js")


def html(valuation: Valuation, *, language: str = "en") -> str:
    """One file that runs the model on the deal in a browser, with no network: lever by lever.

    Args:
        valuation: what `flow.value` answers, with the long run among its horizons; the first year is solved in the page
            too where it is among them.
        language: en or fr.

    Raises:
        InputError: the long run was not solved, or the report is not written in that language.
    """
    words = wording(language)
    if "long" not in valuation.outcomes:
        raise InputError(Fault("horizon", "the long run was not solved", "The file runs the long-run model", "Add it"))
    value = in_language(valuation.to_dict(), language)
    content = payload(valuation)
    script = Markup("\n".join(_STATIC.joinpath(name).read_text(encoding="utf-8") for name in _SCRIPTS))
    head = tag(
        "head",
        None,
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": _policy(script)}),
        tag("meta", {"name": "color-scheme", "content": "light dark"}),
        tag("title", None, f"{value['deal']['title']} · {words['offline.name']}"),
        tag("style", None, _style()),
    )
    body = tag(
        "body",
        None,
        _mast(value, words),
        _main(value, content["levers"], words),
        _data(content, words),
        tag("script", None, script),
    )
    return f"<!doctype html>\n{tag('html', {'lang': words.language}, head, body)}\n"


def _policy(script: Markup) -> str:
    digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _style() -> Markup:
    brief = files("reciprocity.report").joinpath("styles", "brief.css").read_text(encoding="utf-8")
    return Markup("\n".join((style(), brief, _STATIC.joinpath("page.css").read_text(encoding="utf-8"))))


def _data(content: dict[str, Any], words: Wording) -> Markup:
    """The payload as JSON inside the page; no text in it can end the element it stands in."""
    said = {key: words[f"offline.{key}"] for key in ("solved", "failed", "agrees", "differs")}
    said["a_year"] = words["side.a_year"]
    content = {
        **content,
        "hues": [hue(side) for side in content["sides"]],
        "words": {
            **said,
            "sectors": [words.sector(code) for code in content["sectors"]],
            "regions": [words.region(code) for code in content["regions"]],
        },
    }
    text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
    return tag("script", {"type": "application/json", "id": "payload"}, Markup(text))


def _mast(value: Value, words: Wording) -> Markup:
    return tag(
        "header",
        {"class": "mast"},
        tag("strong", None, words["offline.name"]),
        tag("span", None, words["brief.law_on"].format(day=words.day(value["on"]))),
        tag("span", None, known(value, words)),
    )


def _main(value: Value, levers: list[Lever], words: Wording) -> Markup:
    deal = value["deal"]
    told = [in_words(clause, words) for clause in deal["clauses"]]
    return tag(
        "main",
        None,
        tag("h1", {"class": "title"}, deal["title"]),
        tag("p", {"class": "summary"}, str(deal.get("summary") or "")),
        tag("noscript", None, tag("p", None, words["offline.no_script"])),
        tag("div", {"class": "sides live"}, *(_side(value, side, words) for side in value["sides"])),
        tag("p", {"id": "status", "role": "status"}),
        part(words["offline.levers"], _master(words), _levers(levers, words)),
        part(words["brief.sectors"], _table("sectors", _sector_head(value, words))),
        part(
            words["brief.others"],
            _table("others", [words["figure.partner"], words["column.real_income"], words["column.income_musd"]]),
        ),
        part(words["brief.proposed"], listed(told) if told else tag("p", None, words["brief.no_clause"])),
        part(words["brief.assumptions"], listed([*_limits(value, words), *closing.notes([value], words)])),
        part(words["brief.certificate"], tag("p", {"id": "check"}), tag("p", None, closing.citation(value, words))),
    )


def _limits(value: Value, words: Wording) -> list[str]:
    """What the page's own model does, and what it holds still."""
    held = any(
        clause["kind"] == "quota" and clause.get("exporter_rent") is not None for clause in value["deal"]["clauses"]
    )
    year = [words["offline.about_year"]] if first_year(value) else []
    return [words["offline.about"], *year, *([words["offline.licences"]] if held else [])]


def _side(value: Value, side: str, words: Wording) -> Markup:
    return tag(
        "section",
        {"class": f"side {hue(side)}", "id": f"side-{side}"},
        tag("h2", None, words.region(side, value["sides"][side]["name"])),
        tag("p", {"class": "big"}, tag("span", {"class": "way"}), tag("span", {"class": "change"})),
        tag("p", {"class": "unit"}, words["side.unit_long"]),
        tag("p", {"class": "money"}),
        _first_year(value, words),
        tag(
            "dl",
            None,
            tag("dt", None, words["side.real_wage"]),
            tag("dd", {"class": "wage"}),
            tag("dt", None, words["side.tariff_revenue"]),
            tag("dd", {"class": "revenue"}),
        ),
    )


def _first_year(value: Value, words: Wording) -> Markup:
    """The first year of the same terms, where the page has its world; the script fills in the number."""
    if not first_year(value):
        return Markup("")
    return tag("p", {"class": "sooner"}, words["offline.first_year"], " ", tag("strong", None, ""))


def _master(words: Wording) -> Markup:
    return tag(
        "div",
        {"class": "master"},
        tag("button", {"type": "button", "id": "law"}, words["offline.to_law"]),
        tag("button", {"type": "button", "id": "deal"}, words["offline.to_deal"]),
        tag(
            "input",
            {"type": "range", "id": "share", "min": 0, "max": 100, "value": 100, "aria-label": words["offline.share"]},
        ),
        tag("output", {"id": "share-shown", "for": "share"}, words.rate(1.0)),
    )


def _levers(levers: list[Lever], words: Wording) -> Markup:
    rows = [(_lever(at, lever, words), _moved(lever)) for at, lever in enumerate(levers)]
    first = tag("ul", {"class": "levers"}, *(row for row, moved in rows if moved))
    rest = tag("ul", {"class": "levers"}, *(row for row, moved in rows if not moved))
    return joined([first, tag("details", None, tag("summary", None, words["offline.more"]), rest)])


def _moved(lever: Lever) -> bool:
    """Whether the deal moves a lever by enough to be told."""
    return lever["kind"] != "rate" or abs(lever["shown"][1] - lever["shown"][0]) >= SLIGHT_RATE


def _lever(at: int, lever: Lever, words: Wording) -> Markup:
    name, was, now, most = _told(lever, words)
    slider = {"type": "range", "id": f"range-{at}", "min": 0, "max": most, "step": 0.1, "value": now}
    box = {"type": "number", "min": 0, "max": 400, "step": "any", "value": round(now, 2), "aria-label": f"{name}, %"}
    return tag(
        "li",
        {"id": f"lever-{at}"},
        tag("label", {"for": f"range-{at}"}, name),
        tag("input", slider),
        tag("input", box),
        tag("span", {"class": "was"}, was),
        tag("output", None),
    )


def _told(lever: Lever, words: Wording) -> tuple[str, str, float, float]:
    """A lever's name, the law and the deal in words, where it starts and where it ends, in per cent."""
    if lever["kind"] == "capital":
        name = words["offline.capital"].format(
            investor=words.region(lever["investor"]), host=words.region(lever["host"])
        )
        return name, words["side.a_year"].format(money=words.money(lever["musd"])), 100.0, 200.0
    sector, importer = (lever["names"][key] for key in ("sector", "importer"))
    if lever["kind"] == "ban":
        name = words["offline.ban"].format(sector=words.sector(sector), importer=words.region(importer))
        return name, words["clause.forbidden"], 100.0, 100.0
    if lever["kind"] == "cost":
        name = words["offline.cost"].format(sector=words.sector(sector), importer=words.region(importer))
        return name, words.percent(lever["change"]), 100.0, 200.0
    law, deal = lever["shown"]
    name = f"{words.sector(sector)} → {words.region(importer)}"
    was = words["clause.law_to_deal"].format(law=words.rate(law), deal=words.rate(deal))
    return name, was, 100.0 * deal, max(60.0, 120.0 * max(law, deal))


def _sector_head(value: Value, words: Wording) -> list[str]:
    head = [words["figure.sector"]]
    for side in value["sides"]:
        head += [words.region(side), words["column.output_musd"]]
    return head


def _table(name: str, head: list[str]) -> Markup:
    top = tag(
        "tr",
        None,
        *(tag("th", {"scope": "col", "class": "number" if at else None}, said) for at, said in enumerate(head)),
    )
    return scrolled(head[0], tag("table", None, tag("thead", None, top), tag("tbody", {"id": name})))
