"""What people keep: it survives a killed server, a changed model and a lost database; drafts do not meet."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest
from starlette.testclient import TestClient

from reciprocity.cli.serve import free, without_password
from reciprocity.errors import InputError
from reciprocity.web.app import create_app
from reciprocity.web.kept import LONGEST_LINK, packed, unpacked
from reciprocity.web.settings import Settings
from reciprocity.web.store import Scenarios

FORM = {"edited": "1", "deal": "metals_for_energy", "on": "2025-10-08", "on.steel": "1"}


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app(), raise_server_exceptions=False)


def kept(client, rate: float) -> str:
    """Save a table; its address."""
    return client.post("/s", data={**FORM, "v.steel": f"{rate:g}"}, follow_redirects=False).headers["location"]


def link_of(client, **form: str) -> str:
    page = client.get("/", params={**FORM, **form, "lang": "en"}).text
    return re.search(r'href="/t/([^"]+)"', page)[1]


def test_a_link_needs_nothing_that_a_server_kept(client):
    link = link_of(client, **{"v.steel": "0.17"})
    elsewhere = TestClient(create_app(), raise_server_exceptions=False)
    answer = elsewhere.get(f"/t/{link}.json").json()
    assert answer["same"] is True
    assert answer["changed"] == []
    assert [clause["rate"] for clause in answer["deal"]["clause"]] == [0.17]
    assert set(answer["versions"]) == {"reciprocity", "economy_sha256", "regime_sha256", "deal_sha256"}
    page = elsewhere.get(f"/t/{link}?lang=en")
    assert page.status_code == 200
    assert "Today&#39;s answer is the same" in page.text
    assert answer["versions"]["deal_sha256"] in page.text
    assert elsewhere.get(f"/t/{link}.csv").status_code == 200


def test_a_link_and_a_saved_scenario_are_one_name(client):
    place = kept(client, 0.18)
    link = link_of(client, **{"v.steel": "0.18"})
    assert client.get(f"/t/{link}.json").json()["id"] == place.removeprefix("/s/")
    assert len(link) < 4000


def test_an_answer_that_changed_is_told_with_both_numbers_and_why(client):
    content = unpacked(link_of(client, **{"v.steel": "0.19"}))
    changed = deepcopy(content)
    changed["headline"]["long"]["CAN"]["real_income_change"] += 0.01
    changed["versions"]["regime_sha256"] = "0" * 64
    answer = client.get(f"/t/{packed(changed)}.json").json()
    assert (answer["same"], answer["changed"]) == (False, ["regime_sha256"])
    page = client.get(f"/t/{packed(changed)}?lang=en").text
    assert "The law as read here has changed" in page
    assert "differs" in page
    today = content["headline"]["long"]["CAN"]["real_income_change"]
    assert f"{today + 0.01:+.2%}" in page
    rows = list(csv.DictReader(io.StringIO(client.get(f"/t/{packed(changed)}.csv").text)))
    (one,) = [row for row in rows if (row["horizon"], row["side"]) == ("long", "CAN")]
    then, now = (float(one[f"{when}_real_income_change (fraction)"]) for when in ("saved", "today"))
    assert then - now == pytest.approx(0.01)


def test_a_kept_deal_that_no_longer_computes_still_shows_its_numbers(client):
    content = unpacked(link_of(client, **{"v.steel": "0.21"}))
    content["theta"] = "GONE2020"
    page = client.get(f"/t/{packed(content)}?lang=en")
    assert page.status_code == 422
    assert "these are the numbers as they were" in page.text
    assert "is not a set" in page.text


def test_a_kept_table_can_be_moved_and_kept_again(client):
    place = kept(client, 0.2)
    page = client.get(place).text
    link = re.search(r'name="t" value="([^"]+)"', page)[1]
    moved = client.post("/answer", data={"t": link, "edited": "1", "on.steel": "1", "p.steel": "5", "mode": "exact"})
    assert moved.status_code == 200, moved.text
    address = moved.text.split('data-address="')[1].split('"')[0].replace("&amp;", "&")
    again = client.get("/answer.json" + address[1:]).json()
    assert [clause["value"] for clause in again["deal"]["clauses"]] == [0.05]
    assert client.get(address).status_code == 200
    other = client.post("/s", data={"t": link, "edited": "1", "on.steel": "1", "p.steel": "5"}, follow_redirects=False)
    assert other.headers["location"] != place


@pytest.mark.parametrize(
    "link",
    [
        "x", "AAAA", "%00", "é", "e30", packed({})[:-4], packed({}), packed({"deal": 1}), "A" * (LONGEST_LINK + 1),
        packed({"deal": {"title": "x" * 10_000_000}}),
    ],
)  # fmt: skip
def test_a_link_that_is_no_link_is_told(client, link):
    for ending in ("", ".json", ".csv"):
        answer = client.get(f"/t/{urllib.parse.quote(link)}{ending}")
        assert answer.status_code == 400, answer.text


def test_a_link_with_hundreds_of_clauses_is_refused_before_anything_runs(client):
    content = unpacked(link_of(client))
    (clause,) = content["deal"]["clause"]
    content["deal"]["clause"] = [{**clause, "id": f"c{at}"} for at in range(300)]
    answer = client.get(f"/t/{packed(content)}.json", headers={"accept-language": "en"})
    assert answer.status_code == 400
    assert "has 300 clauses" in answer.text


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), "1", None, [1]])
def test_a_link_with_numbers_that_are_none_is_refused(client, bad):
    content = unpacked(link_of(client))
    content["headline"]["long"]["CAN"]["real_income_change"] = bad
    if bad == "1":
        content["headline"]["long"]["CAN"]["real_income_change"] = "<b>1</b>"
    assert client.get(f"/t/{packed(content)}").status_code == 400


def test_up_to_four_are_compared_saved_or_linked(client):
    ids = [kept(client, rate).removeprefix("/s/") for rate in (0.1, 0.2, 0.3)]
    asked = "&".join([f"id={one}" for one in ids] + [f"t={link_of(client)}"])
    assert client.get(f"/compare?{asked}").status_code == 200
    answers = client.get(f"/compare.json?{asked}").json()
    assert [one["same"] for one in answers] == [True] * 4
    rows = list(csv.DictReader(io.StringIO(client.get(f"/compare.csv?{asked}").text)))
    assert len(rows) == 4 * 2 * 2
    assert client.get(f"/compare?{asked}&id={ids[0]}").status_code == 400
    assert client.get("/compare?id=aaaaaaaaaa").status_code == 404


def test_many_at_once_each_get_their_own_answer(client):
    def asked(rate: int) -> tuple[int, float]:
        form = {**FORM, "p.steel": str(rate), "mode": "exact"}
        moved = client.post("/answer", data=form).text
        address = moved.split('data-address="')[1].split('"')[0].replace("&amp;", "&")
        (clause,) = client.get("/answer.json" + address[1:]).json()["deal"]["clauses"]
        return rate, clause["value"]

    with ThreadPoolExecutor(8) as pool:
        for rate, value in pool.map(asked, range(1, 25)):
            assert value == pytest.approx(rate / 100)


class Server:
    """`reciprocity serve` as a person starts it."""

    def __init__(self, store: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        words = ["serve", "--port", str(port), "--store", store]
        self.running = subprocess.Popen(
            [sys.executable, "-m", "reciprocity", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for _ in range(400):
            try:
                self.get("/s.json")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server did not start")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.read()

    def save(self, rate: float) -> str:
        """Save a table; its address once the server says it is kept."""
        body = urllib.parse.urlencode({**FORM, "v.steel": f"{rate:g}"}).encode()
        opener = urllib.request.build_opener(_Stay())
        with opener.open(self.address + "/s", body, timeout=30) as answer:
            return answer.headers["location"]

    def kill(self) -> None:
        self.running.send_signal(signal.SIGKILL)
        self.running.wait(10)
        self.running.stdout.close()


class _Stay(urllib.request.HTTPErrorProcessor):
    def http_response(self, request, response):
        return response


def killed_while_saving(store: str) -> None:
    """Save from four hands, kill the server in the middle, start it again: what was told as kept is there."""
    server = Server(store)
    told: list[tuple[float, str]] = []

    def hand(first: int) -> None:
        for at in range(50):
            rate = (first * 50 + at) / 1000
            try:
                told.append((rate, server.save(rate)))
            except (OSError, ValueError):
                return

    try:
        with ThreadPoolExecutor(4) as hands:
            for first in range(4):
                hands.submit(hand, first)
            while len(told) < 6:
                time.sleep(0.01)
            server.kill()
    finally:
        server.kill()
    again = Server(store)
    try:
        listed = {one["id"]: one for one in json.loads(again.get("/s.json"))}
        for rate, place in told:
            assert listed[place.removeprefix("/s/")]["deal"]["clause"][0]["rate"] == pytest.approx(rate)
        one = json.loads(again.get(told[-1][1] + ".json"))
        assert one["same"] is True
        again.save(0.333)
    finally:
        again.kill()


def test_a_killed_server_loses_no_saved_scenario(tmp_path):
    killed_while_saving(str(tmp_path / "kept.db"))


@pytest.mark.postgres
def test_a_killed_server_loses_no_saved_scenario_on_postgresql(postgres_url):
    killed_while_saving(postgres_url)


@pytest.mark.postgres
def test_postgresql_keeps_what_sqlite_keeps(postgres_url):
    here = TestClient(create_app())
    with TestClient(create_app(Settings(store=postgres_url))) as there:
        places = [kept(one, 0.22) for one in (there, here)]
        assert places[0] == places[1]
        first, second = (one.get(places[0] + ".json").json() for one in (there, here))
        assert {**first, "saved_at": ""} == {**second, "saved_at": ""}
        assert there.get("/s/%00").status_code == 404
        assert kept(there, 0.22) == places[0]


def test_a_database_that_goes_away_is_told_and_the_link_still_works(tmp_path):
    place = tmp_path / "kept.db"
    client = TestClient(create_app(Settings(store=f"sqlite:///{place}")), raise_server_exceptions=False)
    kept(client, 0.2)
    client.app.state.scenarios.close()
    for file in tmp_path.iterdir():
        file.unlink()
    place.mkdir()
    refused = client.post("/s", data=FORM, headers={"accept-language": "fr"}, follow_redirects=False)
    assert refused.status_code == 503
    assert "Rien n’est perdu" in refused.text
    assert client.get(f"/t/{link_of(client)}").status_code == 200


def test_the_password_of_a_store_is_not_printed():
    told = without_password("postgresql+psycopg://ann:hunter2@db.example/talks")
    assert "hunter2" not in told
    assert told == "postgresql+psycopg://ann:***@db.example/talks"


def test_a_store_that_cannot_be_opened_keeps_its_password_to_itself():
    with pytest.raises(InputError) as caught:
        Scenarios("postgresql+psycopg://ann:hunter2@127.0.0.1:1/talks?connect_timeout=1")
    assert "hunter2" not in str(caught.value)


def test_a_port_that_is_taken_is_one_clear_message():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputError, match="cannot be listened on"):
        free("127.0.0.1", taken.getsockname()[1])
