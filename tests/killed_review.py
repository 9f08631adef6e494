"""Kills a server of a review at random moments while decisions come in, and looks whether those answered are there.

    python tests/killed_review.py FOLDER TIMES

Forks: so it runs in a process of its own, in which no thread was started yet.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from report_samples import crowd
from reviewing import FILE, Served, desk_of

from contralint.review.keys import Keys
from contralint.review.serving import Listening, serve

LONGEST = 0.05  # seconds that a server lives after the first decision


def main(folder: str, times: str) -> None:
    os.chdir(folder)
    chance, desk = random.Random(0), desk_of(crowd(50))
    answered: list[str] = []
    for _ in range(int(times)):
        with Listening.at("127.0.0.1", None, Path("killed")) as listening:
            review = Served(desk, listening.port, Keys(), [])
            server = os.fork()
            if server == 0:
                serve(desk, listening, review.keys, review.complaints.append)
                os._exit(1)
        assert review.get("/").status == 200
        killer = os.fork()
        if killer == 0:
            time.sleep(chance.random() * LONGEST)
            os.kill(server, signal.SIGKILL)
            os._exit(0)
        answered += _decide(review, len(answered))
        for child in (killer, server):
            os.waitpid(child, 0)
        chance.random()
        _look(answered)
    sys.stdout.write(f"{times} kills, {len(answered)} decisions answered, none lost\n")


def _decide(review: Served, first: int) -> list[str]:
    """Decides until nobody answers any more; the reasons of what was answered."""
    done: list[str] = []
    for number in itertools.count(first):
        try:
            told = review.decide(number % 50, "drop", reason=str(number))
        except (OSError, http.client.HTTPException):
            return done
        assert told.status == 200
        done.append(str(number))
    raise AssertionError


def _look(answered: list[str]) -> None:
    """What was answered stands there, in order; what was asked and not answered may stand there, whole."""
    lines = FILE.read_bytes().splitlines() if FILE.exists() else []
    reasons = [json.loads(line)["reason"] for line in lines]
    position = iter(reasons)
    assert all(one in position for one in answered), (answered, reasons)


if __name__ == "__main__":
    main(*sys.argv[1:])
