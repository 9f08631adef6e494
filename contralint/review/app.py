"""What the server answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from contralint.errors import UsageError
from contralint.reports.html.element import element
from contralint.review.desk import Desk
from contralint.review.filters import Filter
from contralint.review.gate import Gate, Hosts
from contralint.review.keys import Keys
from contralint.review.pages import Pages, script, style
from contralint.review.pages.sheet import SHOWN
from contralint.review.wish import Undo, Wish, asked, texts_of

LARGEST = 4 * 1024 * 1024
"""Bytes of a request: texts of several records, written anew."""
_MOST_SHOWN = 2000


class TooLargeError(Exception):
    """A request is larger than any that the page sends."""


def application(desk: Desk, keys: Keys, hosts: Hosts, complain: Callable[[Exception], None]) -> ASGIApp:
    """The application, behind its gate.

    Args:
        desk: What is reviewed.
        keys: The secrets of this run.
        hosts: The server's own names.
        complain: Is told of errors of our own.
    """
    answers = _Answers(desk, Pages(desk, keys.writing))

    async def broken(request: Request, error: Exception) -> Response:
        complain(error)
        return _told(request, "contralint failed: the terminal says more; nothing was lost", 500)

    routes = [
        Route("/", answers.first),
        Route("/conflict/{key}", answers.conflict),
        Route("/conflict/{key}/{side:int}/{member:int}", answers.texts),
        Route("/decide", answers.decide, methods=["POST"]),
        Route("/undo", answers.undo, methods=["POST"]),
        Route("/page.css", _constant(style(), "text/css")),
        Route("/page.js", _constant(script(), "text/javascript")),
        Route("/favicon.ico", _constant("", "image/x-icon")),
    ]
    handlers = {UsageError: _refused, TooLargeError: _too_large, Exception: broken}
    return Gate(Starlette(routes=routes, exception_handlers=handlers), keys, hosts)


class _Answers:
    """Answers of a review. They come one at a time, each whole, so that none sees what another has half done."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk = desk
        self._pages = pages

    async def first(self, request: Request) -> Response:
        return HTMLResponse(self._pages.page(self._desk.view(Filter.of(request.query_params))))

    async def conflict(self, request: Request) -> Response:
        view = self._desk.view(Filter.of(request.query_params), request.path_params["key"])
        wanted = request.query_params.get("shown", "")
        shown = min(int(wanted), _MOST_SHOWN) if wanted.isdecimal() and len(wanted) < 9 else SHOWN
        return HTMLResponse(self._pages.page(view, max(SHOWN, shown)))

    async def texts(self, request: Request) -> Response:
        """The texts of a record that may be edited, exactly as they are."""
        position = self._desk.view(Filter(), request.path_params["key"]).position
        found = self._desk.conflicts[position or 0].found
        try:
            side = found.sides[request.path_params["side"]]
            place = side.members[request.path_params["member"]]
        except IndexError:
            raise UsageError("there is no such record") from None
        record = self._desk.exhibits.record(side, place)
        if record is None:
            raise UsageError("the record changed since the scan: end this review and start it again")
        return _json(texts_of(record))

    async def decide(self, request: Request) -> Response:
        chosen = Filter.of(request.query_params)
        wish = asked(await _body(request), Wish)
        following = self._desk.decide(wish, chosen)
        said = f"Saved: {wish.decision.replace('-', ' ')}."
        if following is None:
            return _json({"said": f"{said} All that is listed is decided.", "next": _here(wish.conflict, chosen)})
        return _json({"said": said, "next": _here(self._desk.conflicts[following].key, chosen)})

    async def undo(self, request: Request) -> Response:
        chosen = Filter.of(request.query_params)
        taken = self._desk.take_back(asked(await _body(request), Undo).conflict)
        if taken is None:
            raise UsageError("there is no decision to take back")
        position, decision = taken
        draft = {
            "reason": decision.reason,
            "conditions": [side.condition for side in decision.sides],
            "edits": decision.edits,
        }
        key = self._desk.conflicts[position].key
        said = f"Taken back: {decision.rule} {decision.decision.replace('-', ' ')}."
        return _json({"said": said, "next": _here(key, chosen), "key": key, "draft": draft})


def _here(key: str, chosen: Filter) -> str:
    return f"/conflict/{key}{chosen.query}"


def _constant(text: str, kind: str) -> Callable[[Request], Any]:
    """Answers the same each time; browsers keep it, since another version has another address."""

    async def answer(_request: Request) -> Response:
        return Response(text, media_type=kind, headers={"cache-control": "private, max-age=86400, immutable"})

    return answer


async def _body(request: Request) -> bytes:
    """What was sent, as long as it is no more than the page would send."""
    if request.headers.get("content-type") != "application/json":
        raise UsageError("only JSON is taken")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooLargeError
    return bytes(body)


async def _refused(request: Request, error: Exception) -> Response:
    return _told(request, str(error), HTTPStatus.CONFLICT)


async def _too_large(request: Request, _error: Exception) -> Response:
    told = _told(request, f"the texts are too large: at most {LARGEST >> 20} MB", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    told.headers["connection"] = "close"
    return told


def _told(request: Request, message: str, status: int) -> Response:
    """A message for the script, or for whoever opened a page."""
    if request.method == "POST" or "text/html" not in request.headers.get("accept", ""):
        return _json({"error": message}, status)
    link = element("a", "To the list", href="/").to_html()
    return HTMLResponse(
        f"<!doctype html><title>contralint review</title>{element('p', message).to_html()}{link}", status
    )


def _json(value: Any, status: int = 200) -> Response:  # noqa: ANN401 (anything that JSON holds)
    return Response(json.dumps(value), status, media_type="application/json")
