"""Scenarios people keep and share: an address that carries the answer as it was, and says when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from reciprocity.errors import Fault, InputError, ReciprocityError
from reciprocity.report import charts
from reciprocity.report.reading import in_language
from reciprocity.web.fields import TABLE_FIELDS, fields_of, form_body
from reciprocity.web.french import reasons
from reciprocity.web.kept import Kept, changed_since, headline, kept_of, name_of, read_kept, same, unpacked
from reciprocity.web.pages import Csv, as_csv, as_json, flat, language_of, page
from reciprocity.web.solving import answer_of
from reciprocity.web.state import read_state, state_of
from reciprocity.web.store import Saved, Scenarios
from reciprocity.web.views.live import table_page
from reciprocity.web.words import words_of

router = APIRouter(tags=["saved"])
MOST_COMPARED = 4
Ids = Annotated[list[str], Query(alias="id", description=f"Ids of saved scenarios; {MOST_COMPARED} at most in all.")]
Links = Annotated[list[str], Query(alias="t", description="What follows /t/ in self-contained links.")]


@dataclass(frozen=True, slots=True)
class Then:
    """A table as it was kept, and when, where a store knows."""

    content: Mapping[str, Any]
    kept: Kept
    address: str
    saved_at: str = ""


@router.post("/s", openapi_extra=form_body(TABLE_FIELDS))
async def save(request: Request) -> Response:
    """Keep a table; go to its address. Fields as in the address of the table."""
    form = await fields_of(request)
    identity = await run_in_threadpool(_save, _scenarios(request), form)
    return RedirectResponse(f"/s/{identity}", 303)


def _save(scenarios: Scenarios, form: Mapping[str, str]) -> str:
    state = read_state(form)
    return scenarios.save(kept_of(state.deal, answer_of(state)))


@router.get("/s", response_class=HTMLResponse)
def all_saved(request: Request) -> HTMLResponse:
    """What has been kept here, newest first."""
    return page(request, "saved.html", scenarios=_scenarios(request).latest())


@router.get("/s.json")
def all_saved_json(request: Request) -> Response:
    """The same as JSON."""
    rows = [{"id": one.id, "saved_at": one.saved_at, **one.content} for one in _scenarios(request).latest()]
    return as_json(rows, name="saved")


@router.get("/s.csv", response_class=Csv)
def all_saved_csv(request: Request) -> Response:
    """The same as CSV, a row a scenario."""
    rows = [_row(one.id, one.content, one.saved_at) for one in _scenarios(request).latest()]
    return as_csv(rows, name="saved", columns=("id", "saved_at", "title", "on", "known", "theta"))


@router.get("/s/{identity}.json")
def one_saved_json(request: Request, identity: str) -> Response:
    """One scenario, with today's headline beside the one that was saved."""
    return _then_and_now(_stored(request, identity))


@router.get("/s/{identity}.csv", response_class=Csv)
def one_saved_csv(request: Request, identity: str) -> Response:
    """The same as CSV: a row a side and horizon, then and now."""
    return as_csv(_pairs([_stored(request, identity)]), name=f"saved-{identity}")


@router.get("/s/{identity}", response_class=HTMLResponse)
def one_saved(request: Request, identity: str) -> HTMLResponse:
    """The table as it was saved. An edit in the address is laid over it."""
    return _shown(request, _stored(request, identity))


@router.get("/t/{link}.json")
def one_linked_json(link: str) -> Response:
    """What a self-contained link holds, with today's headline beside its own."""
    return _then_and_now(_linked(link))


@router.get("/t/{link}.csv", response_class=Csv)
def one_linked_csv(link: str) -> Response:
    """The same as CSV."""
    return as_csv(_pairs([_linked(link)]), name="link")


@router.get("/t/{link}", response_class=HTMLResponse)
def one_linked(request: Request, link: str) -> HTMLResponse:
    """The table a self-contained link holds; no server need have kept it."""
    return _shown(request, _linked(link))


@router.get("/compare", response_class=HTMLResponse)
def compare(request: Request, ids: Ids = [], links: Links = []) -> HTMLResponse:  # noqa: B006
    """Up to four scenarios side by side: `?id=...&id=...`."""
    asked = _compared(request, ids, links)
    language = language_of(request)
    answers = [in_language(_now(one), language) for one in asked]
    words = words_of(language)
    return page(request, "compare.html", answers=answers, kept=asked, figure=charts.by_deal(answers, words))


@router.get("/compare.json")
def compare_json(request: Request, ids: Ids = [], links: Links = []) -> Response:  # noqa: B006
    """The same as JSON."""
    return as_json([_both(one) for one in _compared(request, ids, links)], name="compare")


@router.get("/compare.csv", response_class=Csv)
def compare_csv(request: Request, ids: Ids = [], links: Links = []) -> Response:  # noqa: B006
    """The same as CSV: a row a scenario, side and horizon."""
    return as_csv(_pairs(_compared(request, ids, links)), name="compare")


def _compared(request: Request, ids: list[str], links: list[str]) -> list[Then]:
    if not 1 <= len(ids) + len(links) <= MOST_COMPARED:
        seen = f"{len(ids) + len(links)} scenarios"
        raise InputError(Fault("id", seen, f"1 to {MOST_COMPARED} are compared", "Add ?id= for each"))
    return [_stored(request, one) for one in ids] + [_linked(one) for one in links]


def _shown(request: Request, then: Then) -> HTMLResponse:
    """The table, with what was kept beside what it gives today; the kept numbers alone where it no longer solves."""
    try:
        today = _now(then)
        state = state_of(then.content, dict(parse_qsl(request.url.query)))
        same_now = same(then.content["headline"], headline(today))
        more = {"saved": then, "same": same_now, "today": headline(today), "since": changed_since(then.kept, today)}
        return table_page(request, state, **more)
    except ReciprocityError as error:
        if "edited" in request.query_params:
            raise
        return page(request, "frozen.html", status=422, then=then, faults=reasons(error, language_of(request)))


def _then_and_now(then: Then) -> Response:
    return as_json(_both(then), name=f"saved-{name_of(then.content)}")


def _both(then: Then) -> dict[str, Any]:
    today = _now(then)
    return {
        "id": name_of(then.content),
        "saved_at": then.saved_at,
        **then.content,
        "today": headline(today),
        "same": same(then.content["headline"], headline(today)),
        "changed": changed_since(then.kept, today),
    }


def _pairs(found: list[Then]) -> list[dict[str, Any]]:
    rows = []
    for then in found:
        now = headline(_now(then))
        head = {"id": name_of(then.content), "title": then.kept.deal.title, "on": str(then.kept.on)}
        for horizon, sides in then.content["headline"].items():
            for code, side in sides.items():
                today = now.get(horizon, {}).get(code, {})
                numbers = {key: value for name, value in side.items() for key, value in _twice(name, value, today)}
                rows.append({**head, "horizon": horizon, "side": code, **numbers})
    return rows


def _twice(name: str, value: float, today: Mapping[str, float]) -> list[tuple[str, Any]]:
    return [(f"saved_{name}", value), (f"today_{name}", today.get(name))]


def _row(identity: str, content: Mapping[str, Any], saved_at: str) -> dict[str, Any]:
    head = {"id": identity, "saved_at": saved_at, "title": content["deal"]["title"]}
    asked = {key: content[key] for key in ("on", "known", "theta")}
    return {**head, **asked, **flat(content["headline"]), **content["versions"]}


def _now(then: Then) -> dict[str, Any]:
    return answer_of(state_of(then.content, {}))


def _stored(request: Request, identity: str) -> Then:
    found: Saved | None = _scenarios(request).read(identity)
    if found is None:
        raise HTTPException(404)
    kept = read_kept(found.content, where=f"/s/{identity}")
    return Then(found.content, kept, f"/s/{identity}", found.saved_at)


def _linked(link: str) -> Then:
    content = unpacked(link)
    return Then(content, read_kept(content, where="link"), f"/t/{link}")


def _scenarios(request: Request) -> Scenarios:
    return request.app.state.scenarios
