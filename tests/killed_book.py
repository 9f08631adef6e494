"""Decides and takes back again and again, killed at every step that touches a file, and looks what is left each time.

    python tests/killed_book.py FOLDER

Forks: so it runs in a process of its own, in which no thread was started yet.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from dying import die_at
from report_samples import SAMPLE

from contralint.decision import Decision
from contralint.review.book import Book

FILE = Path("contralint.decisions.jsonl")
KEPT = [
    Decision.of(found, "drop", by="review", reason=f"decided {number}")
    for number, found in enumerate(SAMPLE.diagnostics)
]
NEW = Decision.of(SAMPLE.diagnostics[0], "not-a-conflict", by="review", reason="another thought")


def main(folder: str) -> None:
    os.chdir(folder)
    steps = sum(_killed_everywhere(work) for work in (_add, _take_back))
    sys.stdout.write(str(steps))


def _add(book: Book) -> None:
    book.add(NEW)


def _take_back(book: Book) -> None:
    book.take_back()


def _killed_everywhere(work: Callable[[Book], None]) -> int:
    for number in itertools.count():
        FILE.unlink(missing_ok=True)
        for decision in KEPT:
            Book(FILE, SAMPLE.diagnostics).add(decision)
        before = FILE.read_bytes().splitlines()
        child = os.fork()
        if child == 0:
            book = Book(FILE, SAMPLE.diagnostics)
            die_at(number)
            work(book)
            os._exit(0)
        ended = os.waitpid(child, 0)[1]
        now = FILE.read_bytes().splitlines()
        assert len(now) >= len(before) - 1, (number, now)
        assert all(one == other for one, other in zip(before, now, strict=False)), (number, now)
        assert [json.loads(line)["reason"] for line in now[len(before) :]] in ([], [NEW.reason]), (number, now)
        Book(FILE, SAMPLE.diagnostics).add(NEW)  # what a user does next
        if not ended:
            return number
    raise AssertionError


if __name__ == "__main__":
    main(sys.argv[1])
