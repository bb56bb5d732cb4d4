"""Who may ask, and how much: token, host, origin, size of body, time; and the headers every answer carries."""

from __future__ import annotations

import re
from hmac import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reciprocity.web.pages import language_of
from reciprocity.web.settings import LARGEST_BODY, Settings, is_loopback
from reciprocity.web.turns import LONGEST
from reciprocity.web.words import words_of

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
COOKIE = "reciprocity_token"
_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+))(?::[0-9]{1,5})?")
CHANGING = frozenset({"POST", "PUT", "DELETE", "PATCH"})


class _TooLargeError(Exception):
    """The body went past the limit, whatever its header said."""


class Guard:
    """Turns away what should not come in, before any view runs."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the body counted and the headers set."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send, static=False))
            return
        LONGEST.set(self.settings.longest_solve)
        sending = _with_headers(send, static=request.url.path.startswith("/static/"))
        try:
            await self.app(scope, _counted(receive), sending)
        except _TooLargeError:
            await _turned_away(request, "body", 413)(scope, receive, sending)

    def _refusal(self, request: Request) -> PlainTextResponse | RedirectResponse | None:
        """The answer that turns a request away, or None for one that may come in."""
        headers = request.headers
        if is_loopback(self.settings.host) and not _local(headers.get("host", "")):
            return _turned_away(request, "host", 400)
        if request.method in CHANGING and not _same_origin(headers):
            return _turned_away(request, "origin", 403)
        if self.settings.token and not self._knows_token(request):
            return _turned_away(request, "token", 401)
        if not re.fullmatch("[0-9]{1,12}", length := headers.get("content-length", "0")) or int(length) > LARGEST_BODY:
            return _turned_away(request, "body", 413)
        if self.settings.token and "token" in request.query_params:
            answer = RedirectResponse(str(request.url.remove_query_params("token")), 303)
            answer.set_cookie(COOKIE, self.settings.token, httponly=True, samesite="strict")
            return answer
        return None

    def _knows_token(self, request: Request) -> bool:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        given = (request.query_params.get("token", ""), request.cookies.get(COOKIE, ""), bearer)
        return any(compare_digest(one.encode(), self.settings.token.encode()) for one in given)


def _turned_away(request: Request, why: str, status: int) -> PlainTextResponse:
    said = words_of(language_of(request))[f"error.{why}"].format(most=f"{LARGEST_BODY:,}")
    return PlainTextResponse(said, status)


def _local(host: str) -> bool:
    found = _HOST.fullmatch(host)
    name = (found[1] or found[2]) if found else ""
    return is_loopback(name) or name == "testserver"


def _same_origin(headers: Headers) -> bool:
    """No origin is a program that is not a browser; a browser's must be our own."""
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


def _counted(receive: Receive) -> Receive:
    """The body, cut off where it grows past the limit whatever its header said."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise _TooLargeError
        return message

    return counted


def _with_headers(send: Send, *, static: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                if not (static and name == "cache-control"):
                    headers[name] = value
        await send(message)

    return sending
