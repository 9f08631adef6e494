"""Who may speak to the server: the browser that was given the address, and no other page that it has open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contralint.review.keys import Keys, same

KEY_HEADER = "x-contralint-key"
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_READS = ("GET", "HEAD")
# The page that sets the cookie leads on by itself: a redirect would be taken for part of the visit that led here, and
# where that came from another site, the cookie would not be sent along.
_ENTRY = '<!doctype html><meta charset="utf-8"><title>contralint review</title><a href="/">Go on to the review</a>'
_STRANGER = (
    "This review is not open to this browser: open the address that contralint printed when it was started last.\n"
)


@dataclass(frozen=True)
class Hosts:
    """Names under which the server may be asked for; any other means that a name was bent to lead here.

    Attributes:
        port: The port that it listens on.
        names: Names, in lower case.
        addresses: Whether any number of an address will do: those cannot be bent.
    """

    port: int
    names: Collection[str] = ("127.0.0.1", "localhost", "[::1]")
    addresses: bool = False

    def knows(self, host: str) -> bool:
        """Whether a request's Host header is one of ours."""
        name, _, port = host.lower().rpartition(":")
        return port == str(self.port) and (name in self.names or (self.addresses and _is_address(name)))


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name.removeprefix("[").removesuffix("]")))
    except ValueError:
        return False


class Gate:
    """Lets through what the reviewer's own page asks for, and marks all that is answered.

    Args:
        app: What is behind it.
        keys: The secrets of this run.
        hosts: The server's own names.
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Hosts) -> None:
        self._app = app
        self._keys = keys
        self._hosts = hosts
        self._cookie = f"contralint-{hosts.port}"  # cookies know of hosts, and not of ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, as applications of ASGI do."""

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        request = Request(scope)
        answer = self._refused(request) or self._entered(request) or self._unknown(request)
        await (answer or self._app)(scope, receive, send_marked)

    def _refused(self, request: Request) -> Response | None:
        """What a request is told that comes under a false name, or from another page."""
        headers = request.headers
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._hosts.knows(hosts[0]):
            return _refusal(HTTPStatus.MISDIRECTED_REQUEST, "This server is not known under that name.")
        if request.method not in (*_READS, "POST"):
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and POST are known here.")
        if not _is_ours(headers, hosts[0], writes=request.method == "POST"):
            return _refusal(HTTPStatus.FORBIDDEN, "Another site asked for this.")
        return None

    def _entered(self, request: Request) -> Response | None:
        """Gives the cookie to whoever comes with a token."""
        token = request.query_params.get("token")
        if token is None or request.method not in _READS or not self._keys.admits(token):
            return None
        answer = HTMLResponse(_ENTRY, headers={"refresh": "0; url=/"})
        answer.set_cookie(self._cookie, self._keys.session, httponly=True, samesite="strict")
        return answer

    def _unknown(self, request: Request) -> Response | None:
        """What a request is told that comes without the cookie, or changes something without the key of the page."""
        if not same(request.cookies.get(self._cookie, ""), self._keys.session):
            return _refusal(HTTPStatus.FORBIDDEN, _STRANGER)
        if request.method == "POST" and not same(request.headers.get(KEY_HEADER, ""), self._keys.writing):
            return _refusal(HTTPStatus.FORBIDDEN, _STRANGER)
        return None


def _is_ours(headers: Headers, host: str, *, writes: bool) -> bool:
    """Whether a request comes from our own page, or, if it only reads, from no page at all."""
    origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
    if origins and origins != [f"http://{host}"]:
        return False
    if writes:
        return bool(origins) and sites in ([], ["same-origin"])
    # A link in another page may lead here, as in a terminal that is a page itself; nothing else there may.
    opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return opened or all(site in ("same-origin", "none") for site in sites)


def _refusal(status: HTTPStatus, message: str) -> Response:
    return PlainTextResponse(message, status)
