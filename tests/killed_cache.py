"""Kills a process at random moments while it writes to a cache, and looks whether what it said is kept is there.

    python tests/killed_cache.py FOLDER TIMES

Forks: so it runs in a process of its own, in which no thread was started yet.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from contralint.cache import Store

LONGEST = 0.03  # seconds that a writer lives after its first word
VALUES = 40  # that are put at a time
LIMIT = 3_000_000  # bytes: so that some writes make room first


def main(folder: str, times: str) -> None:
    path = Path(folder) / "scans.sqlite"
    chance, puts, kept = random.Random(0), 0, 0
    for number in range(int(times)):
        heard, said = os.pipe()
        writer = os.fork()
        if writer == 0:
            _write(path, number, said)
        os.close(said)
        told = os.read(heard, 1)
        time.sleep(chance.random() * LONGEST)
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        while piece := os.read(heard, 4096):
            told += piece
        os.close(heard)
        kept += _look(path, number, len(told))
        puts += len(told)
    sys.stdout.write(f"{times} kills, {puts} writes told of, {kept} of the last ones there, none damaged\n")


def _write(path: Path, number: int, said: int) -> None:
    store = Store(path, LIMIT)
    for turn in itertools.count():
        store.put("a", _values(number, turn))
        os.write(said, b".")


def _values(number: int, turn: int) -> dict[bytes, bytes]:
    keys = (f"{number} {turn} {at}".encode() for at in range(VALUES))
    return {key: hashlib.sha256(key).digest() * (1 + key[-1] * 2) for key in keys}


def _look(path: Path, number: int, turns: int) -> int:
    """The last write that was told of is there, and one that was not may be, whole; all that is there is right."""
    store = Store(path, LIMIT)
    last, next_one = _values(number, turns - 1), _values(number, turns)
    assert store.get("a", list(last)) == last, (number, turns)
    assert store.get("a", list(next_one)) in ({}, next_one), (number, turns)
    for turn in range(turns - 1):
        assert store.get("a", list(_values(number, turn))).items() <= _values(number, turn).items()
    assert store.take_notes() == ()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return 1


if __name__ == "__main__":
    main(*sys.argv[1:])
