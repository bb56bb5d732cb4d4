"""How a page is made: its template and the reader's language; and the same answer as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import isfinite
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reciprocity import __version__
from reciprocity.report.figures import style
from reciprocity.report.french import InEnglish, in_french, measure_in_french
from reciprocity.report.markup import Markup, joined, tag
from reciprocity.report.record.wording import captioned
from reciprocity.report.record.words import shown
from reciprocity.report.wording import Wording
from reciprocity.web.words import LANGUAGES, words_of

UNITS = {
    "million USD": {"musd"},
    "days": {"days"},
    "fraction": {"rate", "share", "change", "surplus", "equivalent", "duty", "contribution"},
}
"""The unit of a column's numbers, by the words of its name; the first that fits."""

TOML = "application/toml"


def gives(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of an address that gives a file of one of some media types."""
    return {200: {"description": "A file.", "content": {kind: {"schema": {"type": "string"}} for kind in kinds}}}


class Csv(PlainTextResponse):
    """A table as CSV."""

    media_type = "text/csv; charset=utf-8"


def language_of(request: Request) -> str:
    """The language asked for: in the address, else the cookie, else the browser's own."""
    for asked in (request.query_params.get("lang"), request.cookies.get("lang")):
        if asked in LANGUAGES:
            return str(asked)
    return "fr" if request.headers.get("accept-language", "").lower().startswith("fr") else "en"


def page(request: Request, template: str, *, status: int = 200, **content: Any) -> HTMLResponse:
    """A page from its template."""
    language = language_of(request)
    words = words_of(language)
    text = _templates().get_template(template).render(
        w=words, lang=language, path=request.url.path, query=request.url.query, version=__version__, style=style(),
        base=str(request.base_url).rstrip("/"),
        **content,
    )  # fmt: skip
    answer = HTMLResponse(text, status)
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie("lang", language, samesite="lax", max_age=31_536_000)
    return answer


def fragment(template: str, words: Wording, **content: Any) -> str:
    """A part of a page."""
    return _templates().get_template(template).render(w=words, lang=words.language, **content)


def as_json(content: Any, *, name: str) -> JSONResponse:
    """Content as JSON under a name; a number that is not finite is null."""
    return JSONResponse(finite(content), headers={"content-disposition": f'inline; filename="{file_name(name)}.json"'})


def as_csv(rows: Sequence[Mapping[str, Any]], *, name: str, columns: Sequence[str] = ()) -> Csv:
    """Rows as CSV, heads first, each number's unit in its head; `columns` are the heads where there is no row."""
    text = io.StringIO()
    heads = list(dict.fromkeys(key for row in rows for key in row)) or list(columns)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([headed(head) for head in heads])
    writer.writerows([_cell(row.get(head)) for head in heads] for row in rows)
    return as_text(text.getvalue(), name=name)


def as_text(text: str, *, name: str) -> Csv:
    """A CSV file's text, under a name."""
    headers = {"content-disposition": f'attachment; filename="{file_name(name)}.csv"'}
    return Csv(text, headers=headers)


def headed(name: str) -> str:
    """A column's head with the unit of its numbers, where the name does not say it."""
    words = set(name.split("_"))
    unit = next((unit for unit, telling in UNITS.items() if words & telling), "")
    return f"{name} ({unit})" if unit else name


def flat(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A nested row with one key a cell: `window_earliest`. Lists of rows stay, as JSON text."""
    cells: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            cells |= flat(value, f"{prefix}{key}_")
        elif isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
            cells[prefix + key] = json.dumps(finite(value), ensure_ascii=False)
        else:
            cells[prefix + key] = value
    return cells


def finite(content: Any) -> Any:
    """Content with null where a number is not finite: JSON has no word for it."""
    if isinstance(content, Mapping):
        return {str(key): finite(value) for key, value in content.items()}
    if isinstance(content, list | tuple | set | frozenset):
        return [finite(one) for one in content]
    return None if isinstance(content, float) and not isfinite(content) else content


def refused(request: Request, faults: Sequence[str], *, status: int) -> HTMLResponse | JSONResponse:
    """What is wrong, in words, as a page or as JSON."""
    if request.url.path.endswith((".json", ".csv")) or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"faults": list(faults)}, status)
    return page(request, "error.html", status=status, faults=faults)


def _cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet reads as a formula."""
    if isinstance(value, list | tuple):
        value = "; ".join(str(one) for one in value)
    if isinstance(value, float) and not isfinite(value):
        return ""
    return f"'{value}" if isinstance(value, str) and value.lstrip()[:1] in {*"=+-@\t\r"} else value


def file_name(name: str) -> str:
    """A name that every system takes for a file."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:80].strip("-.") or "reciprocity"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("reciprocity.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["commas"] = _commas
    made.filters["visible"] = shown
    made.filters["called"] = _called
    made.filters["meter"] = _meter
    made.filters["short"] = _short
    made.filters["said"] = _said
    made.filters["measure"] = _measure
    made.filters["captioned"] = captioned
    made.filters["marked"] = _marked
    made.filters["printed"] = _printed
    return made


def _said(text: str, words: Wording) -> Markup:
    """A sentence of the program's in the reader's language; marked as English where it has no French."""
    return _marked(in_french(text) if words.language == "fr" and text else text)


def _measure(name: str, words: Wording) -> Markup:
    """A measure's name in the reader's language."""
    return _marked(measure_in_french(name) if words.language == "fr" else name)


def _marked(text: str) -> Markup:
    """A sentence of an answer; marked where it stayed English."""
    return tag("span", {"lang": "en"}, text) if isinstance(text, InEnglish) else joined([text])


def _printed(quote: str) -> Markup:
    """A quote with what its source sets in italics: *so*."""
    return joined(tag("em", None, part) if at % 2 else part for at, part in enumerate(re.split(r"\*([^*]+)\*", quote)))


def _called(identity: str, names: Mapping[str, str]) -> str:
    return names.get(identity, identity)


def _meter(answer: Mapping[str, Any]) -> float:
    """What the end of both sides' meters stands for: the first of 0.1%, 0.2%, 0.5%, 1%... that holds both gains."""
    largest = max(abs(side["real_income_change"]) for side in answer["horizons"]["long"]["sides"].values())
    steps = (lead * 10.0**power for power in range(-3, 3) for lead in (1, 2, 5))
    return next((step for step in steps if step >= largest), 1e3)


def _short(clause: Any, words: Wording) -> str:
    """A clause's short name."""
    return words.clause(clause["id"] if isinstance(clause, Mapping) else clause.id)


def _commas(words: Iterable[str]) -> str:
    return ", ".join(words)
