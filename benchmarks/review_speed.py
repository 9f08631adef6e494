"""How long a review takes to answer, alone and under load, on this machine.

python -m benchmarks.review_speed [--conflicts N] [--clients N]
"""

from __future__ import annotations

import argparse
import gc
import http.client
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from contralint.config import Config
from contralint.decision import Decision
from contralint.decisions import append
from contralint.review import Desk, Keys, Listening
from contralint.review.serving import server

_TIMES = 100  # that each is measured
_WORDS = "river doctor engine letter garden planet contract recipe teacher market city".split()


class Client:
    """What the reviewer's browser is to the server."""

    def __init__(self, port: int, keys: Keys) -> None:
        self._host = f"127.0.0.1:{port}"
        self._headers = {
            "Cookie": f"contralint-{port}={keys.session}",
            "Origin": f"http://{self._host}",
            "X-Contralint-Key": keys.writing,
            "Content-Type": "application/json",
        }

    def ask(self, path: str, **sent: object) -> int:
        """Asks, and says how many bytes the answer has."""
        connection = http.client.HTTPConnection(self._host)
        body = json.dumps(sent).encode() if sent else None
        connection.request("POST" if sent else "GET", path, body, self._headers)
        answer = connection.getresponse()
        length = len(answer.read())
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path}: status {answer.status}")
        return length


def rows(conflicts: int) -> Iterator[str]:
    """As many rows that stand twice, with system prompts and answers of about a hundred words."""
    for number in range(conflicts):
        told = " ".join(_WORDS[(number >> place) % len(_WORDS)] for place in range(100))
        turns = [("system", f"You serve. {told}"), ("user", f"Tell me of {number}."), ("assistant", told)]
        row = json.dumps({"messages": [{"role": role, "content": text} for role, text in turns]})
        yield f"{row}\n{row}\n"


@contextmanager
def reviewing(conflicts: int) -> Iterator[tuple[Desk, Client]]:
    """A review of a dataset made for it, served."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("data.jsonl").write_text("".join(rows(conflicts)), encoding="utf-8")
        desk, keys = Desk.of(Config(select=["CL004"], cache=False), ["data.jsonl"]), Keys()
        with Listening.at("127.0.0.1", None, Path("data.jsonl")) as listening:
            running = server(desk, listening, keys, lambda error: print(repr(error)))
            gc.freeze()  # as `contralint review` does
            thread = threading.Thread(target=running.run, args=([listening.socket],))
            thread.start()
            yield desk, Client(listening.port, keys)
            running.should_exit = True
            thread.join()
        os.chdir("/")


def measure(name: str, ask: Callable[[int], int]) -> None:
    """Prints how long it takes to be answered."""
    times, length = [], 0
    for number in range(_TIMES):
        start = time.perf_counter()
        length = ask(number)
        times.append(1000 * (time.perf_counter() - start))
    print(f"{name:<44} median {statistics.median(times):6.1f} ms, worst {max(times):6.1f} ms, {length / 1024:5.0f} kB")


def main() -> None:
    """Measures each kind of request, then many at once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conflicts", type=int, default=5000)
    parser.add_argument("--clients", type=int, default=20)
    arguments = parser.parse_args()
    with reviewing(arguments.conflicts) as (desk, client):
        keys = [conflict.key for conflict in desk.conflicts]
        measure("the list with its first conflict", lambda _: client.ask("/"))
        measure("the list, filtered", lambda _: client.ask("/?severity=note&state=undecided"))
        measure("a conflict anywhere", lambda number: client.ask(f"/conflict/{keys[number * 37 % len(keys)]}"))
        measure("a decision, few decided", lambda number: client.ask("/decide", conflict=keys[number], decision="drop"))
        for conflict in desk.conflicts[_TIMES:-_TIMES]:
            append(desk.book.path, Decision.of(conflict.found, "drop", by="review"))
        last = keys[-_TIMES:]
        measure("a decision, nearly all decided", lambda at: client.ask("/decide", conflict=last[at], decision="drop"))
        measure("an undo, all decided", lambda _: client.ask("/undo", conflict=None))
        start = time.perf_counter()
        threads = [threading.Thread(target=_look, args=(client, keys)) for _ in range(arguments.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rate = arguments.clients * _TIMES / (time.perf_counter() - start)
        print(f"{arguments.clients} clients at once: {rate:.0f} conflicts shown a second, none refused")


def _look(client: Client, keys: list[str]) -> None:
    for number in range(_TIMES):
        client.ask(f"/conflict/{keys[number * 41 % len(keys)]}")


if __name__ == "__main__":
    main()
