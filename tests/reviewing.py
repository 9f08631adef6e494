"""What the tests of reviews share: desks with rows or reports on them, and a server that really listens."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from linting import Data, linter, write
from report_samples import RULES

from contralint import Config, Linter, Report
from contralint.intake import Intake
from contralint.resolve.rows import Rows
from contralint.review import desk as desks
from contralint.review.book import Book
from contralint.review.conflict import ranked
from contralint.review.desk import Desk
from contralint.review.exhibits import Exhibits
from contralint.review.gate import KEY_HEADER
from contralint.review.keys import Keys
from contralint.review.serving import Listening, server

FILE = Path("contralint.decisions.jsonl")
DATA = "data.jsonl"


def desk_of(report: Report, file: Path = FILE) -> Desk:
    """A desk with a report made by hand, of which no rows are there."""
    conflicts = ranked(report.diagnostics)
    book = Book(file, [conflict.found for conflict in conflicts])
    return Desk(conflicts, book, Exhibits({}, Rows(Intake, {})), RULES, {})


def scanned(monkeypatch: pytest.MonkeyPatch, rows: Sequence[Data], **settings: Any) -> Desk:  # noqa: ANN401 (of any type)
    """A desk with what rows conflict in, by the encoder that all tests share."""

    def made(config: Config, **_: object) -> Linter:
        return linter(**{name: getattr(config, name) for name in Config.__struct_fields__})

    monkeypatch.setattr(desks, "Linter", made)
    write(Path(DATA), rows)
    return Desk.of(Config(cache=False, **{"select": ["CL0", "CL1", "CL2"], **settings}), [DATA])


def written() -> list[Data]:
    """The decisions on the disk, line by line."""
    return [json.loads(line) for line in FILE.read_bytes().splitlines()] if FILE.exists() else []


@dataclass(frozen=True)
class Answer:
    """What the server answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, told: http.client.HTTPResponse) -> Answer:
        return cls(told.status, {name.lower(): value for name, value in told.getheaders()}, told.read())

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:  # noqa: ANN401 (JSON)
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """A review that is served, and a client that may do what the page may."""

    desk: Desk
    port: int
    keys: Keys
    complaints: list[Exception]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def entry(self) -> str:
        """The address that is printed."""
        return f"http://{self.host}/?token={self.keys.token}"

    @property
    def credentials(self) -> dict[str, str]:
        """What the page sends along."""
        return {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Cookie": f"contralint-{self.port}={self.keys.session}",
            KEY_HEADER: self.keys.writing,
            "Content-Type": "application/json",
        }

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """Sends exactly these headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None and "Content-Length" not in (headers or {}):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = Answer.of(connection.getresponse())
        connection.close()
        return answer

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, headers={**self.credentials, "Accept": "text/html"})

    def post(self, path: str, **asked: Any) -> Answer:  # noqa: ANN401 (JSON)
        return self.ask("POST", path, json.dumps(asked).encode(), self.credentials)

    def decide(self, position: int, decision: str, **more: Any) -> Answer:  # noqa: ANN401 (JSON)
        return self.post("/decide", conflict=self.desk.conflicts[position].key, decision=decision, **more)


@contextmanager
def served(desk: Desk, patience: float | None = None) -> Iterator[Served]:
    """Serves a desk on a free port of the loopback until the end."""
    listening, keys = Listening.at("127.0.0.1", None, Path("anything")), Keys()
    complaints: list[Exception] = []
    running = server(desk, listening, keys, complaints.append, patience)
    thread = threading.Thread(target=running.run, args=([listening.socket],))
    thread.start()
    try:
        yield Served(desk, listening.port, keys, complaints)
    finally:
        running.should_exit = True
        thread.join()
