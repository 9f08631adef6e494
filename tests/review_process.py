"""A review in a process of its own, which may be interrupted and killed."""

from __future__ import annotations

import http.client
import json
import queue
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from process import PROGRAM, variables
from reviewing import DATA, Answer

PATIENCE = 60  # seconds after which a test fails; no test waits for them to pass
RULES = ("--select", "CL003,CL004", "--no-cache")


class Reviewing:
    """A review in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [*PROGRAM, "review", DATA, *RULES, "--no-open", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=variables(),
        )
        threading.Thread(target=self._read, daemon=True).start()
        told = self.until("Ctrl-C ends.\n")
        address = re.search(r"http://(127\.0\.0\.1:\d+)/\?token=(\S+)", told)
        assert address, told
        self.told, self.address, self.host, self.token = told, address[0], address[1], address[2]

    def enter(self) -> None:
        """Comes in as a browser does."""
        entry = self._ask("GET", f"/?token={self.token}", {})
        self._cookie = entry.headers["set-cookie"].partition(";")[0]
        page = self._ask("GET", "/", {"Cookie": self._cookie}).text
        ((self._key, self._conflict),) = re.findall(r'data-key="([^"]+)" data-conflict="([^"]*)"', page)

    def decide(self) -> int:
        """Decides the conflict that comes first, and says with which status that ended."""
        sent = {"Cookie": self._cookie, "Origin": f"http://{self.host}", "X-Contralint-Key": self._key}
        asked = json.dumps({"conflict": self._conflict, "decision": "not-a-conflict"}).encode()
        answer = self._ask("POST", "/decide", {**sent, "Content-Type": "application/json"}, asked)
        self._conflict = answer.json["next"].rpartition("/")[2] if answer.status == 200 else ""
        return answer.status

    def until(self, ending: str) -> str:
        """What is written up to a line."""
        lines = [self._lines.get(timeout=PATIENCE)]
        while lines[-1] != ending:
            assert lines[-1], "".join(lines)
            lines.append(self._lines.get(timeout=PATIENCE))
        return "".join(lines)

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request(method, path, body, headers)
        answer = Answer.of(connection.getresponse())
        connection.close()
        return answer

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")


@contextmanager
def reviewing(*arguments: str) -> Iterator[Reviewing]:
    running = Reviewing(*arguments)
    with running.process:
        running.enter()
        yield running
        running.process.kill()
