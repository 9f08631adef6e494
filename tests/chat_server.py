"""A real chat endpoint on loopback for tests: what it is asked is kept, what it answers is scripted."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-secret-0123456789"


@dataclass(frozen=True)
class Answer:
    """What the server sends.

    Attributes:
        body: Sent as JSON, or as it is where it is text.
        hold: Seconds that it keeps the caller waiting; cut short when the server closes.
    """

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hold: float = 0.0


@dataclass
class Endpoint:
    """The server as a test sees it."""

    url: str
    bodies: list[Any] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    most_at_once: int = 0


Script = Callable[[dict[str, Any], int], Answer]


def completion(content: str | None, tokens: int | None = 50) -> Answer:
    """A chat completion as OpenAI sends it."""
    usage = {} if tokens is None else {"usage": {"total_tokens": tokens, "prompt_tokens": 1, "completion_tokens": 1}}
    return Answer({"id": "x", "choices": [{"index": 0, "message": {"role": "assistant", "content": content}}], **usage})


def busy(status: int) -> Answer:
    """An error that asks to be tried again at once."""
    return Answer({"error": {"message": f"key {KEY} is over its limit"}}, status, {"retry-after-ms": "1"})


def reply(request: dict[str, Any], verdict: str, quote_a: str | None = None, quote_b: str | None = None) -> str:
    """A reply in due form: it names the case and, unless told otherwise, quotes both answers whole."""
    data = asked(request)
    case = request["response_format"]["json_schema"]["schema"]["properties"]["case"]["enum"][0]
    quotes = {
        "quote_a": data["answer_a"] if quote_a is None else quote_a,
        "quote_b": data["answer_b"] if quote_b is None else quote_b,
    }
    return json.dumps({"case": case, "verdict": verdict, **quotes})


def asked(request: dict[str, Any]) -> dict[str, str]:
    """The data of a request."""
    data: dict[str, str] = json.loads(request["messages"][1]["content"])
    return data


@contextmanager
def serving(script: Script) -> Iterator[Endpoint]:
    """A server that answers each request, counted from 0, as the script says."""
    closing, lock = threading.Event(), threading.Lock()
    under_way = 0

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal under_way
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                number = len(endpoint.bodies)
                endpoint.bodies.append(request)
                endpoint.keys.append(self.headers["Authorization"])
                under_way += 1
                endpoint.most_at_once = max(endpoint.most_at_once, under_way)
            answer = script(request, number)
            closing.wait(answer.hold)
            with lock:
                under_way -= 1
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            body = (answer.body if isinstance(answer.body, str) else json.dumps(answer.body)).encode()
            headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **answer.headers}
            try:
                self.send_response(answer.status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):  # the caller did not wait
                pass

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 (the base class's signature)
            """Keeps the tests quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
