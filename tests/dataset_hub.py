"""A hub of datasets on loopback for tests: one dataset, with as much of the hub's interface as reading it takes."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlparse

NAME = "owner/name"
REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass(frozen=True)
class Answer:
    """What the server sends."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def hub(files: Mapping[str, bytes]) -> Iterator[str]:
    """A server of one dataset, made of these files; its address is what HF_ENDPOINT should say."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = _answer(urlparse(self.path).path, self.headers.get("Range"), files)
            length = str(len(answer.body))
            self.send_response(answer.status)
            for name, value in {"Content-Length": length, "X-Repo-Commit": REVISION, **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(answer.body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 (the base class's signature)
            """Keeps the tests quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(path: str, part: str | None, files: Mapping[str, bytes]) -> Answer:
    if found := re.fullmatch(rf"(?:/datasets/{NAME}/resolve|/api/datasets/{NAME}/tree)/\w+/(.+)", path):
        content = files.get(found[1])
        return Answer(b"{}", 404, {"X-Error-Code": "EntryNotFound"}) if content is None else _file(content, part)
    if re.fullmatch(rf"/api/datasets/{NAME}/tree/\w+", path):
        entries = [
            {"type": "file", "path": name, "size": len(content), "oid": _sum(content)}
            for name, content in files.items()
        ]
        return Answer(json.dumps(entries).encode())
    if re.fullmatch(rf"/api/datasets/{NAME}(/revision/\w+)?", path):
        named = [{"rfilename": name} for name in files]
        return Answer(json.dumps({"id": NAME, "sha": REVISION, "siblings": named}).encode())
    return Answer(b"{}", 404, {"X-Error-Code": "RepoNotFound"})


def _file(content: bytes, part: str | None) -> Answer:
    told = {"ETag": f'"{_sum(content)}"'}
    asked = re.fullmatch(r"bytes=(\d+)-(\d+)", part or "")
    if not asked:
        return Answer(content, 200, told)
    told["Content-Range"] = f"bytes {asked[1]}-{asked[2]}/{len(content)}"
    return Answer(content[int(asked[1]) : int(asked[2]) + 1], 206, told)


def _sum(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
