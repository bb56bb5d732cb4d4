"""A model may only propose: what is not in the text letter for letter is dropped and counted."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from reciprocity.errors import InputError
from reciprocity.record.read import document_of, read_document
from reciprocity.record.registry import read_registry

pytest.importorskip("httpx")

TEXT = "The line will stay shut, in the minister's telling.\n\nThe premier said “we will wait.”\n"
PROPOSALS = [
    {"content": ["The line will stay shut"], "source": "the minister's", "cue": "telling"},
    {"content": ["The line will reopen"], "source": "the minister's"},
    {"content": ["The line will stay shut"], "source": "the finance minister"},
    {"content": ["“we will wait.”"], "source": "The premier", "cue": "said"},
    {"content": ["stay shut", "The line"], "source": "the minister's"},
    {"content": ["The line", "stay shut"], "source": "the minister's"},
    {"content": ["The line will stay sh"], "source": "the minister's"},
    {"content": ["we will not wait"], "source": "The premier"},
    {"content": ["“we", "wait.”"], "source": "The premier"},
    "nonsense",
]


class Fake(BaseHTTPRequestHandler):
    """An address on this machine that answers like a model."""

    asked: ClassVar[list[dict]] = []
    answer: str = ""
    trouble: str = ""

    def do_POST(self):
        if Fake.trouble:
            self.fail()
            return
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Fake.asked.append({"path": self.path, "key": self.headers.get("Authorization"), "body": body})
        data = json.dumps({"choices": [{"message": {"content": Fake.answer}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def fail(self):
        if Fake.trouble == "hangs":
            time.sleep(1)
            return
        self.send_response(int(Fake.trouble) if Fake.trouble.isdigit() else 200)
        self.send_header("Content-Length", "20")
        self.end_headers()
        self.wfile.write(b"<html>no</html>" if Fake.trouble == "cut" else b"<html>no model</html>"[:20])

    def log_message(self, *args):
        pass


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Fake)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def propose(address, answer):
    from reciprocity.record.speech.llm import Model, with_proposals

    Fake.asked.clear()
    Fake.answer = answer
    reading = read_document(document_of(TEXT, published="2025-10-08"))
    return reading, with_proposals(reading, Model(address, "fake", "key"), read_registry())


def test_only_words_of_the_text_are_taken(address):
    before, after = propose(address, "Here you are: " + json.dumps({"statements": PROPOSALS}))
    new = [one for one in after.statements if one.by == "llm:fake"]
    assert [one.exact for one in new] == ["The line will stay shut"]
    assert after.dropped == 8
    assert set(before.statements) <= set(after.statements)
    assert Fake.asked[0]["path"] == "/v1/chat/completions"
    assert Fake.asked[0]["key"] == "Bearer key"


def test_a_quote_is_given_to_nobody_else(address):
    from reciprocity.record.speech.llm import Model, with_proposals

    reading = read_document(document_of("The premier said “we will wait and see.” The minister left by train."))
    rows = [{"content": [words], "source": "The minister"} for words in ("we will wait", "“we will wait and see.”")]
    Fake.answer = json.dumps({"statements": rows})
    after = with_proposals(reading, Model(address, "fake"), read_registry())
    assert after.statements == reading.statements
    assert after.dropped == 2


@pytest.mark.parametrize("answer", ["", "no JSON", "{}", '{"statements": 3}', '{"statements": [{"content": 1}]}'])
def test_an_answer_that_is_not_what_was_asked_adds_nothing(address, answer):
    before, after = propose(address, answer)
    assert after.statements == before.statements


def test_two_pieces_may_have_the_speaker_between_them(address):
    from reciprocity.record.speech.llm import Model, with_proposals

    reading = read_document(document_of("“We wait,” so the premier, “and see.”"))
    Fake.answer = json.dumps({"statements": [{"content": ["“We wait,”", "“and see.”"], "source": "the premier"}]})
    after = with_proposals(reading, Model(address, "fake"), read_registry())
    assert [len(one.content) for one in after.statements if one.by == "llm:fake"] == [2]


@pytest.mark.parametrize("trouble", ["500", "401", "hangs", "not JSON", "cut"])
def test_an_address_in_trouble_has_its_message(address, trouble, monkeypatch):
    from reciprocity.record.speech.llm import Model, with_proposals

    monkeypatch.setattr(Fake, "trouble", trouble)
    reading = read_document(document_of(TEXT))
    with pytest.raises(InputError, match="did not answer"):
        with_proposals(reading, Model(address, "fake", timeout=0.3), read_registry())


def test_an_address_that_does_not_answer_has_its_message():
    from reciprocity.record.speech.llm import Model, with_proposals

    reading = read_document(document_of(TEXT))
    for url in ("http://127.0.0.1:9", "file:///etc/passwd"):
        with pytest.raises(InputError):
            with_proposals(reading, Model(url, "fake", timeout=2), read_registry())
