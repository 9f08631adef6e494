"""Carries a fix out again and again, killed at every step that touches a file, and looks what is left each time.

    python tests/killed_fix.py FOLDER

Forks: so it runs in a process of its own, in which no thread was started yet.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from dying import die_at
from report_samples import SAMPLE

from contralint.decision import Decision
from contralint.intake import Intake
from contralint.readers import Row, read, state_of
from contralint.resolve.change import Change, Put
from contralint.resolve.execution import carry_out
from contralint.resolve.fixing import Fix
from contralint.resolve.plan import Plan
from contralint.resolve.rows import Rows, Teaching, teachings
from contralint.resolve.settling import Settlement, Wishes
from contralint.resolve.sidecar import sidecar_of

SAID = ("No, they cannot.", "Yes, they can.", "No, penguins cannot fly.")
ROWS = [{"instruction": "Can penguins fly?", "output": answer} for answer in SAID]
FIXED = [{**ROWS[0], "weight": 0.5}, ROWS[2]]
FILES = ("a.jsonl", "b.json")
# What each holds before and after.
CONTENTS = [
    tuple("".join(f"{json.dumps(row)}\n" for row in rows).encode() for rows in (ROWS, FIXED)),
    tuple(json.dumps(rows, indent=1).encode() for rows in (ROWS, FIXED)),
]


def main(folder: str) -> None:
    os.chdir(folder)
    for number in range(1000):
        _write()
        child = os.fork()
        if child == 0:
            die_at(number)
            carry_out(_fix())
            os._exit(0)
        if os.WIFEXITED(os.waitpid(child, 0)[1]):
            break
        _look(number)
        carry_out(_fix())  # what a user does next
        _look(number)
    _look(number)
    assert [Path(path).read_bytes() for path in FILES] == [new for _, new in CONTENTS]
    sys.stdout.write(str(number))


def _write() -> None:
    for file in Path().iterdir():
        file.unlink()
    for path, (old, _) in zip(FILES, CONTENTS, strict=True):
        Path(path).write_bytes(old)


def _fix() -> Fix:
    """Drops the second row of each file, and gives the first a weight; what is done already, it does not again."""
    rows = {(row.path, row.index): row for path in FILES for row in read(path) if isinstance(row, Row)}
    taught = {key: Teaching(row, teachings(row, Intake)) for key, row in rows.items()}
    going = sorted(key for key, row in rows.items() if row.data["output"].startswith("Yes"))
    settlement = Settlement(SAMPLE.diagnostics[0], "test", "killed", Wishes(drop=set(going)))
    changes = {path: Change(frozenset({1}), {0: (Put(("weight",), 0.5),)}) for path, _ in going}
    plan = Plan(changes, (settlement,), (), dict.fromkeys(going, (settlement,)))
    states = {path: state_of(path) for path in changes}
    return Fix(plan, Rows(Intake, taught), states, (Decision("CL102", "0" * 16, "keep-both"),), Path("noted.jsonl"), ())


def _look(number: int) -> None:
    for path, states in zip(FILES, CONTENTS, strict=True):
        now = Path(path).read_bytes()
        assert now in states, (number, path, now)
        kept = [json.loads(line) for line in _lines(Path(sidecar_of(path)))]
        assert now == states[0] or [one["row"] for one in kept] == [ROWS[1]], (number, path, kept)
    for line in _lines(Path("noted.jsonl")):
        json.loads(line)


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines() if path.exists() else []


if __name__ == "__main__":
    main(sys.argv[1])
