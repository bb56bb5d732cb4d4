"""Bad input in every field, path and body of every route the app has: 4xx, in the reader's language, nothing run.

The routes and their fields come from the app itself, so a new one is held to the same.
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.parse
from functools import cache
from html import unescape
from importlib import import_module
from itertools import count, product
from pkgutil import iter_modules

import pytest
from starlette.testclient import TestClient

from reciprocity.model.deadline import at_most
from reciprocity.record.ledger.ledger import add_reading, open_ledger
from reciprocity.report import french
from reciprocity.web import solving, turns, views
from reciprocity.web.app import create_app
from reciprocity.web.settings import LARGEST_BODY, Settings
from reciprocity.web.solving import answer_of
from reciprocity.web.turns import Turns
from reciprocity.web.views import carry
from reciprocity.web.words import phrases
from record.samples import TEXT, reading

ATTACK = "<script>alert(1)</script>"
NASTY = [
    "", " ", "yesterday", "2025-02-30", "2025-13-01", "0001-01-01", "9999-12-31", "20251008", "2025-W41-3",
    "nan", "-inf", "1e999", "9" * 400, "-1", "0x10", "１２", "\u0663", "../../etc/passwd", "..\\..\\x", "%2e%2e%2f",
    "\0", "a\0b", "😀", "é" * 300, "\u202e\u200b", ATTACK, "'; DROP TABLE scenario; --", "{{7*7}}", "${7*7}", "[]",
    '{"a":1}', "x" * 5000, "=1+1", "\r\nset-cookie: a=b", "None", "true", "*", '"',
]  # fmt: skip
DAYS = {"on", "known", "since", "until", "published", "to"}
NO_DAY = ["yesterday", "2025-02-30", "0001-01-01", "20251008", "2025-W41-3", "nan", "1e999", "\0", ATTACK, "9" * 400]
SLOW = (
    "/negotiate/", "/improve", "/worth", "/range", "/reach", "/brief", "/export", "/compare", "/answer", "/s",
    "/outcomes",
)  # fmt: skip
WHOLE = {"text": TEXT, "published": "2025-10-08", "hs": "7208.10", "want": "steel=0.25", "quote": "We will settle"}
TABLE = {"deal": "metals_for_energy", "on": "2025-10-08", "edited": "1", "on.steel": "1", "v.steel": "0.2"}
NAMES = {"name": "metals_for_energy", "question": "weights", "identity": "aaaaaaaaaa", "link": "e30", "form": "pdf"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    ledger = open_ledger(tmp_path_factory.mktemp("bad") / "ledger", create=True)
    add_reading(ledger, reading(), TEXT.encode())
    return create_app(Settings(ledger=str(ledger.root)))


@pytest.fixture(scope="module")
def client(app):
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False, headers={"accept-language": "fr"})


@pytest.fixture(scope="module")
def guarded():
    app = create_app(Settings(host="0.0.0.0", token="secret"))  # noqa: S104, S106
    return TestClient(app, raise_server_exceptions=False)


@cache
def _routes() -> tuple[tuple[str, str], ...]:
    paths = create_app().openapi()["paths"]
    return tuple((method.upper(), path) for path, methods in sorted(paths.items()) for method in methods)


def _fields(app, method: str, path: str) -> tuple[list[str], list[str]]:
    """The query's and the form's fields of a route, as OpenAPI lists them."""
    told = app.openapi()["paths"][path][method.lower()]
    query = [one["name"] for one in told.get("parameters", []) if one["in"] == "query"]
    content = told.get("requestBody", {}).get("content", {})
    form = {name for one in content.values() for name in one["schema"].get("properties", {})}
    return query, sorted(form)


def _address(path: str, **names: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: urllib.parse.quote({**NAMES, **names}[found[1]], safe=""), path)


def _fits(answer, method: str, path: str, given: object) -> None:
    """What every answer must be, whatever was asked."""
    what = f"{method} {path} {given!r:.200}: {answer.status_code} {answer.text[:300]}"
    assert answer.status_code < 500, what
    assert "Traceback" not in answer.text, what
    assert ATTACK not in answer.text or "html" not in answer.headers["content-type"], what
    assert "set-cookie: a=b" not in str(answer.headers), what
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    if answer.headers.get("content-type", "").startswith("application/json"):
        json.loads(answer.text, parse_constant=lambda word: pytest.fail(f"{what}: {word} is not JSON"))
    if answer.status_code >= 400:
        assert answer.text, what
        if "json" in answer.headers["content-type"]:
            assert answer.json()["faults"], what
        else:
            assert '<html lang="fr">' in answer.text, what
            assert '<ul class="faults"><li>' in answer.text, what


@pytest.fixture
def english(monkeypatch):
    """Every sentence of a fault that had no French."""
    missing: list[str] = []
    plain, faults = french._french, french.catalogue("reciprocity.web", "faults.toml")

    def told(sentence: str, said, *rest) -> str | None:
        found = plain(sentence, said, *rest)
        if found is None and said is faults and len(french._SENTENCES.split(sentence)) == 1:
            missing.append(sentence)
        return found

    monkeypatch.setattr(french, "_french", told)
    return missing


@pytest.fixture
def unwritten(monkeypatch):
    """Files to carry are not made: what is asked is read, checked and solved as for the table."""
    monkeypatch.setattr(carry, "whole_answer_of", answer_of)
    monkeypatch.setattr(carry.formats, "made", lambda *_, **__: "")
    monkeypatch.setattr(carry.offline, "html", lambda *_, **__: "")


def _nasty(path: str) -> list[str]:
    """All of them for a page; every few, other ones for other routes, for its data and for what takes time."""
    step = 7 if path == "/" or path.startswith(SLOW) else 4 if path.endswith((".json", ".csv")) else 1
    return NASTY[len(path) % step :: step]


def _without_values(missing: list[str]) -> list[str]:
    """Sentences that are more than somebody's own words: a sentence cut inside a value is none."""
    return [
        one for one in missing if re.search(r"\b(is|are|has|not|should|must|allowed|write|give)\b", one, re.IGNORECASE)
    ]


@pytest.mark.usefixtures("unwritten")
@pytest.mark.parametrize(("method", "path"), _routes())
def test_every_field_of_every_route(app, client, english, method, path):
    query, form = _fields(app, method, path)
    assert method == "GET" or form, "a route that takes a form says which fields it has"
    address = _address(path)
    usual = {key: value for key, value in WHOLE.items() if key in query}
    for name, bad in product(query, _nasty(path)):
        _fits(client.request(method, address, params={**usual, _named(name): bad}), method, path, {name: bad})
    for name, bad in product(form, _nasty(path)):
        whole = {**(TABLE if "deal" in form else WHOLE), _named(name): bad}
        _fits(client.request(method, address, data=whole), method, path, {name: bad})
    for place, bad in product(re.findall(r"\{(\w+)\}", path), NASTY):
        if bad.strip("./\\"):
            answer = client.request(method, _address(path, **{place: bad}))
            _fits(answer, method, path, {place: bad})
            assert answer.status_code in {303, 307, 400, 404}, (path, bad)
    assert not _without_values(english), "these have no French"


def _named(field: str) -> str:
    return field.replace("{clause}", "steel")


@pytest.mark.parametrize(("method", "path"), _routes())
def test_a_day_that_is_none_is_refused_wherever_a_day_is_asked(app, client, method, path):
    query, form = _fields(app, method, path)
    address = _address(path)
    for name, bad in product(DAYS & set(query), NO_DAY):
        usual = {key: value for key, value in WHOLE.items() if key in query}
        answer = client.request(method, address, params={**usual, name: bad})
        assert answer.status_code in {400, 404}, (path, name, bad)
    for name, bad in product(DAYS & set(form), NO_DAY):
        answer = client.request(method, address, data={**(TABLE if "deal" in form else WHOLE), name: bad})
        assert answer.status_code == 400, (path, name, bad)


@pytest.mark.parametrize("path", [path for method, path in _routes() if method == "POST"])
def test_bodies_that_are_no_form(client, english, path):
    bodies = [
        (b"{", "application/json"), (b"[1]", "application/json"), (b'{"on": {"a": 1}}', "application/json"),
        (b'{"on": NaN}', "application/json"), (b"[" * 100_000, "application/json"), (b"\xff\xfe", "application/json"),
        (json.dumps({f"k{n}": 1 for n in range(2000)}).encode(), "application/json"),
        (b"<a/>", "text/xml"), (b"on=2025-10-08", "text/plain"), (b"\x80\x04", "application/octet-stream"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"), (b"x", "multipart/form-data"),
        (b'--x\r\ncontent-disposition: form-data; name="on"; filename="a.txt"\r\n\r\nx\r\n--x--\r\n',
         "multipart/form-data; boundary=x"),
        (b"on=%ff%00&on=yesterday&on[]=1", "application/x-www-form-urlencoded"),
        (b"on=yesterday&" + b"&".join(b"k%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
    ]  # fmt: skip
    for body, sort in bodies:
        answer = client.post(path, content=body, headers={"content-type": sort})
        _fits(answer, "POST", path, (sort, body[:60]))
        assert 400 <= answer.status_code < 500, (path, sort, body[:60], answer.text[:300])
    assert not _without_values(english), "these have no French"


@pytest.mark.parametrize("path", [path for method, path in _routes() if method == "POST"])
def test_a_body_of_ten_megabytes_is_refused_whether_its_size_is_told_or_not(client, path):
    def pieces():
        for _ in range(160):
            yield b"a" * 65536

    started = time.perf_counter()
    for body in (b"a" * 10_000_000, pieces()):
        answer = client.post(path, content=body, headers={"content-type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 413
        assert f"{LARGEST_BODY:,}" in answer.text
        assert "Corps" in answer.text
    assert time.perf_counter() - started < 10


def test_openapi_tells_of_every_address_what_it_gives_and_how_it_refuses(app):
    for path, methods in app.openapi()["paths"].items():
        for method, told in methods.items():
            assert {"400", "404", "413", "422", "503"} <= set(told["responses"]), (method, path)
            assert "faults" in json.dumps(told["responses"]["422"]), (method, path)
            if path.endswith(".csv"):
                assert list(told["responses"]["200"]["content"]) == ["text/csv; charset=utf-8"], path
            if path.endswith(".toml"):
                assert list(told["responses"]["200"]["content"]) == ["application/toml"], path
    brief = app.openapi()["paths"]["/brief.{form}"]["get"]["responses"]["200"]
    assert set(brief["content"]) == set(carry.KINDS.values())


def test_openapi_lists_every_route_of_every_view(app):
    modules = [import_module(one.name) for one in iter_modules(views.__path__, "reciprocity.web.views.")]
    here = {route.path for one in modules if hasattr(one, "router") for route in one.router.routes}
    assert here == set(app.openapi()["paths"])


@pytest.mark.parametrize(("method", "path"), [one for one in _routes() if one[0] == "POST"])
def test_a_change_from_elsewhere_is_refused(client, method, path):
    for origin in ("https://elsewhere.example", "null", "http://testserver.elsewhere.example", "http://testserver:1"):
        answer = client.request(method, path, data=TABLE, headers={"origin": origin})
        assert answer.status_code == 403
        assert "Origine" in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
    site = {"sec-fetch-site": "cross-site"}
    assert client.request(method, path, data=TABLE, headers=site).status_code == 403


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "[", "127.0.0.1@x", "localhost:x"]
)
def test_a_host_that_is_not_this_machine_is_refused(client, host):
    answer = client.get("/deals", headers={"host": host})
    assert answer.status_code == 400
    assert "Hôte" in answer.text


@pytest.mark.parametrize(("method", "path"), _routes())
def test_without_the_token_no_route_answers(guarded, method, path):
    for headers in ({}, {"authorization": "Bearer wrong"}, {"cookie": "reciprocity_token=wrong"}):
        assert guarded.request(method, _address(path), headers=headers).status_code == 401
    assert guarded.get("/openapi.json").status_code == 401
    assert guarded.get("/static/app.js").status_code == 401


def test_a_page_asked_in_the_wrong_way_or_not_there_says_so(client):
    for method, path in (("DELETE", "/s"), ("PUT", "/answer"), ("POST", "/deals"), ("GET", "/nothing"), ("PATCH", "/")):
        answer = client.request(method, path)
        _fits(answer, method, path, None)
        assert answer.status_code in {404, 405}


def test_what_breaks_inside_tells_nothing_of_the_inside(client, monkeypatch):
    from reciprocity.web.views import deals

    def broken() -> None:
        raise RuntimeError("/home/somebody/secret.toml")

    monkeypatch.setattr(deals, "case_deals", broken)
    for path in ("/deals", "/deals.json"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "RuntimeError" in unescape(answer.text)


def test_every_french_sentence_has_the_places_of_the_english():
    import tomllib
    from importlib.resources import files

    said = tomllib.loads(files("reciprocity.web").joinpath("messages", "faults.toml").read_text(encoding="utf-8"))
    for english, told in said["said"].items():
        assert set(re.findall(r"\{\w+\}", told)) <= set(re.findall(r"\{\w+\}", english)), english
    assert "error.404" in phrases("fr")


def test_the_stack_is_not_deeper_for_deep_json(client):
    deep = "[" * (sys.getrecursionlimit() * 3)
    assert client.post("/record.json", content=deep, headers={"content-type": "application/json"}).status_code == 400


def test_who_waits_too_long_for_a_turn_is_told(app, client, monkeypatch):
    one = Turns(1, 0.05)
    monkeypatch.setattr(solving, "SOLVES", one)
    with one.turn():
        busy = client.get("/answer.json", params=TABLE)
    assert busy.status_code == 503
    assert "trop de demandes" in busy.json()["faults"][0]
    assert client.get("/answer.json", params=TABLE).status_code == 200


@pytest.mark.parametrize("address", ["/answer.json", "/negotiate/metals_for_energy/frontier.json"])
def test_what_takes_longer_than_an_answer_may_is_given_up_and_told(monkeypatch, address):
    """With a clock that moves a second each time it is looked at: no test waits for one."""
    monkeypatch.setattr(turns, "at_most", lambda seconds: at_most(seconds, clock=count().__next__))
    slow = TestClient(create_app(Settings(longest_solve=8)))
    told = slow.get(address, params={"deal": "cusma_lapses", "lang": "fr"})
    assert told.status_code == 503
    assert "pas de réponse en 8 secondes" in told.json()["faults"][0]
    assert "ligne de commande" in told.json()["faults"][0]
